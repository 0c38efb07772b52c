"""Fields and inputs that forms share: days, answers that are called for, lists and rows to choose among."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

from core.swedish.typed import clean_line, clean_text
from core.swedish.words import decimal

# What any day may be: from the birth of the oldest to as far ahead as anything is agreed.
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)


CHECK_YEAR = "Kontrollera årtalet."


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
        """Raises ValidationError outside 1900–2100: the year is mistyped, and no months follow 9999-12-31."""
        super().validate(value)
        if value is not None and not EARLIEST <= value <= LATEST:
            raise ValidationError(CHECK_YEAR, code="year")


class TextField(forms.CharField):
    """Words. What nobody sees is dropped, lines end in one way and count once, and a blank at either end is none.

    Too much is refused with how much too much it is. The browser is told the limit (`data-most`) but never cuts: what
    is pasted stays in the field whole. One line unless its widget is a `Textarea`; a password is taken as it is.
    """

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


class WhenAsked:
    """A field that some answers call for, and the form itself then demands: so it is never called optional."""

    def validate(self, value: Any) -> None:
        """Nothing is no fault by itself."""
        if value not in self.empty_values:  # type: ignore[attr-defined]
            super().validate(value)  # type: ignore[misc]


class TextWhenAsked(WhenAsked, TextField):
    """A text that some answers call for."""


class PlainSelect(forms.Select):
    """A list to choose from, drawn without a template for each line: on every visit there is one of forty."""

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
