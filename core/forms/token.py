"""The base of all forms: the crispy helper, day fields, and a one-time token."""

import uuid
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any, ClassVar
from uuid import UUID

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.crypto import salted_hmac

from core.models import FormToken

GONE = "Något av det du valde går inte längre att välja. Välj på nytt."
_DJANGOS = tuple(
    kind.default_error_messages["invalid_choice"] for kind in (forms.ChoiceField, forms.MultipleChoiceField)
)


class BaseForm(forms.Form):
    """A form with a crispy helper that leaves the form tag and the button to the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.form_show_errors = True
        self.use_required_attribute = False
        self.helper.attrs = {"novalidate": True}

    def full_clean(self) -> None:
        """A choice that has gone since the page was opened is told in words: Django's would show what was sent."""
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField) and field.error_messages["invalid_choice"] in _DJANGOS:
                field.error_messages["invalid_choice"] = GONE
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        """The answers that could be read so far. Never None, as Django's own may be."""
        return super().clean() or {}


class TokenForm(BaseForm):
    """A form that is saved once however often its button is pressed.

    Sent once more with other words it isn't the same press: those are asked about, and saved as their own.

    One that only adds says in `adds_only` what. Others may be changing what one that replaces something shows, so it
    is a `core.forms.concurrency.SharedForm`.
    """

    adds_only: ClassVar[str] = ""
    # What somebody else saved meanwhile (core.forms.concurrency.Conflict); the page shows it beside what was typed.
    conflict: Any = None
    # Whether this very press saved it. At a later one with the same words the answers aren't read again, so that a
    # receipt that tells of them can't be written.
    is_saved_now: bool = False
    # Whether it couldn't be saved because of what somebody else has saved meanwhile.
    is_changed_meanwhile: bool = False

    token = forms.UUIDField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4
        self._other_words = False

    @property
    def answers(self) -> dict[str, Any]:
        """The answers, by field. The form must be valid. Neither the token nor `seen` is among them."""
        return {name: answer for name, answer in self.cleaned_data.items() if name not in ("token", "seen")}

    def already_made(self, user: Any) -> UUID | None:
        """The public id that an earlier press of the button made with these very words; None where there is none."""
        raw = self.data.get(self.add_prefix("token"))
        try:
            token = UUID(str(raw))
        except ValueError:
            return None
        earlier = FormToken.objects.filter(token=token, user=user).first()
        if earlier is None:
            return None
        self._other_words = earlier.content not in ("", self.content())
        if self._other_words:
            # A form that its page has read already is read anew, to refuse those words.
            self._errors: ErrorDict | None = None
        return None if self._other_words else earlier.made

    def content(self) -> str:
        """A keyed digest of all that was sent, without what the page added to it by itself."""
        return _content(self.data, self.files, self.add_prefix("token"))

    def full_clean(self) -> None:
        """Have the saving know what was sent; refuse once, with a new token, what an earlier press hasn't saved."""
        super().full_clean()
        if not self.is_bound:
            return
        if self._other_words:
            self._other_words = False
            self.data = with_answers(self.data, {self.add_prefix("token"): str(uuid.uuid4())})
            self.add_error(None, OTHER_WORDS)
        elif token := self.cleaned_data.get("token"):
            content_sent.set((token, self.content()))

    def require_unchanged(self) -> None:
        """Nothing here: a form that only adds replaces nothing.

        One that replaces raises ChangedMeanwhile where somebody else has changed what it showed; it is asked in the
        transaction that saves it.
        """


def with_answers(data: Mapping[str, Any], answers: Mapping[str, str]) -> QueryDict:
    """A copy of what was sent, in which `answers` replace those under their names. `data` isn't changed."""
    again = QueryDict(mutable=True)
    again.update(data)
    for name, answer in answers.items():
        again[name] = answer
    return again


OTHER_WORDS = (
    "Det du skrev första gången är redan sparat. Det du har ändrat sedan dess är inte sparat än: kontrollera, "
    "och tryck en gång till om det ska sparas också."
)
# What pages add by themselves, anew at each showing.
_NOT_WORDS = frozenset({"csrfmiddlewaretoken", "ticket", "seen"})
# The token of the form that was sent last, and a digest of its words; saving keeps them beside the token.
content_sent: ContextVar[tuple[UUID, str] | None] = ContextVar("content_sent", default=None)


def _content(data: Mapping[str, Any], files: Mapping[str, Any], token_name: str) -> str:
    lists = data.lists() if isinstance(data, QueryDict) else ((name, [value]) for name, value in data.items())
    sent = sorted(
        (name, [str(value) for value in values]) for name, values in lists if name not in {*_NOT_WORDS, token_name}
    )
    kept = sorted((name, file.name, file.size) for name, file in files.items())
    return salted_hmac("form content", repr((sent, kept)), algorithm="sha256").hexdigest()
