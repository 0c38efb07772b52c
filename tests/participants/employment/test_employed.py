"""How many persons are employed by form, and how many have changed form: a real case, and a naive count."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from core.days.periods import Period
from participants.employment.actions import EMPLOYMENTS, EmploymentRecord, record_employment
from participants.employment.employed import employed_on, transitions_in
from participants.enums import ExitReason
from participants.models import EmploymentPeriod, Enrolment, Participant
from projects.enums import ListKind
from projects.models import Listed
from tests.participants.employment.test_employment import DEC, FEB, employ
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def test_one_form_after_another_is_one_person_one_form_one_transition(world) -> None:
    first = employ(world, "development_employment", FEB)
    employ(world, "security_employment", DEC, ends=[first])
    assert employed_on(world.project, date(2026, 12, 31)) == {"Trygghetsanställning": 1}
    assert employed_on(world.project, date(2026, 11, 30)) == {"Utvecklingsanställning": 1}
    assert transitions_in(world.project, YEAR) == 1
    assert transitions_in(world.project, Period(date(2026, 1, 1), date(2026, 11, 30))) == 0
    assert transitions_in(world.project, Period(DEC)) == 1


def test_a_person_with_two_counts_once_by_the_larger(world) -> None:
    employ(world, "permanent", FEB, percent=75)
    employ(world, "hourly", DEC, percent=10)
    assert employed_on(world.project, DEC) == {"Tillsvidareanställning": 1}


def test_a_person_enrolled_twice_counts_once(world) -> None:
    again = enrolled_again(world)
    employ(world, "hourly", FEB)
    employ(world, "permanent", DEC, case=again)
    assert employed_on(world.project, DEC) == {"Tillsvidareanställning": 1}


def test_a_wrong_registration_counts_nowhere(world) -> None:
    first = employ(world, "development_employment", FEB)
    employ(world, "security_employment", DEC, ends=[first])
    Enrolment.objects.filter(pk=world.enrolment.pk).update(is_void=True)
    assert employed_on(world.project, DEC) == {}
    assert transitions_in(world.project, YEAR) == 0


def enrolled_again(world) -> Enrolment:
    """The person of the case has left, and come back."""
    Enrolment.objects.filter(pk=world.enrolment.pk).update(exited_on=FEB, exit_reason=ExitReason.WORK)
    return EnrolmentFactory(project=world.project, participant=world.enrolment.participant, enrolled_on=DEC)


@dataclass(slots=True)
class Truth:
    """An employment as somebody wrote or corrected it last."""

    fact: EmploymentPeriod
    case: Enrolment
    form: str
    percent: int | None
    first: date
    last: date | None
    turn: int
    # The one that ended it, while nobody has changed it since, and the last day that it had before.
    ended_by: int = 0
    last_before: date | None = None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


class History:
    """Random deeds, and beside them what stands by them."""

    def __init__(self, world, seed: int) -> None:
        self.world, self.chance, self.turn = world, random.Random(seed), 0
        self.cases = [world.enrolment, enrolled_again(world), world.unassigned]
        for case in self.cases[1:]:
            CaseAssignmentFactory(enrolment=case, user=world.case_worker)
        offered = Listed.objects.filter(project=world.project, kind=ListKind.EMPLOYMENT)
        self.forms = list(offered.filter(code__in=["hourly", "permanent", "studies"]))
        self.stands: list[Truth] = []

    def drawn(self) -> EmploymentRecord:
        first = date(2026, 1, 1) + timedelta(days=self.chance.randrange(60))
        last = self.chance.choice([None, first + timedelta(days=self.chance.randrange(40))])
        form, percent = self.chance.choice(self.forms), self.chance.choice([None, 50, 100])
        return EmploymentRecord(form=form, employer="", percent=percent, other_support=None, period=Period(first, last))

    def deed(self) -> None:
        deed = self.chance.choice(["write", "write", "end", "correct", "take back", "move", "take away"])
        if deed in ("write", "end") or not self.stands:
            return self.write(with_end=deed == "end")
        truth, by = self.chance.choice(self.stands), self.world.case_worker
        if deed == "correct":
            record = self.drawn()
            truth.fact = EMPLOYMENTS.correct(fact=truth.fact, record=record, why="Fel.", by=by)
            self.say(truth, record)
            truth.ended_by = 0
        elif deed == "take back":
            EMPLOYMENTS.take_back(fact=truth.fact, reason="Fel.", by=by)
            self.stands.remove(truth)
            self.goes(truth, truth.case)
        elif deed == "take away":
            EMPLOYMENTS.put_right(fact=truth.fact, right=None, by=by)
            self.stands.remove(truth)
            self.goes(truth, truth.case)
        else:
            left, truth.case = truth.case, self.chance.choice([case for case in self.cases if case != truth.case])
            EMPLOYMENTS.put_right(fact=truth.fact, right=truth.case, by=by)
            truth.fact.enrolment = truth.case
            self.goes(truth, left)
        return None

    def goes(self, gone: Truth, left: Enrolment) -> None:
        """Those in the case that it ended, and that nobody has changed since, go on as before."""
        for truth in self.stands:
            if truth.ended_by == gone.turn and truth.case == left:
                truth.last, truth.ended_by = truth.last_before, 0
                truth.fact = EmploymentPeriod.objects.current().get(first=truth.fact.root_id)

    def write(self, *, with_end: bool) -> None:
        case, record, by = self.chance.choice(self.cases), self.drawn(), self.world.case_worker
        first = record.period.first
        # The one that it follows must still be there, and have begun.
        before = [truth for truth in self.stands if truth.case == case and truth.first < first]
        ending = before[:1] if with_end else []
        fact = record_employment(enrolment=case, record=record, ends=[truth.fact for truth in ending], by=by)
        for truth in ending:
            if truth.last is None or truth.last >= first:
                truth.last_before, truth.ended_by = truth.last, self.turn + 1
                truth.last = first - timedelta(days=1)
                truth.fact = EmploymentPeriod.objects.get(corrects=truth.fact)
        self.turn += 1
        truth = Truth(fact, case, "", None, first, None, self.turn)
        self.say(truth, record)
        self.stands.append(truth)

    def say(self, truth: Truth, record: EmploymentRecord) -> None:
        truth.form, truth.percent = record.form.name, record.percent
        truth.first, truth.last = record.period.first, record.period.last

    def employed(self, day: date) -> Counter[str]:
        found: Counter[str] = Counter()
        for person in Participant.objects.all():
            held = [truth for truth in self.stands if truth.case.participant_id == person.pk and truth.holds(day)]
            if held:
                main = max(held, key=lambda truth: (truth.percent or 100, truth.first, truth.turn))
                found[main.form] += 1
        return found

    def transitions(self, days: Period) -> int:
        return sum(
            any(
                earlier.case == truth.case
                and earlier.form != truth.form
                and earlier.last == truth.first - timedelta(days=1)
                for earlier in self.stands
            )
            for truth in self.stands
            if days.holds(truth.first)
        )


@pytest.mark.parametrize("seed", range(12))
def test_both_equal_a_naive_count_over_random_histories(world, seed: int) -> None:
    history = History(world, seed)
    for _ in range(24):
        history.deed()
        days = Period(date(2026, 1, 15), date(2026, 2, 20))
        assert transitions_in(world.project, days) == history.transitions(days)
        assert transitions_in(world.project, YEAR) == history.transitions(YEAR)
        day = date(2026, 1, 1) + timedelta(days=history.chance.randrange(100))
        assert employed_on(world.project, day) == history.employed(day)
