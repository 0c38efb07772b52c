"""Pages of a kind of fact that lives the one life: it is corrected, taken back, moved."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.facts import AmendedFact
from core.forms.concurrency import Shared
from core.forms.saving import saved
from core.forms.token import TokenForm
from participants.amending.kinds import CaseFacts, FactT
from participants.amending.pages import View, amend_pages, amending, gone, is_theirs
from participants.guards import case_page
from participants.http import Request
from participants.models import Enrolment
from projects.enums import Permission


def require_writer_or_reader(request: Request, enrolment: Enrolment) -> bool:
    """Whether the user writes in the case, on a page where others read what is written and find the way to take it
    back. Raises PermissionDenied for others than writers and coordinators, and for these where they send a form."""
    may_edit = Permission.EDIT_CASE in enrolment.allowed
    if not may_edit and (request.method == "POST" or Permission.ASSIGN not in enrolment.allowed):
        raise PermissionDenied
    return may_edit


def create_page(
    kind: CaseFacts[Any, Any],
    template: str,
    *,
    form: Callable[[Request, Enrolment], TokenForm],
    receipt: Callable[[Any], str],
    submit: str,
    stays: bool = False,
) -> View:
    """The page that writes a fact of the kind; those that stand are beside it, the latest first, as `said`.

    template: the whole path.  form: bound where it is sent; valid, its `record` is what the kind's actions take.
    receipt: of a valid form, in words.  submit: the text of the button.  stays: whether the page comes again once
    something is saved, and not the case: the next thing is done there. A coordinator reads what stands, and finds the
    way to take it back. The page raises PermissionDenied for others who don't write in the case.
    """

    def create(request: Request, enrolment: Enrolment) -> HttpResponse:
        may_edit = require_writer_or_reader(request, enrolment)
        asked: Any = form(request, enrolment)

        def record() -> Any:
            return kind.record(enrolment=enrolment, record=asked.record, by=request.user).public_id

        if saved(request, asked, record, lambda _: receipt(asked)):
            return redirect(request.path) if stays else redirect(enrolment)
        said = list(reversed(kind.standing(enrolment)))
        context = {"form": asked, "may_edit": may_edit, "enrolment": enrolment, "said": said, "submit": submit}
        return render(request, template, context)

    create.__module__, create.__name__ = form.__module__, f"{kind.name}_create"
    return case_page(Permission.SEE_PERSONS)(create)


def kind_pages(
    kind: CaseFacts[FactT, Any],
    template: str,
    *,
    form: Callable[[Request, FactT], TokenForm],
    shared: Callable[[FactT], Shared],
    receipt: Callable[[Any], str] = lambda form: "",
    context: Callable[[FactT], Mapping[str, Any]] = lambda fact: {},
    follows: Callable[[FactT], str] = lambda fact: "",
    corrected_at: str = "",
) -> tuple[View, View, View]:
    """The three pages of one fact: it is corrected, taken back, moved.

    template: path and beginning of the templates, which end in _edit.html, _take_back.html and _misplaced.html.
    form: the correction's, bound where it is sent; valid, it has asked `why`, and its `record` is what the kind's
    actions take.  shared: the fact as its pages show it.  receipt: of a valid form, the days that the fact has now;
    empty for none.  context: what the templates need besides.  follows: see `amend_pages`.  corrected_at: the address
    of the case that a correction leads to; without one its page. A page raises PermissionDenied for users who may
    neither write nor take back.
    """
    noun = kind.noun

    def edit(request: Request, fact: FactT) -> HttpResponse:
        case: Enrolment = fact.enrolment  # type: ignore[attr-defined]  # every fact of a kind is about a case
        may_edit, theirs = Permission.EDIT_CASE in case.allowed, is_theirs(request, fact)
        if not (may_edit or theirs) or (request.method == "POST" and not may_edit):
            raise PermissionDenied
        if not fact.stands and request.method != "POST" and not theirs:
            return gone(request, fact, noun)
        asked: Any = form(request, fact)

        def correct() -> Any:
            why = asked.cleaned_data["why"]
            return kind.correct(fact=fact, record=asked.record, why=why, by=request.user).public_id

        if saved(request, asked, correct, lambda _: noun.is_corrected_to(receipt(asked))):
            return redirect(corrected_at, public_id=case.public_id) if corrected_at else redirect(case)
        if not fact.stands and asked.is_changed_meanwhile:
            # Taken back since the page was opened. What was typed is a draft by now, and can't be saved here any more.
            return gone(request, fact, noun)
        said = {
            "form": asked,
            "enrolment": case,
            "may_edit": may_edit,
            "name": kind.name,
            **amending(request, fact, noun),
        }
        return render(request, f"{template}_edit.html", {**said, **context(fact)})

    edit.__module__, edit.__name__ = form.__module__, f"{template.rpartition('/')[2]}_edit"

    def take_back(fact: FactT, **asked: Any) -> AmendedFact:
        return kind.take_back(fact=fact, **asked)

    take_back.__module__ = form.__module__
    return case_page(Permission.SEE_PERSONS, of=kind.model)(edit), *amend_pages(
        kind.model,
        noun,
        shared,
        template,
        take_back=take_back,
        earlier=kind.earlier,
        put_right=lambda fact, **asked: kind.put_right(fact=fact, **asked),
        context=context,
        follows=follows,
    )
