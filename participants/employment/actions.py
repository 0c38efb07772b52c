"""Employments: noted, ended by another that takes their place, corrected, taken back, moved to the right person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError

from accounts.models import User
from core.actions import action
from core.days.periods import BACKWARDS, Period
from core.forms.concurrency import ChangedMeanwhile
from core.models import TextBody
from core.swedish.words import day
from participants.amending.born import require_born
from participants.amending.kinds import CaseFacts
from participants.amending.words import Noun
from participants.employment.taking_over import end, go_on_as_before
from participants.enums import MisplacedKind
from participants.locking import lock_case
from participants.models import EmploymentPeriod, Enrolment
from projects.models import Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentRecord:
    """An employment as it is written down: a line of the project's list of forms, the employer ("" where there is
    none), the share in per cent, whether the person has other support beside it, and the days; None where nobody knows.
    Without a last day it goes on."""

    form: Listed
    employer: str
    percent: int | None
    other_support: bool | None
    period: Period


@action
def record_employment(
    *, enrolment: Enrolment, record: EmploymentRecord, ends: Collection[EmploymentPeriod] = (), by: User
) -> EmploymentPeriod:
    """Note that somebody is employed, in business or studying for some days, or on.

    `ends` are employments of the case whose place it takes: each gets the day before as its last, unless it is over by
    then. Raises ValidationError for `form` that isn't offered that day, for `first_day` before birth, for `last_day`
    before the first one, and for
    `ends` that don't begin before it; ChangedMeanwhile where one of these has been replaced.
    """
    locked = lock_case(enrolment)
    _check(locked, record, None)
    for old in ends:
        _end(old, locked, record.period.first, by)
    fact = EMPLOYMENTS.write(locked, record, by)
    EMPLOYMENTS.log("create", locked, by)
    return fact


def not_before(employment: EmploymentPeriod, first: date) -> str:
    """Why an employment can't end when one that begins on the day `first` does, in words."""
    begins = f"{employment.work} börjar {day(employment.concerns_on)} och den nya {day(first)}"
    return (
        f"{begins}, så den nya kan inte ta över. Kontrollera dagarna: en av dem kan vara fel. "
        "Pågår båda samtidigt, ta bort krysset."
    )


def _end(employment: EmploymentPeriod, case: Enrolment, first: date, by: User) -> None:
    """Let an employment end the day before `first`; one that is over by then is left as it is."""
    now = EmploymentPeriod.objects.placed().filter(pk=employment.pk, enrolment=case).first()
    if now is None or not now.stands:
        raise ChangedMeanwhile
    if now.concerns_on >= first:
        raise ValidationError({"ends": not_before(now, first)})
    if now.until is None or now.until > first:
        end(now, first, by)


def _check(case: Enrolment, record: EmploymentRecord, kept: EmploymentPeriod | None) -> None:
    """Raises ValidationError for `first_day`, `last_day` and, unless it is kept, for `form` that isn't offered that
    day."""
    period, form = record.period, record.form
    require_born(case, period.first, "first_day")
    if period.last and period.last < period.first:
        raise ValidationError({"last_day": BACKWARDS})
    is_kept = kept is not None and form == kept.form
    if not is_kept and not Listed.objects.on(period.first).filter(pk=form.pk).exists():
        raise ValidationError({"form": f"{form} erbjuds {form.holds}, inte {day(period.first)}. Välj igen."})


def _columns(record: EmploymentRecord) -> dict[str, Any]:
    return {
        "form": record.form,
        "employer": TextBody.objects.write(record.employer) if record.employer else None,
        "percent": record.percent,
        "other_support": record.other_support,
        "concerns_on": record.period.first,
        "until": record.period.until,
    }


EMPLOYMENTS: Final = CaseFacts(
    model=EmploymentPeriod,
    noun=Noun("anställningen", "återtagen", "rättad"),
    mark=MisplacedKind.EMPLOYMENT,
    name="employment",
    check=_check,
    columns=_columns,
    let_go=go_on_as_before,
)
