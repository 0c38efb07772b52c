"""Pages that put a fact right: taken back whole, or moved to the right person. Each subject hands in its actions."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.drafts.closed import closed_page
from core.facts import AmendedFact, Fact
from core.forms.concurrency import Shared
from core.forms.saving import saved
from core.forms.showing import FormPage, showing
from core.swedish.words import day
from participants.amending.forms import TakeBackForm
from participants.amending.rights import may_take_back
from participants.amending.shared_facts import whose
from participants.amending.wordings import Earlier, take_wording_away
from participants.amending.words import Noun
from participants.guards import case_page
from participants.http import Request
from participants.misplaced.drafts import is_from_before_a_move
from participants.misplaced.forms import MisplacedForm
from participants.models import Enrolment, Misplacement
from participants.scope.ways import Way
from projects.enums import Permission

MOVED_WHILE_OPEN: Final = (
    "Något på sidan stod på fel person och är flyttat sedan du öppnade den. Inget är sparat. Öppna sidan igen, "
    "och skriv in det som gäller den här personen."
)

PART_TAKEN: Final = "Det som stod förut är borttaget härifrån. I historiken står att något har stått på fel person."

FactT = TypeVar("FactT", bound=AmendedFact)
View = Callable[..., HttpResponse]


def amend_pages(
    of: type[FactT],
    noun: Noun,
    shared: Callable[[FactT], Shared],
    template: str,
    *,
    take_back: Callable[..., AmendedFact],
    put_right: Callable[..., Misplacement],
    earlier: Earlier,
    to_others: bool = False,
    replaced: Callable[[FactT, Enrolment], str] = lambda fact, right: "",
    context: Callable[[FactT], Mapping[str, Any]] = lambda fact: {},
) -> tuple[View, View]:
    """The two pages of a kind of fact: it is taken back whole, and it is moved to the right person or taken away.

    take_back, put_right: the actions, called with the fact and with `reason` or `right`, and `by`.  template: path and
    beginning of the templates, which end in _take_back.html and _misplaced.html.  earlier: how what it said before it
    was corrected is taken out of the file.  to_others: whether other parties may
    be let in to the kind, so that they get 403 and not 404.  replaced: words about what the fact would replace in the
    right case.  context: what the templates need besides. The pages raise PermissionDenied for others than the fact's
    author and the coordinators.
    """

    def taken_back(request: Request, fact: FactT) -> HttpResponse:
        return take_back_page(
            request,
            fact,
            lambda reason: take_back(fact, reason=reason, by=request.user),
            noun=noun,
            shared=shared(fact),
            template=f"{template}_take_back.html",
            context=context(fact),
        )

    def misplaced(request: Request, fact: FactT) -> HttpResponse:
        return misplaced_page(
            request,
            fact,
            lambda right: put_right(fact, right=right, by=request.user),
            noun=noun,
            template=f"{template}_misplaced.html",
            earlier=earlier,
            replaced=lambda right: replaced(fact, right),
            context=context(fact),
        )

    # Known as pages of their subject, where a guard or an error names them.
    for view, ending in ((taken_back, "take_back"), (misplaced, "misplaced")):
        view.__module__, view.__name__ = take_back.__module__, f"{template.rpartition('/')[2]}_{ending}"
    guard = case_page(Permission.SEE_PERSONS, of=of, shared=to_others, afterwards=True)
    return guard(taken_back), guard(misplaced)


def is_theirs(request: Request, fact: Fact) -> bool:
    """Whether the user may take the fact back or move it: its author and the coordinators, nobody in an emergency."""
    case = _case(fact)
    return case.way is not Way.EMERGENCY and may_take_back(request.user, fact, case)


def take_back_page(
    request: Request,
    fact: AmendedFact,
    take_back: Callable[[str], AmendedFact],
    *,
    noun: Noun,
    shared: Shared,
    template: str,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Page that takes a whole fact back for a reason. `template` extends participants/amending/take_back.html.

    Raises PermissionDenied for others than its author and the coordinators.
    """
    _require_theirs(request, fact)
    if not fact.stands and request.method != "POST":
        return gone(request, fact, noun)
    form = TakeBackForm(request.POST or None, noun=noun, shared=shared)
    done = f"{noun.title} {day(fact.concerns_on)} är {noun.taken_back} och räknas inte längre."
    if saved(request, form, lambda: take_back(form.cleaned_data["reason"]).public_id, done):
        return redirect(_case(fact))
    return render(request, template, {"form": form, **_about(fact, noun), **(context or {})})


