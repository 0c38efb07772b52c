"""Group activities: many are invited at once, and afterwards it is written down who came."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import F

from accounts.log.access import log_change
from accounts.models import User
from actionplans.activities.actions import ACTIVITIES, ActivityRecord, day_faults, faults_of
from actionplans.enums import Attendance
from actionplans.models import CaseActivity
from actionplans.models.activity import CaseActivityQuerySet
from core.actions import action
from core.forms.concurrency import ChangedMeanwhile
from participants.amending.versions import next_version
from participants.locking import lock_cases
from participants.models import Enrolment
from participants.querysets.enrolment import EnrolmentQuerySet
from participants.scope.scope import Scope
from projects.models import Project

# The program's own words, in the history of an answer that was to come, and of one that was another.
NOTED: Final = "Närvaron skrevs in."
PUT_RIGHT: Final = "Närvaron rättades."


def offered_persons(scope: Scope, project: Project) -> EnrolmentQuerySet:
    """Cases of the user's own organisation in the project that go on and that the user works with, by name. An
    emergency gives none."""
    going_on = Enrolment.objects.lasting_to(scope).counted().in_project(project).on(scope.on)
    return going_on.with_person().order_by("participant__identity__sort_key", "pk")


def in_groups_of_own(scope: Scope, project: Project) -> CaseActivityQuerySet:
    """Activities in groups, in the cases of `offered_persons` and those that have ended: the latest day first, and on
    it by name. None of a day after the enrolment: it never was."""
    cases = Enrolment.objects.lasting_to(scope).counted().in_project(project)
    rows = CaseActivity.objects.placed().current().filter(enrolment__in=cases.values("pk"))
    found = rows.exclude(attendance="").exclude(enrolment__exited_on__lt=F("concerns_on"))
    by_name = "enrolment__participant__identity__sort_key"
    return found.with_case().select_related("first").order_by("-concerns_on", "kind__sort_key", by_name, "pk")


def of_group(scope: Scope, project: Project) -> CaseActivityQuerySet:
    """Activities as `in_groups_of_own`, whose day has come."""
    return in_groups_of_own(scope, project).filter(concerns_on__lte=scope.on)


@action
def invite(*, enrolments: Iterable[Enrolment], record: ActivityRecord, by: User) -> Sequence[CaseActivity]:
    """Write the same activity in many cases: all or none. Those who have one of the kind from that day already keep it
    as it is.

    Raises ValidationError by field as `faults_of`, for `persons` with names where it can't be in some of the cases.
    """
    cases = lock_cases([case.pk for case in enrolments])
    rows = CaseActivity.objects.placed().current().filter(enrolment__in=[case.pk for case in cases])
    have = set(rows.filter(kind=record.kind, concerns_on=record.period.first).values_list("enrolment", flat=True))
    invited = [case for case in cases if case.pk not in have]
    _check_all(invited, record)
    made = [ACTIVITIES.write(case, record, by) for case in invited]
    log_change(by=by, part="activity_group", persons=[case.participant.public_id for case in invited])
    return made


@action
def note_attendance(*, answers: Mapping[CaseActivity, Attendance], by: User) -> None:
    """Write who came: a new version of each activity. Raises ChangedMeanwhile where somebody has replaced one."""
    cases = {case.pk: case for case in lock_cases(fact.enrolment_id for fact in answers)}
    standing = CaseActivity.objects.placed().current().select_related("first").in_bulk([fact.pk for fact in answers])
    for fact, attendance in answers.items():
        now = standing.get(fact.pk)
        if now is None or now.enrolment_id not in cases:
            raise ChangedMeanwhile
        why = NOTED if now.attendance == Attendance.INVITED else PUT_RIGHT
        next_version(now, why, by, attendance=attendance)
    log_change(by=by, part="activity_attendance", persons=[case.participant.public_id for case in cases.values()])


def _check_all(cases: Sequence[Enrolment], record: ActivityRecord) -> None:
    """A fault that all cases have is the answer's own; one that some have names them."""
    if not cases:
        return
    days = {case: day_faults(case, record.period) for case in cases}
    faults = faults_of(cases[0], record)
    own = {field: fault for field, fault in faults.items() if field not in days[cases[0]] or _is_of_all(field, days)}
    named: dict[str, list[str]] = {}
    for case, of_case in days.items():
        for fault in dict.fromkeys(fault for field, fault in of_case.items() if field not in own):
            named.setdefault(fault, []).append(case.participant.identity.name)
    said = [f"{', '.join(names)}: {fault}" for fault, names in named.items()]
    if own or said:
        raise ValidationError({**own, **({"persons": said} if said else {})})


def _is_of_all(field: str, days: Mapping[Enrolment, Mapping[str, str]]) -> bool:
    return len({of_case.get(field, "") for of_case in days.values()}) == 1
