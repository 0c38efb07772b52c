"""Forms that know the version that they began from, and can be compared with a newer one."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from core.days.kinds import DayKind
from core.forms.concurrency import Conflict, Difference, in_words
from core.forms.fields import DayField
from core.forms.saver import Saver
from core.forms.token import TokenForm
from core.swedish.words import NOTHING
from projects.enums import When
from projects.ladder.versions import since

TOO_OLD = {"required": "Sidan är för gammal. Öppna den igen.", "invalid": "Sidan är för gammal. Öppna den igen."}


class ComparedForm(TokenForm):
    """A form of a version, which is saved on top of another: its action compares the version that the page showed.

    It is no core.forms.concurrency.SharedForm, which compares answer by answer and takes over what only the other one
    changed: a version is decided as a whole, so that the second person sees every difference and nothing is filled in.
    """

    # Answers about the saving itself, which say nothing about the project.
    beside_the_matter: ClassVar[frozenset[str]] = frozenset()

    def typed(self) -> dict[str, Any]:
        """The answers typed so far, by field, right or wrong: initial values for the form drawn anew."""
        return {name: self[name].data for name in self.fields}

    def said(self) -> dict[str, str]:
        """Each answer in words by its label, in the order of the page; labels are unique on a form."""
        return {
            str(field.label): in_words(field, self[name].value())
            for name, field in self.fields.items()
            if name not in self.beside_the_matter and not field.widget.is_hidden
        }

    def lay_beside(self, stored: "ComparedForm", saved_by: Saver | str = "") -> None:
        """Have the page show what differs from what somebody else has saved; `saved_by` says who and when."""
        self.conflict = Conflict(saved_by, differences(self, stored))


def differences(mine: ComparedForm, theirs: ComparedForm) -> list[Difference]:
    """The differences between two forms, in the order of the page."""
    my_words, their_words = mine.said(), theirs.said()
    labels = dict.fromkeys([*their_words, *my_words])
    rows = [Difference(label, their_words.get(label, NOTHING), my_words.get(label, NOTHING)) for label in labels]
    return [row for row in rows if row.theirs != row.mine]


class VersionForm(ComparedForm):
    """A form whose answers become a new version: a correction of one, or a change from a day.

    `days` are those on which the project's present versions begin.
    """

    writes_alone = True
    beside_the_matter = frozenset({"when", "from_on"})

    seen = forms.UUIDField(widget=forms.HiddenInput(), error_messages=TOO_OLD)
    base = forms.DateField(widget=forms.HiddenInput(), error_messages=TOO_OLD)
    when = forms.ChoiceField(
        label="Rättar du ett fel, eller har ni bestämt något nytt?",
        choices=When.choices,
        initial=When.CORRECT,
        widget=forms.RadioSelect(),
        error_messages={"required": "Välj om du rättar eller ändrar."},
    )
    from_on = DayField(DayKind.PROJECT, label="Dag som ändringen gäller från", required=False)

    def __init__(self, *args: Any, days: Iterable[date] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = frozenset(days)

    def ask_last(self) -> None:
        """Move the question from which day it holds to the end of the form."""
        for name in ("when", "from_on"):
            self.fields[name] = self.fields.pop(name)

    def clean(self) -> dict[str, Any]:
        """A day is demanded where the choice calls for one, and must be free."""
        super().clean()
        if "from_on" in self.cleaned_data and (fault := self._day_fault(self.cleaned_data)):
            self.add_error("from_on", fault)
        return self.cleaned_data

    @property
    def valid_from(self) -> date:
        """The day from which the answers hold."""
        data = self.cleaned_data
        return data["base"] if data["when"] == When.CORRECT else data["from_on"]

    @property
    def answers(self) -> dict[str, Any]:
        """The arguments of the action that decides the version: its day and the newest version that the page saw; each
        kind of form adds what the version says."""
        return {"valid_from": self.valid_from, "seen": self.cleaned_data["seen"]}

    def _day_fault(self, data: Mapping[str, Any]) -> str:
        day, base, when = data["from_on"], data.get("base"), data.get("when")
        if when == When.CORRECT:
            return "Du har skrivit en dag men valt Rätta. Välj Ändra från och med, eller töm dagen." if day else ""
        if day is None:
            return "Skriv dagen som ändringen gäller från."
        if base and day <= base:
            return f"Det du ändrar gäller {since(base)}. Välj en senare dag."
        return f"Det finns redan något som gäller {since(day)}. Öppna det och rätta där." if day in self.days else ""
