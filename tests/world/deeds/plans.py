"""Plans and delmål: what somebody does, and what should have been written."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any

from accounts.models import User
from actionplans.corrected_plans.actions import RevisionCorrection, correct_revision, take_back_revision
from actionplans.corrected_plans.milestones import MilestoneCorrection, correct_milestone, take_back_milestone
from actionplans.enums import MilestoneState
from actionplans.misplaced.plans import put_milestone_right, put_plan_right
from actionplans.models import MilestoneStatus, PlanRevision
from actionplans.plans.standing import standing
from participants.models import Enrolment
from tests.world.cases import days_ago
from tests.world.deeds.marks import mark
from tests.world.deeds.stage import Stage, Writing
from tests.world.deeds.true_plans import STATES, TrueMilestone, TrueRevision, now, write


@dataclass
class PlanDeeds:
    """Plans and delmål of the two cases."""

    stage: Stage
    revisions: list[list[TrueRevision]] = field(default_factory=lambda: [[], []])
    # The row that each delmål began with, by its key in the story.
    began: dict[int, int] = field(default_factory=dict)
    keys: Any = field(default_factory=lambda: count(1))
    # Words that each case must not have, and all that has been said of each delmål.
    gone: list[set[str]] = field(default_factory=lambda: [set(), set()])
    of_each: dict[int, set[str]] = field(default_factory=dict)

    @property
    def chance(self) -> random.Random:
        return self.stage.chance

    @property
    def cases(self) -> list[Enrolment]:
        return self.stage.cases

    @property
    def by(self) -> User:
        return self.stage.by

    def words(self) -> str:
        return self.stage.words()

    def drawn(self) -> dict[str, Any]:
        valid_on = days_ago(self.chance.randrange(0, 50))
        follow_up = self.chance.choice([None, valid_on + timedelta(days=self.chance.randrange(1, 80))])
        schedule = self.chance.choice(["", f"Måndag 9.00–12.00 · {self.words()}"])
        return {"valid_on": valid_on, "activity": self.words(), "schedule": schedule, "follow_up": follow_up}

    def said(self) -> TrueMilestone:
        return TrueMilestone(self.words(), self.chance.choice(STATES), self.chance.choice([None, days_ago(-9)]))

    @property
    def of_plans(self) -> list[Callable[[int], None]]:
        return [self.plan, self.plan, self.correct, self.take_back, self.move]

    @property
    def of_delmal(self) -> list[Callable[[int], None]]:
        return [self.correct_delmal, self.take_back_delmal, self.move_delmal, partial(mark, self)]

    def deed(self) -> None:
        """Do something to a plan or a delmål of one of the cases."""
        deed: Callable[[int], None] = self.chance.choice([*self.of_plans, *self.of_delmal])
        deed(self.chance.randrange(2))

    # --- Plans --------------------------------------------------------------------------------------------------------

    def plan(self, case: int) -> None:
        new = self.drawn()
        says = {key: self.said() for key in now(self.revisions[case]) if self.chance.random() < 0.5}
        says |= {next(self.keys): self.said() for _ in range(self.chance.randrange(2))}
        revision = TrueRevision(root=0, turn=next(self.stage.turns), says=says, **new)
        before = {key: self.at(key).milestone.public_id for key in now(self.revisions[case])}
        made = write(self.cases[case], [*self.revisions[case], revision], before, self.by)
        revision.root = made.pk
        revision.remember()
        self.revisions[case].append(revision)
        for key, said in says.items():
            self.of_each.setdefault(key, set()).add(said.text)
        for row in MilestoneStatus.objects.filter(revision=made.pk).select_related("text"):
            key = next(key for key, said in says.items() if said.text == row.text.text)
            self.began.setdefault(key, row.pk)

    def at(self, key: int) -> MilestoneStatus:
        """What is said of a delmål now."""
        began = MilestoneStatus.objects.get(pk=self.began[key])
        return MilestoneStatus.objects.current().get(milestone=began.milestone_id)

    def row(self, revision: TrueRevision) -> PlanRevision:
        return PlanRevision.objects.current().versions_of(PlanRevision.objects.get(pk=revision.root)).get()

    def correct(self, case: int) -> None:
        if self.revisions[case]:
            revision, new = self.chance.choice(self.revisions[case]), self.drawn()
            said = RevisionCorrection(
                valid_on=new["valid_on"],
                main_activity=new["activity"],
                schedule=new["schedule"],
                next_follow_up_on=new["follow_up"],
                why="Fel.",
            )
            correct_revision(revision=self.row(revision), correction=said, by=self.by)
            for name, value in new.items():
                setattr(revision, name, value)
            revision.remember()

    def take_back(self, case: int) -> None:
        if self.revisions[case]:
            take_back_revision(revision=self.row(self.revisions[case][-1]), reason="Fel.", by=self.by)
            self.revisions[case].pop()

    def move(self, case: int) -> None:
        if not self.revisions[case]:
            return
        place = self.chance.randrange(len(self.revisions[case]))
        moved, left = self.revisions[case][place:], self.revisions[case][:place]
        right = self.chance.choice([None, 1 - case])
        put_plan_right(revision=self.row(moved[0]), right=None if right is None else self.cases[right], by=self.by)
        self.revisions[case] = left
        for revision in moved:
            self.leave(right, revision.ever)
        for key in now(left):
            self.of_each[key] &= set().union(*(revision.ever for revision in left))
        if right is not None:
            # What was said of a delmål that stays becomes a delmål of its own.
            own = {key: next(self.keys) for key in now(left)}
            for revision in moved:
                revision.says = {own.get(key, key): said for key, said in revision.says.items()}
            for key in {key for revision in moved for key in revision.says}:
                self.of_each[key] = {revision.says[key].text for revision in moved if key in revision.says}
            self.revisions[right] = sorted([*self.revisions[right], *moved], key=lambda revision: revision.root)
            self.find_again(moved, self.cases[right])

    def leave(self, right: int | None, ever: set[str]) -> None:
        """These words are no longer where they stood; all of them are in the right case, its history too."""
        for number in range(2):
            self.gone[number] |= ever
        if right is not None:
            self.gone[right] -= ever

    def find_again(self, moved: list[TrueRevision], right: Enrolment) -> None:
        rows = MilestoneStatus.objects.placed().filter(enrolment=right).select_related("text").order_by("-pk")
        for revision in moved:
            for key, said in revision.says.items():
                self.began[key] = next(row.pk for row in rows if row.text.text == said.text)

    # --- Delmål -------------------------------------------------------------------------------------------------------

    def one_of(self, case: int) -> tuple[int, TrueRevision] | None:
        """A delmål of the case, and the last revision that says something of it."""
        keys = sorted(now(self.revisions[case]))
        if not keys:
            return None
        key = self.chance.choice(keys)
        return key, next(revision for revision in reversed(self.revisions[case]) if key in revision.says)

    def correct_delmal(self, case: int) -> None:
        if found := self.one_of(case):
            (key, revision), new = found, self.said()
            said = MilestoneCorrection(
                text=new.text,
                since=revision.valid_on,
                due_on=new.due_on,
                state=new.state,
                dropped_because="Fel" if new.state == MilestoneState.DROPPED else "",
                why="Fel.",
            )
            correct_milestone(status=self.at(key), correction=said, by=self.by)
            revision.says[key] = new
            revision.remember()
            self.of_each[key].add(new.text)

    def take_back_delmal(self, case: int) -> None:
        if found := self.one_of(case):
            take_back_milestone(status=self.at(found[0]), reason="Fel.", by=self.by)
            self.forget(case, found[0])

    def move_delmal(self, case: int) -> None:
        if found := self.one_of(case):
            key, last = found
            right = self.chance.choice([None, 1 - case])
            status = self.at(key)
            put_milestone_right(status=status, right=None if right is None else self.cases[right], by=self.by)
            # No two plans have the same words for it: those of an earlier one stay.
            said, moved = last.says.pop(key), self.of_each[key] & last.ever
            self.leave(right, moved)
            last.ever -= moved
            self.of_each[key] -= moved
            if right is not None:
                if not self.revisions[right]:
                    made = standing(self.cases[right])[-1]
                    self.revisions[right].append(
                        TrueRevision(made.pk, status.concerns_on, "", "", None, next(self.stage.turns))
                    )
                there = next(self.keys)
                self.of_each[there] = moved
                self.revisions[right][-1].says[there] = said
                self.revisions[right][-1].remember()
                self.find_again([self.revisions[right][-1]], self.cases[right])

    def forget(self, case: int, key: int) -> None:
        for revision in self.revisions[case]:
            revision.says.pop(key, None)

    # --- As it should have been ---------------------------------------------------------------------------------------

    def rightly(self) -> list[Writing]:
        """Each revision that was, written once as it was."""
        found: list[Writing] = []
        for number, revisions in enumerate(self.revisions):
            before: dict[int, Any] = {}
            for place, revision in enumerate(revisions):
                found.append((revision.turn, partial(self.write_right, number, revisions[: place + 1], before)))
        return found

    def write_right(self, number: int, revisions: list[TrueRevision], before: dict[int, Any]) -> None:
        made = write(self.cases[number], revisions, before, self.by)
        for row in MilestoneStatus.objects.filter(revision=made.pk).select_related("text", "milestone"):
            key = next(key for key, said in now(revisions).items() if said.text == row.text.text)
            before.setdefault(key, row.milestone.public_id)

    def state(self, case: Enrolment) -> dict[str, object]:
        """When the case was planned, each revision as it stands, and the delmål."""
        current = Enrolment.objects.get(pk=case.pk)
        words = [[body and body.text for body in (row.main_activity, row.schedule)] for row in standing(current)]
        days = [[row.number, row.concerns_on, row.next_follow_up_on, row.is_complete] for row in standing(current)]
        delmal = MilestoneStatus.objects.current().filter(enrolment=case).values_list("text__text", "state", "due_on")
        return {
            "planned": current.planned_on,
            "words": words,
            "revisions": days,
            "delmål": sorted(delmal, key=str),
        }

    def absent(self, number: int) -> set[str]:
        """Words that were moved out of the case, or taken away."""
        return self.gone[number]

    def present(self, number: int) -> set[str]:
        """Words of what stands, and of its history."""
        return set().union(*(revision.ever for revision in self.revisions[number])) - self.gone[number]
