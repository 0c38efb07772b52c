"""What every form of the house shares."""

import pytest
from django import forms
from django.http import QueryDict

from core.forms.token import GONE, BaseForm


class _Choices(BaseForm):
    one = forms.ChoiceField(choices=[("a", "A")])
    many = forms.MultipleChoiceField(choices=[("a", "A")])
    told = forms.ChoiceField(choices=[("a", "A")], error_messages={"invalid_choice": "Egna ord."})


@pytest.mark.parametrize(("field", "said"), [("one", GONE), ("many", GONE), ("told", "Egna ord.")])
def test_a_choice_that_has_gone_is_told_in_words_without_what_was_sent(field, said) -> None:
    form = _Choices(QueryDict(f"{field}=6e78c1d2:health"))
    assert form.errors[field] == [said]
