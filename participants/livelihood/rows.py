"""The rows of a form in which means of support are chosen: some empty ones at first, and one more on request."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import SuspiciousOperation
from django.forms import BoundField

from core.forms.fields import PlainSelect
from core.forms.numbers import NumberField
from participants.enums import LivelihoodKind
from projects.models import Listed

FIRST_ROWS: Final = 3
MAX_ROWS: Final = 20
_PERCENT: Final = "skriv procenten som ett heltal från 1 till 100, eller lämna tomt."
_NOTHING_ELSE: Final = "den som inte har någon inkomst kan inte också ha en annan försörjning. Ta bort det ena."
Means = tuple[Listed, int | None]


@dataclass(frozen=True, slots=True)
class MeansFields:
    """The fields of one means of support."""

    number: int
    line: BoundField
    percent: BoundField


def means_fields(number: int, offered: Sequence[Listed]) -> dict[str, forms.Field]:
    """The fields of the row with this number, from 1."""
    fault = f"Rad {number}: {_PERCENT}"
    return {
        f"k{number}_line": forms.ChoiceField(
            label="Försörjning",
            required=False,
            widget=PlainSelect,
            choices=[("", "Välj"), *((str(line.public_id), line.name) for line in offered)],
        ),
        f"k{number}_percent": NumberField(
            label="Procent",
            required=False,
            min_value=1,
            max_value=100,
            error_messages={"invalid": fault, "min_value": fault, "max_value": fault},
        ),
    }


def rows_of(form: forms.Form, count: int) -> list[MeansFields]:
    """The rows of a form as its page shows them."""
    numbers = range(1, count + 1)
    return [MeansFields(number, form[f"k{number}_line"], form[f"k{number}_percent"]) for number in numbers]


def opening(means: Sequence[Means]) -> dict[str, Any]:
    """The answers that the rows open with: the means of support, and at least one empty row."""
    answers: dict[str, Any] = {"rows": min(max(FIRST_ROWS, len(means) + 1), MAX_ROWS)}
    for number, (line, percent) in enumerate(means, start=1):
        answers |= {f"k{number}_line": str(line.public_id), f"k{number}_percent": percent}
    return answers


def row_count(value: Any) -> int:
    """How many rows there are. The page writes it itself, so anything else has been tampered with: raises
    SuspiciousOperation."""
    text = str(value or FIRST_ROWS)
    if not (text.isascii() and text.isdigit() and len(text) < 3 and 1 <= int(text) <= MAX_ROWS):
        raise SuspiciousOperation("rows")
    return int(text)


def read_rows(
    answers: Mapping[str, Any], count: int, offered: Mapping[str, Listed], unread: Collection[str]
) -> tuple[list[Means], dict[str, str]]:
    """The means of support that were chosen, and the faults by field, each with its row.

    unread: fields whose answer couldn't be read, which say so themselves.
    """
    means: list[Means] = []
    faults: dict[str, str] = {}
    chosen: dict[str, int] = {}
    for number in range(1, count + 1):
        line, percent = f"k{number}_line", f"k{number}_percent"
        key = answers.get(line) or ""
        if not key:
            if answers.get(percent) is not None or percent in unread:
                faults[line] = f"Rad {number}: välj försörjning."
        elif key in chosen:
            faults[line] = f"Rad {number}: {offered[key].name} står redan på rad {chosen[key]}."
        else:
            chosen[key] = number
            means.append((offered[key], answers.get(percent)))
    nothing = [number for key, number in chosen.items() if offered[key].code == LivelihoodKind.NO_INCOME]
    if nothing and len(chosen) > 1:
        line = f"k{nothing[0]}_line"
        faults.setdefault(line, f"Rad {nothing[0]}: {_NOTHING_ELSE}")
    return means, faults
