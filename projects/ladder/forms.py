"""The ladder: steps with criteria, as many as the project wants."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.core.exceptions import SuspiciousOperation
from django.forms import BoundField

from core.forms.fields import TextField
from core.forms.numbers import NumberField
from projects.enums import StepRule
from projects.ladder.version_form import TOO_OLD, VersionForm
from projects.models import Ladder

MAX_STEPS, MAX_CRITERIA = 9, 20
FLAGS = {
    "is_required": "Måste vara uppfyllt",
    "exempts_full_time_sick": "Gäller inte sjukskriven på heltid",
    "supervisor_required": "Kräver handledare",
}


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """The fields of one criterion."""

    text: BoundField
    flags: list[BoundField]


@dataclass(frozen=True, slots=True)
class StepCard:
    """The fields of one step."""

    number: int
    name: BoundField
    meaning: BoundField
    rule: BoundField
    at_least: BoundField
    self_support: BoundField
    criteria: list[CriterionRow]
    can_grow: bool

    @property
    def flag_labels(self) -> Iterable[str]:
        """The headings over the flags."""
        return FLAGS.values()


class LadderForm(VersionForm):
    """All steps and criteria of a ladder. `shape` counts the criteria of each step: "6,5,3,2,5"."""

    shape = forms.CharField(widget=forms.HiddenInput(), error_messages=TOO_OLD)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counts = _counts(self["shape"].value())
        for number, criteria in enumerate(self.counts, start=1):
            self._add_step(number, criteria)
        self.ask_last()

    def cards(self) -> list[StepCard]:
        """The fields as the page shows them."""
        return [self._card(number, criteria) for number, criteria in enumerate(self.counts, start=1)]

    @property
    def can_add_step(self) -> bool:
        """Whether a step can be added."""
        return len(self.counts) < MAX_STEPS

    @property
    def can_remove_step(self) -> bool:
        """Whether the last step can be taken away: one has to be left."""
        return len(self.counts) > 1

    def reshaped(self, wish: str) -> Self:
        """The form with a step or a criterion more, or without the last step; unknown wishes change nothing."""
        counts, answers = list(self.counts), self.typed()
        verb, _, number = wish.partition(":")
        if verb == "add_step" and self.can_add_step:
            counts.append(1)
        elif verb == "remove_step" and self.can_remove_step:
            counts.pop()
        elif verb == "add_criterion" and number.isdigit() and 1 <= int(number) <= len(counts):
            counts[int(number) - 1] = min(counts[int(number) - 1] + 1, MAX_CRITERIA)
        form = type(self)(initial={**answers, "shape": _shape(counts)}, days=self.days)
        form.focus_on_new(self)
        return form

    def focus_on_new(self, before: "LadderForm") -> None:
        """Let the first field that `before` lacked take the focus when the page opens."""
        new = next((name for name in self.fields if name not in before.fields), None)
        if new:
            self.fields[new].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        """Flags need a criterion, and a rule needs criteria enough."""
        super().clean()
        for number, criteria in enumerate(self.counts, start=1):
            self._clean_step(number, criteria)
        return self.cleaned_data

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The steps with their criteria, as `change_ladder` takes them."""
        return [self._step(number, criteria) for number, criteria in enumerate(self.counts, start=1)]

    @property
    def answers(self) -> dict[str, Any]:
        """The ladder as `change_ladder` takes it."""
        return {**super().answers, "steps": self.steps}

    def _add_step(self, number: int, criteria: int) -> None:
        self.fields |= {
            f"step{number}_name": TextField(
                label=f"Namn på steg {number}", max_length=60, error_messages={"required": "Skriv vad steget heter."}
            ),
            f"step{number}_meaning": TextField(label=f"Vad steg {number} innebär", max_length=300, required=False),
            f"step{number}_rule": forms.ChoiceField(
                label=f"När föreslås steg {number} som klarat?",
                choices=StepRule.choices,
                initial=StepRule.AT_LEAST,
                widget=forms.RadioSelect(),
                error_messages={"required": "Välj när steget föreslås som klarat."},
            ),
            f"step{number}_at_least": NumberField(
                label=f"Minst så många kriterier i steg {number}",
                min_value=1,
                max_value=MAX_CRITERIA,
                required=False,
                error_messages=dict.fromkeys(
                    ("invalid", "min_value", "max_value"), f"Skriv ett heltal mellan 1 och {MAX_CRITERIA}."
                ),
            ),
            f"step{number}_self_support": forms.BooleanField(
                label=f"Steg {number} handlar om egen försörjning", required=False
            ),
        }
        for place in range(1, criteria + 1):
            self._add_criterion(number, place)

    def _add_criterion(self, number: int, place: int) -> None:
        name, where = f"step{number}_c{place}", f"Steg {number}, kriterium {place}"
        widget = forms.TextInput(attrs={"aria-label": where})
        self.fields[f"{name}_text"] = TextField(label=where, max_length=200, required=False, widget=widget)
        for flag, said in FLAGS.items():
            label = f"{where}, {said.lower()}"
            box = forms.CheckboxInput(attrs={"aria-label": label})
            self.fields[f"{name}_{flag}"] = forms.BooleanField(label=label, required=False, widget=box)

    def _card(self, number: int, criteria: int) -> StepCard:
        step = f"step{number}"
        return StepCard(
            number=number,
            name=self[f"{step}_name"],
            meaning=self[f"{step}_meaning"],
            rule=self[f"{step}_rule"],
            at_least=self[f"{step}_at_least"],
            self_support=self[f"{step}_self_support"],
            criteria=[self._criterion_row(f"{step}_c{place}") for place in range(1, criteria + 1)],
            can_grow=criteria < MAX_CRITERIA,
        )

    def _criterion_row(self, name: str) -> CriterionRow:
        return CriterionRow(self[f"{name}_text"], [self[f"{name}_{flag}"] for flag in FLAGS])

    def _clean_step(self, number: int, criteria: int) -> None:
        data, named = self.cleaned_data, 0
        for place in range(1, criteria + 1):
            name = f"step{number}_c{place}"
            named += bool(data.get(f"{name}_text"))
            if f"{name}_text" in data and not data[f"{name}_text"] and any(data[f"{name}_{flag}"] for flag in FLAGS):
                self.add_error(f"{name}_text", "Skriv kriteriet, eller kryssa ur rutorna för att ta bort det.")
        if not named:
            self.add_error(f"step{number}_c1_text", "Skriv minst ett kriterium.")
        elif data.get(f"step{number}_rule") == StepRule.AT_LEAST:
            self._clean_at_least(f"step{number}_at_least", named)

    def _clean_at_least(self, name: str, named: int) -> None:
        wanted = self.cleaned_data.get(name, named)
        if wanted is None:
            self.add_error(name, "Skriv hur många kriterier som minst ska vara uppfyllda.")
        elif wanted > named:
            self.add_error(name, f"Steget har {named} kriterier, så fler än så går inte.")

    def _step(self, number: int, criteria: int) -> dict[str, Any]:
        data, name = self.cleaned_data, f"step{number}"
        return {
            "number": number,
            "name": data[f"{name}_name"],
            "meaning": data[f"{name}_meaning"],
            "rule": data[f"{name}_rule"],
            "at_least": data[f"{name}_at_least"] or 1,
            "self_support": data[f"{name}_self_support"],
            "criteria": [
                {"text": data[f"{name}_c{place}_text"], **{flag: data[f"{name}_c{place}_{flag}"] for flag in FLAGS}}
                for place in range(1, criteria + 1)
                if data[f"{name}_c{place}_text"]
            ],
        }

    @classmethod
    def initial_of(cls, ladder: Ladder) -> dict[str, Any]:
        """The answers that a stored ladder stands for."""
        steps = list(ladder.steps.all())
        initial: dict[str, Any] = {"shape": _shape(len(step.criteria.all()) or 1 for step in steps)}
        for number, step in enumerate(steps, start=1):
            for name in ("name", "meaning", "rule", "at_least", "self_support"):
                initial[f"step{number}_{name}"] = getattr(step, name)
            for place, criterion in enumerate(step.criteria.all(), start=1):
                for name in ("text", *FLAGS):
                    initial[f"step{number}_c{place}_{name}"] = getattr(criterion, name)
        return initial


def _shape(counts: Iterable[int]) -> str:
    return ",".join(str(count) for count in counts)


def _counts(shape: Any) -> Sequence[int]:
    """The shape as numbers. The page writes it itself, so anything else has been tampered with."""
    parts = str(shape or "1").split(",")
    if len(parts) > MAX_STEPS or not all(part.isascii() and part.isdigit() and len(part) < 3 for part in parts):
        raise SuspiciousOperation("shape")
    counts = [int(part) for part in parts]
    if not all(1 <= count <= MAX_CRITERIA for count in counts):
        raise SuspiciousOperation("shape")
    return counts
