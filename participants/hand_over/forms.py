"""Handing over a whole caseload."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from core.forms.fields import PlainSelect, TextField
from core.forms.token import TokenForm
from participants.fields import PersonChoiceField
from participants.hand_over.actions import NO_CASES, Holder


class HolderField(forms.ChoiceField):
    """One of those who answer for cases, by public id; gives the Holder."""

    widget = PlainSelect

    def __init__(self, holders: Sequence[Holder], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.holders = {str(holder.user.public_id): holder for holder in holders}
        self.choices = [("", "Välj"), *((key, holder.label) for key, holder in self.holders.items())]

    def clean(self, value: Any) -> Holder:
        """The chosen one."""
        return self.holders[super().clean(value)]


class HandOverForm(TokenForm):
    """From whom, to whom, and a word on the way; which cases were shown before the last press.

    It is no core.forms.concurrency.SharedForm: nothing of what it asks is stored, and the page that comes back lists
    the cases as they are now, which is what both have to know.
    """

    opened_with = ("giver",)

    def __init__(self, *args: Any, holders: Sequence[Holder], workers: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["giver"] = HolderField(
            holders,
            label="Vem lämnar över?",
            error_messages={"required": "Välj vems ärenden som ska lämnas över.", "invalid_choice": NO_CASES},
        )
        self.fields["receiver"] = PersonChoiceField(
            workers, label="Vem tar över?", error_messages={"required": "Välj vem som ska ta över."}
        )
        self.fields["note"] = TextField(
            label="Att veta vid överlämningen",
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text="Står på ärendenas sida Vilka arbetar med ärendet.",
        )
        self.fields["visade"] = forms.CharField(widget=forms.HiddenInput(), required=False)

    def clean(self) -> dict[str, Any]:
        """From one to another."""
        data = super().clean()
        giver, receiver = data.get("giver"), data.get("receiver")
        if giver and receiver and giver.user == receiver:
            self.add_error("receiver", ValidationError("Välj någon annan än den som lämnar över."))
        return data
