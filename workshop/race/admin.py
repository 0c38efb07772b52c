"""Django's admin over the program's models, with what an ordinary project would write for it.

It asks nobody's right: a superuser's costs it next to nothing.
"""

from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin, TabularInline
from django.http import HttpRequest

from actionplans.models import Meeting, StepAssessment
from core.models import TextBody
from participants.models import CaseAssignment, Enrolment

ROWS = 50


class Site(AdminSite):
    """Open to everybody who is logged in."""

    def has_permission(self, request: HttpRequest) -> bool:
        """The program's users have no `is_staff`."""
        return request.user.is_active


class Allowed:
    """Lets everybody see and change everything."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Asked of each app on the start page."""
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Asked of each list and page."""
        return True

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


class MeetingInline(Allowed, TabularInline):
    """The meetings of a case."""

    model = Meeting
    fields = ("kind", "concerns_on", "participant_present", "next_meeting_on")
    extra = 0


class StepInline(Allowed, TabularInline):
    """The judgements of a case's steps."""

    model = StepAssessment
    fields = ("step", "outcome", "concerns_on", "cleared_on")
    raw_id_fields = ("step",)
    extra = 0


class AssignmentInline(Allowed, TabularInline):
    """Who works with a case."""

    model = CaseAssignment
    fields = ("user", "role", "valid_from", "valid_until")
    raw_id_fields = ("user",)
    extra = 0


class EnrolmentAdmin(Allowed, ModelAdmin):
    """The list of cases, and the page of one."""

    list_display = ("person", "source", "enrolled_on", "exited_on", "exit_reason", "next_contact_on")
    list_select_related = ("participant__identity",)
    list_per_page = ROWS
    search_fields = ("participant__identity__family_name", "participant__identity__given_name")
    ordering = ("sort_key", "pk")
    raw_id_fields = ("participant", "project")
    inlines = (MeetingInline, StepInline, AssignmentInline)

    def person(self, case: Enrolment) -> str:
        """Family name first, as the program's list has it."""
        return case.participant.identity.full_name


class NoteAdmin(Allowed, ModelAdmin):
    """A note: the row itself, and the admin's own line about it."""

    fields = ("text",)


site = Site()
site.register(Enrolment, EnrolmentAdmin)
site.register(TextBody, NoteAdmin)
