"""The page of a kartläggning."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from participants.amending.pages import is_theirs
from participants.amending.rights import may_take_back
from participants.areas.told import own_words_told, told_areas
from participants.assessment.comparing import in_order, nearest, others_of, side_by_side
from participants.assessment.corrections import ASSESSMENT
from participants.guards import case_page
from participants.http import Request
from participants.models import Assessment
from projects.enums import Permission


@case_page(Permission.SEE_PERSONS, of=Assessment, shared=True)
def assessment_detail(request: Request, assessment: Assessment) -> HttpResponse:
    """Page of a kartläggning. What another organisation has corrected or taken back isn't told.

    Raises Http404 for one of theirs that was taken back.
    """
    enrolment = assessment.enrolment
    is_own = assessment.owner_id == request.user.organisation_id
    theirs, reads_taken_back = is_theirs(request, assessment), may_take_back(request.user, assessment, enrolment)
    if assessment.taken_back and not is_own:
        raise Http404
    versions = Assessment.objects.visible_to(request.scope).versions_of(assessment).order_by("pk")
    context = {
        "assessment": assessment,
        "enrolment": enrolment,
        "summary": assessment.summary if reads_taken_back or not assessment.taken_back else None,
        **_areas(request, assessment, reads_all=reads_taken_back or not assessment.taken_back),
        "versions": list(versions.select_related("recorded_by", "why", "summary")) if is_own else [],
        "reads_all": reads_taken_back or not assessment.taken_back,
        "noun": ASSESSMENT,
        "may_edit": is_own and not assessment.taken_back and Permission.EDIT_CASE in enrolment.allowed,
        "may_take_back": theirs and not assessment.taken_back,
        "may_move": theirs,
        "may_compare": not assessment.taken_back and bool(others_of(assessment, request.scope)),
    }
    return render(request, "participants/assessment/assessment_detail.html", context)


@case_page(Permission.SEE_PERSONS, of=Assessment, shared=True)
def assessment_compare(request: Request, assessment: Assessment) -> HttpResponse:
    """Two kartläggningar of a case side by side: this one, and the one that is named or else the one before it.

    Raises Http404 for one that was taken back.
    """
    if assessment.taken_back:
        raise Http404
    scope, others = request.scope, others_of(assessment, request.scope)
    named = [other for other in others if str(other.public_id) == request.GET.get("med")]
    other = named[0] if named else nearest(assessment, others) if others else None
    pair = in_order(assessment, other) if other else []
    context = {
        "assessment": assessment,
        "enrolment": assessment.enrolment,
        "others": others,
        "other": other,
        "pair": pair,
        "rows": side_by_side(pair, scope),
    }
    return render(request, "participants/assessment/assessment_compare.html", context)


def _areas(request: Request, assessment: Assessment, *, reads_all: bool) -> dict[str, Any]:
    """Answers and own words in the areas, so far as the user may read them."""
    if not (assessment.work_id and reads_all):
        return {"areas": [], "own_words": []}
    work, scope = assessment.work_id, request.scope
    return {"areas": told_areas(work, scope), "own_words": own_words_told(work, scope)}
