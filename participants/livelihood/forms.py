"""Noting somebody's support, occupation and education at an agreed moment, and correcting it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from django import forms

from core.days.kinds import DayKind
from core.forms.concurrency import SharedForm
from core.forms.fields import DayField, PlainSelect
from core.forms.numbers import NumberField
from core.swedish.words import NOTHING
from participants.amending.forms import AmendForm
from participants.enums import LivelihoodMoment
from participants.livelihood.actions import LivelihoodAnswers
from participants.livelihood.rows import (
    MAX_ROWS,
    Means,
    MeansFields,
    means_fields,
    opening,
    read_rows,
    row_count,
    rows_of,
)
from participants.livelihood.words import MOST_MONTHS_BEFORE, sum_in_words
from projects.enums import ListKind
from projects.models import Listed

NOTHING_SAID: Final = "Välj minst en försörjning, eller kryssa i att personen inte gick att nå."
NOTHING_ELSE: Final = "Kryssa ur det här, eller töm svaren nedanför."
ONLY_AT_ENROLMENT: Final = "Fylls bara i för läget vid inskrivning. Töm fältet."
_MONTHS: Final = f"Skriv antalet månader som ett heltal, högst {MOST_MONTHS_BEFORE}."


@dataclass(frozen=True, slots=True)
class Offered:
    """The choices of a form: moments, and lines of the project's lists by their kind."""

    moments: Sequence[LivelihoodMoment]
    lines: Mapping[str, Sequence[Listed]]

    def by_key(self, kind: ListKind) -> dict[str, Listed]:
        """The lines of a list, by public id."""
        return {str(line.public_id): line for line in self.lines.get(kind, ())}


class LivelihoodForm(SharedForm):
    """Asks for the moment, its day, means of support in rows, occupation and education, or that the person wasn't
    reached. `rows` counts the rows."""

    # The rows say nothing by their names about which means of support stands in them.
    merges = False

    rows = NumberField(widget=forms.HiddenInput())
    moment = forms.ChoiceField(
        label="Vilket läge?",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vilket läge det gäller."},
    )
    day = DayField(
        DayKind.HAPPENED, label="Vilken dag gäller det?", error_messages={"required": "Skriv vilken dag det gäller."}
    )
    not_reached = forms.BooleanField(label="Personen gick inte att nå", required=False)
    occupation = forms.ChoiceField(label="Sysselsättning", required=False, widget=PlainSelect)
    education = forms.ChoiceField(label="Utbildning", required=False, widget=PlainSelect)
    months_before = NumberField(
        label="Månader med stöd före starten",
        required=False,
        min_value=0,
        max_value=MOST_MONTHS_BEFORE,
        help_text="Fylls i för läget vid inskrivning.",
        error_messages={"invalid": _MONTHS, "min_value": _MONTHS, "max_value": _MONTHS},
    )

    def __init__(
        self,
        *args: Any,
        offered: Offered,
        means: Sequence[Means] = (),
        initial: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """means: what the rows open with."""
        super().__init__(*args, initial={**opening(means), **(initial or {})}, **kwargs)
        self.offered = offered
        self.support = offered.by_key(ListKind.SUPPORT)
        self.fields["moment"].choices = [(moment.value, moment.label) for moment in offered.moments]  # type: ignore[attr-defined]
        for name, kind in (("occupation", ListKind.OCCUPATION), ("education", ListKind.EDUCATION)):
            lines = [(key, line.name) for key, line in offered.by_key(kind).items()]
            # Nothing chosen is said as nothing stored is, so that it is no change.
            self.fields[name].choices = [("", NOTHING), *lines]  # type: ignore[attr-defined]
        for number in range(1, self.row_count + 1):
            self.fields |= means_fields(number, list(self.support.values()))
        if not self._asks_for_months():
            del self.fields["months_before"]
        # The rest of the questions stand below the rows, and so do their faults in the summary.
        for name in ("occupation", "education", "months_before"):
            if name in self.fields:
                self.fields[name] = self.fields.pop(name)

    def _asks_for_months(self) -> bool:
        """Whether the page asks for the months before the start: at the enrolment. Once it has, it says what is wrong
        with them."""
        if self.is_bound:
            return self.add_prefix("months_before") in self.data
        is_offered = LivelihoodMoment.ENROLMENT in self.offered.moments
        return is_offered and self.asked_moment in ("", LivelihoodMoment.ENROLMENT)

    @property
    def row_count(self) -> int:
        """How many rows there are for means of support."""
        return row_count(self["rows"].value())

    @property
    def means_rows(self) -> list[MeansFields]:
        """The fields of the means of support, as the page shows them."""
        return rows_of(self, self.row_count)

    @property
    def has_room(self) -> bool:
        """Whether one more means of support fits."""
        return self.row_count < MAX_ROWS

    @property
    def sum_said(self) -> str:
        """«Andelarna är tillsammans 80 %, inte 100 %.», of what stands in the rows; empty where that is right, or a
        row is wrong."""
        if self.is_bound and self._faulty_rows():
            return ""
        rows = [(row.line.value(), str(row.percent.value() or "").strip()) for row in self.means_rows]
        percents = [text for line, text in rows if line]
        if not all(text.isascii() and text.isdigit() and len(text) < 4 for text in percents if text):
            return ""
        return sum_in_words([int(text) if text else None for text in percents])

    @property
    def asked_moment(self) -> str:
        """The value of the moment that is chosen as the page is shown; empty where none is."""
        return str(self["moment"].value() or "")

    def grown(self) -> Self:
        """This form with one more empty row. It has the cursor when the page opens."""
        rows = min(self.row_count + 1, MAX_ROWS)
        typed = {bound.name: bound.value() for bound in self}
        form = type(self)(initial={**typed, "rows": rows}, **self._made_with)
        form.fields[f"k{rows}_line"].widget.attrs["autofocus"] = True
        return form

    def clean(self) -> dict[str, Any]:
        """Either the person wasn't reached, or there is at least one means of support, each once."""
        data = super().clean()
        self.means, faults = read_rows(data, self.row_count, self.support, self.errors)
        for field, fault in faults.items():
            if field not in self.errors:
                self.add_error(field, fault)
        if data.get("not_reached"):
            if self._says_more(data):
                self.add_error("not_reached", NOTHING_ELSE)
        elif not self.means and not self._faulty_rows():
            self.add_error("k1_line", NOTHING_SAID)
        moment, months = data.get("moment"), data.get("months_before")
        if months is not None and moment and moment != LivelihoodMoment.ENROLMENT:
            self.add_error("months_before", ONLY_AT_ENROLMENT)
        return data

    def _says_more(self, data: Mapping[str, Any]) -> bool:
        others = any(data.get(name) not in (None, "") for name in ("occupation", "education", "months_before"))
        return bool(self.means) or others or bool(self._faulty_rows())

    def _faulty_rows(self) -> Collection[str]:
        return [name for name in self.errors if name.startswith("k") and name[1:2].isdigit()]

    @property
    def record(self) -> LivelihoodAnswers:
        """The answers as the action takes them. The form must be valid."""
        data = self.cleaned_data
        return LivelihoodAnswers(
            moment=LivelihoodMoment(data["moment"]),
            day=data["day"],
            not_reached=data["not_reached"],
            means=self.means,
            occupation=self.offered.by_key(ListKind.OCCUPATION).get(data["occupation"]),
            education=self.offered.by_key(ListKind.EDUCATION).get(data["education"]),
            months_before=data.get("months_before"),
        )


class LivelihoodEditForm(AmendForm, LivelihoodForm):
    """Corrects a record; it begins with what is stored."""
