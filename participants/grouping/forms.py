"""Noting which of the project's groups an enrolment belongs to, and correcting it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms

from core.forms.concurrency import SharedForm
from core.forms.fields import RowsField
from core.forms.saving import add_missing
from participants.amending.forms import AmendForm
from participants.fields import PastDayField
from participants.grouping.actions import FIELDS, NOTHING, GroupingRecord, grouping_faults
from participants.grouping.page import Offered
from participants.grouping.words import TERMS
from participants.models import CaseGrouping, Enrolment
from projects.enums import ListKind
from projects.models import Listed

_HELP: Final = {
    ListKind.TARGET_GROUP: "Kryssa i alla som stämmer.",
    ListKind.METHOD: "De arbetssätt som används med deltagaren.",
    ListKind.OBSTACLE: "Det som hindrar deltagaren från att försörja sig. Kryssa i alla som stämmer.",
}


class GroupingForm(SharedForm):
    """Asks which lines of the project's lists hold from a day. Only lists that have a line are asked about."""

    def __init__(
        self,
        *args: Any,
        enrolment: Enrolment,
        offered: Offered,
        on: date,
        fact: CaseGrouping | None = None,
        may_be_empty: bool = False,
        **kwargs: Any,
    ) -> None:
        """on: today.  fact: the version that is corrected.  may_be_empty: whether something has held before, so that
        nothing may hold any more."""
        super().__init__(*args, **kwargs)
        self.enrolment, self.fact, self.may_be_empty = enrolment, fact, may_be_empty
        self.offered = offered
        for kind, lines in offered.items():
            self.fields[FIELDS[ListKind(kind)]] = _field(ListKind(kind), lines)
        self.fields["on"] = PastDayField(
            on=on,
            label="Från vilken dag gäller det?",
            missing="Fyll i dagen.",
            help_text="Det som stod förut gäller fram till den dagen.",
        )

    def clean(self) -> dict[str, Any]:
        """Something is chosen, unless something has held before. Where there is a fault, those that the action would
        find stand beside it: nobody is told of one at a time."""
        data = super().clean()
        asked = [FIELDS[ListKind(kind)] for kind in self.offered]
        if not any(data.get(name) for name in asked) and not self.may_be_empty and not self.errors.keys() & {*asked}:
            self.add_error(asked[0] if asked else None, NOTHING)
        if self.errors and data.get("on"):
            add_missing(self, grouping_faults(self.enrolment, self._record(data), self.fact))
        return data

    @property
    def record(self) -> GroupingRecord:
        """The answers as the actions take them. The form must be valid."""
        return self._record(self.cleaned_data)

    def _record(self, data: dict[str, Any]) -> GroupingRecord:
        units = {str(line.public_id): line for line in self.offered.get(ListKind.UNIT, ())}
        several = {name: data.get(name) or [] for kind, name in FIELDS.items() if kind != ListKind.UNIT}
        return GroupingRecord(on=data["on"], unit=units.get(data.get("unit") or ""), **several)


class GroupingEditForm(AmendForm, GroupingForm):
    """Corrects what is said; it begins with what is stored."""


def _field(kind: ListKind, lines: Sequence[Listed]) -> forms.Field:
    if kind == ListKind.UNIT:
        return forms.ChoiceField(
            label=TERMS[kind],
            required=False,
            choices=[("", "Ingen vald"), *((str(line.public_id), line.name) for line in lines)],
            widget=forms.RadioSelect,
            help_text="En i taget. Byter deltagaren enhet skriver du in den nya från dagen för bytet.",
        )
    field = RowsField(label=TERMS[kind], required=False, help_text=_HELP[kind])
    field.offer(lines, lines)
    return field
