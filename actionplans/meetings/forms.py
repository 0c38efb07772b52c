"""The meeting page's form: the note and, where made, one step's assessment, saved together."""

from datetime import date
from typing import Any, Self

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property

from accounts.models import User
from actionplans.enums import MeetingKind, Outcome, ReaderLevel
from actionplans.meetings.actions import MeetingRecord, day_faults
from actionplans.meetings.choices import NOTE, choose, colleagues, day_of, offer, other_parties, others_field
from actionplans.meetings.facts_line import BEYOND_THE_NOTE, NEXT
from actionplans.meetings.next_days import CANCELLED, OTHER_DAY, OVER, NextDay, choices, next_days, to_come, unsaid
from actionplans.plans.next_contact import coming_meeting_on
from actionplans.shared_facts import NEXT_MEETING, beyond_the_note, step_key
from actionplans.steps import forms as step_part
from actionplans.steps.actions import holds_step
from core.days.kinds import DayKind
from core.enums import Category
from core.forms.concurrency import NOTHING_SHARED, SharedForm
from core.forms.fields import ChoiceWhenAsked, DayField, RowsField, TextField, TextWhenAsked
from core.swedish.words import day as in_words
from participants.models import Enrolment
from participants.scope.ways import Way


class MeetingForm(SharedForm):
    """Asks who met, what was said, the step, and the next time: in the order in which people talk.

    A note is added beside the others. The other answers replace decisions that a colleague may have changed meanwhile.
    """

    likeness = "ett likadant möte"
    made_page = "meeting_detail"
    opened_with = ("step",)
    # The decisions that it replaces are none of its fields.
    opens_with_stored = False

    kind = forms.ChoiceField(
        label="Vad var det för möte?",
        choices=MeetingKind.choices,
        widget=forms.RadioSelect,
        initial=MeetingKind.FOLLOW_UP,
        error_messages={"required": "Välj vad det var för möte."},
    )
    held_on = DayField(
        DayKind.HAPPENED, label="Vilken dag?", error_messages={"required": "Skriv vilken dag mötet var."}
    )
    participant_present = forms.BooleanField(label="Deltagaren", required=False, initial=True)
    users = RowsField(label="Från oss", required=False)
    organisations = RowsField(label="Från andra", required=False)
    others = others_field()
    text = TextField(label="Vad sas?", required=False, max_length=20_000, widget=NOTE)
    readers = forms.ChoiceField(label="Vem får läsa anteckningen?", widget=forms.RadioSelect)
    step = forms.ChoiceField(label="Bedömer ni ett steg?", required=False, widget=step_part.StepSelect)
    outcome = forms.ChoiceField(
        label="Er bedömning",
        required=False,
        widget=forms.RadioSelect,
        initial=step_part.AS_PROPOSED,
        choices=[(step_part.AS_PROPOSED, "Enligt förslaget"), *Outcome.choices],
    )
    departure = TextWhenAsked(
        label="Varför?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Behövs när ni bedömer annorlunda än förslaget, och när ett steg inte längre är klarat.",
    )
    cleared_on = DayField(DayKind.HAPPENED, label="Klarat sedan", required=False, help_text="Tomt betyder mötesdagen.")
    late_reason = TextWhenAsked(
        label="Varför skrivs det in först nu?",
        max_length=500,
        says_who=False,
        help_text="Behövs om dagen ligger mer än 14 dagar före mötet.",
    )
    other_support = ChoiceWhenAsked(
        label="Har deltagaren också stöd den månaden?",
        widget=forms.RadioSelect,
        choices=[("yes", "Ja"), ("no", "Nej")],
        help_text="Försörjningsstöd, a-kassa, aktivitetsstöd eller sjukpenning. Bostads- och barnbidrag räknas inte.",
    )
    next_choice = forms.ChoiceField(
        label="När ses ni nästa gång?",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Dagarna räknas från mötesdagen, och den du valde finns inte med. Välj om."},
    )
    next_meeting_on = step_part.DayWhenAsked(DayKind.NEXT_MEETING, label="Dag för nästa möte")

    def __init__(self, *args: Any, enrolment: Enrolment, user: User, on: date, step: str = "", **kwargs: Any) -> None:
        shared = beyond_the_note(enrolment) if enrolment.owner_id == user.organisation_id else NOTHING_SHARED
        super().__init__(*args, shared=shared, **kwargs)
        self.enrolment, self.user, self.day = enrolment, user, on
        self.is_own = enrolment.owner_id == user.organisation_id
        self.is_note_alone = enrolment.way is Way.EMERGENCY
        self.steps = step_part.steps_of(enrolment) if self.is_own else []
        self.fields["held_on"].initial = self.day
        self.meeting_day = day_of(self.data, on=self.day)
        self.booked = coming_meeting_on(enrolment, on=on) if self.is_own else None
        self.fields["text"].help_text = f"Två–tre meningar räcker. Kan läsas av: {user.organisation}"
        self._reader_choices()
        offer(self.fields["users"], colleagues(enrolment, user, on=on), at_hand=[user])
        self.fields["users"].initial = [str(user.public_id)]
        offer(self.fields["organisations"], other_parties(enrolment, user))
        choose(self.fields["step"], [("", "Nej, inte i dag"), *step_part.step_choices(self.steps)])
        step_part.propose_step(self.fields["step"], self.steps, step)
        sent = self.data.get("next_choice", "")
        choose(self.fields["next_choice"], lambda: choices(self.next_days.values(), self.booked, self.day, sent))
        self.fields["next_choice"].initial = ""
        for offered in self.steps:
            for criterion in offered.criteria.all():
                self.fields.update(step_part.criterion_fields(criterion, is_sick=lambda: self.situation.is_sick))
        # As on the page, so that the error summary has its links in that order.
        declared = list(self.base_fields)
        asked = [name for name in self.fields if name not in declared]
        place = declared.index("step") + 1
        self.order_fields([*declared[:place], *asked, *declared[place:]])
        self.beyond = [*BEYOND_THE_NOTE, *asked] if self.is_note_alone else []
        # Who answers on a page from before the end gets the answer back, with why nothing more is booked.
        if is_over := enrolment.is_over(on):
            choose(self.fields["next_choice"], [("", unsaid(None, on))])
            self.fields["next_choice"].error_messages["invalid_choice"] = OVER
        for name in (*self.beyond, *(NEXT if is_over and not sent else ())):
            self.fields.pop(name, None)

    @property
    def asks_for_more(self) -> bool:
        """Whether something was sent that the form doesn't have in an emergency; a choice that stood there says
        nothing."""
        return any(self.data.get(name, "") not in ("", step_part.AS_PROPOSED) for name in self.beyond)

    @property
    def counted_from(self) -> str:
        """The day that the proposed days are counted from; the page sends it back, so that no day changes unseen."""
        return self.meeting_day.isoformat()

    def is_at_stake(self, name: str) -> bool:
        """The day of the next meeting where the answers say something of it; of steps the one judged."""
        if name == NEXT_MEETING:
            return bool(self.cleaned_data.get("next_meeting_on") or self.cleaned_data.get("cancels_next"))
        judgement = self.cleaned_data.get("judgement")
        return judgement is not None and name == step_key(judgement.step)

    def my_words(self) -> dict[str, str]:
        """Words about what the meeting decides."""
        data = self.cleaned_data
        judgement, next_on = data.get("judgement"), data.get("next_meeting_on")
        nothing = "Inställt" if data.get("cancels_next") else unsaid(self.booked, self.day)
        said = {NEXT_MEETING: in_words(next_on) if next_on else nothing}
        return said | ({step_key(judgement.step): judgement.outcome.label} if judgement else {})

    def without_faults(self) -> Self:
        """For a piece of a page that isn't sent yet: the answers so far, and nothing said about them."""
        self._errors = ErrorDict()
        return self

    def _reader_choices(self) -> None:
        """Asked only where consent opens meetings to somebody else."""
        reading = self.enrolment.reading
        others = reading.others(Category.MEETINGS) if reading else []
        if not others:
            del self.fields["readers"]
            return
        own, shared = f"Bara {self.user.organisation}", f"Också {' och '.join(others)}, enligt samtycket"
        choose(self.fields["readers"], [(ReaderLevel.CONSENTED, shared), (ReaderLevel.OWN, own)])
        self.fields["readers"].initial = ReaderLevel.CONSENTED
        self.fields["text"].help_text = "Två–tre meningar räcker."

    @cached_property
    def situation(self) -> step_part.Situation:
        """The case on the day of the meeting. One query, once somebody looks at what is filled in by it."""
        return step_part.Situation.of(self.enrolment, self.meeting_day) if self.is_own else step_part.NOTHING_KNOWN

    @cached_property
    def next_days(self) -> dict[str, NextDay]:
        """The days that are proposed for the next meeting, by how they are counted."""
        return to_come(next_days(self.enrolment.project, self.situation, self.meeting_day), self.day)

    def step_sections(self) -> list[dict[str, Any]]:
        """Each step with its criteria as bound fields, for the page."""
        return [step_part.section(self, step) for step in self.steps]

    def clean(self) -> dict[str, Any]:
        """Check what spans fields; the judgement has its own rules (StepJudgement.faults)."""
        self.leave_out(step_part.not_asked(self.steps, self.cleaned_data))
        if self.cleaned_data.get("next_choice") != OTHER_DAY:
            self.leave_out(["next_meeting_on"])
        data = super().clean()
        held_on = data.get("held_on")
        self._clean_next(data)
        if held_on:
            for field, fault in day_faults(held_on, data.get("next_meeting_on"), self.enrolment, self.day).items():
                self.add_error(field, fault)
        is_empty = not data.get("text", "").strip() and not data.get("step") and "text" not in self.errors
        if is_empty and data.get("kind") != MeetingKind.NO_SHOW:
            self.add_error("text", "Skriv vad som sas, eller bedöm ett steg.")
        if held_on and data.get("step"):
            self._clean_judgement(data, held_on)
        return data

    def _clean_next(self, data: dict[str, Any]) -> None:
        choice = data.get("next_choice")
        data["cancels_next"] = choice == CANCELLED
        if choice == OTHER_DAY:
            if not data.get("next_meeting_on") and "next_meeting_on" not in self.errors:
                self.add_error("next_meeting_on", "Skriv vilken dag ni ses nästa gång.")
        elif proposed := self.next_days.get(choice) if choice else None:
            data["next_meeting_on"] = proposed.day
            if self.data.get("counted_from", self.day.isoformat()) != self.counted_from:
                self.add_error("next_choice", "Dagarna räknas från mötesdagen och har ändrats. Stämmer den du valde?")

    def _clean_judgement(self, data: dict[str, Any], held_on: date) -> None:
        step = next(step for step in self.steps if str(step.number) == data["step"])
        is_sick = step_part.is_full_time_sick(self.enrolment, held_on)
        judgement = step_part.judgement(step, data, assessed_on=held_on, is_sick=is_sick)
        faults = judgement.faults(
            assessed_on=held_on,
            enrolled_on=self.enrolment.enrolled_on,
            exited_on=self.enrolment.exited_on,
            holds=holds_step(self.enrolment, step.number, held_on),
        )
        for field, message in faults.items():
            if field not in self.errors:
                self.add_error(field if field in self.fields else None, message)
        data["judgement"] = judgement

    def proposal_so_far(self) -> dict[str, Any]:
        """The proposal that the answers so far make, asked for while the page is being filled in."""
        is_sick = step_part.is_full_time_sick(self.enrolment, self.meeting_day)
        return step_part.proposal_so_far(self.steps, self.data, is_sick=is_sick)

    def record(self) -> MeetingRecord:
        """The answers as the action takes them. The form must be valid."""
        data = self.cleaned_data
        return MeetingRecord(
            kind=MeetingKind(data["kind"]),
            held_on=data["held_on"],
            text=data["text"],
            participant_present=data["participant_present"],
            users=data["users"],
            organisations=data["organisations"],
            others=[name.strip() for name in data["others"].split(",") if name.strip()],
            next_meeting_on=data.get("next_meeting_on"),
            cancels_next=data.get("cancels_next", False),
            judgement=data.get("judgement"),
            public_id=self.will_make,
            reader_level=ReaderLevel(data.get("readers") or ReaderLevel.OWN),
        )
