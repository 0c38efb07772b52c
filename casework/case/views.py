"""The page of a case: its state on top, its timeline below."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from casework.case.hints import with_hints
from casework.case.ladder import LadderStep, clocks_of_case, ladder_in_words, ladder_of
from casework.case.missing import moment_missing
from casework.case.now import case_now, lacks_outcome
from casework.case.pins import with_pins
from casework.case.since import since_last
from casework.case.timeline import filters, narrowed, read_rows, timeline
from casework.case.today import CaseToday
from casework.drafts.lines import drafts_about
from core.days.dates import STOCKHOLM, today
from core.enums import Category
from participants.abilities.parties import CATEGORIES
from participants.consent.readers import Readers
from participants.consent.words import open_to, opened_until
from participants.emergency.actions import open_until
from participants.employment.timeline import EmploymentRow
from participants.enrolment.timeline import source_in_words
from participants.enums import ProtectionLevel
from participants.guards import case_page, open_case
from participants.http import Request
from participants.joining.former import present_person
from participants.models import Enrolment, Participant, Referral
from participants.models.participant import birth_year
from participants.protection.texts import count_to_go_through
from participants.scope.opened import cases_of_person, other_cases, who
from participants.scope.ways import Way
from participants.timeline.entries import CaseHistory
from participants.void.timeline import open_question
from projects.enums import Permission

# At first this many entries are shown; one press shows the rest.
_ENTRIES = 30


def participant_detail(request: Request, public_id: UUID) -> HttpResponse:
    """Page of a person. It shows the latest enrolment that the user may read."""
    scope = request.scope
    enrolments = cases_of_person.ask(scope.roles.shape, public_id=public_id, **who(scope))
    if not enrolments:
        return _to_present(request, public_id)
    return _page(request, open_case(request, enrolments[0]), enrolments[1:])


def _to_present(request: Request, public_id: UUID) -> HttpResponse:
    """Redirect to the referral of a person who has no case, or from the former id of one who has been joined with
    another. Raises Http404 where the id never was
    one, or where the user may not see the person."""
    own = Referral.objects.visible_to(request.scope).current()
    referred = own.filter(participant__public_id=public_id, enrolment=None)
    if referral := referred.order_by("-pk").first():
        return redirect(referral)
    person = present_person(public_id)
    visible = Participant.objects.visible_to(request.scope)
    if person is None or not visible.filter(pk=person.pk).exists():
        raise Http404
    return redirect(person)


@case_page(Permission.SEE_PERSONS, shared=True)
def enrolment_detail(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Page of one enrolment, from which all pages about the case are reached."""
    scope, keys = request.scope, {"participant": enrolment.participant_id, "enrolment": enrolment.pk}
    return _page(request, enrolment, other_cases.ask(scope.roles.shape, **keys, **who(scope)))


def _page(request: Request, enrolment: Enrolment, others: Sequence[Enrolment]) -> HttpResponse:
    case = _case(enrolment)
    entries, wanted = timeline(case.history), request.GET.get("visa", "")
    found = narrowed(entries, wanted)
    shown = found if wanted else found[:_ENTRIES]
    ladder = _ladder(case) if Category.STEPS in enrolment.reading.of_case else []
    context = {
        **_who(request, enrolment),
        **_sharing(enrolment),
        "ladder": ladder,
        "ladder_in_words": ladder_in_words(ladder, case.clocks, enrolment, on=case.on) if ladder else "",
        "now": case_now(case),
        "since": since_last(case.history, entries, request.user.name, on=case.on),
        "is_over": case.is_over,
        "lacks_outcome": lacks_outcome(case),
        "has_plan": case.plan is not None,
        "moment_missing": moment_missing(case),
        "voiding": open_question(case.history),
        "entries": shown,
        "older": len(found) - len(shown),
        "filters": filters(entries, wanted),
        "others": others,
        "drafts": drafts_about(request.scope, enrolment),
        "emergency_until": _emergency_until(request, case),
        "may_meet": _may_meet(request, enrolment),
        "may_edit": Permission.EDIT_CASE in case.allowed,
        "may_enrol": Permission.ENROL in case.allowed,
        "may_assign": Permission.ASSIGN in case.allowed,
    }
    return render(request, "casework/case/participant_detail.html", context)


def _may_meet(request: Request, enrolment: Enrolment) -> bool:
    """Whether the user may note a meeting: in an emergency too, but not by the own organisation's earlier words."""
    return enrolment.way is not Way.AFTERWARDS and request.scope.may(Permission.EDIT_CASE, enrolment.project)


def _ladder(case: CaseToday) -> list[LadderStep]:
    steps = ladder_of(case.enrolment, case.clocks, on=case.on)
    employments, exited_on = case.history.current(EmploymentRow), case.enrolment.exited_on
    steps = with_hints(steps, employments, on=case.on, exited_on=exited_on)
    may_mark = Permission.EDIT_CASE in case.allowed and not case.is_over
    return with_pins(steps, case.clocks, case.milestones, on=case.on, is_over=case.is_over, may_mark=may_mark)


def _who(request: Request, enrolment: Enrolment) -> dict[str, Any]:
    """Name or alias of the person, for the head of the page."""
    person = enrolment.participant
    return {
        "enrolment": enrolment,
        "person": person,
        "is_protected": person.protection != ProtectionLevel.NONE,
        "texts_left": _texts_left(request, enrolment),
        "about": " · ".join(part for part in _about(enrolment) if part),
    }


def _sharing(enrolment: Enrolment) -> dict[str, Any]:
    """Words about sharing by consent: for an own case the number of other parties, for another's case the kinds of
    information that are open."""
    reading = enrolment.reading
    return {
        "is_own": reading.is_own,
        "shows_plan": Category.PLAN in reading.of_case,
        "shows_abilities": not reading.of_case.isdisjoint(CATEGORIES),
        "open_to": open_to((grant.organisation, grant.valid_through) for grant in reading.grants),
        "opened": opened_until(
            (grant.category, grant.valid_through)
            for grant in reading.grants
            if grant.organisation_id == reading.organisation_id
        ),
    }


def _case(enrolment: Enrolment) -> CaseToday:
    on, reading, people = today(), enrolment.reading, enrolment.at_work
    return CaseToday(
        history=CaseHistory(enrolment, read_rows(enrolment), Readers.of(enrolment, on=on, people=people)),
        clocks=clocks_of_case(enrolment) if Category.STEPS in reading.of_case else [],
        people=people,
        allowed=enrolment.allowed if reading.is_own else frozenset(),
        on=on,
    )


def _emergency_until(request: Request, case: CaseToday) -> str:
    """«14.32», the time when access ends, if an emergency is the user's only way in; else empty."""
    until = open_until(request.user, case.enrolment) if case.enrolment.way is Way.EMERGENCY else None
    return f"{until.astimezone(STOCKHOLM):%H.%M}" if until else ""


def _texts_left(request: Request, enrolment: Enrolment) -> int:
    """The number of the own organisation's texts in which a protected person may still be recognised."""
    return count_to_go_through(enrolment, request.user.own_organisation, on=request.scope.on)


def _about(enrolment: Enrolment) -> list[str]:
    """Birth date, numbers and how the person came, for the line under the name."""
    person = enrolment.participant
    held = sorted(person.numbers.all(), key=lambda number: (number.valid_until is not None, -number.pk))
    numbers = [f"{number.formatted}{' (förut)' if number.valid_until else ''}" for number in held]
    return [birth_year(person.birth_date), *numbers, source_in_words(enrolment.source)]
