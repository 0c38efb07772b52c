"""Fields and inputs that forms share: days, answers that are called for, lists and rows to choose among."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.html import format_html

from core.days.dates import today
from core.days.kinds import DayKind
from core.days.typed import UncertainDay, read_day
from core.swedish.phones import NO_NUMBER, number_to_dial
from core.swedish.typed import clean_code, clean_line, clean_text
from core.swedish.words import day_with_weekday, decimal

WRITE_A_DAY = "Skriv dagen som 2026-03-31."


class DayInput(forms.DateInput):
    """A day as text, written as ISO where it is known; the page says which day of the week was understood.

    A script adds a button for the browser's own picker, between the earliest and the latest day.
    """

    said = ""

    def __init__(self, kind: DayKind, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"autocomplete": "off", "data-day": kind.name} | (attrs or {}))

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        """The input, and the day that its text was understood as."""
        drawn = super().render(name, value, attrs, renderer)
        said_id = f"{(attrs or {}).get('id', name)}_said"
        return drawn + format_html('<span class="day-said" id="{}" aria-live="polite">{}</span>', said_id, self.said)


class DayField(forms.DateField):
    """A day of a kind, understood as people write it (`core.days.typed`) and within the kind's bounds.

    `on` is today, asked for when the answer is read where it isn't given.
    """

    default_error_messages = {"invalid": WRITE_A_DAY}

    def __init__(self, kind: DayKind, *, on: date | None = None, **kwargs: Any) -> None:
        self.kind, self.on = kind, on
        self.says_who = kind is DayKind.BORN
        kwargs.setdefault("widget", DayInput(kind))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """The day that was written. Raises ValidationError where it can't be read."""
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        text = clean_code(str(value))
        if not text:
            return None
        try:
            return read_day(text, self.on or today(), self.kind.bounds.leaning)
        except UncertainDay as fault:
            raise ValidationError(str(fault), code="year") from None
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def validate(self, value: date | None) -> None:
        """Raises ValidationError outside the kind's bounds: most often the year is mistyped."""
        super().validate(value)
        if value and (fault := self.kind.fault(value, self.on or today())):
            raise ValidationError(fault, code="year")

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> "BoundDay":
        """The field on a form, which says how its text is understood."""
        return BoundDay(form, self, field_name)


class BoundDay(forms.BoundField):
    """A day on a form."""

    def as_widget(self, *args: Any, **kwargs: Any) -> Any:
        """The input, and the day that was understood from what stands in it."""
        if isinstance(self.field.widget, DayInput):
            self.field.widget.said = self._said()
        return super().as_widget(*args, **kwargs)

    def _said(self) -> str:
        try:
            day = self.field.to_python(self.value())
        except ValidationError:
            return ""
        return day_with_weekday(day) if day else ""


