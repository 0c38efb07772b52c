"""The meeting page's form: the note and, where made, one step's assessment, saved together."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import Organisation, User
from actionplans.actions import MeetingRecord
from actionplans.actions.steps import holds_step
from actionplans.enums import CriterionOutcome, MeetingKind, Outcome
from actionplans.judgement import Answer, StepJudgement, propose, rule_in_words
from core.dates import today, workday
from core.forms import DayField, TokenForm
from core.templatetags.swedish import weekday
from participants.models import Enrolment, SickListing
from projects.actions import ladder_on
from projects.enums import Role
from projects.models import Step, StepCriterion

AS_PROPOSED = "as_proposed"
OTHER_DAY = "other"
# Who can have been at a meeting about a person; a projektledare sees no persons.
_AT_MEETINGS = (Role.CASE_WORKER, Role.COORDINATOR)
FULL_TIME_SICK = "Sjukskriven på heltid"


class StepSelect(forms.RadioSelect):
    """Marks the steps about self-support, so that the page can ask about other support for them alone."""

    self_support: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.self_support:
            option["attrs"]["data-self-support"] = True
        return option


class MeetingForm(TokenForm):
    """Who, what was said, the step, the next time: in the order people talk."""

    kind = forms.ChoiceField(
        label="Vad var det för möte?",
        choices=MeetingKind.choices,
        widget=forms.RadioSelect,
        initial=MeetingKind.FOLLOW_UP,
        error_messages={"required": "Välj vad det var för möte."},
    )
    held_on = DayField(label="Vilken dag?", error_messages={"required": "Skriv vilken dag mötet var."})
    participant_present = forms.BooleanField(label="Deltagaren", required=False, initial=True)
    users = forms.ModelMultipleChoiceField(
        label="Från oss", queryset=User.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    organisations = forms.ModelMultipleChoiceField(
        label="Från andra", queryset=Organisation.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label="Någon mer", required=False, max_length=300, help_text="Namn eller roll, skilj flera åt med komma."
    )
    text = forms.CharField(
        label="Vad sas?",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Två–tre meningar räcker.",
    )
    step = forms.ChoiceField(label="Vilket steg bedömer ni?", required=False, widget=StepSelect)
    outcome = forms.ChoiceField(
        label="Er bedömning",
        required=False,
        widget=forms.RadioSelect,
        initial=AS_PROPOSED,
        choices=[(AS_PROPOSED, "Enligt förslaget"), *Outcome.choices],
    )
    departure = forms.CharField(
        label="Varför?", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    cleared_on = DayField(label="Klarat sedan", required=False, help_text="Tomt betyder mötesdagen.")
    late_reason = forms.CharField(
        label="Varför skrivs det in först nu?",
        required=False,
        max_length=500,
        help_text="Behövs om dagen ligger mer än 14 dagar före mötet.",
    )
    other_support = forms.ChoiceField(
        label="Har deltagaren också stöd den månaden?",
        required=False,
        widget=forms.RadioSelect,
        choices=[("yes", "Ja"), ("no", "Nej")],
        help_text="Försörjningsstöd, a-kassa, aktivitetsstöd eller sjukpenning. Bostadsbidrag och barnbidrag räknas inte.",
    )
    next_choice = forms.ChoiceField(label="När ses ni nästa gång?", required=False, widget=forms.RadioSelect)
    next_meeting_on = DayField(label="Dag för nästa möte", required=False)

    def __init__(self, *args: Any, enrolment: Enrolment, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.enrolment, self.user, self.day = enrolment, user, today()
        self.steps = _steps(enrolment)
        self.fields["held_on"].initial = self.day
        self.fields["users"].queryset = _colleagues(enrolment, user)
        self.fields["users"].initial = [user.pk]
        self.fields["organisations"].queryset = Organisation.objects.filter(
            pk__in=enrolment.project.parties.exclude(organisation=user.organisation_id).values("organisation")
        )
        self.fields["step"].choices = [("", "Ingen bedömning i dag"), *((one.number, str(one)) for one in self.steps)]
        self.fields["step"].widget.self_support = frozenset(str(one.number) for one in self.steps if one.self_support)
        self._next_choices()
        is_sick = SickListing.objects.filter(enrolment=enrolment).full_time_on(self.day).exists()
        for step in self.steps:
            for criterion in step.criteria.all():
                self._add_criterion(criterion, is_sick=is_sick)

    def _next_choices(self) -> None:
        near = [(weeks, workday(self.day + timedelta(weeks=weeks))) for weeks in (4, 5, 6)]
        named = [(day.isoformat(), f"Om {weeks} veckor, {weekday(day)}") for weeks, day in near]
        self.fields["next_choice"].choices = [*named, (OTHER_DAY, "Annan dag"), ("", "Inte bestämt")]
        self.fields["next_choice"].initial = ""

    def _add_criterion(self, criterion: StepCriterion, *, is_sick: bool) -> None:
        exempt = is_sick and criterion.exempts_full_time_sick
        self.fields[f"criterion_{criterion.pk}"] = forms.ChoiceField(
            label=criterion.text,
            required=False,
            choices=CriterionOutcome.choices,
            widget=forms.RadioSelect,
            initial=CriterionOutcome.NOT_APPLICABLE if exempt else None,
        )
        self.fields[f"why_{criterion.pk}"] = forms.CharField(
            label="Varför gäller det inte?",
            required=False,
            max_length=500,
            initial=FULL_TIME_SICK if exempt else "",
        )
        if criterion.supervisor_required:
            self.fields[f"supervisor_{criterion.pk}"] = forms.CharField(
                label="Handledare på platsen", required=False, max_length=120
            )

    def step_sections(self) -> list[dict[str, Any]]:
        """Each step with its criteria as bound fields, for the page."""
        return [
            {
                "step": step,
                "rule": rule_in_words(step),
                "criteria": [
                    {
                        "field": self[f"criterion_{one.pk}"],
                        "why": self[f"why_{one.pk}"],
                        "supervisor": self[f"supervisor_{one.pk}"] if one.supervisor_required else None,
                    }
                    for one in step.criteria.all()
                ],
            }
            for step in self.steps
        ]

    def clean(self) -> dict[str, Any]:
        """Check what spans fields; the judgement has its own rules (StepJudgement.faults)."""
        data = super().clean()
        held_on = data.get("held_on")
        if held_on and held_on > self.day:
            self.add_error("held_on", "Mötesdagen kan inte ligga i framtiden.")
        self._clean_next(data, held_on)
        if not data.get("text", "").strip() and not data.get("step") and data.get("kind") != MeetingKind.NO_SHOW:
            self.add_error("text", "Skriv vad som sas, eller bedöm ett steg.")
        if held_on and data.get("step"):
            self._clean_judgement(data, held_on)
        return data

    def _clean_next(self, data: dict[str, Any], held_on: date | None) -> None:
        choice = data.get("next_choice")
        if choice and choice != OTHER_DAY:
            data["next_meeting_on"] = date.fromisoformat(choice)
        elif choice == OTHER_DAY and not data.get("next_meeting_on") and "next_meeting_on" not in self.errors:
            self.add_error("next_meeting_on", "Skriv vilken dag ni ses nästa gång.")
        if data.get("next_meeting_on") and held_on and data["next_meeting_on"] <= held_on:
            self.add_error("next_meeting_on", "Nästa möte ska ligga efter det här mötet.")

    def _clean_judgement(self, data: dict[str, Any], held_on: date) -> None:
        step = next(one for one in self.steps if str(one.number) == data["step"])
        judgement = self._judgement(step, data, held_on)
        faults = judgement.faults(
            assessed_on=held_on,
            enrolled_on=self.enrolment.enrolled_on,
            exited_on=self.enrolment.exited_on,
            holds=holds_step(self.enrolment, step.number),
        )
        for field, message in faults.items():
            self.add_error(field if field in self.fields else None, message)
        data["judgement"] = judgement

    def _judgement(self, step: Step, data: dict[str, Any], held_on: date) -> StepJudgement:
        is_sick = SickListing.objects.filter(enrolment=self.enrolment).full_time_on(held_on).exists()
        answers = {
            one.pk: answer for one in step.criteria.all() if (answer := _answer(one, data, is_sick=is_sick)) is not None
        }
        as_asked = StepJudgement(
            step=step,
            outcome=Outcome.NOT_CLEARED,
            cleared_on=None,
            answers=answers,
            departure=data.get("departure", ""),
            late_reason=data.get("late_reason", ""),
            other_support={"yes": True, "no": False}.get(data.get("other_support", "")),
        )
        chosen = data.get("outcome") or AS_PROPOSED
        outcome = as_asked.proposal if chosen == AS_PROPOSED else Outcome(chosen)
        day = data.get("cleared_on") or held_on
        return StepJudgement(
            step=step,
            outcome=outcome,
            cleared_on=day if outcome == Outcome.CLEARED else None,
            answers=answers,
            departure="" if chosen == AS_PROPOSED else as_asked.departure,
            late_reason=as_asked.late_reason,
            other_support=as_asked.other_support if outcome == Outcome.CLEARED else None,
        )

    def proposal_so_far(self) -> dict[str, Any]:
        """What the answers given so far propose, and how many are still to be given; for the page while it is filled."""
        chosen = self.data.get("step", "")
        step = next((one for one in self.steps if str(one.number) == chosen), None)
        if step is None:
            return {}
        criteria = list(step.criteria.all())
        raw = {one.pk: self.data.get(f"criterion_{one.pk}", "") for one in criteria}
        answers = {key: Answer(CriterionOutcome(value)) for key, value in raw.items() if value in CriterionOutcome.values}
        return {
            "step": step,
            "left": len(criteria) - len(answers),
            "is_cleared": propose(step, criteria, answers) == Outcome.CLEARED,
            "rule": rule_in_words(step),
        }

    def record(self) -> MeetingRecord:
        """What is to be saved."""
        data = self.cleaned_data
        return MeetingRecord(
            kind=MeetingKind(data["kind"]),
            held_on=data["held_on"],
            text=data["text"],
            participant_present=data["participant_present"],
            users=list(data["users"]),
            organisations=list(data["organisations"]),
            others=[name.strip() for name in data["others"].split(",") if name.strip()],
            next_meeting_on=data.get("next_meeting_on"),
            judgement=data.get("judgement"),
        )


class CorrectionForm(TokenForm):
    """A new version of a note."""

    text = forms.CharField(
        label="Anteckningen ska lyda",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Skriv hur anteckningen ska lyda."},
        help_text="Den förra lydelsen finns kvar och kan läsas.",
    )


class WithdrawalForm(TokenForm):
    """Why an assessment was wrong."""

    reason = forms.CharField(
        label="Varför är bedömningen fel?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv varför bedömningen är fel."},
        help_text="Bedömningen räknas inte längre, men den syns i historiken med din förklaring.",
    )


def _steps(enrolment: Enrolment) -> list[Step]:
    ladder = ladder_on(enrolment.project, enrolment.enrolled_on)
    return list(ladder.steps.all())


def _colleagues(enrolment: Enrolment, user: User) -> QuerySet[User]:
    """Those of the user's own organisation who work with persons in the project, and the user."""
    members = enrolment.project.memberships.active_on(today()).filter(role__in=_AT_MEETINGS).values("user")
    return User.objects.filter(pk__in=members, organisation=user.organisation_id, is_active=True)


def _answer(criterion: StepCriterion, data: dict[str, Any], *, is_sick: bool) -> Answer | None:
    if is_sick and criterion.exempts_full_time_sick:
        return Answer(CriterionOutcome.NOT_APPLICABLE, why=data.get(f"why_{criterion.pk}") or FULL_TIME_SICK)
    outcome = data.get(f"criterion_{criterion.pk}")
    if not outcome:
        return None
    why = data.get(f"why_{criterion.pk}", "") if outcome == CriterionOutcome.NOT_APPLICABLE else ""
    return Answer(CriterionOutcome(outcome), why=why, supervisor=data.get(f"supervisor_{criterion.pk}", "").strip())

