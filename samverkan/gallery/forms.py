"""Forms of the gallery."""

from copy import deepcopy
from datetime import date
from typing import Any

from django import forms

from actionplans.meetings.forms import MeetingForm
from actionplans.steps.forms import criterion_fields
from core.days.kinds import DayKind
from core.forms.fields import DayField, TextField
from projects.enums import StepRule
from projects.models import Step, StepCriterion


class SampleForm(forms.Form):
    """One answer of each kind."""

    kind = forms.ChoiceField(
        label="Vad var det för möte?",
        choices=[("follow_up", "Uppföljning"), ("multi", "Trepartssamtal"), ("phone", "Telefon")],
        widget=forms.RadioSelect,
    )
    present = forms.MultipleChoiceField(
        label="Vilka var med?",
        choices=[("p", "Deltagaren"), ("af", "Arbetsförmedlingen"), ("soc", "Socialtjänsten")],
        widget=forms.CheckboxSelectMultiple,
    )
    held_on = DayField(DayKind.HAPPENED, label="Dag")
    summary = TextField(
        label="Kort sammanfattning", help_text="Två–tre meningar räcker.", widget=forms.Textarea(attrs={"rows": 4})
    )
    unit = forms.ChoiceField(label="Verksamhet", choices=[("a", "Återbruket"), ("b", "Byggeriet")], required=False)
    name = TextField(label="Namn", required=False)
    file = forms.FileField(label="Register", required=False, help_text="Excel eller LibreOffice, högst 10 MB.")
    agrees = forms.BooleanField(label="Deltagaren har bekräftat samtycket i dag", required=False)


class CriterionForm(forms.Form):
    """Two criteria of a step."""

    _answers = (("met", "Ja"), ("not_met", "Nej"), ("na", "Gäller inte"))
    plan = forms.ChoiceField(label="Aktiv i uppföljningen av planen", choices=_answers, widget=forms.RadioSelect)
    does = forms.ChoiceField(
        label="Tar ansvar för att aktiviteter utförs", choices=_answers, widget=forms.RadioSelect, initial="met"
    )


class SampleMeeting(forms.Form):
    """The questions of the meeting page, put to nobody."""

    meeting_day = date(2026, 11, 22)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(deepcopy(MeetingForm.base_fields))
        self._choose("users", ("ek", "M. Ek"), ("lund", "J. Lund"))
        self._choose("organisations", ("af", "Arbetsförmedlingen"), ("fk", "Försäkringskassan"))
        self._choose("step", ("", "Nej, inte i dag"), *((str(step.number), str(step)) for step in _JUDGED))
        self._choose("readers", ("consented", "Också Arbetsförmedlingen, enligt samtycket"), ("own", "Bara Provköping"))
        for criteria in _JUDGED.values():
            for criterion in criteria:
                self.fields.update(criterion_fields(criterion, is_sick=bool))

    def _choose(self, name: str, *choices: tuple[str, str]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def step_sections(self) -> list[dict[str, Any]]:
        """Each step with its criteria as bound fields."""
        return [
            {
                "step": step,
                "criteria": [
                    {"field": self[f"criterion_{criterion.pk}"], "why": self[f"why_{criterion.pk}"], "supervisor": None}
                    for criterion in criteria
                ],
            }
            for step, criteria in _JUDGED.items()
        ]


def _step(number: int, name: str, meaning: str, *criteria: str) -> tuple[Step, list[StepCriterion]]:
    step = Step(pk=number, number=number, name=name, meaning=meaning, rule=StepRule.AT_LEAST)
    return step, [StepCriterion(pk=10 * number + place, text=text) for place, text in enumerate(criteria)]


_JUDGED = dict(
    (
        _step(
            2, "Tar ansvar", "Följer upp planen mer själv.",
            "Aktiv i uppföljningen av planen", "Ser till att aktiviteterna blir gjorda",
        ),
        _step(3, "Prövar arbetsliv", "Prövar på en arbetsplats.", "Praktik på en arbetsplats", "Kortare kurs"),
    )
)  # fmt: skip
