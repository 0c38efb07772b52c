"""Forms that put right what a plan says, and what is said of a delmål."""

from datetime import date
from typing import Any, Final

from django import forms

from actionplans.corrected_plans.actions import RevisionCorrection
from actionplans.corrected_plans.milestones import MilestoneCorrection
from actionplans.corrected_plans.milestones import day_faults as faults_of_milestone
from actionplans.corrected_plans.shared_facts import milestone_facts, revision_facts
from actionplans.enums import MilestoneState
from actionplans.models import MilestoneStatus, PlanRevision
from actionplans.plans.actions import day_faults
from actionplans.weeks.entries import FaultyLine, Week, read_lines
from core.days.kinds import DayKind
from core.forms.fields import DayField, TextField
from participants.amending.forms import AmendForm

_LONGEST_WEEK: Final = 8000
_BY_THE_LINE: Final = (
    "En rad för varje tid: dag, från–till, vad · var. Till exempel måndag 9–13 · arbetsträning · Återbruket."
)
_IN_WORDS: Final = f"Det som står skrevs i ord och kan rättas så. {_BY_THE_LINE}"


class RevisionEditForm(AmendForm):
    """Asks for everything that a revision says but its delmål, which have a page each, and why it was wrong."""

    main_activity = TextField(
        label="Huvudsaklig placering eller aktivitet", required=False, max_length=500, says_who=False
    )
    schedule = TextField(label="Veckoschema", required=False, max_length=_LONGEST_WEEK, widget=forms.Textarea())
    valid_on = DayField(
        DayKind.HAPPENED,
        label="Vilken dag gjordes planen?",
        error_messages={"required": "Skriv vilken dag planen gjordes."},
    )
    next_follow_up_on = DayField(DayKind.FOLLOW_UP, label="Nästa uppföljning", required=False)

    def __init__(self, *args: Any, revision: PlanRevision, on: date, **kwargs: Any) -> None:
        super().__init__(*args, shared=revision_facts(revision), **kwargs)
        said = self.stored["schedule"]
        self.has_words = bool(said) and not Week.of(said)
        field = self.fields["schedule"]
        field.help_text = _IN_WORDS if self.has_words else _BY_THE_LINE
        field.widget.attrs["rows"] = max(4, said.count("\n") + 2)
        self.enrolment, self.day = revision.enrolment, on

    def clean_schedule(self) -> str:
        """The week as it is kept. Where it was said in words it may still be; else each line is a time.

        Raises ValidationError for the first line that is none.
        """
        text = self.cleaned_data["schedule"]
        try:
            return str(Week(read_lines(text)))
        except FaultyLine as fault:
            if self.has_words:
                return text
            raise forms.ValidationError(str(fault)) from None

    def clean(self) -> dict[str, Any]:
        """The days must come in order."""
        data = super().clean()
        if made := data.get("valid_on"):
            for field, fault in day_faults(made, data.get("next_follow_up_on"), self.enrolment, self.day).items():
                self.add_error(field, fault)
        return data

    def correction(self) -> RevisionCorrection:
        """The answers as the action takes them. The form must be valid."""
        return RevisionCorrection(**self.answers)


class MilestoneEditForm(AmendForm):
    """Asks for everything that is said of a delmål now, and why it was wrong."""

    text = TextField(
        label="Delmål", max_length=300, says_who=False, error_messages={"required": "Skriv vad delmålet är."}
    )
    due_on = DayField(DayKind.DUE, label="Klart senast", required=False)
    state = forms.ChoiceField(
        label="Läge",
        choices=MilestoneState.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj läge."},
    )
    since = DayField(
        DayKind.HAPPENED,
        label="Vilken dag fick det läget?",
        help_text="Dagen då delmålet planerades, påbörjades, nåddes eller ströks.",
        error_messages={"required": "Skriv vilken dag delmålet fick läget."},
    )
    dropped_because = TextField(label="Varför delmålet är struket", required=False, max_length=300, says_who=False)

    def __init__(self, *args: Any, status: MilestoneStatus, on: date, **kwargs: Any) -> None:
        super().__init__(*args, shared=milestone_facts(status), **kwargs)
        self.enrolment, self.day = status.enrolment, on

    def clean(self) -> dict[str, Any]:
        """One that is dropped says why, and the others don't; the day is one of the enrolment."""
        data = super().clean()
        if data.get("state") == MilestoneState.DROPPED and not data.get("dropped_because"):
            self.add_error("dropped_because", "Skriv varför delmålet är struket.")
        if since := data.get("since"):
            for field, fault in faults_of_milestone(since, self.enrolment, self.day).items():
                self.add_error(field, fault)
        return data

    def correction(self) -> MilestoneCorrection:
        """The answers as the action takes them. The form must be valid."""
        return MilestoneCorrection(**{**self.answers, "state": MilestoneState(self.cleaned_data["state"])})
