"""Logging a meeting, its receipt, and how a note or an assessment is corrected."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from actionplans.actions import correct_paragraph, log_meeting, withdraw_assessment
from actionplans.actions.plans import current_milestones
from actionplans.forms.meeting import CorrectionForm, MeetingForm, WithdrawalForm
from actionplans.models import Meeting, MeetingParagraph, StepAssessment
from core.dates import today
from core.forms import add_faults, save_once
from participants.access import case_page
from participants.models import Enrolment
from projects.access import can
from projects.enums import Permission


@case_page(Permission.EDIT_CASE)
def meeting_create(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    """One page for note and step; however often the button is pressed, one meeting."""
    form = MeetingForm(request.POST or None, enrolment=enrolment, user=request.user)
    if request.method == "POST":
        made = form.already_made(request.user)
        if made is None and form.is_valid():
            made = _save(form, enrolment, request)
        if made is not None:
            return redirect("meeting_detail", public_id=made)
    context = {"form": form, "enrolment": enrolment, **_before(enrolment)}
    return render(request, "actionplans/meeting_create.html", context)


@require_POST
@case_page(Permission.EDIT_CASE)
def meeting_proposal(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    """What the answers so far propose: a piece of the meeting page."""
    form = MeetingForm(request.POST, enrolment=enrolment, user=request.user)
    return render(request, "actionplans/includes/proposal.html", {"proposal": form.proposal_so_far()})


def meeting_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The receipt and the page of a meeting."""
    meeting = _visible_meeting(request, public_id)
    may_edit = can(request.user, Permission.EDIT_CASE, meeting.project, on=today())
    context = {
        "meeting": meeting,
        "enrolment": meeting.enrolment,
        "paragraphs": _paragraphs(meeting),
        "parties": meeting.parties.select_related("user__organisation", "organisation"),
        "assessments": _assessments(meeting),
        "may_edit": may_edit,
        "is_new": meeting.recorded_by_id == request.user.pk,
    }
    return render(request, "actionplans/meeting_detail.html", context)


def meeting_correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A new version of a note; whoever wrote it, or works with the case, may correct it."""
    paragraph = get_object_or_404(
        MeetingParagraph.objects.visible_to(request.user, on=today())
        .current()
        .select_related("meeting__enrolment__participant__identity", "body"),
        public_id=public_id,
    )
    _may_edit(request, paragraph.meeting)
    form = CorrectionForm(request.POST or None, initial={"text": paragraph.body.text})
    if form.is_valid():
        save_once(
            token=form.cleaned_data["token"],
            user=request.user,
            save=lambda: correct_paragraph(
                paragraph=paragraph, text=form.cleaned_data["text"], by=request.user
            ).public_id,
        )
        messages.success(request, "Anteckningen är rättad.")
        return redirect(paragraph.meeting)
    context = {"form": form, "meeting": paragraph.meeting, "enrolment": paragraph.meeting.enrolment}
    return render(request, "actionplans/meeting_correct.html", context)


def step_withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take back an assessment that was wrong."""
    assessment = get_object_or_404(
        StepAssessment.objects.visible_to(request.user, on=today())
        .current()
        .select_related("step", "enrolment__participant__identity", "enrolment__project"),
        public_id=public_id,
    )
    enrolment = assessment.enrolment
    request.access.shown([enrolment.participant])
    if not can(request.user, Permission.EDIT_CASE, enrolment.project, on=today()):
        raise PermissionDenied
    form = WithdrawalForm(request.POST or None)
    if form.is_valid():
        withdraw_assessment(assessment=assessment, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"Bedömningen av steg {assessment.step} är återtagen och räknas inte längre.")
        return redirect(enrolment)
    context = {"form": form, "assessment": assessment, "enrolment": enrolment}
    return render(request, "actionplans/step_withdraw.html", context)


def _save(form: MeetingForm, enrolment: Enrolment, request: HttpRequest) -> UUID | None:
    try:
        made = save_once(
            token=form.cleaned_data["token"],
            user=request.user,
            save=lambda: log_meeting(enrolment=enrolment, record=form.record(), by=request.user).public_id,
        )
    except ValidationError as error:
        add_faults(form, error)
        return None
    messages.success(request, "Mötet är sparat.")
    return made


def _before(enrolment: Enrolment) -> dict[str, object]:
    """What was said last time and where the delmål stand: the side of the page."""
    latest = (
        MeetingParagraph.objects.filter(enrolment=enrolment)
        .current()
        .select_related("meeting", "body", "author")
        .order_by("-concerns_on", "-pk")
        .first()
    )
    plan = getattr(enrolment, "plan", None)
    return {"latest": latest, "milestones": current_milestones(plan) if plan else []}


def _visible_meeting(request: HttpRequest, public_id: UUID) -> Meeting:
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user, on=today()).select_related(
            "enrolment__participant__identity", "enrolment__project", "project", "owner", "recorded_by"
        ),
        public_id=public_id,
    )
    request.project = meeting.project
    request.access.shown([meeting.enrolment.participant])
    return meeting


def _may_edit(request: HttpRequest, meeting: Meeting) -> None:
    request.access.shown([meeting.enrolment.participant])
    if not can(request.user, Permission.EDIT_CASE, meeting.project, on=today()):
        raise PermissionDenied


def _paragraphs(meeting: Meeting) -> list[MeetingParagraph]:
    """Every version of the note, the current first."""
    return list(meeting.paragraphs.select_related("body", "author", "owner").order_by("-version"))


def _assessments(meeting: Meeting) -> list[StepAssessment]:
    rows = meeting.step_assessments.select_related("step", "departure", "late_reason")
    return list(rows.prefetch_related("results__criterion", "results__why", "results__supervisor"))
