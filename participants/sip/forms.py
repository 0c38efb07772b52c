"""Noting that there is a SIP, and correcting what is said of it."""

from datetime import date
from typing import Any

from django import forms

from core.forms.concurrency import SharedForm
from core.forms.fields import TextField
from participants.amending.forms import AmendForm
from participants.enums import PlanHolder
from participants.fields import PastDayField
from participants.models import CoordinatedPlan
from participants.sip.actions import SipRecord


class SipForm(SharedForm):
    """Asks from which day the plan is, who holds it and whom to ask: no question for what stands in it."""

    likeness = "en likadan SIP"
    made_page = "sip_edit"

    holder = forms.ChoiceField(
        label="Vem är planansvarig?",
        choices=PlanHolder.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vem som är planansvarig."},
    )
    contact = TextField(
        label="Vem kan man fråga om planen?",
        required=False,
        max_length=120,
        says_who=True,
        help_text="Namn och arbetsplats eller telefon till den som håller i planen. Lämna tomt om du inte vet.",
    )
    field_order = ("token", "seen", "holder", "on", "contact", "why")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        """on: today."""
        super().__init__(*args, **kwargs)
        self.fields["on"] = PastDayField(on=on, label="Från vilken dag är planen?", missing="Fyll i dagen.")
        self.order_fields(self.field_order)

    @property
    def record(self) -> SipRecord:
        """The answers as the actions take them. The form must be valid."""
        said = self.cleaned_data
        return SipRecord(holder=PlanHolder(said["holder"]), contact=said["contact"], on=said["on"])


class SipEditForm(AmendForm, SipForm):
    """Corrects what is said of a plan; it begins with what is stored."""


def answers(plan: CoordinatedPlan) -> dict[str, Any]:
    """A plan as its form asks for it."""
    contact = plan.contact.text if plan.contact else ""
    return {"holder": plan.holder, "contact": contact, "on": plan.concerns_on}
