"""Kartläggningar: what somebody does, and what should have been written."""

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from participants.areas.actions import AreaReply
from participants.areas.corrections import correct_area
from participants.assessment.actions import record_assessment
from participants.assessment.corrections import correct_assessment, take_back_assessment
from participants.assessment.misplaced import put_assessment_right
from participants.models import Assessment, Enrolment
from tests.world.areas import mapped
from tests.world.cases import days_ago
from tests.world.deeds.stage import Stage, Writing


@dataclass
class TrueAssessment:
    """A kartläggning as it should have been written."""

    case: int
    on: date
    words: str
    public_id: Any
    turn: int
    ever: set[str] = field(default_factory=set)


class AssessmentDeeds:
    """Kartläggningar of the two cases."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.chance, self.cases, self.by = stage, stage.chance, stage.cases, stage.by
        self.mapped: list[TrueAssessment] = []
        # Words that each case must not have.
        self.gone: list[set[str]] = [set(), set()]

    def deed(self) -> None:
        """Write one, or do something to one."""
        self.chance.choice([self.map, self.change_map, self.move_map])()

    def map(self) -> None:
        on = days_ago(self.chance.randrange(0, 50))
        said = TrueAssessment(self.chance.randrange(2), on, self.stage.words(), None, next(self.stage.turns))
        said.ever = {said.words}
        if self.chance.random() < 0.5:
            made = mapped(self.cases[said.case], self.by, on=on, summary=said.words, text=said.words)
        else:
            made = record_assessment(enrolment=self.cases[said.case], completed_on=on, summary=said.words, by=self.by)
        said.public_id = made.pk
        self.mapped.append(said)

    def change_map(self) -> None:
        if not self.mapped:
            return
        said = self.chance.choice(self.mapped)
        fact = Assessment.objects.get(pk=said.public_id)
        if self.chance.random() < 0.3:
            take_back_assessment(assessment=fact, reason="Fel.", by=self.by)
            self.mapped.remove(said)
            return
        said.on, said.words = days_ago(self.chance.randrange(0, 50)), self.stage.words()
        said.ever.add(said.words)
        if fact.work:
            answer = fact.work.answers.current().order_by("pk")[0]
            correct_area(answer=answer, reply=AreaReply(said.words), why="Fel.", by=self.by)
        new = correct_assessment(assessment=fact, completed_on=said.on, summary=said.words, why="Fel.", by=self.by)
        said.public_id = new.pk

    def move_map(self) -> None:
        if not self.mapped:
            return
        said = self.chance.choice(self.mapped)
        right = self.chance.choice([None, 1 - said.case])
        fact = Assessment.objects.get(pk=said.public_id)
        put_assessment_right(assessment=fact, right=None if right is None else self.cases[right], by=self.by)
        for number in range(2):
            self.gone[number] |= said.ever
        if right is not None:
            self.gone[right] -= said.ever
        if right is None:
            self.mapped.remove(said)
        else:
            said.case = right
            said.public_id = Assessment.objects.placed().order_by("-pk").first().pk

    def rightly(self) -> list[Writing]:
        """Each that was, written once as it was."""
        return [(said.turn, partial(self.write, said)) for said in self.mapped]

    def write(self, said: TrueAssessment) -> None:
        case = self.cases[said.case]
        record_assessment(enrolment=case, completed_on=said.on, summary=said.words, by=self.by)

    def state(self, case: Enrolment) -> dict[str, object]:
        """When the case was mapped, and each kartläggning that stands."""
        rows = Assessment.objects.current().filter(enrolment=case).order_by("concerns_on", "summary__text")
        return {
            "assessed": Enrolment.objects.get(pk=case.pk).assessed_on,
            "kartläggningar": list(rows.values_list("concerns_on", "summary__text")),
        }

    def present(self, number: int) -> set[str]:
        """Words of what stands, and of its history."""
        return set().union(*(said.ever for said in self.mapped if said.case == number)) - self.gone[number]

    def absent(self, number: int) -> set[str]:
        """Words that were moved out of the case, or taken away."""
        return self.gone[number]
