"""Means of support at the enrolment and at the exit: what somebody does, and what should have been written."""

from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError

from participants.enums import LivelihoodMoment
from participants.livelihood.actions import LIVELIHOODS, LivelihoodAnswers
from participants.models import Enrolment, LivelihoodRecord
from projects.enums import ListKind
from projects.models import Listed
from tests.world.cases import days_ago
from tests.world.deeds.exits import LAST
from tests.world.deeds.stage import Stage, Writing

DEEDS = ["write", "write", "correct", "take back", "move", "move", "take away"]
MOMENTS = [LivelihoodMoment.ENROLMENT, LivelihoodMoment.EXIT, LivelihoodMoment.EXIT]


@dataclass(slots=True)
class TrueLivelihood:
    """A record as it should have been written from the first; `words` are why it was changed."""

    case: int
    moment: LivelihoodMoment
    line: Listed
    days_ago: int
    words: str
    turn: int
    is_gone: bool = False
    is_erased: bool = False
    is_corrected: bool = False


class LivelihoodDeeds:
    """Records of the two cases. All exits are on today, and those that count from them go with them."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.chance = stage, stage.chance
        self.truths: list[TrueLivelihood] = []
        self.lines = list(Listed.objects.filter(project=stage.world.project, kind=ListKind.SUPPORT)[:4])
        stage.when_exit_goes.append(self.exit_goes)

    def exit_goes(self, case: int) -> None:
        for said in self.truths:
            if said.case == case and said.moment == LivelihoodMoment.EXIT:
                said.is_gone = True

    def deed(self) -> None:
        """Write one, or do something to one that stands."""
        deed = self.chance.choice(DEEDS)
        standing = [said for said in self.truths if not said.is_gone]
        if deed == "write" or not standing:
            moment = self.chance.choice(MOMENTS)
            ago = self.chance.randrange(50, 70) if moment == LivelihoodMoment.ENROLMENT else self.chance.randrange(20)
            case, line = self.chance.randrange(2), self.chance.choice(self.lines)
            said = TrueLivelihood(case, moment, line, ago, self.stage.words(), next(self.stage.turns))
            self.write(said)
            self.truths.append(said)
            return
        self.do(deed, self.chance.choice(standing))

    def record(self, said: TrueLivelihood) -> LivelihoodAnswers:
        return LivelihoodAnswers(moment=said.moment, day=days_ago(said.days_ago), means=[(said.line, None)])

    def write(self, said: TrueLivelihood) -> None:
        LIVELIHOODS.record(enrolment=self.stage.cases[said.case], record=self.record(said), by=self.stage.by)

    def do(self, deed: str, said: TrueLivelihood) -> None:
        rows = LivelihoodRecord.objects.placed().current().with_case()
        fact, by = rows.get(enrolment=self.stage.cases[said.case], moment=said.moment), self.stage.by
        if deed == "correct":
            said.line, said.is_corrected = self.chance.choice(self.lines), True
            LIVELIHOODS.correct(fact=fact, record=self.record(said), why=said.words, by=by)
        elif deed == "take back":
            LIVELIHOODS.take_back(fact=fact, reason=said.words, by=by)
            said.is_gone = True
        elif deed == "take away":
            LIVELIHOODS.put_right(fact=fact, right=None, by=by)
            said.is_gone = said.is_erased = True
        else:
            with suppress(ValidationError):
                LIVELIHOODS.put_right(fact=fact, right=self.stage.cases[1 - said.case], by=by)
                said.case = 1 - said.case

    def rightly(self) -> list[Writing]:
        """Each that stands, written once as it was, after the exits."""
        return [(2 * LAST + said.turn, partial(self.write, said)) for said in self.truths if not said.is_gone]

    def state(self, case: Enrolment) -> dict[str, object]:
        """What stands in the case."""
        rows = LivelihoodRecord.objects.placed().current().filter(enrolment=case).order_by("moment")
        return {"livelihoods": list(rows.values_list("moment", "concerns_on", "sources__line__code"))}

    def present(self, number: int) -> set[str]:
        """Why those that stand were corrected."""
        standing = [said for said in self.truths if said.case == number and not said.is_gone and said.is_corrected]
        return {said.words for said in standing}

    def absent(self, number: int) -> set[str]:
        """Words of the other case's, and of what was taken away."""
        return {said.words for said in self.truths if said.case != number or said.is_erased}
