"""Writing a sheet for a workplace with the participant, and correcting it."""

from datetime import date
from typing import Any, Final

from django import forms

from actionplans.models import WorkplaceSheet
from actionplans.workplace_sheets.actions import SheetRecord
from core.forms.concurrency import SharedForm
from core.forms.fields import TextField
from core.swedish.keys import clean
from participants.amending.forms import AmendForm
from participants.fields import PastDayField

LONGEST_WORDS: Final = 800


class SheetForm(SharedForm):
    """Asks for which workplace, and what the participant lets it know. Nothing is told that isn't asked for here."""

    likeness = "ett likadant blad"
    made_page = "workplace_sheet_edit"
    field_order = (
        *("token", "seen", "place", "times", "tells_contact", "tells_phone", "words", "on", "agreed", "why"),
    )

    place = TextField(
        label="Arbetsplats",
        max_length=120,
        says_who=False,
        error_messages={"required": "Skriv vilken arbetsplats bladet är till."},
    )
    times = TextField(
        label="Tider på arbetsplatsen",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="En rad för varje dag. Ta bort det som deltagaren gör på andra ställen.",
    )
    tells_contact = forms.BooleanField(
        label="Vem arbetsplatsen kan ringa: ansvarig handläggares namn och telefon", required=False
    )
    tells_phone = forms.BooleanField(label="Deltagarens telefonnummer", required=False)
    words = TextField(
        label="Bra att veta",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Med deltagarens ord, och bara det som behövs för att det ska fungera på platsen. Inga diagnoser.",
    )
    agreed = forms.BooleanField(
        label="Deltagaren har läst det som ska stå på bladet och säger ja",
        error_messages={"required": "Läs igenom bladet med deltagaren. Utan ett ja blir det inget blad."},
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        """on: today."""
        super().__init__(*args, **kwargs)
        self.fields["on"] = PastDayField(on=on, label="Vilken dag sa deltagaren ja?", missing="Fyll i dagen.")
        self.order_fields(self.field_order)

    def clean_place(self) -> str:
        """In one spelling."""
        return clean(self.cleaned_data["place"])

    @property
    def record(self) -> SheetRecord:
        """The answers as the actions take them. The form must be valid."""
        said = self.cleaned_data
        return SheetRecord(
            place=said["place"],
            times=said["times"],
            words=said["words"],
            tells_phone=said["tells_phone"],
            tells_contact=said["tells_contact"],
            on=said["on"],
        )


class SheetEditForm(AmendForm, SheetForm):
    """Corrects a sheet; it begins with what is stored, but for the yes: that is asked for anew."""


def answers(sheet: WorkplaceSheet) -> dict[str, Any]:
    """A sheet as its form asks for it."""
    return {
        "place": sheet.place.text,
        "times": str(sheet.times or ""),
        "words": str(sheet.words or ""),
        "tells_phone": sheet.tells_phone,
        "tells_contact": sheet.tells_contact,
        "on": sheet.concerns_on,
    }
