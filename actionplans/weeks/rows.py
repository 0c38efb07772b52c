"""The rows of a form in which a week is typed: always some empty ones, and one more on request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import SuspiciousOperation
from django.forms import BoundField

from actionplans.weeks.entries import (
    LONGEST_WORDS,
    MAX_TIMES,
    Entry,
    Week,
    clock,
    fault_of,
    from_until,
    in_order,
    overlaps,
    plain,
    read_time,
)
from core.forms.fields import CodeField, PlainSelect, TextField
from core.swedish.words import WEEKDAYS

FIRST_TIMES: Final = 5
# Empty rows after what stands: one for each of two more times.
_FREE: Final = 2
_WORKDAYS: Final = 5
_PARTS: Final = ("day", "start", "end", "what", "where")


@dataclass(frozen=True, slots=True)
class TimeFields:
    """The fields of one time of the week."""

    number: int
    day: BoundField
    start: BoundField
    end: BoundField
    what: BoundField
    where: BoundField


def time_fields(number: int) -> dict[str, forms.Field]:
    """The fields of the row with this number, from 1."""
    row = f"w{number}"
    return {
        f"{row}_day": forms.TypedChoiceField(
            label="Dag",
            coerce=int,
            empty_value=None,
            required=False,
            widget=PlainSelect(attrs={"data-time": ""}),
            choices=[("", "Välj dag"), *((str(day), name.capitalize()) for day, name in enumerate(WEEKDAYS))],
        ),
        # Room for more than a time: «9–13» in the first of the two is understood.
        f"{row}_start": CodeField(label="Från", required=False, max_length=40, says_who=False, widget=_time_input()),
        f"{row}_end": CodeField(label="Till", required=False, max_length=20, says_who=False, widget=_time_input()),
        f"{row}_what": TextField(label="Vad", required=False, max_length=LONGEST_WORDS, says_who=False),
        f"{row}_where": TextField(label="Var", required=False, max_length=LONGEST_WORDS, says_who=False),
    }


def counted_rows(name: str, value: Any, first: int, most: int) -> int:
    """How many rows there are, from 1. The page writes it itself: raises SuspiciousOperation for anything else."""
    text = str(value or first)
    if not (text.isascii() and text.isdigit() and len(text) < 3 and 1 <= int(text) <= most):
        raise SuspiciousOperation(name)
    return int(text)


def rows_of(form: forms.Form, count: int) -> list[TimeFields]:
    """The rows of a form as its page shows them."""
    return [TimeFields(number, *(form[f"w{number}_{part}"] for part in _PARTS)) for number in range(1, count + 1)]


def opening(week: Week) -> dict[str, Any]:
    """The answers that the rows open with: the week, and empty rows. Of these the first have the workdays without a
    time, and a day alone says nothing."""
    entries: Sequence[Entry] = week.entries
    answers: dict[str, Any] = {"times": min(max(FIRST_TIMES, len(entries) + _FREE), MAX_TIMES)}
    for number, entry in enumerate(entries, start=1):
        said = (entry.weekday, clock(entry.start), clock(entry.end), entry.what, entry.where)
        answers |= {f"w{number}_{part}": value for part, value in zip(_PARTS, said, strict=True)}
    busy = {entry.weekday for entry in entries}
    free = (day for day in range(_WORKDAYS) if day not in busy)
    answers |= {
        f"w{number}_day": day for number, day in zip(range(len(entries) + 1, answers["times"] + 1), free, strict=False)
    }
    return answers


def read_rows(answers: Mapping[str, Any], count: int) -> tuple[Week, dict[str, str]]:
    """The week that was typed, and the faults by field, each with its row. Rows with nothing but a day are empty."""
    found: list[tuple[int, Entry]] = []
    faults: dict[str, str] = {}
    for number in range(1, count + 1):
        said = {part: answers.get(f"w{number}_{part}") for part in _PARTS}
        if not any(said[part] for part in _PARTS if part != "day"):
            continue
        entry = _read_row(said)
        if isinstance(entry, Entry):
            found.append((number, entry))
        else:
            part, fault = entry
            faults[f"w{number}_{part}"] = f"Rad {number}: {fault}"
    for later, earlier in overlaps([entry for _, entry in found]):
        number, other = found[later][0], found[earlier][0]
        faults[f"w{number}_start"] = f"Rad {number}: från och till går in i rad {other}, samma dag."
    return Week(tuple(sorted((entry for _, entry in found), key=in_order))), faults


def _read_row(said: Mapping[str, Any]) -> Entry | tuple[str, str]:
    """The time of a row, or the part that is wrong and why."""
    first, until = from_until(said["start"] or "")
    typed = {"start": first, "end": said["end"] or until}
    if said["day"] is None:
        return "day", "välj en dag."
    for part, name in (("start", "från"), ("end", "till")):
        if not typed[part]:
            return part, f"skriv {name} vilken tid." if part == "start" else "skriv till vilken tid."
        if read_time(typed[part]) is None:
            return part, f"skriv {name} som 9 eller 9.30."
    start, end = read_time(typed["start"]), read_time(typed["end"])
    if fault := fault_of(start, end):
        return "end", fault
    return Entry(said["day"], start or 0, end or 0, plain(said["what"] or ""), plain(said["where"] or ""))


def _time_input() -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", "data-time": ""})
