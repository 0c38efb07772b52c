"""A form about a case that was opened before something changed: the case closed, or its person got protected."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField, QuerySet, UUIDField
from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.models import User
from core.drafts.store import drop_page
from core.forms.saving import saved, saving_requires
from core.forms.showing import FormPage
from core.forms.token import TokenForm
from core.http import is_piece
from core.models import FormToken
from core.prepared.questions import prepared
from participants.http import Request
from participants.locking import lock_person_of
from participants.models import Enrolment, KeptNote
from participants.scope.scope import Scope
from participants.scope.ways import NothingOpensItError
from participants.stale_forms.drafts import is_from_before_protection
from participants.stale_forms.kept_notes import keep_note
from participants.stale_forms.ticket import Ticket
from projects.enums import Permission

PROTECTED_MEANWHILE = (
    "Personen har fått skyddade personuppgifter sedan du öppnade sidan. "
    "Ta bort namn, nummer och kontaktuppgifter ur det du har skrivit, och spara igen."
)


class ClosedCaseMiddleware:
    """If a page about a case answers 404 though its form was shown to the sender, or takes nothing new any more, keep
    the form's words and say so. If the person has been protected since, ask once more before anything is saved.

    Here and not in each view, so that no form is left out. Without a ticket nothing is asked of the database: a
    foreign id and a missing one stay alike.
    """

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.reaches_void = False
        with saving_requires(lambda: _refuse_if_changed_since(request)):
            return self.get_response(request)

    def process_view(self, request: Request, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Pressed once more: words that were kept are what opens another organisation's case to the writer again."""
        sent = _sent(request)
        kept = sent.kept if sent else None
        return _page(request, sent) if sent and kept and _is_closed_still(request.scope, kept.enrolment) else None

    def process_exception(self, request: Request, exception: Exception) -> HttpResponse | None:
        """The page that says what has changed, or None for the ordinary answer."""
        sent = _sent(request) if isinstance(exception, Http404 | NothingOpensItError) else None
        enrolment = _closed(request.scope, sent.ticket.case) if sent else None
        if sent is None or enrolment is None:
            return None
        # Words that are kept are gone through afterwards; nobody is there to be asked first.
        with saving_requires(None):
            is_kept = sent.text and saved(request, sent.form, lambda: sent.keep(enrolment))
        if is_kept:
            # The page's own form had another key than the one that kept its words.
            drop_page(request.user, request.path)
        return _page(request, sent) if is_kept or not sent.text else None


@dataclass(frozen=True, slots=True)
class _Sent:
    """A form that was sent with a ticket of the sender's own. Equal words of one form have one `key`."""

    user: User
    ticket: Ticket
    text: str

    @property
    def key(self) -> UUID:
        """Identifies the form together with its words: a user who goes back and writes more gets a new key."""
        return uuid5(UUID(self.ticket.token), self.text)

    @property
    def form(self) -> TokenForm:
        """A form with this key as its token, so that the words are saved once. The page's own form can't be used: its
        case is closed."""
        return TokenForm({"token": str(self.key)})

    @property
    def kept(self) -> KeptNote | None:
        """The text that an earlier press of the button kept; None where there is none."""
        note: KeptNote | None = _kept.first(token=self.key, user=self.user.pk)
        return note

    def keep(self, enrolment: Enrolment) -> UUID:
        """Keep the words."""
        return keep_note(enrolment=enrolment, text=self.text, knew=self.ticket.is_protected, by=self.user).public_id


@prepared(token=UUIDField(), user=BigIntegerField())
def _kept(*, token: Any, user: Any) -> QuerySet[KeptNote]:
    made = FormToken.objects.filter(token=token, user=user).values("made")
    return KeptNote.objects.filter(public_id__in=made).select_related("enrolment__project").order_by("pk")[:1]


def _sent(request: Request) -> _Sent | None:
    is_sent = request.method == "POST" and not is_piece(request)
    about = request.resolver_match.kwargs.get("public_id") if request.resolver_match else None
    if not (is_sent and about and request.user.is_authenticated):
        return None
    ticket = Ticket.read(request.POST, request.user, about)
    return _Sent(request.user, ticket, ticket.said(request.POST)) if ticket else None


def _refuse_if_changed_since(request: Request) -> None:
    """Refuse once what was written before the person was protected; the page then comes back with a new mark.

    Raises Http404 where the case has been marked as wrongly registered since the door was asked. The person is locked,
    so that an identity that is being protected now, or a case that is being marked, is done with first.
    """
    sent = _sent(request)
    if sent:
        if sent.ticket.is_older_than_protection(lock_person_of(sent.ticket.case)):
            raise ValidationError(PROTECTED_MEANWHILE)
        if not request.reaches_void and Enrolment.objects.filter(public_id=sent.ticket.case, is_void=True).exists():
            raise Http404
    elif (page := FormPage.read(request.POST)) and is_from_before_protection(page):
        # A page about somebody who has no case yet carries no ticket.
        raise ValidationError(PROTECTED_MEANWHILE)


def _closed(scope: Scope, case: str) -> Enrolment | None:
    """The ticket's case, if it has closed to a user who still works with persons in the project.

    Also where it closed to everybody: a wrong registration can be undone. And where the user reads nothing there any
    more but what the own organisation has written.
    """
    found = Enrolment.objects.filter(public_id=case).select_related("participant", "project").first()
    return found if found and _is_closed_still(scope, found) else None


def _is_closed_still(scope: Scope, enrolment: Enrolment) -> bool:
    """Whether somebody who still works with persons in the project reads nothing there but the own organisation's
    words."""
    if not scope.may(Permission.SEE_PERSONS, enrolment.project):
        return False
    is_open = Enrolment.objects.visible_to(scope).filter(pk=enrolment.pk).exists()
    reading = scope.reading(enrolment)
    return not (is_open and (reading.is_own or reading.granted))


def _page(request: Request, sent: _Sent) -> HttpResponse:
    """Says nothing about the case but what the user has just written: in the log it is a refusal, no reading. Where
    the case still opens to words of the user's own organisation, those included, the page leads there."""
    request.access.declare_refusal("Ärendet hade stängts")
    case = Enrolment.objects.visible_to(request.scope).filter(public_id=sent.ticket.case).first()
    return render(request, "participants/stale_forms/case_closed.html", {"text": sent.text, "case": case})
