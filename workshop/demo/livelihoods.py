"""How the demo's persons live: at enrolment, at exit and after it. Some wait to be asked, and one in seven wasn't
reached. And which of the project's groups they belong to, at enrolment and later."""

from datetime import date, datetime, time, timedelta
from typing import Final

from accounts.models import User
from core.actions import written_at
from core.days.dates import STOCKHOLM
from participants.enums import LivelihoodMoment
from participants.grouping.actions import GROUPINGS, GroupingRecord
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
# Target groups and obstacles by their codes in the model's list, of those who are sick-listed and of others.
_SICK: Final = (("sick_listed_long",), ("sick_low",))
_GROUPS: Final = (
    (("unemployed_half_year",), ("unemployed_none",)),
    (("unemployed_half_year", "born_abroad"), ("unemployed_none", "language")),
    (("aged_20_24",), ("unemployed_low",)),
    (("addiction_treatment", "unemployed_half_year"), ("social",)),
    (("born_abroad",), ("language",)),
)
# After so many days a third of them are in another unit, or work by another method.
_MOVES_AFTER: Final = timedelta(days=75)


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


def is_grouped(case: Enrolment, by: User, *, is_sick: bool, through: date) -> None:
    """Write the groups of the person at the enrolment, and the change of some later, until the day `through`."""
    with written_at(datetime.combine(case.enrolled_on, time(17), tzinfo=STOCKHOLM)):
        GROUPINGS.record(enrolment=case, record=_groups(case, case.enrolled_on, is_sick, 0), by=by)
    on = case.enrolled_on + _MOVES_AFTER
    if case.pk % 3 == 0 and on < through:
        with written_at(datetime.combine(on, time(16), tzinfo=STOCKHOLM)):
            GROUPINGS.record(enrolment=case, record=_groups(case, on, is_sick, 1), by=by)


def _groups(case: Enrolment, on: date, is_sick: bool, number: int) -> GroupingRecord:
    target_groups, obstacles = _SICK if is_sick else _GROUPS[case.pk % len(_GROUPS)]
    lines = _lines(case)
    own = Listed.objects.filter(project=case.project_id, kind__in=(ListKind.METHOD, ListKind.UNIT))
    methods, units = ([row for row in own if row.kind == kind] for kind in (ListKind.METHOD, ListKind.UNIT))
    return GroupingRecord(
        on=on,
        target_groups=[lines[ListKind.TARGET_GROUP, code] for code in target_groups],
        methods=methods[: 1 + number] if case.pk % 2 else [],
        unit=units[(case.pk + number) % len(units)] if units else None,
        obstacles=[lines[ListKind.OBSTACLE, code] for code in obstacles],
    )
