"""Saving a form once, however often its button is pressed."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest

from core.drafts import store as drafts
from core.forms.concurrency import ChangedMeanwhile
from core.forms.sent import with_answers
from core.forms.showing import FormPage, ShownToAnother, showing
from core.forms.token import OTHER_WORDS, TokenForm, content_sent
from core.models import FormToken
from core.operation.turns import writing
from core.prepared.writes import insert, update

ABOUT_ANOTHER = (
    "Det här är flyttat till en annan person sedan du öppnade sidan, och inget är sparat. "
    "Kontrollera att det du har skrivit handlar om den person som sidan visar nu, och spara igen."
)
ALREADY = "Det var redan sparat. Sidan visar hur det står nu."

logger = logging.getLogger(__name__)
_required: ContextVar[Callable[[], None] | None] = ContextVar("required", default=None)


@contextmanager
def saving_requires(check: Callable[[], None] | None) -> Iterator[None]:
    """Within this `save_once` first asks `check`, in the transaction that it saves in; it raises ValidationError."""
    before = _required.set(check)
    try:
        yield
    finally:
        _required.reset(before)


class NothingToSave(Exception):
    """Raised by the action of a form where nothing was left to do: what it asks for is so already.

    Nothing is written then and the form's token isn't used, so that the same form does its work when it is sent once
    it has something to do again. `leads_to` is what the form would have made; `said` tells the user.
    """

    def __init__(self, leads_to: UUID, said: str) -> None:
        super().__init__(said)
        self.leads_to, self.said = leads_to, said


def saved(
    request: HttpRequest, form: TokenForm, action: Callable[[], UUID], receipt: str | Callable[[UUID], str] = ""
) -> UUID | None:
    """The public id that the form has made, now or by an earlier press of its button; None while it can't be saved.

    The receipt is said once, by the press that saved; as a function it is handed what was made, and may say other
    things beside it. What a later press leads to may have changed since, so that press says `ALREADY`, which stays
    true. What was made may also have gone, so a view that looks it up leads on to something else.

    Runs `action` in the transaction of the form's token, once nobody has changed what the form showed. ValidationError
    by field, of the action or of the saving itself, lands on the form; nothing has been written then, and what was
    typed is kept as a draft. Shown anew, the form is filled in with it; it is gone once the form is saved. Raises
    ShownToAnother where its page was shown to another user of the same browser. Where what the page is about has come
    to another case since, the form is refused once, and comes back as a page about that one.
    """
    if not form.is_bound:
        fill_in(request, form)
        return None
    page = FormPage.read(request.POST)
    if page and page.user != showing().user:
        raise ShownToAnother
    made = form.already_made(request.user)
    if made is None and page and _is_about_another(page):
        # Kept on the page alone: as a draft it would stand in the file of one of the two.
        form.full_clean()
        form.add_error(None, ABOUT_ANOTHER)
        return None
    if made is None and form.is_valid() and not form.asks_about_repeating():
        made = _save(request, form, action, receipt)
    if made is None and (made := form.already_made(request.user)) is None:
        # Asked once more: a press at the same time may have saved it while this one was read, and refused it for that.
        # What is asked about once more stands saved already.
        if not form.asked_again:
            _keep_typed(request, form, page)
    elif not form.is_saved_now:
        say_again(request)
    return made


def _is_about_another(page: FormPage) -> bool:
    now = showing().subject
    return bool(now and page.subject) and page.subject != now


def made_before(raw_token: str, user: Any) -> QuerySet:
    """The public id that an earlier press of the user's form with this token made, as a query; the words that it sent
    aren't compared. For a page whose subject that press has taken away."""
    try:
        token = UUID(raw_token)
    except ValueError:
        return FormToken.objects.none().values("made")
    return FormToken.objects.filter(user=user, token=token).values("made")


