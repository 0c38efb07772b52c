"""Filling in pages as a browser does."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.forms import BaseForm, CheckboxInput
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext


def shown(form: BaseForm) -> dict[str, Any]:
    """What the browser would send if nothing were touched."""
    values = {}
    for bound in form:
        value = bound.value()
        if isinstance(bound.field.widget, CheckboxInput):
            values |= {bound.html_name: "on"} if value else {}
            continue
        value = bound.field.widget.format_value(value) if hasattr(bound.field.widget, "format_value") else value
        if isinstance(value, list) and not getattr(bound.field.widget, "allow_multiple_selected", False):
            value = value[0] if value else ""
        if value not in (None, "", False, []):
            values[bound.html_name] = value
    return values


def fill(client: Client, url: str, **answers: Any) -> dict[str, Any]:
    """Open the page and answer: what its button would send."""
    return {**shown(client.get(url).context["form"]), **answers}


def submit(client: Client, url: str, **answers: Any) -> HttpResponse:
    """Open the page, answer, press."""
    return client.post(url, fill(client, url, **answers))


def faults(response: HttpResponse) -> Mapping[str, list[str]]:
    """What the page says is wrong, by field."""
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def queries(client: Client, url: str, data: dict[str, Any] | None = None) -> int:
    """How many questions a page asks the database; savepoints ask nothing."""
    with CaptureQueriesContext(connection) as caught:
        answer = client.post(url, data) if data else client.get(url)
    assert answer.status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in caught)
