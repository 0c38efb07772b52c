"""Pages about group activities: many are invited at once, and it is written down who came."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from actionplans.activities.group_forms import (
    AttendanceForm,
    GroupActivityForm,
    asked_about,
    attendance_of,
    opened_as,
)
from actionplans.activities.groups import group_named, groups_lately
from actionplans.activities.in_group import invite, note_attendance, offered_persons
from actionplans.activities.page import group_kinds
from core.forms.saving import NothingToSave, saved
from core.swedish.words import plural
from participants.consent.parties import parties_in
from participants.http import Request
from projects.enums import Permission
from projects.guards import require_permission


@require_permission(Permission.EDIT_CASE)
def activity_group(request: Request) -> HttpResponse:
    """Invite many to something that a group does; what groups do and did lately stands beside. It opens with all of an
    earlier one (`?samma=`) but the day, or with its day and nobody yet (`?fler=`)."""
    own, persons = request.user.own_organisation, list(offered_persons(request.scope, request.project))
    request.access.declare_names(case.participant for case in persons)
    more, again = (group_named(request.scope, request.project, request.GET.get(name)) for name in ("fler", "samma"))
    if again:
        request.access.declare(fact.enrolment.participant for fact in again.activities)
    form = GroupActivityForm(
        request.POST or None,
        persons=persons,
        # Of a day that has been, also what the list offered then.
        offered=group_kinds(request.project, min(more.first_day, request.scope.on) if more else request.scope.on),
        helpers=[own, *parties_in(request.project, own.pk)],
        initial=opened_as(group, same_day=group == more) if (group := more or again) else None,
    )
    if saved(request, form, lambda: _invite(request, form), lambda _: _invited(form)):
        return redirect("activity_group")
    lately = groups_lately(request.scope, request.project)
    waiting = [group for group in lately if group.is_waiting(request.scope.on)]
    context = {
        "form": form,
        "persons": persons,
        "more": more,
        "again": again,
        "waiting": waiting,
        "others": [group for group in lately if group not in waiting],
    }
    return render(request, "actionplans/activities/activity_group.html", context)


@require_permission(Permission.EDIT_CASE)
def activity_attendance(request: Request) -> HttpResponse:
    """Write down who came to what groups have done: to all of which an answer waits, or to one that the address names
    (`?grupp=`), where what was said can be corrected."""
    group = group_named(request.scope, request.project, request.GET.get("grupp"))
    activities = asked_about(request.scope, request.project, request.POST, group)
    form = AttendanceForm(
        request.POST or None,
        activities=activities,
        shared=attendance_of(request.scope, request.project, request.POST, group),
    )
    if saved(request, form, lambda: _note(request, form), lambda _: _noted(form)):
        return redirect("activity_attendance")
    shown = [*activities, *(group.activities if group else ())]
    request.access.declare(fact.enrolment.participant for fact in shown)
    context = {"form": form, "group": group, "coming": group is not None and group.first_day > request.scope.on}
    return render(request, "actionplans/activities/activity_attendance.html", context)


def _invite(request: Request, form: GroupActivityForm) -> UUID:
    """The public id of one of what was made."""
    made = invite(enrolments=form.cleaned_data["persons"], record=form.record, by=request.user)
    if not made:
        raise NothingToSave(form.will_make, "De som du bockade för har redan den aktiviteten den dagen.")
    form.invited = len(made)
    return made[0].public_id


def _invited(form: GroupActivityForm) -> str:
    rest = len(form.cleaned_data["persons"]) - form.invited
    had = f" {plural(rest, 'hade,hade')} den redan." if rest else ""
    return f"{plural(form.invited, 'person är inbjuden,personer är inbjudna')}, {form.record.period.in_words}.{had}"


def _note(request: Request, form: AttendanceForm) -> UUID:
    answers = form.said
    if not answers:
        raise NothingToSave(form.will_make, "Inget är svarat än.")
    note_attendance(answers=answers, by=request.user)
    return next(iter(answers)).public_id


def _noted(form: AttendanceForm) -> str:
    return f"Närvaron är sparad för {plural(len(form.said), 'person,personer')}."
