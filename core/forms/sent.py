"""Answers as a browser sends them, those that a page asks for, and how they stood when it opened: so it is known
afterwards which of them somebody gave."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.crypto import salted_hmac

from core.forms.showing import never_kept


def with_answers(data: Mapping[str, Any], answers: Mapping[str, str]) -> QueryDict:
    """A copy of what was sent, in which `answers` replace those under their names. `data` isn't changed."""
    again = QueryDict(mutable=True)
    again.update(data)
    for name, answer in answers.items():
        again[name] = answer
    return again


def as_sent(value: Any) -> Iterator[str]:
    """A stored answer as a browser would send it."""
    if isinstance(value, list | tuple | set):
        yield from map(str, value)
    elif value is True:
        yield "on"
    elif value not in (None, False):
        yield value.isoformat() if isinstance(value, date) else str(value)


def opened_with(form: forms.Form) -> dict[str, str]:
    """A digest of each answer that the page asks for as it opens, by the name that it is sent by; "" of an empty one.
    Keyed, since the page carries it: it tells nothing of what a reader may not read."""
    return {bound.html_name: _digest(_opening(bound)) for bound in form if not bound.is_hidden}


def given(opened: Mapping[str, str], sent: QueryDict) -> frozenset[str]:
    """Names of the answers that were sent otherwise than the page opened with."""
    return frozenset(name for name, digest in opened.items() if _digest(sent.getlist(name)) != digest)


def takes_words(bound: forms.BoundField) -> bool:
    """Whether the answer is words that a draft may keep."""
    widget = bound.field.widget
    is_text = isinstance(widget, forms.Textarea | forms.TextInput) and not isinstance(
        widget, forms.DateInput | forms.NumberInput | forms.HiddenInput | forms.PasswordInput
    )
    return is_text and isinstance(bound.field, forms.CharField) and bound.name not in never_kept


def is_secret(bound: forms.BoundField) -> bool:
    """Whether the answer is one that no draft keeps: a password, or who somebody is."""
    return isinstance(bound.field.widget, forms.PasswordInput) or bound.name in never_kept


def _opening(bound: forms.BoundField) -> Iterable[str]:
    value: Any = bound.field.prepare_value(bound.initial)
    widget = bound.field.widget
    if isinstance(widget, forms.TextInput | forms.Textarea | forms.NumberInput) and not isinstance(value, list | tuple):
        value = widget.format_value(value)
    return as_sent(value)


def _digest(values: Iterable[str]) -> str:
    """Line ends as the server writes them, and no white space around: a browser sends others."""
    said = [value.replace("\r\n", "\n").strip() for value in values]
    text = "\x1f".join(filter(None, said))
    return salted_hmac("opened", text, algorithm="sha256").hexdigest()[:12] if text else ""
