"""Noting an activity, ending it, and correcting it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import Organisation
from actionplans.activities.actions import ActivityRecord, attendance_fault, ending_fault
from actionplans.enums import Attendance
from actionplans.models import CaseActivity
from core.days.kinds import DayKind
from core.days.periods import BACKWARDS, Period
from core.forms.concurrency import SharedForm
from core.forms.fields import ChoiceWhenAsked, DayField, PlainSelect, TextField
from core.forms.token import TokenForm
from core.swedish.keys import clean
from participants.amending.forms import AmendForm
from projects.enums import ListKind
from projects.models import Listed


class ActivityFields(TokenForm):
    """Asks what is done, when, and which organisation helps."""

    adds_only = "activities of those who are ticked"

    rhythm = TextField(
        label="När är det?",
        required=False,
        max_length=80,
        says_who=False,
        help_text="Till exempel tisdagar 10–11. Lämna tomt om dagarna säger det.",
    )
    note = TextField(
        label="Mer om aktiviteten",
        required=False,
        max_length=200,
        says_who=False,
        help_text="En rad, till exempel var det är. Läses av alla som får läsa aktiviteten. Skriv inget om hälsan här.",
    )
    field_order: tuple[str, ...] = (
        "token",
        "seen",
        "kind",
        "first_day",
        "last_day",
        "rhythm",
        "helper",
        "attendance",
        "note",
        "why",
    )

    def __init__(self, *args: Any, offered: Sequence[Listed], helpers: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(line.public_id): line for line in offered}
        self.helpers = {str(party.public_id): party for party in helpers}
        self.fields["kind"] = forms.ChoiceField(
            label="Vad är det för aktivitet?",
            choices=[("", "Välj"), *((key, _label(line)) for key, line in self.offered.items())],
            widget=PlainSelect,
            error_messages={"required": "Välj aktivitet."},
        )
        self.fields["first_day"] = DayField(
            DayKind.PLACED_FROM,
            label="Från och med",
            help_text="Kan ligga framåt.",
            error_messages={"required": "Fyll i första dagen."},
        )
        self.fields["last_day"] = DayField(
            DayKind.PLACED_THROUGH,
            label="Till och med",
            required=False,
            help_text="Är det en enda dag, skriv samma dag. Lämna tomt om det inte är bestämt.",
        )
        self.fields["helper"] = forms.ChoiceField(
            label="Vilken organisation hjälper till?",
            required=False,
            choices=[("", "Ingen"), *((key, party.name) for key, party in self.helpers.items())],
            widget=PlainSelect,
            help_text="Den läser inget mer av ärendet för det.",
        )
        self.order_fields(self.field_order)

    def clean_rhythm(self) -> str:
        """In one spelling."""
        return clean(self.cleaned_data["rhythm"])

    def clean_note(self) -> str:
        """In one spelling."""
        return clean(self.cleaned_data["note"])

    def clean_kind(self) -> Listed:
        """The chosen line."""
        return self.offered[self.cleaned_data["kind"]]

    def clean_helper(self) -> Organisation | None:
        """The chosen organisation."""
        return self.helpers.get(self.cleaned_data["helper"])

    def clean(self) -> dict[str, Any]:
        """The last day isn't before the first."""
        data = super().clean()
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", BACKWARDS)
        return data

    @property
    def record(self) -> ActivityRecord:
        """The answers as the action takes them. The form must be valid."""
        data = self.cleaned_data
        return ActivityRecord(
            kind=data["kind"],
            rhythm=data["rhythm"],
            helper=data["helper"],
            note=data["note"],
            period=Period(data["first_day"], data["last_day"]),
            attendance=data.get("attendance", ""),
        )


class ActivityForm(SharedForm, ActivityFields):
    """Asks about an activity of one participant, and of a group's whether the participant came."""

    likeness = "en likadan aktivitet"
    made_page = "activity_edit"

    attendance = ChoiceWhenAsked(
        label="Kom deltagaren?",
        choices=Attendance.choices,
        widget=forms.RadioSelect,
        help_text="Svara bara för en gruppaktivitet. Svaret visas när ett steg bedöms och avgör ingenting.",
    )

    def clean(self) -> dict[str, Any]:
        """Whether somebody came is said of what a group does, and of nothing else."""
        data = super().clean()
        kind, first = data.get("kind"), data.get("first_day")
        if kind and first and (fault := attendance_fault(kind, data.get("attendance", ""), first)):
            self.add_error("attendance", fault)
        return data


def _label(line: Listed) -> str:
    """The name, and that a group does it where the name itself doesn't say so."""
    says_so = line.kind != ListKind.GROUP_ACTIVITY or "grupp" in line.name.casefold()
    return line.name if says_so else f"{line.name} (grupp)"


class ActivityEditForm(AmendForm, ActivityForm):
    """Corrects an activity; it begins with what is stored."""


class ActivityEndForm(SharedForm):
    """Asks for the last day of an activity."""

    opens_with_stored = False

    last_day = DayField(
        DayKind.PLACED_THROUGH, label="Vilken är sista dagen?", error_messages={"required": "Fyll i sista dagen."}
    )

    def __init__(self, *args: Any, activity: CaseActivity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity

    def clean(self) -> dict[str, Any]:
        """The day is possible, and another than the one it has."""
        data = super().clean()
        last = data.get("last_day")
        if last and (fault := ending_fault(self.activity.enrolment, self.activity, last)):
            self.add_error("last_day", fault)
        return data
