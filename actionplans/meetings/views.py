"""Logging a meeting, its receipt, and how a note or an assessment is corrected."""

from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from actionplans.activities.beside import in_groups
from actionplans.enums import Outcome, ReaderLevel
from actionplans.meetings.actions import correct_paragraph, log_meeting
from actionplans.meetings.corrections import MEETING
from actionplans.meetings.facts_line import FACTS, facts_line
from actionplans.meetings.forms import MeetingForm
from actionplans.meetings.note_forms import CorrectionForm
from actionplans.meetings.timeline import latest_note
from actionplans.models import Meeting, MeetingParagraph, StepAssessment, StepClock
from actionplans.plans.next_contact import coming_meeting_on
from actionplans.plans.timeline import milestones_now
from core.days.dates import today
from core.drafts.closed import closed_page
from core.enums import Category
from core.forms.saving import saved
from core.http import piece
from core.swedish.words import day as in_words
from core.swedish.words import weekday_near
from participants.amending.rights import may_take_back
from participants.consent.readers import Readers
from participants.employment.now import employed_in_words
from participants.guards import case_page
from participants.http import Request
from participants.models import Enrolment
from participants.scope.reading import CaseReading
from participants.scope.ways import Way
from projects.enums import Permission


@case_page(Permission.EDIT_CASE, shared=True, in_emergency=True)
def meeting_create(request: Request, enrolment: Enrolment) -> HttpResponse:
    """One page for note and step; however often the button is pressed, one meeting. In an emergency the note alone.

    Raises PermissionDenied where more is sent than the form asks for in an emergency.
    """
    step = request.GET.get("steg", "")
    form = MeetingForm(request.POST or None, enrolment=enrolment, user=request.user, on=today(), step=step)
    if form.asks_for_more:
        raise PermissionDenied
    made = saved(
        request, form, lambda: _log(request, enrolment, form), lambda _: _receipt_and_warning(request, enrolment, form)
    )
    if made:
        # What an earlier press made may have gone since.
        is_new = made == form.will_make
        return redirect("meeting_detail", public_id=made) if is_new else to_meeting(request, made, enrolment)
    context = {
        "form": form,
        "facts_line": facts_line(form, today()),
        "today": today(),
        "facts_are_open": any(name in form.errors for name in FACTS),
        "enrolment": enrolment,
        "shows_plan": Category.PLAN in enrolment.reading.of_case,
        **_before(request, enrolment),
    }
    return render(request, "actionplans/meetings/meeting_create.html", context)


def to_meeting(request: Request, public_id: UUID, enrolment: Enrolment) -> HttpResponse:
    """Redirect to a meeting that a form has made; to the case where the meeting has gone from it since."""
    is_there = Meeting.objects.visible_to(request.scope).filter(public_id=public_id, enrolment=enrolment).exists()
    return redirect("meeting_detail", public_id=public_id) if is_there else redirect(enrolment)


