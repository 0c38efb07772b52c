"""Draws the widgets that forms have most of in Python, byte for byte as Django's templates do.

A form about a meeting has 166 of them, and each would go through up to four templates.
"""

from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any, Final

from django.forms.renderers import DjangoTemplates
from django.template import Context
from django.template.base import render_value_in_context
from django.utils.safestring import SafeData

Drawn = Mapping[str, Any]


class PythonRenderer(DjangoTemplates):
    """The renderer of all forms. What it doesn't know goes through the templates."""

    def render(self, template_name: str, context: Any, request: Any = None) -> Any:
        """The markup of a widget, without space around it."""
        draw = DRAWN.get(template_name) or OWN.get(template_name)
        return draw(context["widget"]).strip() if draw else super().render(template_name, context, request)


def _input(widget: Drawn) -> str:
    value = widget["value"]
    told = "" if value is None else f' value="{_text(value)}"'
    return f'<input type="{_shown(widget["type"])}" name="{_shown(widget["name"])}"{told}{_attributes(widget)}>\n'


def _option(widget: Drawn) -> str:
    """One choice of several, with its label around it unless the page sets one beside it."""
    if not widget.get("wrap_label"):
        return f"{_input(widget)}\n"
    key = widget["attrs"].get("id")
    target = f' for="{_shown(key)}"' if key else ""
    return f"<label{target}>{_input(widget)} {_shown(widget['label'])}</label>\n"


def _textarea(widget: Drawn) -> str:
    value = widget["value"]
    text = _shown(value) if value else ""
    return f'<textarea name="{_shown(widget["name"])}"{_attributes(widget)}>\n{text}</textarea>\n'


def _select(widget: Drawn) -> str:
    """A list to choose from, of `core.forms.fields.PlainSelect`."""
    lines = [
        f'<option value="{escape(value)}"{" selected" if is_chosen else ""}>{escape(label)}</option>'
        for value, label, is_chosen in widget["lines"]
    ]
    first = f'<select name="{_shown(widget["name"])}"{_attributes(widget)}>'
    return "\n".join([first, *lines, "</select>"])


def _attributes(widget: Drawn) -> str:
    return "".join(_pairs(widget["attrs"]))


def _pairs(attributes: Mapping[str, Any]) -> Iterator[str]:
    """Each attribute that isn't False; one that is True is its name alone."""
    for name, value in attributes.items():
        if value is not False:
            yield f" {_shown(name)}" if value is True else f' {_shown(name)}="{_text(value)}"'


def _text(value: Any) -> str:
    """A value as the filter `stringformat` writes it, escaped: never in the language's own way with numbers and
    days."""
    return str(value) if isinstance(value, SafeData) else escape(str(value))


def _shown(value: Any) -> str:
    """A value as a template shows it, escaped."""
    return _text(value) if isinstance(value, str) else render_value_in_context(value, Context())


_IN: Final = "django/forms/widgets/"
_INPUTS: Final = ("text", "email", "password", "hidden", "number", "date", "checkbox", "input")
DRAWN: Final[Mapping[str, Callable[[Drawn], str]]] = {
    **{f"{_IN}{kind}.html": _input for kind in _INPUTS},
    f"{_IN}radio_option.html": _option,
    f"{_IN}checkbox_option.html": _option,
    f"{_IN}textarea.html": _textarea,
}
# Widgets of our own, which have no template.
OWN: Final[Mapping[str, Callable[[Drawn], str]]] = {"plain_select.html": _select}
