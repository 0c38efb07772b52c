"""The form of the list that gives many cases somebody responsible."""

from collections.abc import Mapping, Sequence
from typing import Any, Self
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from casework.caseload.search import Search
from core.forms.concurrency import Shared, SharedForm, in_words
from participants.assignment.shared_facts import responsible_for_each
from participants.fields import PersonChoiceField
from participants.models import Enrolment
from participants.scope.case_workers import present

CHOSEN, ALL, CONFIRMED = "valda", "alla", "bekraftat"


class BulkAssignForm(SharedForm):
    """Asks who is to be responsible, and for which cases: the ticked ones, or all that the search finds. For all, a
    second page asks once more and carries which cases they were.

    It replaces who is responsible for each case, by the enrolment's public id.
    """

    merges = False

    omfattning = forms.ChoiceField(choices=[(CHOSEN, CHOSEN), (ALL, ALL), (CONFIRMED, CONFIRMED)])

    def __init__(self, *args: Any, search: Search, shared: Shared, **kwargs: Any) -> None:
        super().__init__(*args, shared=shared, **kwargs)
        self.search = search
        self.enrolments: Sequence[Enrolment] = []
        self.fields["responsible"] = PersonChoiceField(
            present(search.workers),
            label="Ny ansvarig",
            error_messages={"required": "Välj vem som ska vara ansvarig."},
        )

    @classmethod
    def sent(cls, data: QueryDict, search: Search) -> Self:
        """The form as it was sent, with the enrolments that it names."""
        keys = set(filter(None, map(_key, data.getlist("val"))))
        about = search.everybody().filter(public_id__in=keys) if data.get("omfattning") == CHOSEN else search.found()
        return cls(data, search=search, shared=responsible_for_each(about, on=search.scope.on))

    @property
    def ticked(self) -> set[str]:
        """Public ids of the ticked enrolments."""
        return set(self.data.getlist("val")) if isinstance(self.data, QueryDict) else set()

    @property
    def is_about_all(self) -> bool:
        """Whether the form is about all cases that the search found, and not the ticked ones."""
        return self.cleaned_data.get("omfattning") in (ALL, CONFIRMED)

    @property
    def asks_first(self) -> bool:
        """Whether the page only asks for confirmation, and nothing is done yet."""
        return self.cleaned_data.get("omfattning") == ALL

    def clean(self) -> dict[str, Any]:
        """The answers, with the enrolments found among those that the user may see.

        Raises ValidationError for the form where none is ticked, or one that isn't in the list.
        """
        data = super().clean()
        is_chosen = data.get("omfattning") == CHOSEN
        self.enrolments = self._chosen() if is_chosen else list(self.search.found())
        if not self.enrolments and not (self._seen and data.get("omfattning") == CONFIRMED):
            raise ValidationError("Bocka för minst en person.")
        return data

    def is_at_stake(self, name: str) -> bool:
        """Whether this enrolment is one that the form changes. The page shows others too."""
        return self.cleaned_data["omfattning"] == CONFIRMED or name in self.ticked

    def label_of(self, name: str) -> str:
        """The name of the person whose case it is."""
        row = self.search.everybody().filter(public_id=_key(name)).with_person().first()
        return row.participant.identity.full_name if row else "Ett ärende som du inte längre ser"

    def my_words(self) -> dict[str, str]:
        """Nothing. The choice is one for all cases, so a conflict only says what the other user changed."""
        return {}

    def _beside(self, name: str, mine: Mapping[str, str]) -> str:
        return in_words(self.fields["responsible"], self["responsible"].value())

    def _chosen(self) -> list[Enrolment]:
        keys = {_key(key) for key in self.ticked}
        found = list(self.search.everybody().filter(public_id__in=keys - {None}))
        if len(found) != len(keys):
            raise ValidationError("Någon av de valda finns inte i listan.")
        return found


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
