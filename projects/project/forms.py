"""A project's own particulars."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from accounts.models import Organisation
from core.days.kinds import DayKind
from core.forms.fields import DayField, TextField
from core.forms.numbers import NumberField
from projects.actions import COUNTED_BY, SETTLED
from projects.enums import ExitReason
from projects.ladder.version_form import TOO_OLD, ComparedForm
from projects.models import Project, ProjectOrganisation
from projects.models.project import ENDS_FIRST

DEADLINES: Mapping[str, str] = {
    "first_meeting_days": "Första personliga mötet, från ansökan eller anvisning",
    "assessment_days": "Kartläggning, från ansökan och från inskrivning",
    "plan_days": "Handlingsplan, från ansökan och från inskrivning",
    "placement_days": "Första placeringen, arbetsdagar från inskrivning",
    "first_follow_up_days": "Första uppföljning, från planen",
    "follow_up_min_days": "Nästa uppföljning, tidigast",
    "follow_up_max_days": "Nästa uppföljning, senast",
}
MAX_DAYS = 365


def _days(label: str, **kwargs: Any) -> NumberField:
    limits = f"Skriv antalet dagar, mellan 1 och {MAX_DAYS}."
    faults = dict.fromkeys(("required", "invalid", "min_value", "max_value"), limits)
    return NumberField(label=label, min_value=1, max_value=MAX_DAYS, error_messages=faults, **kwargs)


class ProjectForm(ComparedForm):
    """Name, period, deadlines, parties and what lies beyond the project's power."""

    writes_alone = True  # what is late is worked out anew where the days are changed
    columns: ClassVar[tuple[str, ...]] = (
        "name",
        "register_number",
        "association",
        "funder",
        "purpose",
        "starts_on",
        "ends_on",
        *DEADLINES,
        "beyond_control",
    )

    version = NumberField(widget=forms.HiddenInput(), error_messages=TOO_OLD)
    name = TextField(label="Namn", max_length=120, error_messages={"required": "Skriv projektets namn."})
    register_number = TextField(
        label="Diarienummer", max_length=40, error_messages={"required": "Skriv projektets diarienummer."}
    )
    association = TextField(label="Samordningsförbund", max_length=120, required=False)
    funder = TextField(label="Finansiär", max_length=120, required=False)
    purpose = TextField(label="Syfte", max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    starts_on = DayField(DayKind.PROJECT, label="Startar", required=False)
    ends_on = DayField(DayKind.PROJECT, label="Slutar", required=False)
    parties = forms.MultipleChoiceField(
        label="Parter",
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text="Värdorganisationen är alltid med.",
    )
    first_meeting_days = _days(DEADLINES["first_meeting_days"])
    assessment_days = _days(DEADLINES["assessment_days"])
    plan_days = _days(DEADLINES["plan_days"])
    placement_days = _days(
        DEADLINES["placement_days"],
        required=False,
        help_text="Lämna tomt om projektet inte har någon tidsgräns för placering.",
    )
    first_follow_up_days = _days(DEADLINES["first_follow_up_days"])
    follow_up_min_days = _days(DEADLINES["follow_up_min_days"])
    follow_up_max_days = _days(DEADLINES["follow_up_max_days"])
    beyond_control = forms.MultipleChoiceField(
        label="Avslut som projektet inte kan påverka",
        choices=ExitReason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text=(
            "Resultatet räknar alltid med alla. Bredvid står en justerad andel, där de är borttagna som slutade "
            "före sin dag av något av skälen här. Bestäm skälen innan den första rapporten antas: därefter "
            "ligger de fast."
        ),
    )

    def __init__(
        self, *args: Any, organisations: Iterable[Organisation], settled: Project | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(party.public_id): party for party in organisations}
        parties = cast(forms.MultipleChoiceField, self.fields["parties"])
        parties.choices = [(key, party.name) for key, party in self.organisations.items()]
        if not self.organisations:
            parties.help_text = "Inga andra organisationer är upplagda än."
        self.settled = {name: getattr(settled, name) for name in COUNTED_BY} if settled else {}
        for name, value in self.settled.items():
            self.initial[name], self.fields[name].disabled = value, True
            self.fields[name].help_text = SETTLED

    def clean(self) -> dict[str, Any]:
        """Periods run forwards. What is settled is not asked for, and another answer to it is refused."""
        super().clean()
        data = self.cleaned_data
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", ENDS_FIRST)
        earliest, latest = data.get("follow_up_min_days"), data.get("follow_up_max_days")
        if earliest and latest and latest < earliest:
            self.add_error("follow_up_max_days", "Senast kan inte vara före tidigast.")
        for name, value in self.settled.items():
            sent = cast(QueryDict, self.data).getlist(name)
            kept = value if isinstance(value, list) else [value]
            if sent and sorted(map(str, sent)) != sorted(map(str, kept)):
                self.add_error(name, SETTLED)
        return data

    @property
    def particulars(self) -> dict[str, Any]:
        """The project's own columns."""
        return {name: self.cleaned_data[name] for name in self.columns}

    @property
    def chosen_parties(self) -> list[Organisation]:
        """The organisations that were ticked."""
        return [self.organisations[key] for key in self.cleaned_data["parties"]]

    def deadline_fields(self) -> list[BoundField]:
        """The deadlines, for the page."""
        return [self[name] for name in DEADLINES]

    @classmethod
    def initial_of(cls, project: Project, parties: Iterable[ProjectOrganisation]) -> dict[str, Any]:
        """The answers that a stored project stands for."""
        chosen: list[UUID] = [party.organisation.public_id for party in parties]
        columns = {name: getattr(project, name) for name in cls.columns}
        return {**columns, "version": project.version, "parties": [str(key) for key in chosen]}
