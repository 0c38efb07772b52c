"""The project's target groups, methods, units and obstacles that hold for an enrolment: noted, corrected, taken back,
moved to the right person."""

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.forms.saving import saved
from core.swedish.words import day
from participants.amending.kind_pages import kind_pages, require_writer_or_reader
from participants.amending.shared_facts import facts_of
from participants.grouping.actions import GROUPINGS
from participants.grouping.forms import GroupingEditForm, GroupingForm
from participants.grouping.page import holding_on, offered_to
from participants.grouping.shared_facts import answers, groupings_of
from participants.guards import case_page
from participants.http import Request
from participants.models import CaseGrouping, Enrolment
from projects.enums import Permission

_shared: Final = facts_of(GROUPINGS, answers)


@case_page(Permission.SEE_PERSONS)
def grouping_create(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Note what holds from a day; the form opens with what holds today, and all that stands is beside it. Where the
    project's lists are empty the page says so, with a link for users who may fill them. A coordinator reads what
    stands, and finds the way to take it back. Raises PermissionDenied for others who don't write in the case."""
    may_edit, on = require_writer_or_reader(request, enrolment), today()
    standing = GROUPINGS.standing(enrolment)
    now = holding_on(standing, on)
    form = GroupingForm(
        request.POST or None,
        shared=groupings_of(enrolment, on),
        enrolment=enrolment,
        offered=offered_to(enrolment, on, now),
        on=on,
        may_be_empty=now is not None,
        initial={"on": on if now else enrolment.enrolled_on},
    )
    if saved(request, form, lambda: _record(request, enrolment, form), lambda _: _receipt(form)):
        return redirect(enrolment)
    context = {
        "form": form,
        "may_edit": may_edit,
        "may_keep_lists": request.scope.may(Permission.EDIT_PROJECT, enrolment.project),
        "enrolment": enrolment,
        "said": list(reversed(standing)),
        "submit": "Spara",
    }
    return render(request, "participants/grouping/grouping_create.html", context)


def _corrected(request: Request, fact: CaseGrouping) -> GroupingEditForm:
    case, on = fact.enrolment, today()
    return GroupingEditForm(
        request.POST or None,
        shared=_shared(fact),
        enrolment=case,
        offered=offered_to(case, on, fact),
        on=on,
        fact=fact,
        may_be_empty=True,
    )


grouping_edit, grouping_take_back, grouping_misplaced = kind_pages(
    GROUPINGS,
    "participants/grouping/grouping",
    form=_corrected,
    shared=_shared,
    receipt=lambda form: f"från {day(form.record.on)}",
)


def _record(request: Request, enrolment: Enrolment, form: GroupingForm) -> UUID:
    return GROUPINGS.record(enrolment=enrolment, record=form.record, by=request.user).public_id


def _receipt(form: GroupingForm) -> str:
    return f"Det som gäller från {day(form.record.on)} är sparat."
