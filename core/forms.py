"""What every form shares: the crispy helper, day fields, and a one-time token."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.crypto import salted_hmac
from django.utils.html import format_html, format_html_join

from core.models import FormToken

# What any day may be: from the birth of the oldest to as far ahead as anything is agreed.
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
CHECK_YEAR = "Kontrollera årtalet."
GONE = "Något av det du valde går inte längre att välja. Välj på nytt."
_DJANGOS = tuple(
    kind.default_error_messages["invalid_choice"] for kind in (forms.ChoiceField, forms.MultipleChoiceField)
)


class DayInput(forms.DateInput):
    """The browser's own day picker, always fed ISO dates."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class DayField(forms.DateField):
    """A day. Understands what the picker sends and the spellings people type."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", DayInput())
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%Y%m%d", "%y%m%d", "%d/%m %Y", "%d.%m.%Y"])
        kwargs.setdefault("error_messages", {"invalid": "Skriv dagen som 2026-03-31."})
        super().__init__(**kwargs)

    def validate(self, value: date | None) -> None:
        """Far from our time a year has been mistyped; and no months can be counted from 9999-12-31."""
        super().validate(value)
        if value is not None and not EARLIEST <= value <= LATEST:
            raise ValidationError(CHECK_YEAR, code="year")


class WhenAsked:
    """A field that some answers call for, and the form itself then demands: so it is never called optional."""

    def validate(self, value: Any) -> None:
        """Nothing is no fault by itself."""
        if value not in self.empty_values:  # type: ignore[attr-defined]
            super().validate(value)  # type: ignore[misc]


class TextWhenAsked(WhenAsked, forms.CharField):
    """A text that some answers call for."""


class PlainSelect(forms.Select):
    """The same list to choose from, drawn without a template for each line: a list of forty is on every visit."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        """The element with its lines; groups of lines are not drawn."""
        widget = self.get_context(name, value, attrs)["widget"]
        lines = (
            (flatatt({"value": line["value"], **line["attrs"]}), line["label"])
            for _, group, _ in widget["optgroups"]
            for line in group
        )
        options = format_html_join("\n", "<option{}>{}</option>", lines)
        return format_html("<select{}>\n{}\n</select>", flatatt({"name": widget["name"], **widget["attrs"]}), options)


class RowsField(forms.MultipleChoiceField):
    """Some of the rows that a form lets one choose among; gives them as a list.

    A row is known to the browser by its public id. Its number in the database never leaves the program.
    """

    widget = forms.CheckboxSelectMultiple

    def __init__(self, rows: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows: dict[str, Any] = {}
        self.offer(rows)

    def offer(self, rows: Iterable[Any]) -> None:
        """Let these rows be chosen, each called by its own name."""
        self.rows = {str(row.public_id): row for row in rows}
        self.choices = [(key, str(row)) for key, row in self.rows.items()]

    def clean(self, value: Any) -> list[Any]:
        """The chosen rows."""
        return [self.rows[key] for key in super().clean(value)]


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
        """What has been understood so far; never None, which Django's own may be."""
        return super().clean() or {}


class TokenForm(BaseForm):
    """A form that is saved once however often its button is pressed.

    Sent once more with other words it isn't the same press: those are asked about, and saved as their own.

    One that only adds says in `adds_only` what. Others may be changing what one that replaces something shows, so it
    is a `core.concurrency.SharedForm`.
    """

    adds_only: ClassVar[str] = ""
    # What somebody else saved meanwhile (core.concurrency.Conflict); the page shows it beside what was typed.
    conflict: Any = None

    token = forms.UUIDField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4
        self._other_words = False

    def already_made(self, user: Any) -> UUID | None:
        """What an earlier press of the button made with these same words."""
        raw = self.data.get(self.add_prefix("token"))
        try:
            token = UUID(str(raw))
        except ValueError:
            return None
        earlier = FormToken.objects.filter(token=token, user=user).first()
        if earlier is None:
            return None
        self._other_words = earlier.content not in ("", self.content())
        return None if self._other_words else earlier.made

    def content(self) -> str:
        """A keyed digest of all that was sent, whatever the page added to it by itself."""
        return _content(self.data, self.files, self.add_prefix("token"))

    def full_clean(self) -> None:
        """Have the saving know what was sent; refuse once, with a new token, what an earlier press hasn't saved."""
        super().full_clean()
        if not self.is_bound:
            return
        if self._other_words:
            self._other_words = False
            again = QueryDict(mutable=True)
            again.update(self.data)
            again[self.add_prefix("token")] = str(uuid.uuid4())
            self.data = again
            self.add_error(None, OTHER_WORDS)
        elif token := self.cleaned_data.get("token"):
            _content_of.set((token, self.content()))

    def require_unchanged(self) -> None:
        """Raise ChangedMeanwhile where somebody else has changed what the form showed; asked in the transaction that
        saves it. What only adds replaces nothing."""


OTHER_WORDS = (
    "Det du skrev första gången är redan sparat. Det du har ändrat sedan dess är inte sparat än: kontrollera, "
    "och tryck en gång till om det ska sparas också."
)
# What pages add by themselves, anew at each showing.
_NOT_WORDS = frozenset({"csrfmiddlewaretoken", "ticket", "seen"})
_content_of: ContextVar[tuple[UUID, str] | None] = ContextVar("content_of", default=None)


def _content(data: Mapping[str, Any], files: Mapping[str, Any], token_name: str) -> str:
    lists = data.lists() if isinstance(data, QueryDict) else ((name, [value]) for name, value in data.items())
    sent = sorted(
        (name, [str(value) for value in values]) for name, values in lists if name not in {*_NOT_WORDS, token_name}
    )
    kept = sorted((name, file.name, file.size) for name, file in files.items())
    return salted_hmac("form content", repr((sent, kept)), algorithm="sha256").hexdigest()


_required: ContextVar[Callable[[], None] | None] = ContextVar("required", default=None)


@contextmanager
def saving_requires(check: Callable[[], None] | None) -> Iterator[None]:
    """Within this `save_once` first asks `check`, in the transaction that it saves in; it raises ValidationError."""
    before = _required.set(check)
    try:
        yield
    finally:
        _required.reset(before)


def save_once(*, token: UUID, user: Any, save: Callable[[], UUID]) -> UUID:
    """Run `save` under the token. A second press, however close, gets the public id that the first one made.

    The token's row is unique and goes in by the same transaction as what is saved, so either both are there or none.
    Raises ValidationError where `save` does, what the request requires (`saving_requires`), and where the first press
    sent other words.
    """
    sent = _content_of.get()
    content = sent[1] if sent and sent[0] == token else ""
    if earlier := _made_before(token, user, content):
        return earlier
    try:
        with transaction.atomic():
            if check := _required.get():
                check()
            row = FormToken.objects.create(token=token, user=user, made=token, content=content)
            made = save()
            FormToken.objects.filter(pk=row.pk).update(made=made)
    except IntegrityError:
        faster = _made_before(token, user, content)
        if faster is None:
            raise
        return faster
    return made


def _made_before(token: UUID, user: Any, content: str) -> UUID | None:
    """What an earlier press has made. Raises ValidationError where that one sent other words."""
    earlier = FormToken.objects.filter(token=token, user=user).first()
    if earlier and content and earlier.content not in ("", content):
        raise ValidationError(OTHER_WORDS)
    return earlier.made if earlier else None


def add_faults(form: forms.Form, error: ValidationError) -> None:
    """Put what an action refused on the fields it names; what the form lacks goes on top."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
    for field, faults in by_field.items():
        for fault in faults:
            form.add_error(field if field in form.fields else None, fault)
