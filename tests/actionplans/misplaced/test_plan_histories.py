"""Whatever is written, corrected, taken back and moved of kartläggningar, plans and delmål: two cases are as if the
right things alone had been written."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from actionplans.corrected_plans.actions import RevisionCorrection, correct_revision, take_back_revision
from actionplans.corrected_plans.milestones import MilestoneCorrection, correct_milestone, take_back_milestone
from actionplans.enums import MilestoneState
from actionplans.misplaced.plans import put_milestone_right, put_plan_right
from actionplans.models import MilestoneStatus, PlanRevision
from actionplans.plans.actions import MilestoneRecord, PlanRecord, save_plan
from actionplans.plans.standing import edition, standing
from participants.assessment.actions import record_assessment
from participants.assessment.corrections import correct_assessment, take_back_assessment
from participants.assessment.misplaced import put_assessment_right
from participants.models import Assessment, Enrolment
from tests.actionplans.misplaced.test_histories import about, two_cases
from tests.world.cases import days_ago

STATES = (MilestoneState.PLANNED, MilestoneState.REACHED, MilestoneState.DROPPED)


@dataclass
class Said:
    """What is said of a delmål."""

    text: str
    state: MilestoneState
    due_on: date | None


@dataclass
class Revision:
    """A revision as it should have been written; what it says of delmål by their keys in the story."""

    root: int
    valid_on: date
    activity: str
    schedule: str
    follow_up: date | None
    says: dict[int, Said] = field(default_factory=dict)
    # Everything that it has said, what was corrected too.
    ever: set[str] = field(default_factory=set)

    def remember(self) -> set[str]:
        self.ever |= self.words()
        return self.ever

    def words(self) -> set[str]:
        return {self.activity, self.schedule, *(said.text for said in self.says.values())} - {""}


@dataclass
class Mapped:
    """A kartläggning as it should have been written."""

    case: int
    on: date
    words: str
    public_id: Any
    ever: set[str] = field(default_factory=set)


@dataclass
class Story:
    """What should have been written of two cases, and the deeds that made it so."""

    chance: random.Random
    cases: list[Enrolment]
    by: User
    revisions: list[list[Revision]] = field(default_factory=lambda: [[], []])
    mapped: list[Mapped] = field(default_factory=list)
    # The row that each delmål began with, by its key in the story.
    began: dict[int, int] = field(default_factory=dict)
    everything: list[str] = field(default_factory=list)
    keys: Any = field(default_factory=lambda: count(1))
    # Words that each case must not have, and all that has been said of each delmål.
    gone: list[set[str]] = field(default_factory=lambda: [set(), set()])
    of_each: dict[int, set[str]] = field(default_factory=dict)

    def words(self) -> str:
        self.everything.append(f"Kanarie{len(self.everything)}slut")
        return self.everything[-1]

    def drawn(self) -> dict[str, Any]:
        valid_on = days_ago(self.chance.randrange(0, 50))
        follow_up = self.chance.choice([None, valid_on + timedelta(days=self.chance.randrange(1, 80))])
        schedule = self.chance.choice(["", self.words()])
        return {"valid_on": valid_on, "activity": self.words(), "schedule": schedule, "follow_up": follow_up}

    def said(self) -> Said:
        return Said(self.words(), self.chance.choice(STATES), self.chance.choice([None, days_ago(-9)]))

    @property
    def of_plans(self) -> list[Callable[[int], None]]:
        return [self.plan, self.plan, self.correct, self.take_back, self.move]

    @property
    def of_delmal(self) -> list[Callable[[int], None]]:
        return [self.correct_delmal, self.take_back_delmal, self.move_delmal]

    @property
    def of_mapping(self) -> list[Callable[[int], None]]:
        return [self.map, self.change_map, self.move_map]

    def play(self, deeds: int) -> None:
        for _ in range(deeds):
            deed: Callable[[int], None] = self.chance.choice([*self.of_plans, *self.of_delmal, *self.of_mapping])
            deed(self.chance.randrange(2))

    # --- Plans --------------------------------------------------------------------------------------------------------

    def plan(self, case: int) -> None:
        new = self.drawn()
        says = {key: self.said() for key in now(self.revisions[case]) if self.chance.random() < 0.5}
        says |= {next(self.keys): self.said() for _ in range(self.chance.randrange(2))}
        revision = Revision(root=0, says=says, **new)
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

    def row(self, revision: Revision) -> PlanRevision:
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
            self.leave(case, right, revision.ever)
        if right is not None:
            # What was said of a delmål that stays becomes a delmål of its own.
            own = {key: next(self.keys) for key in now(left)}
            for revision in moved:
                revision.says = {own.get(key, key): said for key, said in revision.says.items()}
            for key in {key for revision in moved for key in revision.says}:
                self.of_each[key] = {revision.says[key].text for revision in moved if key in revision.says}
            self.revisions[right] = sorted([*self.revisions[right], *moved], key=lambda revision: revision.root)
            self.find_again(moved, self.cases[right])

    def leave(self, case: int, right: int | None, ever: set[str]) -> None:
        """These words are no longer in the case; all of them are in the right one, its history too."""
        for number in range(2):
            self.gone[number] |= ever
        if right is not None:
            self.gone[right] -= ever

    def find_again(self, moved: list[Revision], right: Enrolment) -> None:
        rows = MilestoneStatus.objects.placed().filter(enrolment=right).select_related("text").order_by("-pk")
        for revision in moved:
            for key, said in revision.says.items():
                self.began[key] = next(row.pk for row in rows if row.text.text == said.text)

    # --- Delmål -------------------------------------------------------------------------------------------------------

    def one_of(self, case: int) -> tuple[int, Revision] | None:
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
            said = last.says[key]
            self.leave(case, right, self.of_each[key])
            self.forget(case, key)
            if right is not None:
                if not self.revisions[right]:
                    made = standing(self.cases[right])[-1]
                    self.revisions[right].append(Revision(made.pk, status.concerns_on, "", "", None))
                self.revisions[right][-1].says[key] = said
                self.revisions[right][-1].remember()
                self.find_again([self.revisions[right][-1]], self.cases[right])

    def forget(self, case: int, key: int) -> None:
        for revision in self.revisions[case]:
            revision.says.pop(key, None)

    # --- Kartläggningar -----------------------------------------------------------------------------------------------

    def map(self, case: int) -> None:
        said = Mapped(case, days_ago(self.chance.randrange(0, 50)), self.words(), None)
        said.ever = {said.words}
        made = record_assessment(enrolment=self.cases[case], completed_on=said.on, summary=said.words, by=self.by)
        said.public_id = made.pk
        self.mapped.append(said)

    def change_map(self, case: int) -> None:
        if not self.mapped:
            return
        said = self.chance.choice(self.mapped)
        fact = Assessment.objects.get(pk=said.public_id)
        if self.chance.random() < 0.3:
            take_back_assessment(assessment=fact, reason="Fel.", by=self.by)
            self.mapped.remove(said)
            return
        said.on, said.words = days_ago(self.chance.randrange(0, 50)), self.words()
        said.ever.add(said.words)
        new = correct_assessment(assessment=fact, completed_on=said.on, summary=said.words, why="Fel.", by=self.by)
        said.public_id = new.pk

    def move_map(self, case: int) -> None:
        if not self.mapped:
            return
        said = self.chance.choice(self.mapped)
        right = self.chance.choice([None, 1 - said.case])
        fact = Assessment.objects.get(pk=said.public_id)
        put_assessment_right(assessment=fact, right=None if right is None else self.cases[right], by=self.by)
        self.leave(said.case, right, said.ever)
        if right is None:
            self.mapped.remove(said)
        else:
            said.case = right
            said.public_id = Assessment.objects.placed().order_by("-pk").first().pk

    # --- As it should have been ---------------------------------------------------------------------------------------

    def write_right(self, cases: list[Enrolment]) -> None:
        """The right things alone, in the order of writing."""
        for number, case in enumerate(cases):
            before: dict[int, Any] = {}
            for place, _ in enumerate(self.revisions[number]):
                revisions = self.revisions[number][: place + 1]
                made = write(case, revisions, before, self.by)
                rows = MilestoneStatus.objects.filter(revision=made.pk).select_related("text", "milestone")
                for row in rows:
                    said = next(key for key, said in now(revisions).items() if said.text == row.text.text)
                    before.setdefault(said, row.milestone.public_id)
        for said in self.mapped:
            record_assessment(enrolment=cases[said.case], completed_on=said.on, summary=said.words, by=self.by)

    def words_in(self, case: int) -> set[str]:
        """The words that stand in the case's file, its history too."""
        mapped = [said.ever for said in self.mapped if said.case == case]
        return set().union(*mapped, *(revision.ever for revision in self.revisions[case])) - self.gone[case]