class TextField(forms.CharField):
    """Words. What nobody sees is dropped, lines end in one way and count once, and a blank at either end is none.

    Too much is refused with how much too much it is. The browser is told the limit (`data-most`) but never cuts: what
    is pasted stays in the field whole. One line unless its widget is a `Textarea`; a password is taken as it is.

    `says_who`: whether it asks for somebody's name, number or contact, which is kept in no text of a form that couldn't
    be saved. A field of one line in a form about a case says yes or no; where it says nothing, it isn't kept either.
    """

    says_who: bool | None = None

    def __init__(self, *, says_who: bool | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if says_who is None and self.says_who is None and isinstance(self.widget, forms.Textarea):
            says_who = False
        if says_who is not None:
            self.says_who = says_who

    def to_python(self, value: Any) -> str:
        """The text as it is kept."""
        text = super().to_python(value) or ""
        if isinstance(self.widget, forms.PasswordInput):
            return text
        return clean_text(text) if isinstance(self.widget, forms.Textarea) else clean_line(text)

    def run_validators(self, value: str) -> None:
        """Raises ValidationError for a text over `max_length` signs, with how many too many there are."""
        over = len(value) - self.max_length if self.max_length else 0
        if over > 0:
            raise ValidationError(
                f"Texten har {decimal(len(value), 0)} tecken och får ha högst {decimal(self.max_length, 0)}. "
                f"Korta den med {decimal(over, 0)} tecken.",
                code="max_length",
            )
        super().run_validators(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The limit without Django's `maxlength`, by which a browser cuts off what is pasted and says nothing."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs | ({"data-most": str(self.max_length)} if self.max_length and not widget.is_hidden else {})


class CodeField(TextField):
    """A number, or another line in which signs that nobody sees would be wrong."""

    def to_python(self, value: Any) -> str:
        """The line without them."""
        return clean_code(super().to_python(value))


class MailField(CodeField):
    """An address of mail."""

    says_who = True
    default_validators = [EmailValidator("Skriv adressen som namn@kommun.se.")]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, widget=forms.EmailInput(), **kwargs)


class PhoneField(CodeField):
    """The telephone number of somebody at work: one that a colleague can dial."""

    says_who = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def validate(self, value: str) -> None:
        """Raises ValidationError for what isn't one number."""
        super().validate(value)
        if value and not number_to_dial(value):
            raise ValidationError(NO_NUMBER, code="invalid")


class WhenAsked:
    """A field that some answers call for, and the form itself then demands: so it is never called optional."""

    def validate(self, value: Any) -> None:
        """Nothing is no fault by itself."""
        if value not in self.empty_values:  # type: ignore[attr-defined]
            super().validate(value)  # type: ignore[misc]


class ChoiceWhenAsked(WhenAsked, forms.ChoiceField):
    """A choice that some answers call for."""


class TextWhenAsked(WhenAsked, TextField):
    """A text that some answers call for."""


class PlainSelect(forms.Select):
    """A list to choose from, drawn in Python (core.forms.renderer); groups of lines aren't drawn. No line has a context
    of its own, a dictionary or three for each: with those, the choices above a list of fifty took an eighth of the
    page."""

    template_name = "plain_select.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The name, the attributes, and the value, label and choice of each line."""
        chosen, lines, found = set(self.format_value(value)), [], False
        for key, label in self.choices:
            text = "" if key is None else str(key)
            is_this = text in chosen and not found
            found = found or is_this
            lines.append((text, str(label), is_this))
        return {"widget": {"name": name, "attrs": self.build_attrs(self.attrs, attrs), "lines": lines}}


class RowsField(forms.MultipleChoiceField):
    """Some of the rows that a form lets one choose among; gives them as a list.

    A row is known to the browser by its public id. Its number in the database never leaves the program.
    """

    widget = forms.CheckboxSelectMultiple

    def __init__(self, rows: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.offer(rows)

    def offer(self, rows: Iterable[Any], at_hand: Iterable[Any] = ()) -> None:
        """Let these rows be chosen, each called by its own name. They are read when somebody looks at them, or chooses
        others than those that are `at_hand`, which are among them."""
        self.at_hand = {self.key_of(row): row for row in at_hand}
        read = cache(lambda: {self.key_of(row): row for row in rows})
        self._read: Callable[[], dict[str, Any]] = read
        self.choices = lambda: [(key, str(row)) for key, row in read().items()]

    def key_of(self, row: Any) -> str:
        """By which the browser knows a row."""
        return str(row.public_id)

    @property
    def rows(self) -> dict[str, Any]:
        """The rows that can be chosen, by their keys."""
        return self._read()

    def valid_value(self, value: Any) -> bool:
        """Whether the row can be chosen."""
        return value in self.at_hand or value in self.rows

    def clean(self, value: Any) -> list[Any]:
        """The chosen rows, each once however often it was sent."""
        return [self.at_hand.get(key) or self.rows[key] for key in dict.fromkeys(super().clean(value))]
