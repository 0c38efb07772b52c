from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse

from core.days.dates import today
from core.enums import Category
from participants.models import Enrolment
from participants.scope.scope import Scope
from participants.scope.ways import allowed_in, refuse_form, taken_in_emergency, way_into
from projects.access import can
from projects.enums import Permission
from projects.http import Request


def case_page(
    permission: Permission,
    *,
    category: Category | None = None,
    shared: bool = False,
    in_emergency: bool = False,
    cases: Callable[[Scope], Q] = Scope.enrolments,
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Guard a page about one enrolment: scope first, then permission in that project; the log is told.

    The view gets the enrolment, with participant, identity and project, instead of the id in the address. A page is
    the owning organisation's alone, unless it is `shared`: then also theirs to whom consent opens the `category`.
    Whoever has the case open in an emergency alone is let in to read, and to what says that it is for that too.
    `cases` is the part of the scope that the page is about, where it isn't what may be opened.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: Request, public_id: UUID, *args: object, **kwargs: object) -> HttpResponse:
            scope = Scope.of(request.user, today())
            found = Enrolment.objects.filter(cases(scope)).with_person().filter(public_id=public_id).first()
            if found is None:
                raise Http404
            enrolment = open_case(request, found, category=category)
            request.reaches_void = cases is not Scope.enrolments
            may = can(request.user, permission, enrolment.project, on=today()) if in_emergency else False
            if not ((enrolment.reading.is_own or shared) and (may or permission in enrolment.allowed)):
                raise PermissionDenied
            return view(request, enrolment, *args, **kwargs)

        return taken_in_emergency(guarded) if in_emergency else guarded

    return decorate


def open_case(request: Request, enrolment: Enrolment, *, category: Category | None = None) -> Enrolment:
    """Show one case that `visible_to` let through: without what the user may not read, and noted in the log.

    Raises Http404 when the page is about a kind of information that the user may not read, PermissionDenied when a
    form is sent in an emergency to a page that doesn't take it then.
    """
    on, user = today(), request.user
    enrolment.at_work = list(enrolment.assignments.on(on).select_related("user", "organisation").order_by("pk"))
    reading, way = Scope.of(user, on).reading(enrolment), way_into(user, enrolment, on)
    if category and category not in reading.of_case:
        raise Http404
    refuse_form(request, way)
    reading.mask(enrolment)
    enrolment.reading, enrolment.way, enrolment.allowed = reading, way, allowed_in(user, enrolment, way, on)
    request.project = enrolment.project
    request.access.shown([enrolment.participant])
    return enrolment