def now(revisions: list[Revision]) -> dict[int, Said]:
    """Where the delmål stand."""
    found: dict[int, Said] = {}
    for revision in revisions:
        found |= revision.says
    return found


def write(case: Enrolment, revisions: list[Revision], before: dict[int, Any], by: User) -> PlanRevision:
    """Save the last of the revisions on top of the others, which `before` says the delmål of."""
    last = revisions[-1]
    record = PlanRecord(
        valid_on=last.valid_on,
        main_activity=last.activity,
        schedule=last.schedule,
        next_follow_up_on=last.follow_up,
        milestones=[
            MilestoneRecord(
                text=said.text,
                due_on=said.due_on,
                state=said.state,
                why="Fel" if said.state == MilestoneState.DROPPED else "",
                public_id=before.get(key),
            )
            for key, said in now(revisions).items()
        ],
    )
    return save_plan(enrolment=case, record=record, based_on=edition(case), by=by)


def projections(case: Enrolment, by: User) -> dict[str, object]:
    current = Enrolment.objects.get(pk=case.pk)
    words = [[body and body.text for body in (row.main_activity, row.schedule)] for row in standing(current)]
    days = [[row.number, row.concerns_on, row.next_follow_up_on, row.is_complete] for row in standing(current)]
    delmal = MilestoneStatus.objects.current().filter(enrolment=case).values_list("text__text", "state", "due_on")
    return {
        "assessed": current.assessed_on,
        "planned": current.planned_on,
        "next": current.next_contact_on,
        "words": words,
        "revisions": days,
        "delmål": sorted(delmal, key=str),
        "late": Enrolment.objects.late(case.project, on=days_ago(0)).filter(pk=case.pk).exists(),
    }


@pytest.mark.parametrize("seed", range(16))
def test_the_projections_are_those_of_a_history_with_the_right_things_alone(world, seed) -> None:
    story = Story(random.Random(seed), two_cases(world), world.case_worker)
    story.play(30)
    fresh = two_cases(world)
    story.write_right(fresh)
    for played, right in zip(story.cases, fresh, strict=True):
        assert projections(played, story.by) == projections(right, story.by)


@pytest.mark.parametrize("seed", range(6))
def test_no_word_of_what_was_moved_or_taken_away_is_in_any_answer_about_the_other_person(world, log_in, seed) -> None:
    story = Story(random.Random(100 + seed), two_cases(world), world.case_worker)
    story.play(25)
    client = log_in(world.case_worker)
    for number, case in enumerate(story.cases):
        plan_page = client.get(reverse("plan_detail", args=[case.public_id])).content.decode()
        html = about(client, case) + plan_page
        assert sorted(words for words in story.gone[number] if words in html) == []
        assert [words for words in story.words_in(number) if words not in html] == []
