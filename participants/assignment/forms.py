"""Choosing who is responsible for a case."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from accounts.models import User
from core.forms.concurrency import SharedForm
from core.forms.fields import TextField
from participants.assignment.shared_facts import responsible_for
from participants.fields import PersonChoiceField
from participants.models import Enrolment


class AssignForm(SharedForm):
    """Asks who takes the case over, and for a word on the way."""

    def __init__(self, *args: Any, enrolment: Enrolment, workers: Sequence[User], on: date, **kwargs: Any) -> None:
        super().__init__(*args, shared=responsible_for(enrolment, on=on), **kwargs)
        self.fields["responsible"] = PersonChoiceField(
            workers, label="Ny ansvarig", error_messages={"required": "Välj vem som ska vara ansvarig."}
        )
        self.fields["note"] = TextField(
            label="Att veta vid överlämningen",
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text="Står på ärendets sida Vilka arbetar med ärendet.",
        )
