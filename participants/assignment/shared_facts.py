"""Facts that forms about who works with a case show and replace, to notice two who save at once."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from core.forms.concurrency import Shared
from core.swedish.words import day
from participants.assignment.responsible import Responsible
from participants.enums import CaseRole
from participants.models import CaseAssignment, Enrolment
from participants.querysets.enrolment import EnrolmentQuerySet
from participants.shared_facts import NOBODY, of_case, written


def responsible_for(enrolment: Enrolment, *, on: date) -> Shared:
    """The user or unit responsible for the case, for a page that changes it."""

    def current() -> CaseAssignment | None:
        live = CaseAssignment.objects.filter(enrolment=enrolment).on(on).responsible()
        return live.select_related("user", "recorded_by").order_by("pk").last()

    def read() -> Mapping[str, Any]:
        held = current()
        return {"Ansvarig nu": f"{held.user}, sedan {day(held.valid_from)}" if held else ""}

    return Shared([of_case(enrolment)], read, lambda: written(current()))


def responsible_for_each(enrolments: EnrolmentQuerySet, *, on: date) -> Shared:
    """The user or unit responsible for each of these cases, by the case's public id."""

    def read() -> Mapping[str, Any]:
        live = CaseAssignment.objects.on(on).responsible().filter(enrolment__in=enrolments.values("pk"))
        held = {
            row.enrolment_id: str(row.user or row.organisation) for row in live.select_related("user", "organisation")
        }
        return {str(key): held.get(pk, NOBODY) for pk, key in enrolments.values_list("pk", "public_id")}

    return Shared([Enrolment.objects.filter(pk__in=enrolments.values("pk"))], read)


def responsible_in_list(held: Mapping[UUID, Responsible | None]) -> Shared:
    """Who is responsible for each case of a list, by the case's public id. Makes no query."""
    return Shared((), lambda: {str(key): now.name if now else NOBODY for key, now in held.items()})


def assignments_of(enrolment: Enrolment) -> Shared:
    """Until when each one works with the case, by the assignment's public id and name."""

    def read() -> Mapping[str, Any]:
        rows = enrolment.assignments.exclude(role=CaseRole.RESPONSIBLE).select_related("user", "organisation")
        return {assignment_label(row): _until(row) for row in rows.order_by("pk")}

    return Shared([of_case(enrolment), CaseAssignment.objects.filter(enrolment=enrolment)], read)


def assignment_label(row: CaseAssignment) -> str:
    """«Karin Ek, ersättare från 3 mars 2026»: tells one person's several assignments apart."""
    who = row.user or f"Hela enheten, {row.organisation}"
    return f"{who}, {row.get_role_display().lower()} från {day(row.valid_from)}"


def _until(row: CaseAssignment) -> str:
    return f"till och med {day(row.period.last)}" if row.period.last else "tills vidare"
