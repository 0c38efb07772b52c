"""Noting an employment, and correcting it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from core.days.kinds import DayKind
from core.days.periods import BACKWARDS, Period
from core.forms.concurrency import SharedForm
from core.forms.fields import DayField, PlainSelect, RowsField, TextField, WhenAsked
from core.forms.numbers import NumberField
from core.swedish.keys import clean
from participants.amending.forms import AmendForm
from participants.employment.actions import EmploymentRecord, not_before
from participants.fields import YesNoField
from participants.models import EmploymentPeriod
from projects.models import Listed


class _EndsField(WhenAsked, RowsField):
    """Employments that end when the new one begins; none is an answer too.

    Each goes by its first version: a tick, or a draft of one, stays where the employment is corrected meanwhile.
    """

    def key_of(self, row: EmploymentPeriod) -> str:
        """The public id of the first version."""
        return str((row.first or row).public_id)


class EmploymentForm(SharedForm):
    """Asks for the form, the employer, the share, the days, and whether there is other support beside it; where another
    employment goes on, also whether it ends when this one begins."""

    likeness = "en likadan anställning"
    made_page = "employment_edit"

    employer = TextField(
        label="Arbetsgivare eller skola",
        required=False,
        max_length=120,
        says_who=False,
        help_text="Skriv namnet på platsen, inte på någon person.",
    )
    percent = NumberField(
        label="Hur många procent?",
        required=False,
        min_value=1,
        max_value=100,
        help_text="Av heltid. Lämna tomt om det varierar.",
        error_messages={
            "invalid": "Skriv procenten som ett heltal, till exempel 75.",
            "min_value": "Skriv ett tal från 1 till 100.",
            "max_value": "Skriv ett tal från 1 till 100.",
        },
    )
    field_order = (
        *("token", "seen", "form", "employer", "percent", "first_day", "ends", "last_day", "other_support"),
        "why",
    )

    def __init__(
        self,
        *args: Any,
        offered: Sequence[Listed],
        lasting: Sequence[EmploymentPeriod] = (),
        **kwargs: Any,
    ) -> None:
        """lasting: employments that aren't over, whose place this one may take."""
        super().__init__(*args, **kwargs)
        self.offered = {str(line.public_id): line for line in offered}
        self.fields["form"] = forms.ChoiceField(
            label="Vad är det för anställning?",
            choices=[("", "Välj"), *((key, line.name) for key, line in self.offered.items())],
            widget=PlainSelect,
            error_messages={"required": "Välj form."},
            help_text="Eget företag och studier skrivs också in här.",
        )
        self.fields["first_day"] = DayField(
            DayKind.EMPLOYED_FROM, label="Från och med", error_messages={"required": "Fyll i första dagen."}
        )
        self.fields["last_day"] = DayField(
            DayKind.EMPLOYED_THROUGH,
            label="Till och med",
            required=False,
            help_text="Lämna tomt om det inte är bestämt.",
        )
        self.fields["other_support"] = YesNoField(
            label="Har personen också stöd till sin försörjning?",
            help_text="Försörjningsstöd, a-kassa, aktivitetsstöd eller sjukpenning, inte bostads- eller barnbidrag.",
        )
        if lasting:
            self.fields["ends"] = self._ends(lasting)
        self.order_fields(self.field_order)

    def _ends(self, lasting: Sequence[EmploymentPeriod]) -> RowsField:
        field = _EndsField(
            label="Slutar den förra när den nya börjar?",
            help_text="Kryssa ur om båda pågår samtidigt.",
        )
        field.offer(lasting, lasting)
        # With several nobody can tell which of them gives way.
        field.initial = list(field.rows) if len(lasting) == 1 else []
        field.choices = [(field.key_of(row), row.in_words) for row in lasting]
        return field

    def clean_employer(self) -> str:
        """In one spelling."""
        return clean(self.cleaned_data["employer"])

    def clean_form(self) -> Listed:
        """The chosen line."""
        return self.offered[self.cleaned_data["form"]]

    def clean(self) -> dict[str, Any]:
        """The last day isn't before the first, and what ends has begun before."""
        data = super().clean()
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", BACKWARDS)
        for row in data.get("ends", []):
            if first and row.concerns_on >= first:
                self.add_error("ends", not_before(row, first))
        return data

    @property
    def ends(self) -> list[EmploymentPeriod]:
        """The employments whose place this one takes, but for those that are over by then. The form must be valid."""
        first = self.cleaned_data["first_day"]
        return [row for row in self.cleaned_data.get("ends", []) if row.until is None or row.until > first]

    @property
    def record(self) -> EmploymentRecord:
        """The answers as the action takes them. The form must be valid."""
        data = self.cleaned_data
        return EmploymentRecord(
            form=data["form"],
            employer=data["employer"],
            percent=data["percent"],
            other_support=data["other_support"],
            period=Period(data["first_day"], data["last_day"]),
        )


class EmploymentEditForm(AmendForm, EmploymentForm):
    """Corrects an employment; it begins with what is stored."""
