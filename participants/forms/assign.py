"""Giving many cases a responsible one, from the list."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from core.forms import TokenForm
from participants.forms.fields import PersonChoiceField
from participants.hand_over import fingerprint
from participants.models import Enrolment
from participants.searches import Search
from participants.staff import present

CHOSEN, ALL, CONFIRMED = "valda", "alla", "bekraftat"


class BulkAssignForm(TokenForm):
    """Who, and which: the ticked ones, or all that the search finds (asked once more, with which they are)."""

    omfattning = forms.ChoiceField(choices=[(CHOSEN, CHOSEN), (ALL, ALL), (CONFIRMED, CONFIRMED)])
    visade = forms.CharField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, search: Search, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.search = search
        self.enrolments: Sequence[Enrolment] = []
        self.fields["responsible"] = PersonChoiceField(
            present(search.workers),
            label="Ny ansvarig",
            error_messages={"required": "Välj vem som ska vara ansvarig."},
        )

    @property
    def ticked(self) -> set[str]:
        """The boxes that were ticked."""
        return set(self.data.getlist("val")) if isinstance(self.data, QueryDict) else set()

    @property
    def asks_first(self) -> bool:
        """All that were found: the user sees how many before it is done."""
        return self.cleaned_data.get("omfattning") == ALL

    @property
    def fingerprint(self) -> str:
        """Which enrolments it is about, in one word."""
        return fingerprint(self.enrolments)

    def clean(self) -> dict[str, Any]:
        """Find the enrolments, among those that the user may see."""
        data = super().clean() or self.cleaned_data
        if data.get("omfattning") == CHOSEN:
            self.enrolments = self._chosen()
        else:
            self.enrolments = list(self.search.found())
        if not self.enrolments:
            raise ValidationError("Bocka för minst en person.")
        if data.get("omfattning") == CONFIRMED and data.get("visade") != self.fingerprint:
            raise ValidationError("Listan har ändrats sedan du öppnade sidan. Kontrollera den och tryck igen.")
        return data

    def _chosen(self) -> list[Enrolment]:
        try:
            keys = {UUID(key) for key in self.ticked}
        except ValueError:
            raise ValidationError("Någon av de valda finns inte i listan.") from None
        found = list(self.search.everybody().filter(public_id__in=keys))
        if len(found) != len(keys):
            raise ValidationError("Någon av de valda finns inte i listan.")
        return found
