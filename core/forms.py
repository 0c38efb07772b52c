"""What every form shares: the crispy helper, day fields, and a one-time token."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar
from uuid import UUID

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

from core.models import FormToken

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

    def already_made(self, user: Any) -> UUID | None:
        """What an earlier press of the same button made."""
        raw = self.data.get(self.add_prefix("token"))
        try:
            token = UUID(str(raw))
        except ValueError:
            return None
        return FormToken.objects.filter(token=token, user=user).values_list("made", flat=True).first()

    def require_unchanged(self) -> None:
        """Raise ChangedMeanwhile where somebody else has changed what the form showed; asked in the transaction that
        saves it. What only adds replaces nothing."""


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
    Raises ValidationError where `save` does, or what the request requires (`saving_requires`).
    """
    made = FormToken.objects.filter(token=token, user=user).values_list("made", flat=True).first()
    if made is not None:
        return made
    try:
        with transaction.atomic():
            if check := _required.get():
                check()
            row = FormToken.objects.create(token=token, user=user, made=token)
            made = save()
            FormToken.objects.filter(pk=row.pk).update(made=made)
    except IntegrityError:
        made = FormToken.objects.filter(token=token, user=user).values_list("made", flat=True).first()
        if made is None:
            raise
    return made


def save_form(*, form: TokenForm, user: Any, save: Callable[[], UUID]) -> UUID:
    """Run `save` once under the form's token, if nobody has changed what the form showed since its page was opened.

    Gives the public id that `save` made, now or at an earlier press. Raises ValidationError where `save` does, where
    the request requires more (`saving_requires`), and as ChangedMeanwhile.
    """

    def save_unchanged() -> UUID:
        form.require_unchanged()
        return save()

    return save_once(token=form.cleaned_data["token"], user=user, save=save_unchanged)


def add_faults(form: forms.Form, error: ValidationError) -> None:
    """Put what an action refused on the fields it names; what the form lacks goes on top."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
    for field, faults in by_field.items():
        for fault in faults:
            form.add_error(field if field in form.fields else None, fault)
