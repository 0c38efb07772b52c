"""Activities: noted, ended, corrected, taken back, moved to the right person."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError

from accounts.models import Organisation, User
from actionplans.enums import Attendance
from actionplans.models import CaseActivity
from actionplans.models.activity import category_of_activity
from core.actions import action, stamp_day
from core.days.kinds import DayKind
from core.days.periods import BACKWARDS, Period
from core.models import TextBody
from core.swedish.words import day
from participants.amending.kinds import CaseFacts
from participants.amending.versions import lock_version, next_version
from participants.amending.words import Noun
from participants.consent.parties import parties_of
from participants.enums import MisplacedKind
from participants.models import Enrolment
from participants.placement.actions import not_later
from projects.enums import LISTS_OF_ACTIVITIES, ListKind
from projects.models import Listed

# The program's own words, in the history of one that was ended.
ENDED: Final = "Sista dagen skrevs in."
NO_GROUP: Final = "Närvaro gäller bara gruppaktiviteter. Svara inte här."
NO_ATTENDANCE: Final = "Svara om deltagaren är inbjuden, deltog eller inte kom."
NOT_YET: Final = "Aktiviteten är inte än. Svara Inbjuden, och skriv in närvaron efteråt."
OTHER_LISTS: Final = (
    "Den personen är i ett annat projekt, som har egna aktiviteter. Ta bort aktiviteten här, och skriv in den där."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRecord:
    """An activity as it is written down: a line of the project's list, when in words ("" where the days say it), the
    organisation that helps or None, a note or "", the days, and of one in a group whether the participant came ("" of
    any other). Without a last day it goes on."""

    kind: Listed
    rhythm: str
    helper: Organisation | None
    note: str
    period: Period
    attendance: str = ""


@action
def end_activity(*, activity: CaseActivity, last: date, by: User) -> CaseActivity:
    """Let an activity end with the day `last`: a new version of it.

    Raises ValidationError for `last_day` as `ending_fault`, and ChangedMeanwhile where somebody has replaced it.
    """
    case, old = lock_version(activity)
    if fault := ending_fault(case, old, last):
        raise ValidationError({"last_day": fault})
    new = next_version(old, ENDED, by, until=Period(old.concerns_on, last).until)
    ACTIVITIES.log("end", case, by)
    return new


def ending_fault(case: Enrolment, activity: CaseActivity, last: date) -> str:
    """The fault of a last day, in words: before the first, too far ahead, after the enrolment, or the one it has."""
    if last == activity.period.last:
        return f"Aktiviteten slutar redan {day(last)}."
    return day_faults(case, Period(activity.concerns_on, last)).get("last_day", "")


def day_faults(case: Enrolment, period: Period) -> dict[str, str]:
    """Every fault of the days, in words by field: outside the enrolment, in the wrong order, too far ahead."""
    found = {"first_day": _first_fault(case, period.first), "last_day": _last_fault(case, period)}
    return {field: fault for field, fault in found.items() if fault}


def attendance_fault(kind: Listed, attendance: str, first: date) -> str:
    """The fault of whether somebody came, in words: unanswered of one in a group, answered of any other, or said of a
    day that is still to come."""
    if kind.kind != ListKind.GROUP_ACTIVITY:
        return NO_GROUP if attendance else ""
    if not attendance:
        return NO_ATTENDANCE
    return NOT_YET if attendance != Attendance.INVITED and first > stamp_day() else ""


def offered_helpers(case: Enrolment) -> list[Organisation]:
    """Organisations that may help with an activity of the case: its owner, and the other parties of the project by
    name."""
    return [case.owner, *parties_of(case)]


def follow_line(line: Listed) -> None:
    """Have every version of the activities of a kind be of the kind of information that it says. Part of the action
    that changes the line."""
    CaseActivity.objects.filter(kind=line).update(category=category_of_activity(line))


def _first_fault(case: Enrolment, first: date) -> str:
    if first < case.enrolled_on:
        return f"Aktiviteten kan inte börja före inskrivningen, {day(case.enrolled_on)}."
    if case.exited_on and first > case.exited_on:
        return not_later(case.exited_on, first)
    return DayKind.PLACED_FROM.fault(first, stamp_day())


def _last_fault(case: Enrolment, period: Period) -> str:
    last = period.last
    if case.exited_on and (last is None or last > case.exited_on):
        return not_later(case.exited_on, last)
    if last is None:
        return ""
    return BACKWARDS if last < period.first else DayKind.PLACED_THROUGH.fault(last, stamp_day())


def _check(case: Enrolment, record: ActivityRecord, kept: CaseActivity | None) -> None:
    """Raises ValidationError by field as `faults_of`."""
    if faults := faults_of(case, record, kept):
        raise ValidationError(faults)


def faults_of(case: Enrolment, record: ActivityRecord, kept: CaseActivity | None = None) -> dict[str, str]:
    """Every fault of an activity in a case, in words by field: the days, `attendance` and, unless they are as in the
    version `kept`, a `kind` that isn't offered that day and a `helper` that isn't with the project."""
    kind, helper, first = record.kind, record.helper, record.period.first
    faults = day_faults(case, record.period)
    if fault := attendance_fault(kind, record.attendance, first):
        faults["attendance"] = fault
    if kept is None or kind != kept.kind:
        offered = Listed.objects.on(first).filter(project=case.project_id, kind__in=LISTS_OF_ACTIVITIES, pk=kind.pk)
        if not offered.exists():
            faults["kind"] = f"{kind} erbjuds {kind.holds}, inte {day(first)}. Välj igen."
    is_kept = kept is not None and kept.helper == helper
    if helper and not is_kept and helper not in offered_helpers(case):
        faults["helper"] = f"{helper} är inte med i projektet. Välj igen."
    return faults


def _columns(record: ActivityRecord) -> dict[str, Any]:
    write = TextBody.objects.write
    return {
        "kind": record.kind,
        "category": category_of_activity(record.kind),
        "rhythm": write(record.rhythm) if record.rhythm else None,
        "helper": record.helper,
        "note": write(record.note) if record.note else None,
        "concerns_on": record.period.first,
        "until": record.period.until,
        "attendance": record.attendance,
    }


def _check_move(fact: CaseActivity, right: Enrolment) -> None:
    """Raises ValidationError for `right` in another project, or whose enrolment its days don't fit."""
    if fact.stands and right.project_id != fact.enrolment.project_id:
        raise ValidationError({"right": OTHER_LISTS})
    if fact.stands and (faults := day_faults(right, fact.period)):
        said = " ".join(dict.fromkeys(faults.values()))
        raise ValidationError({"right": f"Hos den personen passar inte aktivitetens dagar. {said}"})


ACTIVITIES: Final = CaseFacts(
    model=CaseActivity,
    noun=Noun("aktiviteten", "återtagen", "rättad"),
    mark=MisplacedKind.ACTIVITY,
    name="activity",
    check=_check,
    columns=_columns,
    check_move=_check_move,
    elsewhere=frozenset({"activity_end"}),
)
