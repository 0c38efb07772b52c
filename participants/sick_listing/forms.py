"""Noting a sick-listing, and correcting it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from core.days.kinds import DayKind
from core.days.periods import BACKWARDS, Period
from core.forms.concurrency import SharedForm
from core.forms.fields import DayField
from participants.amending.forms import REPLACES, AmendForm, ask_to_replace
from participants.fields import PastDayField
from participants.models import SickListing
from participants.sick_listing.actions import SickListingRecord
from participants.sick_listing.pieces import replaced_by
from participants.sick_listing.shared_facts import sick_listings_in_words

PERCENT = (("100", "100 % (heltid)"), ("75", "75 %"), ("50", "50 %"), ("25", "25 %"), ("0", "Inte sjukskriven"))


class SickListingForm(SharedForm):
    """Asks for the extent of a sick-listing, its first day, and its last day if that is known."""

    likeness = "en likadan uppgift om sjukskrivning"
    made_page = "sick_listing_edit"

    percent = forms.ChoiceField(
        label="Hur mycket?",
        choices=PERCENT,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj hur mycket personen är sjukskriven."},
    )
    field_order = ("token", "seen", REPLACES, "percent", "from_day", "last_day")

    def __init__(self, *args: Any, on: date, standing: Sequence[SickListing] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        self.fields["from_day"] = PastDayField(on=on, label="Från och med", missing="Fyll i första dagen.")
        self.fields["last_day"] = DayField(
            DayKind.SICK_THROUGH, label="Till och med", required=False, help_text="Lämna tomt om det inte är bestämt."
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """The last day isn't before the first; that others lose days is asked about."""
        data = super().clean()
        first, last = data.get("from_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", BACKWARDS)
        elif first and "last_day" not in self.errors:
            self._ask(replaced_by(Period(first, last), self.standing))
        return data

    def _ask(self, replaced: Sequence[SickListing]) -> None:
        """Ask before days of these are replaced."""
        if not replaced:
            return
        said = sick_listings_in_words(replaced)
        ask_to_replace(
            self,
            f"De dagarna går in i {said}. Ska det du skriver nu gälla i stället?",
            "Ja, för de dagar som jag skriver",
            "Det finns redan en sjukskrivning då. Svara ja, eller ändra dagarna.",
        )
        self.order_fields(self.field_order)

    def clean_percent(self) -> int:
        """The share as a number."""
        return int(self.cleaned_data["percent"])

    @property
    def record(self) -> SickListingRecord:
        """The answers as the action takes them. The form must be valid."""
        data = self.cleaned_data
        return SickListingRecord(percent=data["percent"], from_day=data["from_day"], last_day=data["last_day"])


class SickListingEditForm(AmendForm, SickListingForm):
    """Corrects a sick-listing; it begins with what is stored."""
