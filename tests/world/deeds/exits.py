"""Exits: what somebody does, and what should have been written."""

from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError

from participants.enums import ExitReason
from participants.exits.actions import end_enrolment, reopen_enrolment
from participants.exits.misplaced import put_exit_right
from participants.models import Enrolment, Exit
from tests.world.cases import days_ago
from tests.world.deeds.stage import Stage, Writing

DEEDS = ["correct", "take back", "move", "take away"]
LAST = 10_000
REASONS = [ExitReason.WORK, ExitReason.STUDIES, ExitReason.MOVED]


@dataclass(slots=True)
class TrueExit:
    """An exit as it should have been written from the first."""

    case: int
    words: str
    reason: ExitReason
    turn: int
    is_gone: bool = False
    is_erased: bool = False


class ExitDeeds:
    """Exits of the two cases, all on today: an earlier one would refuse what others write later on."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.chance = stage, stage.chance
        self.truths: list[TrueExit] = []

    def deed(self) -> None:
        """End a case that goes on, or do something to an exit that stands."""
        number = self.chance.randrange(2)
        standing = [said for said in self.truths if said.case == number and not said.is_gone]
        if standing:
            self.do(self.chance.choice(DEEDS), standing[0])
            return
        said = TrueExit(number, self.stage.words(), self.chance.choice(REASONS), next(self.stage.turns))
        self.write(said)
        self.truths.append(said)

    def write(self, said: TrueExit, why: str = "") -> None:
        """End the case, or correct how it ended; the comment and the reason hold the exit's canary."""
        end_enrolment(
            enrolment=self.stage.cases[said.case],
            exited_on=days_ago(0),
            reason=said.reason,
            comment=said.words,
            why=why,
            by=self.stage.by,
        )

    def do(self, deed: str, said: TrueExit) -> None:
        case = self.stage.cases[said.case]
        if deed == "correct":
            said.reason = self.chance.choice(REASONS)
            self.write(said, why=said.words)
        elif deed == "take back":
            reopen_enrolment(enrolment=case, reason=said.words, by=self.stage.by)
            said.is_gone = True
            self.tell(said.case)
        else:
            self.put_right(said, None if deed == "take away" else 1 - said.case)

    def put_right(self, said: TrueExit, to: int | None) -> None:
        ending = Exit.objects.with_case().current().get(enrolment=self.stage.cases[said.case])
        # The other person may have an exit already.
        with suppress(ValidationError):
            put_exit_right(ending=ending, right=None if to is None else self.stage.cases[to], by=self.stage.by)
            self.tell(said.case)
            said.is_gone = said.is_erased = to is None
            said.case = said.case if to is None else to

    def tell(self, case: int) -> None:
        for told in self.stage.when_exit_goes:
            told(case)

    def rightly(self) -> list[Writing]:
        """Each that stands, written once as it was, after all else: it would refuse what was written before it."""
        return [(LAST + said.turn, partial(self.write, said)) for said in self.truths if not said.is_gone]

    def state(self, case: Enrolment) -> dict[str, object]:
        """How the case has ended, by its facts and by its own columns."""
        facts = Exit.objects.current().filter(enrolment=case)
        own = Enrolment.objects.filter(pk=case.pk).values_list("exited_on", "exit_reason").get()
        return {"facts": list(facts.values_list("concerns_on", "reason", "comment__text")), "own": own}

    def present(self, number: int) -> set[str]:
        """The comments of the exits that stand."""
        return {said.words for said in self.truths if said.case == number and not said.is_gone}

    def absent(self, number: int) -> set[str]:
        """Words of the other case's, and of what was taken away."""
        return {said.words for said in self.truths if said.case != number or said.is_erased}
