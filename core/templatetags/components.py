"""Filters and tags that answer the component templates' questions about forms and lists, so that these don't
compute."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput, RadioSelect
from django.utils.html import format_html

from core.paging import MOST
from core.swedish.phones import number_to_dial
from core.swedish.words import in_letters, plural

register = template.Library()


@register.filter
def is_single_box(field: BoundField) -> bool:
    """Whether the field is one check box with its sentence."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_choice_group(field: BoundField) -> bool:
    """Whether the field is a group of radio buttons or boxes; several boxes are a kind of radio select in Django."""
    return isinstance(field.field.widget, RadioSelect)


@register.filter
def first_input_id(field: BoundField) -> str:
    """The id to jump to from the error summary: the first answer of a group, else the field itself."""
    if is_choice_group(field):
        return next((str(answer.id_for_label) for answer in field.subwidgets), field.auto_id)
    return field.id_for_label or field.auto_id


@register.filter
def error_title(form: BaseForm) -> str:
    """The heading of the error summary, by the number of faults; nothing is wrong where the form only asks."""
    if getattr(form, "asked_again", ""):
        return "Ska det sparas en gång till?"
    count = sum(len(faults) for faults in form.errors.values())
    said = "saknas" if all(_is_unanswered(form, name) for name in form.errors) else "behöver rättas"
    return f"{in_letters(count).capitalize()} svar {said}"


def _is_unanswered(form: BaseForm, name: str) -> bool:
    if name not in form.fields:
        return False
    given = form[name].data
    return not any(given) if isinstance(given, list) else given in (None, "", False)


@register.filter
def in_summary(fault: str, field: BoundField) -> str:
    """A fault as the error summary has it: under the question's name, unless that isn't asked on the page or the
    fault's own words hold all of it."""
    if field.is_hidden:
        return fault
    label, said = str(field.label or ""), str(fault).lower()
    words = re.findall(r"\w+", label.lower())
    telling = [word for word in words if len(word) > 3 or word.isdigit()] or words
    if all(word[:5] in said for word in telling):
        return fault
    return f"{label} {fault}" if label.endswith("?") else f"{label}: {fault}"


@register.filter
def beside(columns: Iterable[Any], cells: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Each column with its cell in a row; an uneven row is a fault of ours and raises."""
    return zip(columns, cells, strict=True)


@register.filter
def counted(number: int, words: str) -> str:
    """«3 träffar»; «fler än 10 000 träffar», where no more were counted."""
    return plural(number, words) if number <= MOST else f"fler än {plural(MOST, words)}"


@register.filter
def page_numbers(page: Page) -> list[int | None]:
    """The numbers to press around the present page, None for a gap: a long list has thousands of pages."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]


@register.filter
def dialled(phone: str) -> str:
    """A telephone number as a link that rings; what isn't one number as the text it is."""
    number = number_to_dial(phone)
    return format_html('<a href="tel:{}">{}</a>', number, phone) if number else phone
