"""The plan's form: what it must hold, with its week and its delmål as rows that one can have more of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self
from uuid import UUID

from django import forms
from django.core.exceptions import SuspiciousOperation
from django.forms import BoundField

from actionplans.enums import MilestoneState
from actionplans.models import MilestoneStatus, PlanRevision
from actionplans.plans.actions import MilestoneRecord, PlanRecord, day_faults, words_for_week
from actionplans.plans.proposed import follow_up_proposed
from actionplans.plans.standing import edition, standing
from actionplans.weeks.entries import MAX_TIMES, Week
from actionplans.weeks.rows import FIRST_TIMES, TimeFields, counted_rows, opening, read_rows, rows_of, time_fields
from core.days.kinds import DayKind
from core.forms.fields import DayField, TextField
from core.forms.numbers import NumberField
from core.forms.token import TokenForm
from core.swedish.typed import clean_text
from participants.models import Enrolment

MAX_ROWS = 40
_FIRST_ROWS = 3
TAKEN_BACK: Final = (
    "Delmålet har tagits tillbaka sedan du öppnade sidan. Töm raden. Ska det ändå stå skriver du det på en ny rad."
)


@dataclass(frozen=True, slots=True)
class MilestoneFields:
    """The fields of one delmål."""

    number: int
    public_id: BoundField
    text: BoundField
    due_on: BoundField
    state: BoundField
    why: BoundField


class PlanForm(TokenForm):
    """The next revision. `rows` counts the delmål, `times` the times of the week; `based_on` is the edition of the plan
    that it was begun from.

    It is no core.forms.concurrency.SharedForm, which compares answer by answer: week and delmål are rows, and a plan is
    read as a whole. A user who saves second sees the other's plan beside the own one, and saves the next revision.
    """

    based_on = NumberField(widget=forms.HiddenInput())
    rows = NumberField(widget=forms.HiddenInput())
    times = NumberField(widget=forms.HiddenInput())
    valid_on = DayField(
        DayKind.HAPPENED,
        label="Vilken dag gjordes planen?",
        error_messages={"required": "Skriv vilken dag planen gjordes."},
    )
    main_activity = TextField(
        label="Huvudsaklig placering eller aktivitet",
        required=False,
        max_length=500,
        says_who=False,
        help_text="Till exempel arbetsträning på Återbruket, 20 timmar i veckan.",
    )
    next_follow_up_on = DayField(DayKind.FOLLOW_UP, label="Nästa uppföljning", required=False)

    def __init__(self, *args: Any, enrolment: Enrolment, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.enrolment, self.on = enrolment, on
        for number in range(1, self.time_count + 1):
            self.fields |= time_fields(number)
        for number in range(1, self.row_count + 1):
            self.fields |= _row_fields(number)
        # The days stand last on the page, and so do their faults in the summary.
        for name in ("valid_on", "next_follow_up_on"):
            self.fields[name] = self.fields.pop(name)

    @property
    def row_count(self) -> int:
        """How many rows there are for delmål."""
        return counted_rows("rows", self["rows"].value(), _FIRST_ROWS, MAX_ROWS)

    @property
    def time_count(self) -> int:
        """How many rows there are for times of the week."""
        return counted_rows("times", self["times"].value(), FIRST_TIMES, MAX_TIMES)

    @property
    def milestone_rows(self) -> list[MilestoneFields]:
        """The fields of the delmål, as the page shows them."""
        return [
            MilestoneFields(number, *(self[f"m{number}_{name}"] for name in ("id", "text", "due_on", "state", "why")))
            for number in range(1, self.row_count + 1)
        ]

    @property
    def time_rows(self) -> list[TimeFields]:
        """The fields of the week's times, as the page shows them."""
        return rows_of(self, self.time_count)

    @property
    def can_grow(self) -> bool:
        """Whether one more delmål fits."""
        return self.row_count < MAX_ROWS

    @property
    def has_room(self) -> bool:
        """Whether one more time of the week fits."""
        return self.time_count < MAX_TIMES

    def typed(self) -> dict[str, Any]:
        """Every answer as it was typed."""
        return {bound.name: bound.value() for bound in self}

    def grown(self, what: str) -> Self:
        """This form with one more empty row, of the `rows` or the `times`. It has the cursor when the page opens."""
        rows, times = self.row_count + (what == "rows"), self.time_count + (what == "times")
        counts = {"rows": min(rows, MAX_ROWS), "times": min(times, MAX_TIMES)}
        form = type(self)(initial={**self.typed(), **counts}, enrolment=self.enrolment, on=self.on)
        first = f"m{counts['rows']}_text" if what == "rows" else f"w{counts['times']}_day"
        form.fields[first].widget.attrs["autofocus"] = True
        return form

    def on_top_of_the_newest(self) -> Self:
        """This form, to be saved on top of the newest revision."""
        now = edition(self.enrolment)
        return type(self)(initial={**self.typed(), "based_on": now}, enrolment=self.enrolment, on=self.on)

    def clean(self) -> dict[str, Any]:
        """The days must come in order, and each time of the week and each delmål must say what it has to."""
        data = super().clean()
        self.week, faults = read_rows(data, self.time_count)
        # Sent from a page that was opened while the week was still written in words.
        if (words := clean_text(self.data.get("schedule", ""))) and words != words_for_week(self._latest()):
            faults |= {"w1_start": f"Veckan skrivs in i rader nu. Du hade skrivit: «{words}»."}
        for field, fault in faults.items():
            # A text that is too long has been said already.
            if field not in self.errors:
                self.add_error(field, fault)
        if made := data.get("valid_on"):
            for field, fault in day_faults(made, data.get("next_follow_up_on"), self.enrolment, self.on).items():
                self.add_error(field, fault)
        rows = [f"m{number}" for number in range(1, self.row_count + 1)]
        known = [said for row in rows if (said := data.get(f"{row}_id"))]
        standing = self._standing(known) if known else set()
        for row in rows:
            self._clean_row(row, standing)
        return data

    def _latest(self) -> PlanRevision | None:
        return next(reversed(standing(self.enrolment)), None)

    def _standing(self, known: Sequence[UUID]) -> set[UUID]:
        """The delmål that the plan has now. One query. Raises SuspiciousOperation where one stands in two rows: the
        page writes the ids itself."""
        if len(known) > len(set(known)):
            raise SuspiciousOperation("id")
        rows = MilestoneStatus.objects.filter(enrolment=self.enrolment).current()
        return set(rows.values_list("milestone__public_id", flat=True))

    def _clean_row(self, row: str, standing: Collection[UUID]) -> None:
        """A delmål that is there can't be emptied, one without words is none, and a dropped one says why. One that was
        taken back meanwhile isn't written again unseen."""
        if self.cleaned_data.get(f"{row}_state") != MilestoneState.DROPPED:
            self.leave_out([f"{row}_why"])
        answers = {name: self.cleaned_data.get(f"{row}_{name}") for name in ("id", "text", "due_on", "state", "why")}
        if answers["id"] and answers["id"] not in standing:
            if answers["text"]:
                self.add_error(f"{row}_text", TAKEN_BACK)
        elif not answers["text"]:
            if answers["id"]:
                self.add_error(f"{row}_text", "Ett delmål tas inte bort. Välj läget Struket och skriv varför.")
            elif answers["due_on"] or answers["why"]:
                self.add_error(f"{row}_text", "Skriv vad delmålet är.")
        elif answers["state"] == MilestoneState.DROPPED and not answers["why"]:
            self.add_error(f"{row}_why", "Skriv varför delmålet är struket.")

    def record(self) -> PlanRecord:
        """The answers as the action wants them."""
        data = self.cleaned_data
        return PlanRecord(
            valid_on=data["valid_on"],
            main_activity=data["main_activity"],
            week=self.week,
            next_follow_up_on=data["next_follow_up_on"],
            milestones=[_record(data, f"m{n}") for n in range(1, self.row_count + 1) if data[f"m{n}_text"]],
        )

    @classmethod
    def of(
        cls, enrolment: Enrolment, revision: PlanRevision | None, milestones: Sequence[MilestoneStatus], *, on: date
    ) -> Self:
        """The form as the page opens: the newest revision of the plan, dated `on`, and room for one more delmål."""
        initial = {"based_on": edition(enrolment), **_initial(revision, milestones)}
        initial["valid_on"] = on
        initial["next_follow_up_on"], hint = follow_up_proposed(enrolment, revision, on)
        form = cls(initial=initial, enrolment=enrolment, on=on)
        form.fields["next_follow_up_on"].help_text = hint
        return form


