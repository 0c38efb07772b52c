"""Forms about placements: the place, the supervisor, and the days."""

from collections.abc import Sequence
from datetime import date
from typing import Any

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
from participants.placement.actions import PlacementRecord
from participants.placement.shared_facts import placement_facts


class PlacementForm(TokenForm):
    """The place, its supervisor, and the first day; the last one where it is known."""

    likeness = "en likadan placering"
    made_page = "placement_edit"

    adds_only = "a placement beside the others"

    place = TextField(
        label="Plats",
        max_length=120,
        help_text="Så att handledaren känner igen den, till exempel Byggeriet eller köket på Solgården.",
        error_messages={"required": "Skriv var placeringen är."},
    )
    field_order = ("token", "seen", "place", "supervisor", "first_day", "last_day")

    def __init__(self, *args: Any, supervisors: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        helpers = [Helper(supervisor.own_organisation, supervisor) for supervisor in supervisors]
        only = helpers[0].key if len(helpers) == 1 else None
        self.fields["supervisor"] = HelperField(helpers, label="Handledare", with_party=True, initial=only)
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

    @property
    def record(self) -> PlacementRecord:
        """The answers as the action takes them. The form must be valid."""
        data: dict[str, Any] = self.cleaned_data
        last: date | None = data["last_day"]
        return PlacementRecord(data["place"], data["supervisor"].user, Period(data["first_day"], last))


class PlacementEditForm(AmendForm, PlacementForm):
    """Changes a placement. It begins with the stored answers; the present supervisor can be chosen even if no longer
    eligible."""

    def __init__(self, *args: Any, fact: PlacementPeriod, supervisors: Sequence[User], **kwargs: Any) -> None:
        choice = [*supervisors, *([] if fact.supervisor in supervisors else [fact.supervisor])]
        super().__init__(*args, shared=placement_facts(fact), supervisors=choice, **kwargs)
        self.fields["why"].label = "Varför ändrar du?"
        self.fields["why"].error_messages["required"] = "Skriv varför du ändrar."