@require_POST
@case_page(Permission.EDIT_CASE, shared=True)
@piece
def meeting_proposal(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Piece of the meeting page: the proposal of the answers so far, or the day of the next meeting."""
    form = MeetingForm(request.POST, enrolment=enrolment, user=request.user, on=today())
    if request.POST.get("part") == "next_days":
        return render(request, "actionplans/meetings/next_days.html", {"form": form.without_faults()})
    proposal = form.proposal_so_far()
    # What decides between the steps of self-support; it answers no question.
    is_asked = proposal and proposal["step"].self_support
    context = {"proposal": proposal, "employed": employed_in_words(enrolment, form.meeting_day) if is_asked else []}
    return render(request, "actionplans/meetings/meeting_proposal.html", context)


@case_page(Permission.SEE_PERSONS, of=Meeting, shared=True)
def meeting_detail(request: Request, meeting: Meeting) -> HttpResponse:
    """The receipt and the page of a meeting."""
    enrolment = cast(Enrolment, meeting.enrolment)  # a meeting of the whole project has none, and no page
    reads_taken_back = may_take_back(request.user, meeting, enrolment)
    reads_all = reads_taken_back or not meeting.taken_back
    may_move = reads_taken_back and enrolment.way is not Way.EMERGENCY
    reads_booked = Category.MEETINGS in enrolment.reading.of_case
    context = {
        "meeting": meeting,
        "enrolment": enrolment,
        "paragraphs": _paragraphs(request, meeting) if reads_all else [],
        "versions": _versions(request, meeting) if reads_all else [],
        "shared_with": _shared_with(enrolment, meeting),
        "reads_all": reads_all,
        "parties": meeting.parties.select_related("user__organisation", "organisation"),
        "assessments": _assessments(request, meeting, enrolment.reading) if reads_all else [],
        "booked": coming_meeting_on(enrolment, on=today()) if reads_booked else None,
        "reads_booked": reads_booked and not enrolment.is_over(today()),
        "may_edit": _may_edit(request, meeting, enrolment),
        "noun": MEETING,
        "may_take_back": may_move and not meeting.taken_back,
        "may_move": may_move,
    }
    return render(request, "actionplans/meetings/meeting_detail.html", context)


@case_page(Permission.EDIT_CASE, of=MeetingParagraph, shared=True)
def meeting_correct(request: Request, paragraph: MeetingParagraph) -> HttpResponse:
    """A new version of a note, from whichever version's address: what is corrected is always the latest."""
    meeting = paragraph.meeting
    if paragraph.superseded_at:
        messages.info(request, MEETING.is_taken_back)
        return closed_page(request, meeting)
    form = CorrectionForm(request.POST or None, paragraph=paragraph)
    if saved(
        request,
        form,
        lambda: _correct(request, paragraph, form),
        "Anteckningen är rättad. Den förra lydelsen finns kvar.",
    ):
        return redirect(meeting)
    # The note's own row stays with the version that it was written with.
    stands = Meeting.objects.visible_to(request.scope).versions_of(meeting).order_by("pk").last() or meeting
    context = {"form": form, "meeting": stands, "enrolment": paragraph.enrolment, "paragraph": paragraph}
    return render(request, "actionplans/meetings/meeting_correct.html", context)


def _may_edit(request: Request, meeting: Meeting, enrolment: Enrolment) -> bool:
    is_own = meeting.owner_id == request.user.organisation_id and not meeting.taken_back
    return is_own and Permission.EDIT_CASE in enrolment.allowed


def _versions(request: Request, meeting: Meeting) -> list[Meeting]:
    """Every version of the meeting for its own organisation, the first one first; empty where there is but one."""
    if meeting.owner_id != request.user.organisation_id or not meeting.first_id:
        return []
    versions = Meeting.objects.visible_to(request.scope).versions_of(meeting).order_by("pk")
    return list(
        versions.select_related("recorded_by", "why").prefetch_related("parties__user", "parties__organisation")
    )


def _log(request: Request, enrolment: Enrolment, form: MeetingForm) -> UUID:
    meeting = log_meeting(enrolment=enrolment, record=form.record(), by=request.user)
    form.booked = _still_to_come(meeting.booked_on) if enrolment.reading.is_own else None
    return meeting.public_id


def _receipt_and_warning(request: Request, enrolment: Enrolment, form: MeetingForm) -> str:
    if request.POST.get("readers") == ReaderLevel.CONSENTED and "readers" not in form.fields:
        messages.warning(request, "Inget samtycke gäller längre för möten. Anteckningen kan bara läsas av er.")
    return _receipt(form, enrolment)


def _receipt(form: MeetingForm, enrolment: Enrolment) -> str:
    """The receipt for a saved meeting, in words."""
    said = ["Mötet är sparat."]
    judgement, day = form.cleaned_data.get("judgement"), form.cleaned_data.get("next_meeting_on")
    if judgement and judgement.outcome == Outcome.CLEARED:
        counts_from = enrolment.clocks.get(step_number=judgement.step.number).cleared_on or judgement.cleared_on
        said.append(f"Steg {judgement.step.number} klarat sedan {in_words(counts_from)}.")
    elif judgement:
        said.append(f"Steg {judgement.step.number}: {judgement.outcome.label.lower()}.")
    if form.cleaned_data.get("cancels_next"):
        said.append("Det bokade mötet är inställt.")
    if day:
        said.append(f"Bokat möte {weekday_near(day, form.day)}.")
    elif form.booked:
        said.append(f"Nästa möte är {weekday_near(form.booked, form.day)}.")
    return " ".join(said)


def _still_to_come(booked: date | None) -> date | None:
    return booked if booked and booked >= today() else None


def _correct(request: Request, paragraph: MeetingParagraph, form: CorrectionForm) -> UUID:
    return correct_paragraph(paragraph=paragraph, text=form.cleaned_data["text"], by=request.user).public_id


def _before(request: Request, enrolment: Enrolment) -> dict[str, object]:
    """The last meeting's note and the state of each delmål, for the side of the page; what groups have done, for the
    drawer."""
    return {
        "latest": latest_note(request.scope, enrolment),
        "milestones": milestones_now(request.scope, enrolment),
        "in_groups": in_groups(request.scope, enrolment) if enrolment.reading.is_own else [],
    }


def _paragraphs(request: Request, meeting: Meeting) -> list[MeetingParagraph]:
    """Every version of the note, the current first."""
    notes = MeetingParagraph.objects.visible_to(request.scope).filter(meeting=meeting.root_id)
    return list(notes.select_related("body", "author", "owner").order_by("-version"))


def _shared_with(enrolment: Enrolment, meeting: Meeting) -> str:
    """Words about who else can read a note that isn't kept for its own organisation; empty where nobody can."""
    return Readers.of(enrolment, on=today()).beside(str(meeting.owner), Category.MEETINGS)


@dataclass(frozen=True, slots=True)
class _Assessed:
    """A step assessment made at the meeting and, where it was taken back, the fact that says so; then it `is_told` only
    to its author and the coordinators."""

    fact: StepAssessment
    withdrawal: StepAssessment | None
    is_told: bool


def _assessments(request: Request, meeting: Meeting, reading: CaseReading) -> list[_Assessed]:
    clock = StepClock.objects.visible_to(request.scope).filter(enrolment=OuterRef("enrolment"))
    counts_from = clock.filter(step_number=OuterRef("step__number")).values("cleared_on")[:1]
    rows = list(
        StepAssessment.objects.visible_to(request.scope)
        .filter(meeting=meeting.root_id)
        .select_related("step", "departure", "late_reason", "recorded_by")
        .annotate(counts_from=Subquery(counts_from))
        .annotate(is_read=ExpressionWrapper(reading.taken_back(), BooleanField()))
        .order_by("pk")
        .told_to(reading)
    )
    withdrawals = {row.corrects_id: row for row in rows if row.corrects_id}
    latest = {row.root_id: row for row in rows if row.corrects_id is None}
    return [_Assessed(row, withdrawals.get(row.pk), not row.superseded_at or row.is_read) for row in latest.values()]