def _row_fields(number: int) -> dict[str, forms.Field]:
    row = f"m{number}"
    return {
        f"{row}_id": forms.UUIDField(required=False, widget=forms.HiddenInput()),
        f"{row}_text": TextField(label=f"Delmål {number}", required=False, max_length=300, says_who=False),
        f"{row}_due_on": DayField(
            DayKind.DUE,
            label="Klart senast",
            required=False,
            error_messages={"invalid": f"Skriv dagen för delmål {number} som 2026-03-31."},
        ),
        f"{row}_state": forms.ChoiceField(
            label="Läge", choices=MilestoneState.choices, initial=MilestoneState.PLANNED, required=False
        ),
        f"{row}_why": TextField(
            label=f"Varför delmål {number} är struket", required=False, max_length=300, says_who=False
        ),
    }


def _record(data: dict[str, Any], row: str) -> MilestoneRecord:
    return MilestoneRecord(
        text=data[f"{row}_text"],
        due_on=data[f"{row}_due_on"],
        state=MilestoneState(data[f"{row}_state"] or MilestoneState.PLANNED),
        why=data[f"{row}_why"],
        public_id=data[f"{row}_id"],
    )


def _initial(revision: PlanRevision | None, milestones: Sequence[MilestoneStatus]) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "rows": min(max(len(milestones) + 1, _FIRST_ROWS if not milestones else 0), MAX_ROWS),
        "main_activity": revision.main_activity.text if revision and revision.main_activity else "",
        **opening(Week.of(revision.schedule.text if revision and revision.schedule else "")),
    }
    for number, milestone in enumerate(milestones, start=1):
        initial |= {
            f"m{number}_id": milestone.milestone.public_id,
            f"m{number}_text": milestone.text.text,
            f"m{number}_due_on": milestone.due_on,
            f"m{number}_state": milestone.state,
            f"m{number}_why": milestone.dropped_because.text if milestone.dropped_because else "",
        }
    return initial
