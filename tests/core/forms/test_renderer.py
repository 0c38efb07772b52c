"""The renderer of forms draws what Django's templates draw, to the byte, whatever was written."""

import re
from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from core.forms.fields import PlainSelect
from core.forms.renderer import DRAWN, PythonRenderer

PLAIN, PYTHON = DjangoTemplates(), PythonRenderer()
HOSTILE = st.one_of(
    st.sampled_from(
        ["<script>", "\"'><b>", "&amp;", "</textarea>", "{{ x }}", "{% x %}", "{0}{}", "%s", "\n a \n", ""]
    ),
    st.text(max_size=12),
)
VALUES = st.one_of(
    HOSTILE,
    HOSTILE.map(mark_safe),
    HOSTILE.map(lazystr),
    st.sampled_from([None, True, False, 0, 1, 12345678, 1234.5, date(2026, 2, 1)]),
)
WIDGETS = st.fixed_dictionaries(
    {"name": HOSTILE, "type": HOSTILE, "value": VALUES, "label": VALUES, "wrap_label": st.booleans()},
    optional={"index": st.just("0"), "selected": st.booleans()},
)
ATTRIBUTES = st.dictionaries(st.one_of(st.sampled_from(["id", "class", "required"]), HOSTILE), VALUES, max_size=4)
CHOICES = [("a", "<i>Ja</i>"), ("b", mark_safe("<i>Nej</i>")), (7, 12345678)]
FIELDS = {
    "text": forms.CharField(max_length=9),
    "area": forms.CharField(widget=forms.Textarea(attrs={"rows": 3})),
    "hidden": forms.CharField(widget=forms.HiddenInput, required=False),
    "password": forms.CharField(widget=forms.PasswordInput(render_value=True)),
    "email": forms.EmailField(),
    "number": forms.IntegerField(min_value=0),
    "day": forms.DateField(),
    "box": forms.BooleanField(),
    "radio": forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect),
    "boxes": forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple),
    "list": forms.ChoiceField(choices=CHOICES),
}


@given(widget=WIDGETS, attributes=ATTRIBUTES)
@pytest.mark.parametrize("template", DRAWN)
def test_each_widget_is_drawn_as_by_its_template(template: str, widget: dict[str, Any], attributes: Any) -> None:
    context = {"widget": {**widget, "attrs": attributes}}
    assert PYTHON.render(template, context) == PLAIN.render(template, context)


@given(typed=HOSTILE, chosen=st.sampled_from(["a", "b", "7", "<"]))
def test_a_whole_form_is_drawn_as_by_templates(typed: str, chosen: str) -> None:
    sent = dict.fromkeys(FIELDS, typed) | {"radio": chosen, "boxes": [chosen], "list": chosen}
    kind = type("Asked", (forms.Form,), dict(FIELDS))

    def drawn(renderer: Any) -> list[str]:
        form = kind(sent, renderer=renderer)
        return [str(form), *(str(answer.tag()) for answer in (*form["radio"], *form["boxes"]))]

    assert drawn(PYTHON) == drawn(PLAIN)


@given(chosen=st.sampled_from(["a", "b", 7, "7", "", None, "<"]), asked=HOSTILE)
def test_a_plain_list_is_drawn_as_djangos_but_for_space_between_its_lines(chosen: Any, asked: str) -> None:
    choices = [("", "Välj"), *CHOICES[:1], (asked, asked), ("b", "<i>Nej</i>"), (7, "sju"), ("b", "twice")]

    def drawn(widget: forms.Select) -> str:
        html = widget.render("list", chosen, {"id": "id_list", "required": True}, renderer=PYTHON)
        return re.sub(r"\s*\n\s*<(/?)(select|option)", r"<\1\2", html)

    assert drawn(PlainSelect(choices=choices)) == drawn(forms.Select(choices=choices))


def test_what_was_typed_is_escaped() -> None:
    form = type("Asked", (forms.Form,), dict(FIELDS))({"text": '"><b>', "area": "</textarea><b>"})
    assert get_default_renderer().__class__ is PythonRenderer
    assert "<b>" not in str(form["text"]) + str(form["area"])
