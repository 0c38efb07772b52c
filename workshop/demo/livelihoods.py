"""How the demo's persons live: at enrolment, at exit and after it. Some wait to be asked, and one in seven wasn't
reached."""

from datetime import date, datetime, time
from typing import Final

from accounts.models import User
from core.actions import written_at
from core.days.dates import STOCKHOLM
from participants.enums import LivelihoodMoment
from participants.livelihood.actions import LIVELIHOODS, LivelihoodAnswers
from participants.livelihood.moments import MONTHS_AFTER, day_of
from participants.models import Enrolment
from projects.enums import ListKind
from projects.models import Listed

# By how it went: means of support by their codes in the model's list with their shares, and the occupation.
_AFTER: Final = (
    ((("wage", 100),), "works"),
    ((("supported_wage", 75), ("sickness_benefit", 25)), "works_supported"),
    ((("study_support", None),), "studies"),
    ((("social_assistance", 80),), "unemployed"),
)
_EDUCATIONS: Final = ("primary", "upper_secondary_unfinished", "upper_secondary", "tertiary_short")
_NOT_REACHED: Final = 7
# So many of the moments after the exit are recorded, of each three.
_ASKED: Final = 2


def begins_with(case: Enrolment, code: str, by: User) -> None:
    """Write the support that the person had at the enrolment."""
    lines = _lines(case)
    record = LivelihoodAnswers(
        moment=LivelihoodMoment.ENROLMENT,
        day=case.enrolled_on,
        means=[(lines[ListKind.SUPPORT, code], None)],
        occupation=lines[ListKind.OCCUPATION, "sick_listed" if code == "sickness_benefit" else "unemployed"],
        education=lines[ListKind.EDUCATION, _EDUCATIONS[case.pk % len(_EDUCATIONS)]],
        months_before=6 + case.pk * 5 % 40,
    )
    LIVELIHOODS.record(enrolment=case, record=record, by=by)


def lives_on(case: Enrolment, exited_on: date, through: date, by: User) -> None:
    """Write the support at the exit, and at most of the moments after it that have come."""
    for number, moment in enumerate((LivelihoodMoment.EXIT, *MONTHS_AFTER)):
        day = day_of(moment, case.enrolled_on, exited_on)
        is_asked = moment == LivelihoodMoment.EXIT or (case.pk + number) % 3 < _ASKED
        if day and day < through and is_asked:
            with written_at(datetime.combine(day, time(16), tzinfo=STOCKHOLM)):
                LIVELIHOODS.record(enrolment=case, record=_later(case, moment, day, number), by=by)


def _later(case: Enrolment, moment: LivelihoodMoment, day: date, number: int) -> LivelihoodAnswers:
    if number and (case.pk + number) % _NOT_REACHED == 0:
        return LivelihoodAnswers(moment=moment, day=day, not_reached=True)
    means, occupation = _AFTER[(case.pk + number // 2) % len(_AFTER)]
    lines = _lines(case)
    return LivelihoodAnswers(
        moment=moment,
        day=day,
        means=[(lines[ListKind.SUPPORT, code], percent) for code, percent in means],
        occupation=lines[ListKind.OCCUPATION, occupation],
        education=lines[ListKind.EDUCATION, _EDUCATIONS[case.pk % len(_EDUCATIONS)]],
    )


def _lines(case: Enrolment) -> dict[tuple[str, str], Listed]:
    """The lines of the project's lists, by list and code."""
    rows = Listed.objects.filter(project=case.project_id).exclude(code="")
    return {(row.kind, row.code): row for row in rows}
