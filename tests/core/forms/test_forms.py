"""What every form of the house shares."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from core.days.kinds import DayKind
from core.forms.fields import CodeField, DayField, MailField, TextField
from core.forms.token import GONE, BaseForm


class _Choices(BaseForm):
    one = forms.ChoiceField(choices=[("a", "A")])
    many = forms.MultipleChoiceField(choices=[("a", "A")])
    told = forms.ChoiceField(choices=[("a", "A")], error_messages={"invalid_choice": "Egna ord."})


@pytest.mark.parametrize(("field", "said"), [("one", GONE), ("many", GONE), ("told", "Egna ord.")])
def test_a_choice_that_has_gone_is_told_in_words_without_what_was_sent(field, said) -> None:
    form = _Choices(QueryDict(f"{field}=6e78c1d2:health"))
    assert form.errors[field] == [said]


class _Codes(BaseForm):
    phone = CodeField(max_length=40)
    mail = MailField()


def test_signs_that_nobody_sees_are_no_part_of_a_number_or_an_address() -> None:
    form = _Codes({"phone": "\u202a070\u2011174\u00a006\u200b05\u202c", "mail": "\u200eanna\u200b@example.se\u00a0"})
    assert form.is_valid()
    assert form.cleaned_data == {"phone": "070-174 0605", "mail": "anna@example.se"}


def test_an_address_that_is_too_long_stays_and_says_by_how_much() -> None:
    form = _Codes({"phone": "1", "mail": f"{'a' * 246}@kommun.se"})
    assert form.errors["mail"] == ["Texten har 256 tecken och får ha högst 254. Korta den med 2 tecken."]
    assert "maxlength" not in str(form["mail"])
    assert _Codes({"phone": "1", "mail": "anna"}).errors["mail"] == ["Skriv adressen som namn@kommun.se."]


class _Asking(BaseForm):
    asks = forms.BooleanField(required=False)
    day = DayField(DayKind.HAPPENED)
    words = TextField(max_length=3)
    rows = forms.MultipleChoiceField(choices=[("a", "A")])

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data["asks"]:
            self.leave_out(["day", "words", "rows", "gone"])
        return super().clean()


def test_what_isnt_asked_for_is_let_be_however_it_was_filled_in() -> None:
    form = _Asking({"day": "nästa tis", "words": "alldeles för långt", "rows": ["b"]})
    assert form.is_valid()
    assert form.cleaned_data == {"asks": False, "day": None, "words": "", "rows": []}
    right = {"day": "2026-03-02", "words": "ord", "rows": ["a"]}
    form = _Asking(right)
    assert form.is_valid()
    assert form.cleaned_data == {"asks": False, "day": None, "words": "", "rows": []}
    form = _Asking({**right, "asks": "on"})
    assert form.is_valid()
    assert form.cleaned_data == {"asks": True, "day": date(2026, 3, 2), "words": "ord", "rows": ["a"]}