def misplaced_page(
    request: Request,
    fact: Fact,
    put_right: Callable[[Enrolment | None], Misplacement],
    *,
    noun: Noun,
    template: str,
    earlier: Earlier | None = None,
    replaced: Callable[[Enrolment], str] = lambda right: "",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Page that moves a fact to the right person, or takes it away, or of one that has been corrected what it said
    before (`earlier`; None where nothing of it is corrected). `template` extends participants/amending/misplaced.html.

    Raises PermissionDenied for others than its author and the coordinators.
    """
    _require_theirs(request, fact)
    wordings = {found.key: found for found in earlier.find(fact, request.scope)} if earlier else {}
    form = MisplacedForm(
        request.POST or None,
        scope=request.scope,
        wrong=_case(fact),
        shared=whose(fact, noun),
        replaced=replaced,
        wordings={key: found.in_words for key, found in wordings.items()},
    )
    request.access.declare_names(case.participant for case in form.cases.values())

    def put() -> UUID:
        if earlier and form.wording:
            wording = wordings[form.wording].fact
            return take_wording_away(fact=fact, wording=wording, earlier=earlier, by=request.user).public_id
        return put_right(form.right_case).public_id

    what = f"{noun.title} {day(fact.concerns_on)}"
    if saved(request, form, put, lambda _: PART_TAKEN if form.wording else _moved(what, form.right_case)):
        return redirect(_case(fact))
    return render(request, template, {"form": form, **_about(fact, noun), **(context or {})})


def _moved(what: str, right: Enrolment | None) -> str:
    """The receipt. Who gets it works with the right person, whose name it says."""
    where = f"står på {right.participant.identity.name} nu, och inte längre här" if right else "står inte längre här"
    return f"{what} {where}. I historiken står att något har stått på fel person."


def amending(request: Request, fact: AmendedFact, noun: Noun) -> dict[str, Any]:
    """The context of a fact's page for its buttons and its earlier versions: every version but the one in force, in the
    order of writing, for its own organisation alone."""
    model: Any = type(fact)
    theirs = is_theirs(request, fact)
    is_own = fact.owner_id == request.user.organisation_id and (theirs or not fact.taken_back)
    versions = model.objects.visible_to(request.scope).said().versions_of(fact).with_case().order_by("pk")
    return {
        "fact": fact,
        "noun": noun,
        "may_take_back": theirs and fact.stands,
        "may_move": theirs,
        "versions": [row for row in versions if row.pk != fact.pk or row.taken_back] if is_own else [],
    }


def gone(request: Request, fact: AmendedFact, noun: Noun) -> HttpResponse:
    """Back to the case: somebody was faster, or the form was sent twice. What the user typed and couldn't save is
    shown."""
    messages.info(request, noun.is_taken_back)
    return closed_page(request, _case(fact))


def moved_while_open(request: Request, case: Enrolment) -> HttpResponse | None:
    """Answer for a form that opened with what has been moved from the case, or taken away, since its page was shown:
    saved, it would write that there again. The user's own words are shown. None where nothing has."""
    page = FormPage.read(request.POST)
    if page is None or page.user != showing().user:
        return None
    with transaction.atomic():
        is_moved = is_from_before_a_move(page)
    if not is_moved:
        return None
    messages.info(request, MOVED_WHILE_OPEN)
    return closed_page(request, case)


def _require_theirs(request: Request, fact: Fact) -> None:
    if not is_theirs(request, fact):
        raise PermissionDenied


def _about(fact: Fact, noun: Noun) -> dict[str, Any]:
    return {"fact": fact, "noun": noun, "enrolment": _case(fact)}


def _case(fact: Fact) -> Enrolment:
    case: Enrolment = fact.enrolment  # type: ignore[attr-defined]  # every fact that is put right is about a case
    return case
