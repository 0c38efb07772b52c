"""Forms about placements: the place, the supervisor, and the days."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from accounts.models import User
from core.days.kinds import DayKind
from core.days.periods import Period
from core.forms.fields import DayField, TextField
from core.forms.token import TokenForm
from core.swedish.keys import clean
from participants.amending.forms import AmendForm
from participants.assignment.choices import Helper
from participants.assignment.people_forms import HelperField
from participants.models import PlacementPeriod
from participants.placement.actions import NAMELESS, NOBODY, PlacementRecord
from participants.placement.shared_facts import placement_facts


class PlacementForm(TokenForm):
    """The place, its supervisor, and the first day; the last one where it is known."""

    likeness = "en likadan placering"
    made_page = "placement_edit"

    adds_only = "a placement beside the others"

    place = TextField(
        label="Plats",
        max_length=120,
        says_who=False,
        help_text="Så att handledaren känner igen den, till exempel Byggeriet eller köket på Solgården.",
        widget=forms.TextInput(attrs={"list": "workplaces", "autocomplete": "off"}),
        error_messages={"required": "Skriv var placeringen är."},
    )
    guide = TextField(
        label="Handledare utan konto",
        required=False,
        max_length=80,
        says_who=True,
        help_text="Namnet på den som tar emot på platsen. Den läser inget i Samverkan.",
    )
    guide_phone = TextField(label="Telefon till handledaren utan konto", required=False, max_length=40, says_who=True)
    field_order = ("token", "seen", "place", "supervisor", "guide", "guide_phone", "first_day", "last_day", "why")

    def __init__(self, *args: Any, supervisors: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        helpers = [Helper(supervisor.own_organisation, supervisor) for supervisor in supervisors]
        # Nobody is chosen beforehand, not even the only one: who is chosen sees the participant on a page of their own.
        self.fields["supervisor"] = HelperField(helpers, label="Handledare med konto", with_party=True, required=False)
        if not helpers:
            del self.fields["supervisor"]
        self.fields["first_day"] = DayField(
            DayKind.PLACED_FROM, label="Från och med", error_messages={"required": "Fyll i den första dagen."}
        )
        self.fields["last_day"] = DayField(
            DayKind.PLACED_THROUGH, label="Till och med", required=False, help_text="Lämna tomt om det inte är bestämt."
        )
        self.order_fields(self.field_order)

    def clean_place(self) -> str:
        """In one spelling."""
        return clean(self.cleaned_data["place"])

    def clean_guide(self) -> str:
        """In one spelling."""
        return clean(self.cleaned_data["guide"])

    def clean(self) -> dict[str, Any]:
        """Somebody looks after the participant there, and a number is somebody's."""
        data = super().clean()
        if not self.errors and not data.get("supervisor") and not data["guide"]:
            self.add_error("supervisor" if "supervisor" in self.fields else "guide", NOBODY)
        if not self.errors and data["guide_phone"] and not data["guide"]:
            self.add_error("guide", NAMELESS)
        return data

    @property
    def record(self) -> PlacementRecord:
        """The answers as the action takes them. The form must be valid."""
        data: dict[str, Any] = self.cleaned_data
        last: date | None = data["last_day"]
        helper: Helper | None = data.get("supervisor")
        return PlacementRecord(
            data["place"],
            helper.user if helper else None,
            Period(data["first_day"], last),
            guide=data["guide"],
            guide_phone=data["guide_phone"],
        )


class PlacementEditForm(AmendForm, PlacementForm):
    """Changes a placement. It begins with the stored answers; the present supervisor can be chosen even if no longer
    eligible."""

    def __init__(self, *args: Any, fact: PlacementPeriod, supervisors: Sequence[User], **kwargs: Any) -> None:
        kept = [fact.supervisor] if fact.supervisor and fact.supervisor not in supervisors else []
        choice = [*supervisors, *kept]
        super().__init__(*args, shared=placement_facts(fact), supervisors=choice, **kwargs)
        self.fields["why"].label = "Varför ändrar du?"
        self.fields["why"].error_messages["required"] = "Skriv varför du ändrar."
