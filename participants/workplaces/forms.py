"""A line of the register of workplaces."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from core.forms.concurrency import Shared, SharedForm
from core.forms.fields import PlainSelect, TextField
from core.forms.numbers import NumberField
from core.forms.token import TokenForm
from core.swedish.keys import clean
from participants.workplaces.actions import WorkplaceLine
from projects.enums import WorkplaceKind
from projects.models import Listed, Workplace
from projects.models.workplace import MOST_PLACES

_NUMBER: Final = f"Skriv ett antal mellan 1 och {MOST_PLACES}."


class WorkplaceForm(TokenForm):
    """Its name, whose it is, the unit that has to do with it, how many it takes, and whether it takes anybody now."""

    likeness = "en likadan arbetsplats"
    adds_only = "a line of the register"

    name = TextField(
        label="Arbetsplats",
        max_length=120,
        says_who=False,
        help_text="Så att ni känner igen den. Skriv inga deltagares namn.",
        error_messages={"required": "Skriv arbetsplatsens namn."},
    )
    kind = forms.ChoiceField(
        label="Slag",
        choices=[("", "Välj"), *WorkplaceKind.choices],
        widget=PlainSelect,
        error_messages={"required": "Välj slag."},
    )
    places = NumberField(
        label="Antal platser",
        required=False,
        min_value=1,
        max_value=MOST_PLACES,
        help_text="Hur många den tar emot på en gång. Lämna tomt om ni inte vet.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _NUMBER),
    )
    takes_in = forms.BooleanField(
        label="Tar emot nu", required=False, help_text="Föreslås när en placering skrivs in.", initial=True
    )

    field_order = ("token", "seen", "name", "kind", "unit", "places", "takes_in", "removes")

    def __init__(self, *args: Any, units: Sequence[Listed], **kwargs: Any) -> None:
        """units: the lines of the project's list that can be chosen."""
        super().__init__(*args, **kwargs)
        self._units = {str(unit.public_id): unit for unit in units}
        if units:
            choices = [("", "Ingen"), *((key, str(unit)) for key, unit in self._units.items())]
            self.fields["unit"] = forms.ChoiceField(label="Enhet", required=False, widget=PlainSelect, choices=choices)
            self.order_fields(self.field_order)

    def clean_name(self) -> str:
        """In one spelling."""
        return clean(self.cleaned_data["name"])

    @property
    def line(self) -> WorkplaceLine:
        """The answers as the action takes them. The form must be valid."""
        data = self.cleaned_data
        return WorkplaceLine(
            name=data["name"],
            kind=WorkplaceKind(data["kind"]),
            unit=self._units.get(data.get("unit", "")),
            places=data["places"],
            takes_in=data["takes_in"],
        )


class WorkplaceEditForm(SharedForm, WorkplaceForm):
    """Changes a workplace, or takes it out of the register; it begins with what is stored."""

    removes = forms.BooleanField(
        label="Ta bort ur registret", required=False, help_text="Placeringar som finns behåller sina ord."
    )

    @property
    def is_removing(self) -> bool:
        """Whether the line is to be taken away. The form must be valid."""
        return bool(self.cleaned_data["removes"])


def workplace_facts(workplace: Workplace) -> Shared:
    """A workplace, which another may be changing too."""
    rows = Workplace.objects.filter(pk=workplace.pk)

    def read() -> Mapping[str, Any]:
        row = rows.select_related("unit").get()
        return {
            "name": row.name,
            "kind": row.kind,
            "unit": str(row.unit.public_id) if row.unit else "",
            "places": row.places,
            "takes_in": row.takes_in,
        }

    return Shared([rows], read)
