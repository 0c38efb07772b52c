"""Employments: noted, ended by another that takes their place, corrected, taken back, moved to the right person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action
from core.days.periods import BACKWARDS, Period
from core.forms.concurrency import ChangedMeanwhile
from core.models import TextBody
from core.swedish.words import day
from participants.amending.born import require_born
from participants.amending.moving import carry, leave_marks_of, lock_move
from participants.amending.versions import last_version, lock_version, next_version, require_author
from participants.amending.wordings import Earlier, earlier_wordings
from participants.amending.words import Noun
from participants.enums import MisplacedKind
from participants.locking import lock_case
from participants.misplaced.marks import texts_of
from participants.models import EmploymentPeriod, Enrolment, Misplacement
from projects.models import Listed

EMPLOYMENT: Final = Noun("anställningen", "återtagen", "rättad")
# Pages where something of an employment stands.
_PAGES: Final = frozenset({"employment_create", "employment_edit", "employment_take_back"})
EARLIER: Final = Earlier(MisplacedKind.EMPLOYMENT, _PAGES, "employment_misplaced", earlier_wordings)


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
    _check(record, locked, kept=None)
    for old in ends:
        _end(old, locked, record.period.first, by)
    fact = EmploymentPeriod.objects.create(enrolment=locked, owner=locked.owner, recorded_by=by, **_columns(record))
    log_change(by=by, part="employment_create", persons=[locked.participant.public_id])
    return fact


@action
def correct_employment(
    *, employment: EmploymentPeriod, record: EmploymentRecord, why: str, by: User
) -> EmploymentPeriod:
    """A new version of an employment. Raises as `record_employment`, but keeps a form that is no longer offered;
    ChangedMeanwhile where somebody has replaced it."""
    case, old = lock_version(employment)
    _check(record, case, kept=old.form)
    new = next_version(old, why, by, **_columns(record))
    log_change(by=by, part="employment_edit", persons=[case.participant.public_id])
    return new


@action
def take_back_employment(*, employment: EmploymentPeriod, reason: str, by: User) -> EmploymentPeriod:
    """Take back an employment that never was. One that ended when it began stays ended.

    Raises PermissionDenied for others than its author and the coordinators, ChangedMeanwhile where somebody has
    replaced it.
    """
    case, old = lock_version(employment)
    require_author(old, case, by)
    end = last_version(old, reason, by)
    log_change(by=by, part="employment_take_back", persons=[case.participant.public_id])
    return end


@action
def put_employment_right(*, employment: EmploymentPeriod, right: Enrolment | None, by: User) -> Misplacement:
    """Move an employment to the right case, or take it away where there is none.

    Gives the mark that the wrong file keeps. Raises PermissionDenied for others than its author and the coordinators,
    and ChangedMeanwhile where somebody has replaced it.
    """
    move = lock_move(employment, right, by)
    carry(move)
    texts = texts_of(move.versions)
    return leave_marks_of(move, MisplacedKind.EMPLOYMENT, pages=_PAGES, texts=texts, by=by, part="employment_misplaced")


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
        # Says nothing of the new one: that may turn out to be somebody else's.
        next_version(now, f"En annan anställning började {day(first)}.", by, until=first)


def _check(record: EmploymentRecord, case: Enrolment, *, kept: Listed | None) -> None:
    """Raises ValidationError for `first_day`, `last_day` and `form`."""
    period, form = record.period, record.form
    require_born(case, period.first, "first_day")
    if period.last and period.last < period.first:
        raise ValidationError({"last_day": BACKWARDS})
    if form != kept and not Listed.objects.on(period.first).filter(pk=form.pk).exists():
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
