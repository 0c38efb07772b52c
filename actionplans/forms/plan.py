"""The plan's form: what it must hold, and its delmål as rows."""

from datetime import timedelta
from typing import Any

from django import forms

from actionplans.actions import MilestoneRecord, PlanRecord
from actionplans.enums import MilestoneState
from actionplans.models import MilestoneStatus, PlanRevision
from core.dates import today
from core.forms import BaseForm, DayField, TokenForm
from participants.models import Enrolment


class PlanForm(TokenForm):
    """The plan but for its delmål."""

    based_on = forms.IntegerField(widget=forms.HiddenInput())
    valid_on = DayField(
        label="Vilken dag gjordes planen?", error_messages={"required": "Skriv vilken dag planen gjordes."}
    )
    main_activity = forms.CharField(
        label="Huvudsaklig placering eller aktivitet", required=False, max_length=500
    )
    schedule = forms.CharField(
        label="Veckoschema",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Dagar och tider, till exempel måndag–torsdag 9–13.",
    )
    next_follow_up_on = DayField(label="Nästa uppföljning", required=False)

    def __init__(self, *args: Any, enrolment: Enrolment, revision: PlanRevision | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.enrolment, day = enrolment, today()
        self.fields["based_on"].initial = revision.number if revision else 0
        self.fields["valid_on"].initial = day
        proposed = day + timedelta(days=enrolment.project.first_follow_up_days)
        self.fields["next_follow_up_on"].initial = proposed
        if revision:
            self.fields["main_activity"].initial = revision.main_activity.text if revision.main_activity else ""
            self.fields["schedule"].initial = revision.schedule.text if revision.schedule else ""

    def clean(self) -> dict[str, Any]:
        """The days must come in order."""
        data = super().clean()
        made, follow_up = data.get("valid_on"), data.get("next_follow_up_on")
        if made and made > today():
            self.add_error("valid_on", "Planens dag kan inte ligga i framtiden.")
        if made and made < self.enrolment.enrolled_on:
            self.add_error("valid_on", "Planen kan inte vara gjord före inskrivningen.")
        if made and follow_up and follow_up <= made:
            self.add_error("next_follow_up_on", "Nästa uppföljning ska ligga efter planens dag.")
        return data


class MilestoneForm(BaseForm):
    """One delmål. An empty new row is no delmål."""

    public_id = forms.UUIDField(required=False, widget=forms.HiddenInput())
    text = forms.CharField(label="Delmål", required=False, max_length=300)
    due_on = DayField(label="Klart senast", required=False)
    state = forms.ChoiceField(
        label="Läge", choices=MilestoneState.choices, initial=MilestoneState.PLANNED, required=False
    )
    why = forms.CharField(label="Varför struket?", required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        """A delmål that was there can't be emptied, and a dropped one says why."""
        data = super().clean()
        text = data.get("text", "").strip()
        if not text and data.get("public_id"):
            self.add_error("text", "Ett delmål tas inte bort. Stryk det och skriv varför.")
        if text and data.get("state") == MilestoneState.DROPPED and not data.get("why", "").strip():
            self.add_error("why", "Skriv varför delmålet är struket.")
        return data

    def record(self) -> MilestoneRecord:
        """The row as the action wants it."""
        data = self.cleaned_data
        return MilestoneRecord(
            text=data["text"],
            due_on=data.get("due_on"),
            state=MilestoneState(data.get("state") or MilestoneState.PLANNED),
            why=data.get("why", ""),
            public_id=data.get("public_id"),
        )


MilestoneFormSet = forms.formset_factory(MilestoneForm, extra=0, max_num=40)


def milestone_initial(statuses: list[MilestoneStatus], *, empty: int) -> list[dict[str, Any]]:
    """The delmål as rows, and some empty ones to fill in."""
    rows: list[dict[str, Any]] = [
        {
            "public_id": one.milestone.public_id,
            "text": one.text.text,
            "due_on": one.due_on,
            "state": one.state,
            "why": one.why.text if one.why else "",
        }
        for one in statuses
    ]
    return rows + [{} for _ in range(empty)]


def plan_record(form: PlanForm, rows: forms.BaseFormSet) -> PlanRecord:
    """The whole form as the action wants it; ids that aren't the plan's own are new delmål."""
    data = form.cleaned_data
    return PlanRecord(
        valid_on=data["valid_on"],
        main_activity=data["main_activity"],
        schedule=data["schedule"],
        next_follow_up_on=data["next_follow_up_on"],
        milestones=[row.record() for row in rows if row.cleaned_data.get("text", "").strip()],
    )
