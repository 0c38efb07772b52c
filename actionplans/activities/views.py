"""Activities: noted, ended, corrected, taken back, moved to the right person."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.models import Organisation
from actionplans.activities.actions import ACTIVITIES, end_activity, offered_helpers
from actionplans.activities.forms import ActivityEditForm, ActivityEndForm, ActivityForm
from actionplans.activities.page import kinds_of, lines
from actionplans.activities.shared_facts import activity_facts, days_of
from actionplans.models import CaseActivity
from core.days.dates import today
from core.forms.saving import saved
from core.swedish.words import day
from participants.amending.kind_pages import kind_pages, require_writer_or_reader
from participants.amending.pages import gone
from participants.amending.shared_facts import lines_of
from participants.guards import case_page
from participants.http import Request
from participants.models import Enrolment
from projects.enums import Permission


@case_page(Permission.SEE_PERSONS)
def activity_create(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Note an activity; those that were noted before stand beside. A coordinator reads these alone, and finds the way
    to take one back. Raises PermissionDenied for others who don't write in the case."""
    may_edit = require_writer_or_reader(request, enrolment)
    form = ActivityForm(
        request.POST or None,
        shared=lines_of(ACTIVITIES, enrolment),
        offered=kinds_of(enrolment),
        helpers=offered_helpers(enrolment),
    )
    if saved(request, form, lambda: _record(request, enrolment, form), lambda _: _receipt(form)):
        return redirect(enrolment)
    said = lines(enrolment, ACTIVITIES.standing(enrolment), today())
    context = {
        "form": form,
        "may_edit": may_edit,
        "enrolment": enrolment,
        "now": [line for line in said if not line.is_over],
        "ended": [line for line in said if line.is_over],
    }
    return render(request, "actionplans/activities/activity_create.html", context)


@case_page(Permission.EDIT_CASE, of=CaseActivity)
def activity_end(request: Request, activity: CaseActivity) -> HttpResponse:
    """Write the last day of an activity; nothing about it was wrong."""
    if not activity.stands and request.method != "POST":
        return gone(request, activity, ACTIVITIES.noun)
    form = ActivityEndForm(request.POST or None, shared=days_of(activity), activity=activity)
    if saved(request, form, lambda: _end(request, activity, form), lambda _: _ended(form)):
        return redirect(activity.enrolment)
    if not activity.stands and form.is_changed_meanwhile:
        # What was typed is a draft by now, and can't be saved here any more.
        return gone(request, activity, ACTIVITIES.noun)
    context = {"form": form, "activity": activity, "enrolment": activity.enrolment}
    return render(request, "actionplans/activities/activity_end.html", context)


def _edit_form(request: Request, activity: CaseActivity) -> ActivityEditForm:
    case = activity.enrolment
    helpers = offered_helpers(case)
    kept: list[Organisation] = [activity.helper] if activity.helper and activity.helper not in helpers else []
    return ActivityEditForm(
        request.POST or None,
        shared=activity_facts(activity),
        offered=kinds_of(case, activity.kind),
        helpers=[*helpers, *kept],
    )


activity_edit, activity_take_back, activity_misplaced = kind_pages(
    ACTIVITIES,
    "actionplans/activities/activity",
    form=_edit_form,
    shared=activity_facts,
    receipt=lambda form: form.record.period.in_words,
)


def _record(request: Request, enrolment: Enrolment, form: ActivityForm) -> UUID:
    return ACTIVITIES.record(enrolment=enrolment, record=form.record, by=request.user).public_id


def _receipt(form: ActivityForm) -> str:
    return f"Aktiviteten {form.record.period.in_words} är sparad."


def _end(request: Request, activity: CaseActivity, form: ActivityEndForm) -> UUID:
    return end_activity(activity=activity, last=form.cleaned_data["last_day"], by=request.user).public_id


def _ended(form: ActivityEndForm) -> str:
    return f"{form.activity.kind} slutar {day(form.cleaned_data['last_day'])}."