def _save(
    request: HttpRequest, form: TokenForm, action: Callable[[], UUID], receipt: str | Callable[[UUID], str]
) -> UUID | None:
    def save_unchanged() -> UUID:
        form.require_unchanged()
        made = action()
        form.is_saved_now = True
        drafts.drop(request.user, FormPage.read(request.POST), form.page(), request.POST)
        return made

    try:
        made = save_once(
            token=form.cleaned_data["token"],
            user=request.user,
            save=save_unchanged,
            alone=form.writes_alone,
            will_make=form.will_make,
        )
    except NothingToSave as nothing:
        messages.info(request, nothing.said)
        return nothing.leads_to
    except ValidationError as error:
        form.is_changed_meanwhile = isinstance(error, ChangedMeanwhile)
        add_faults(form, error)
        return None
    if form.is_saved_now and (said := receipt if isinstance(receipt, str) else receipt(made)):
        messages.success(request, said)
    return made


def say_again(request: HttpRequest) -> None:
    """Answer a press that saved nothing, unless something is waiting to be read: why, or the receipt of the first."""
    if len(messages.get_messages(request)) == 0:
        messages.info(request, ALREADY)


def fill_in(request: HttpRequest, form: TokenForm) -> None:
    """Put back what the user had typed on this page without saving it; one query, where the form takes words. For pages
    whose form opens otherwise than it is sent, and is handed to `saved` only then."""
    page = form.page()
    draft = drafts.of_page(request.user, request.path, form.key) if page.words else None
    if draft:
        opened = form.__dict__.copy()
        try:
            form.take_draft(draft, drafts.as_sent(draft))
        except SuspiciousOperation:
            # No page of ours can have sent it: this one opens as if there were none.
            form.__dict__ = opened


def _keep_typed(request: HttpRequest, form: TokenForm, sent_from: FormPage | None) -> None:
    """Keep a form that couldn't be saved as a draft, for browsers without scripts: who leaves the page finds it
    again."""
    try:
        # As the page comes back: where somebody else was faster it has seen the new state by now.
        # When the page was shown decides: what was typed before a protection of the person is no draft.
        drafts.keep(sent_from or form.page(opens=True), with_answers(form.data, {}))
    except drafts.DraftTooLong:
        logger.info("a form that was refused was too long to be kept as a draft")


def save_once(
    *, token: UUID, user: Any, save: Callable[[], UUID], alone: bool = False, will_make: UUID | None = None
) -> UUID:
    """Run `save` under the token. A second press, however soon, gets the public id that the first one made.

    The token's row is unique and goes in by the same transaction as what is saved, so either both are there or none.
    `alone` says that nobody else writes meanwhile (core.operation.turns), `will_make` what `save` probably makes.
    Raises ValidationError where `save` does, what the request requires (`saving_requires`), and where the first press
    sent other words.
    """
    sent = content_sent.get()
    content = sent[1] if sent and sent[0] == token else ""
    try:
        with writing(alone=alone):
            if check := _required.get():
                check()
            row = FormToken(token=token, user=user, made=will_make or token, content=content)
            insert([row])
            made = save()
            if made != row.made:
                row.made = made
                update(row, "made")
    except IntegrityError:
        faster = _made_before(token, user, content)
        if faster is None:
            raise
        return faster
    return made


def _made_before(token: UUID, user: Any, content: str) -> UUID | None:
    """The public id that an earlier press of the button made. Raises ValidationError if that press sent other words."""
    earlier = FormToken.objects.filter(token=token, user=user).first()
    if earlier and content and earlier.content not in ("", content):
        raise ValidationError(OTHER_WORDS)
    return earlier.made if earlier else None


def refusal(form: TokenForm) -> str:
    """Why a button without fields did nothing, in words; for a page that doesn't show its form again."""
    return " ".join(map(str, form.non_field_errors())) or "Tryck på knappen en gång till."


def add_missing(form: forms.Form, faults: Mapping[str, str]) -> None:
    """Put what an action would refuse beside the faults that a form has found itself, on fields that have none yet: who
    mends the one would meet the other at the next press."""
    for field, fault in faults.items():
        if field in form.fields and field not in form.errors:
            form.add_error(field, fault)


def add_faults(form: forms.Form, error: ValidationError) -> None:
    """Put what an action refused on the fields it names; what the form lacks goes on top."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
    for field, faults in by_field.items():
        for fault in faults:
            form.add_error(field if field in form.fields else None, fault)
