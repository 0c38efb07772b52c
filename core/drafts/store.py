"""Keeping what somebody is typing, handing it back on the same page, and letting it go."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import BigIntegerField, DateTimeField, Exists, QuerySet, UUIDField
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from core.forms.sent import given
from core.forms.showing import KEPT_SECONDS, NAME, FormPage
from core.models import Draft, FormToken
from core.prepared.questions import prepared

KEPT_FOR = timedelta(seconds=KEPT_SECONDS)
# The longest text of a form takes 20 000 signs and the longest report twelve of them.
LONGEST = 600_000
_NONE = UUID(int=0)
# What pages add by themselves. What the page had seen stays: it tells afterwards who else has changed something.
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "token", "ticket", "repeated", NAME})


# Asked under the transaction that keeps a draft; one yes and nothing is kept. Each app joins its own at start.
refusals: list[Callable[[FormPage], bool]] = []
# Told of whom a page is about that shows somebody's own words, by the public id that its draft has: participants has it
# in the access log.
told_of_readers: list[Callable[[HttpRequest, UUID], None]] = []


class DraftTooLong(Exception):
    """More was typed than any form takes."""


def keep(page: FormPage, sent: QueryDict) -> Draft | None:
    """Keep what was typed in a form, in place of what was typed in it before and of the draft that it was filled in
    from. What is typed in the same form in another window is a draft of its own.

    `page` says whose it is. None where nothing of it `is_kept`, where something refuses, and where the form has been
    saved meanwhile: a draft that was on its way then would come back as if it hadn't been. What was typed before goes
    where everything stands again as the page opened. Raises DraftTooLong, and keeps nothing, over `LONGEST` signs.
    """
    author = _author(page)
    if author is None or _is_saved(author, sent.get("token", "")):
        return None
    own, before = _tokens(page, sent)
    where = {"author": author, "address": page.address, "form": page.form}
    if not is_kept(page, sent):
        if page.opened and not given(page.opened, sent):
            Draft.objects.filter(**where, token__in={own, before} - {_NONE}).delete()
        return None
    data = _typed(page, sent)
    if len(json.dumps(data)) > LONGEST:
        raise DraftTooLong
    said = {"data": data, "subject": as_uuid(page.subject), "labels": _own_words(page, sent)}
    with transaction.atomic():
        if any(refuses(page) for refuses in refusals):
            return None
        # In one statement, whatever is there: how many there are tells nothing of who was typed.
        of_form = Draft.objects.filter(**where)
        of_form.filter(~Exists(of_form.filter(token=own)), token=before).update(token=own)
        return Draft.objects.update_or_create(**where, token=own, defaults=said)[0]


def is_kept(page: FormPage, sent: QueryDict) -> bool:
    """Whether what was answered in a form is kept, where something stands otherwise than the page opened with: on a
    page about somebody all of a form that takes words. Elsewhere only together with words: who it was about is kept
    nowhere, and days and choices would be filled in for the next."""
    if page.opened and not given(page.opened, sent):
        return False
    has_words = any(sent.get(name, "").strip() for name in _own_words(page, sent))
    return has_words or bool(page.words and page.subject)


def _own_words(page: FormPage, sent: QueryDict) -> dict[str, str]:
    """The answers that take words, but for those that stand as the page opened: another may have written them, and they
    may not be read where the page no longer is."""
    if not page.opened:
        # A page of an earlier version, which didn't take that down.
        return page.words
    own = given(page.opened, sent)
    return {name: label for name, label in page.words.items() if name in own}


def _typed(page: FormPage, sent: QueryDict) -> dict[str, list[str]]:
    left_out = {*_NOT_TYPED, *page.secrets}
    return {name: [_storable(value) for value in values] for name, values in sent.lists() if name not in left_out}


def of_page(user: Any, address: str, form: str) -> Draft | None:
    """The user's draft of this form on this page; None where there is none, or none younger than `KEPT_FOR`. One
    query."""
    return live(user).filter(address=address, form=form).first()


def live(user: Any) -> Any:
    """The user's own drafts, the latest first, none older than `KEPT_FOR`."""
    return _since(user, timezone.now() - KEPT_FOR)


def live_about(user: Any, subject: UUID) -> list[Draft]:
    """The user's own drafts on pages about something, given by its public id; the latest first, none older than
    `KEPT_FOR`. One query."""
    return _about.ask(user=user.pk, since=timezone.now() - KEPT_FOR, subject=subject)


@prepared(user=BigIntegerField(), since=DateTimeField(), subject=UUIDField())
def _about(*, user: Any, since: Any, subject: Any) -> QuerySet:
    return _since(user, since).filter(subject=subject)


def _since(user: Any, since: Any) -> Any:
    return Draft.objects.filter(author=user, saved_at__gte=since).order_by("-saved_at")


def drop(user: Any, opened: FormPage | None, now: FormPage, sent: QueryDict) -> None:
    """Let the drafts of an opened form go, that it was filled in from too: what was typed is saved. Those of other
    windows stay; but for a page without a mark that can be read, which may be any of them."""
    of_form = Draft.objects.filter(author=user, address=now.address, form=now.form)
    (of_form.filter(token__in=_tokens(opened, sent)) if opened else of_form).delete()


def drop_page(user: Any, address: str) -> None:
    """Let the drafts of every form on a page go: what was typed there is kept elsewhere."""
    Draft.objects.filter(author=user, address=address).delete()


def as_sent(draft: Draft) -> QueryDict:
    """The answers of a draft, as a browser would send them."""
    again = QueryDict(mutable=True)
    for name, values in draft.data.items():
        again.setlist(name, values)
    return again


def words_of(draft: Draft) -> list[tuple[str, str]]:
    """The answers that have words: question and answer, in the order of the page."""
    answers = ((label, "\n".join(draft.data.get(name, []))) for name, label in draft.labels.items())
    return [(label, said) for label, said in answers if said.strip()]


def unkept(page: FormPage, sent: QueryDict) -> list[tuple[str, str]]:
    """The answers with words of a form that wasn't kept: question and answer. Empty where the form has been saved."""
    author = _author(page)
    if author is None or _is_saved(author, sent.get("token", "")):
        return []
    return words_of(Draft(data=_typed(page, sent), labels=_own_words(page, sent)))


def tell_reading(request: HttpRequest, subject: UUID | None) -> None:
    """Have those know who keep account of it that a user reads own words about somebody."""
    if subject:
        for tell in told_of_readers:
            tell(request, subject)


def clear_drafts() -> str:
    """Remove drafts that are too old to be handed back."""
    gone, _ = Draft.objects.filter(saved_at__lt=timezone.now() - KEPT_FOR).delete()
    return f"{gone} gamla utkast borttagna"


def _tokens(page: FormPage, sent: QueryDict) -> tuple[UUID, UUID]:
    """The token of the opened form, and that of the draft that it was filled in from; zero for none."""
    return as_uuid(sent.get("token", "")) or _NONE, as_uuid(page.draft) or _NONE


def _author(page: FormPage) -> Any:
    return get_user_model()._default_manager.filter(public_id=page.user, is_active=True).first() if page.user else None


def _is_saved(author: Any, token: str) -> bool:
    known = as_uuid(token)
    return known is not None and FormToken.objects.filter(user=author, token=known).exists()


def _storable(value: str) -> str:
    """PostgreSQL stores no such sign in JSON, and it says nothing."""
    return value.replace("\x00", "")


def as_uuid(text: str) -> UUID | None:
    """The id that a text is, or None."""
    try:
        return UUID(text)
    except ValueError:
        return None
