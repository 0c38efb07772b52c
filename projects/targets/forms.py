"""Result targets: so many per cent of a step within so many months, or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from core.forms.numbers import NumberField
from projects.enums import Counting
from projects.ladder.version_form import VersionForm
from projects.models import ResultTarget, TargetVersion

MAX_MONTHS = 60


@dataclass(frozen=True, slots=True)
class TargetRow:
    """The fields of one step's target."""

    number: int
    name: str
    percent: BoundField
    months: BoundField
    counting: BoundField


class TargetsForm(VersionForm):
    """One row per step of the ladder; a row left empty is a step without a target."""

    def __init__(self, *args: Any, steps: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = steps
        for number in steps:
            self._add_target(number)
        self.ask_last()

    def rows(self) -> list[TargetRow]:
        """The fields as the page shows them."""
        names = ("percent", "months", "counting")
        return [
            TargetRow(number, step, *(self[f"step{number}_{name}"] for name in names))
            for number, step in self.steps.items()
        ]

    def clean(self) -> dict[str, Any]:
        """A target has both figures or neither."""
        super().clean()
        for number in self.steps:
            self._clean_pair(f"step{number}_percent", f"step{number}_months", "Skriv hur många månader målet gäller")
            self._clean_pair(f"step{number}_months", f"step{number}_percent", "Skriv hur många procent målet är")
        return self.cleaned_data

    @property
    def targets(self) -> list[dict[str, Any]]:
        """The targets, as `change_targets` takes them."""
        data = self.cleaned_data
        return [
            {
                "step_number": number,
                "months": data[f"step{number}_months"],
                "percent": data[f"step{number}_percent"],
                "counts_higher": data[f"step{number}_counting"] == Counting.HIGHER,
                "exclusive": data[f"step{number}_counting"] == Counting.HIGHEST,
            }
            for number in self.steps
            if data[f"step{number}_percent"] is not None
        ]

    @property
    def answers(self) -> dict[str, Any]:
        """The version as `change_targets` takes it."""
        return {**super().answers, "targets": self.targets}

    @classmethod
    def initial_of(cls, version: TargetVersion) -> dict[str, Any]:
        """The answers that stored targets stand for."""
        initial: dict[str, Any] = {}
        for target in version.targets.all():
            name = f"step{target.step_number}"
            initial[f"{name}_percent"], initial[f"{name}_months"] = target.percent, target.months
            initial[f"{name}_counting"] = counting(target)
        return initial

    def _add_target(self, number: int) -> None:
        step = f"Steg {number}"
        self.fields |= {
            f"step{number}_percent": _whole_number(f"{step}, andel i procent", 100),
            f"step{number}_months": _whole_number(f"{step}, månader", MAX_MONTHS),
            f"step{number}_counting": forms.ChoiceField(
                label=f"{step}, räknas som klarat",
                choices=Counting.choices,
                initial=Counting.HIGHER,
                widget=forms.Select(attrs={"aria-label": f"{step}, räknas som klarat"}),
                error_messages={"required": "Välj vad som räknas som klarat."},
            ),
        }

    def _clean_pair(self, one: str, other: str, fault: str) -> None:
        data = self.cleaned_data
        if other in data and data.get(one) is not None and data[other] is None:
            self.add_error(other, f"{fault}, eller töm hela raden.")


def counting(target: ResultTarget) -> Counting:
    """The one choice that the two flags of a target stand for."""
    if target.exclusive:
        return Counting.HIGHEST
    return Counting.HIGHER if target.counts_higher else Counting.OWN


def _whole_number(label: str, most: int) -> NumberField:
    return NumberField(
        label=label,
        min_value=1,
        max_value=most,
        required=False,
        widget=forms.NumberInput(attrs={"aria-label": label}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), f"Skriv ett heltal mellan 1 och {most}."),
    )
