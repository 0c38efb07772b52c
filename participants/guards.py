"""The doors of pages about a case: what the scope lets through, opened, masked and told to the log."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from core.drafts.closed import closed_page
from core.enums import Category
from core.facts import Fact
from core.forms.saving import made_before, say_again
from core.forms.showing import FormPage, showing
from participants.http import Request
from participants.models import Enrolment, Misplacement
from participants.querysets.facts import CaseFactQuerySet
from participants.scope.opened import at_work_in, case_by_id, fact_by_id, who
from participants.scope.scope import Scope
from participants.scope.ways import Way, allowed_in, refuse_form, require_allowed, taken_in_emergency, way_into
from participants.scope.working import decides
from projects.address import enter
from projects.enums import Permission

NOT_HERE = "Det du hade öppet står inte kvar här, för det hade skrivits på fel person. Historiken säger mer."


def case_page(
    permission: Permission,
    *,
    of: type[Enrolment] | type[Fact] = Enrolment,
    category: Category | None = None,
    shared: bool = False,
    in_emergency: bool = False,
    afterwards: bool = False,
    cases: Callable[[Scope], Q] = Scope.enrolments,
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Guard a page about one enrolment, or about a fact of one: scope first, then permission; the log is told.

    The view gets what the address names instead of its id: an enrolment with participant, identity and project, or a
    fact (`of`) with its enrolment; of a fact that has been corrected, the one that stands now. A page is the owning
    organisation's alone, unless it is `shared`: then also theirs to whom consent opens the `category`. A fact is
    changed by the organisation that wrote it. Where a fact has been moved away or taken away, its pages lead to the
    case that it stood in. Users who have the case open in an emergency alone are let in to read,
    and to what says that it is for that too. Another party to whom no consent opens anything any more reads what it has
    written, and is let in to what puts that right: pages that say so by `afterwards`. `cases` is the part of the scope
    that the page is about, where it isn't what may be opened. Raises Http404 for what the scope doesn't let through,
    then PermissionDenied.
    """

    marked = {way for way, is_marked in ((Way.EMERGENCY, in_emergency), (Way.AFTERWARDS, afterwards)) if is_marked}

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: Request, public_id: UUID, *args: object, **kwargs: object) -> HttpResponse:
            if request.method == "POST" and not issubclass(of, Enrolment) and (left := _left_before(request)):
                say_again(request)
                return redirect(left)
            subject = _find(request.scope, of, cases, public_id)
            if subject is None:
                return _after_removal(request, of, public_id)
            request.reaches_void = cases is not Scope.enrolments
            enrolment = open_case(request, _case_of(subject), category=category)
            is_theirs = (enrolment.reading.is_own or shared) and _may_change(request.scope, subject, permission)
            if not (is_theirs and request.scope.may(permission, enrolment.project)):
                raise PermissionDenied
            if enrolment.way not in marked:
                require_allowed(request, enrolment, permission)
            return view(request, subject, *args, **kwargs)

        return taken_in_emergency(guarded) if in_emergency else guarded

    return decorate


def _left_before(request: Request) -> Enrolment | None:
    """The case that an earlier press of this very form has moved its fact out of, or taken it away from: the fact isn't
    there to be found any more. None where there was no such press, or the user doesn't see the case. One query where
    there was none."""
    made = list(made_before(request.POST.get("token", ""), request.user))
    if not made:
        return None
    marks = Misplacement.objects.filter(public_id__in=[row["made"] for row in made])
    return Enrolment.objects.visible_to(request.scope).filter(pk__in=marks.values("enrolment")).first()


def _find(scope: Scope, of: type[Enrolment] | type[Fact], cases: Callable[[Scope], Q], public_id: UUID) -> Any:
    """The object that the address names; None where the scope doesn't let it through."""
    if issubclass(of, Enrolment):
        return case_by_id.first(scope.roles.shape, cases.__name__, public_id=public_id, **who(scope))
    part = CaseFactQuerySet.with_void_to if cases is Scope.with_void else CaseFactQuerySet.visible_to
    found = fact_by_id.first(scope.roles.shape, of, part.__name__, public_id=public_id, **who(scope))
    facts = cast(CaseFactQuerySet, of._default_manager.all())
    if found is None or facts.is_standing(found):
        return found
    visible = getattr(facts, part.__name__)(scope)
    return visible.with_case().standing(public_id)


def _after_removal(request: Request, of: type[Enrolment] | type[Fact], public_id: UUID) -> HttpResponse:
    """Answer for a fact that was found to be on the wrong person: say so in the case that it stood in, with what the
    user typed about it; to the own organisation alone. Raises Http404 where there was none, or the user doesn't see
    that case. Two queries."""
    if issubclass(of, Enrolment):
        raise Http404
    scope, part = request.scope, CaseFactQuerySet.removed_for.__name__
    removed = fact_by_id.first(scope.roles.shape, of, part, public_id=public_id, **who(scope))
    case = _case_of(removed) if removed else _moved_while_open(request)
    if case is None:
        raise Http404
    messages.info(request, NOT_HERE)
    return closed_page(request, case)


def _moved_while_open(request: Request) -> Enrolment | None:
    """The case of the page that a form was sent from, if something was moved out of it since the page was shown."""
    page = FormPage.read(request.POST)
    if page is None or not page.subject or page.user != showing().user:
        return None
    marks = Misplacement.objects.filter(owner=request.user.organisation_id, enrolment__public_id=page.subject)
    moved = marks.filter(recorded_at__gte=page.moment)
    return Enrolment.objects.visible_to(request.scope).filter(pk__in=moved.values("enrolment")).first()


def _case_of(subject: Any) -> Enrolment:
    return subject if isinstance(subject, Enrolment) else subject.enrolment


def _may_change(scope: Scope, subject: Any, permission: Permission) -> bool:
    """Whether the organisation of the user wrote the fact; to read, and for a case, nothing is asked here."""
    is_read = permission is Permission.SEE_PERSONS or isinstance(subject, Enrolment)
    return is_read or subject.owner_id == scope.user.organisation_id


def of_those_who_decide(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorator: lets through users who hand out cases, and case workers in cases that they are assigned to; nobody by
    an emergency alone. Stands under `case_page`. Raises PermissionDenied."""

    @wraps(view)
    def guarded(request: Request, subject: Any) -> HttpResponse:
        enrolment, scope = _case_of(subject), request.scope
        if not decides(scope.user, enrolment, enrolment.at_work, scope.roles.permissions(enrolment.project)):
            raise PermissionDenied
        return view(request, subject)

    return guarded


def open_case(request: Request, enrolment: Enrolment, *, category: Category | None = None) -> Enrolment:
    """Show one case that `visible_to` let through: without what the user may not read, and noted in the log.

    Raises Http404 when the page is about a kind of information that the user may not read, PermissionDenied when a
    form is sent in an emergency to a page that doesn't take it then.
    """
    scope = request.scope
    enrolment.at_work = at_work_in.ask(enrolment=enrolment.pk, on=scope.on)
    reading = scope.reading(enrolment)
    way = way_into(scope, enrolment, reading)
    if category and category not in reading.of_case:
        raise Http404
    refuse_form(request, way)
    reading.mask(enrolment)
    enrolment.reading, enrolment.way, enrolment.allowed = reading, way, allowed_in(scope, enrolment, way)
    request.project = enrolment.project
    enter(request, enrolment.project)
    showing().subject = str(enrolment.public_id)
    request.access.declare([enrolment.participant])
    return enrolment
