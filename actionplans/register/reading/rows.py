"""Reads a whole register of participants: every row to import, and every fault of the others."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from actionplans.register.cells import words
from actionplans.register.cells.days import Context
from actionplans.register.cells.text import text_of
from actionplans.register.cells.values import Value, understand
from actionplans.register.reading.columns import Heading
from actionplans.register.reading.fields import STEPS, Field, fold
from actionplans.register.reading.findings import (
    Fault,
    ReadColumn,
    ReadSheet,
    Register,
    RegisterRow,
    UnrecognisedColumn,
)
from actionplans.register.reading.kept import Choices, sheets_of
from actionplans.register.reading.line import UNSHOWN, SheetRow, canonical, lines_below, where
from actionplans.register.reading.questions import Answers, Headed, heading_of, is_left_out, questions_about, told_about
from actionplans.register.reading.repeats import AcceptedRows
from actionplans.register.reading.rules import contradictions, remarks
from actionplans.register.workbook.sheet import Sheet
from participants.enums import ExitReason, ReferralSource, Sex

_NO_DAY_IN_SEAL = (
    "Raden är märkt som skyddad och räknas utan att registreras, men ingen inskrivningsdag går att läsa på den. "
    "Skriv dagen så här: 2011-01-28."
)
_UNSURE = (
    "Det står något om skydd här, men inte säkert. Är personen skyddad: skriv Skyddad i cellen. "
    "Är den inte det: ta bort orden. Läs sedan in filen på nytt."
)

# Read straight into the row's attribute of the same name.
_PLAIN = (
    Field.PERSONAL_NUMBER,
    Field.APPLIED_ON,
    Field.REFERRED_ON,
    Field.ENROLLED_ON,
    Field.ASSESSED_ON,
    Field.PLANNED_ON,
    Field.PLACEMENT,
    Field.FULL_TIME_SICK,
    Field.EXITED_ON,
    Field.LIVELIHOOD_BEFORE,
    Field.LIVELIHOOD_AFTER,
    Field.NOTE,
)


def read_register(
    content: bytes,
    *,
    today: date,
    choices: Choices | None = None,
    answers: Answers | None = None,
    is_imported: Callable[[RegisterRow], bool] = lambda row: False,
) -> Register:
    """Read a user's file or a packed workbook. `choices` gives the user's choice of field by sheet and column.

    Rows that `is_imported` knows were accepted once: another row about the same person gives way to them, wherever it
    stands. No row is read while there are questions that `answers` doesn't answer. Raises RegisterError if the file as
    a whole can't be read.
    """
    answers = answers or {}
    sheets = [(sheet, heading_of(sheet, (choices or {}).get(sheet.name), answers)) for sheet in sheets_of(content)]
    questions = tuple(questions_about(sheets, answers))
    rows, faults = _read_all(sheets, today, answers, is_imported) if not questions else ([], [])
    return Register(
        tuple(rows),
        tuple(faults),
        tuple(_unrecognised(sheets)),
        tuple(_read_sheet(*pair) for pair in sheets),
        questions,
        tuple(told_about(sheets, answers)),
        tuple(_marked(sheets)),
    )


def _read_all(
    sheets: Headed, today: date, answers: Answers, is_imported: Callable[[RegisterRow], bool]
) -> tuple[list[RegisterRow], list[Fault]]:
    found = [
        (line, *(_read_sealed(line, today) if line.seal else _read(line, today)))
        for sheet, heading in sheets
        for line in (lines_below(sheet, heading) if heading else ())
        if not is_left_out(sheet, line.number, answers)
    ]
    accepted, rows, faults = AcceptedRows(), {}, {}
    places = range(len(found))
    for at in sorted(places, key=lambda at: not ((row := found[at][1]) and is_imported(row))):
        rows[at], faults[at] = _accepted(*found[at], accepted)
    return [row for at in places if (row := rows[at])], [fault for at in places for fault in faults[at]]


def _read(line: SheetRow, today: date) -> tuple[RegisterRow | None, list[Fault]]:
    """The row, or None and its faults."""
    values, faults = _understood(line, today)
    # Also for a row that has a fault already, so that all its faults are told at once.
    faults += [line.fault(field, reason) for field, reason in contradictions(values)]
    return None if faults else _enrolment(line, values), faults


def _read_sealed(line: SheetRow, today: date) -> tuple[RegisterRow | None, list[Fault]]:
    """A protected person's row: counted by the day and sex that are left of it, or refused. A fault doesn't show the
    row."""
    enrolled_on, faults = _enrolment_day(line, Context(today, line.date_1904))
    if faults:
        faults = [line.fault(Field.ENROLLED_ON, _NO_DAY_IN_SEAL)]
    if not any(mark.is_sure for mark in line.marks):
        place = where(line.heading, line.marks[0])
        faults = [Fault(line.sheet, line.number, place[0].upper() + place[1:], UNSHOWN, _UNSURE)]
    return _counted_only(line, enrolled_on) if enrolled_on and not faults else None, faults


def _accepted(
    line: SheetRow, row: RegisterRow | None, faults: list[Fault], accepted: AcceptedRows
) -> tuple[RegisterRow | None, list[Fault]]:
    if row is None:
        return None, faults
    if objection := accepted.objection_to(row):
        return None, [line.fault(*objection)]
    return accepted.add(row), []


def _understood(line: SheetRow, today: date) -> tuple[dict[Field, Value], list[Fault]]:
    """The values of the row's cells that aren't blank, and a fault for each cell that can't be read."""
    enrolled_on, faults = _enrolment_day(line, Context(today, line.date_1904))
    values: dict[Field, Value] = {Field.ENROLLED_ON: enrolled_on} if enrolled_on else {}
    context = Context(today, line.date_1904, enrolled_on)
    for field, cell in line.fields():
        if field is Field.ENROLLED_ON:
            continue
        try:
            _keep(values, field, understand(field, cell, context))
        except ValueError as error:
            faults.append(line.fault(field, str(error)))
    return values, faults


def _enrolment_day(line: SheetRow, context: Context) -> tuple[date | None, list[Fault]]:
    try:
        day = understand(Field.ENROLLED_ON, line.cell(Field.ENROLLED_ON), context)
    except ValueError as error:
        return None, [line.fault(Field.ENROLLED_ON, str(error))]
    if isinstance(day, date):
        return day, []
    return None, [line.fault(Field.ENROLLED_ON, _no_enrolment_day(line.heading))]


def _keep(values: dict[Field, Value], field: Field, value: Value | None) -> None:
    """Put a value among the row's values, unless it is blank. The texts of several note columns are joined."""
    if value is None:
        return
    values[field] = f"{values[field]}\n{value}" if field is Field.NOTE and field in values else value


def _no_enrolment_day(heading: Heading) -> str:
    if heading.column_of(Field.ENROLLED_ON) is None:
        return "Bladet har ingen kolumn för inskrivningsdag. Välj vilken kolumn den står i."
    return "Inskrivningsdag saknas. Skriv dagen, eller ta bort raden om personen aldrig skrevs in."


def _counted_only(line: SheetRow, enrolled_on: date) -> RegisterRow:
    sex = words.SEXES.get(fold(text_of(line.cell(Field.SEX))), Sex.UNKNOWN)
    return RegisterRow(
        sheet=line.sheet,
        row=line.number,
        fingerprint_source=line.seal,
        enrolled_on=enrolled_on,
        counted_only=True,
        sex=Sex(sex),
    )


def _enrolment(line: SheetRow, values: Mapping[Field, Value]) -> RegisterRow:
    plain: dict[str, Any] = {field.value: values[field] for field in _PLAIN if field in values}
    family_name, given_name = _names(values)
    return RegisterRow(
        sheet=line.sheet,
        row=line.number,
        fingerprint_source=_fingerprint_source(values),
        family_name=family_name,
        given_name=given_name,
        sex=_sex(values),
        source=ReferralSource(str(values.get(Field.SOURCE, ReferralSource.UNKNOWN))),
        cleared=tuple((number, _day(values[step])) for step, number in STEPS.items() if step in values),
        exit_reason=_exit_reason(values),
        remarks=tuple(remarks(values)),
        **plain,
    )


def _fingerprint_source(values: Mapping[Field, Value]) -> str:
    """The row's values as one text, equal however the cells were spelled and wherever the row stands."""
    content = {field.value: value for field, value in values.items()}
    return json.dumps(content, default=canonical, sort_keys=True, ensure_ascii=False)


def _sex(values: Mapping[Field, Value]) -> Sex:
    return Sex(str(values.get(Field.SEX, Sex.UNKNOWN)))


def _day(value: Value) -> date:
    if not isinstance(value, date):
        raise TypeError("a column of days gives days")
    return value


def _exit_reason(values: Mapping[Field, Value]) -> ExitReason | None:
    if Field.EXITED_ON not in values:
        return None
    return ExitReason(str(values.get(Field.EXIT_REASON, ExitReason.UNKNOWN)))


def _names(values: Mapping[Field, Value]) -> tuple[str, str]:
    family_name, given_name = str(values.get(Field.FAMILY_NAME, "")), str(values.get(Field.GIVEN_NAME, ""))
    whole, _comma, rest = str(values.get(Field.FULL_NAME, "")).partition(",")
    return family_name or whole.strip(), given_name or rest.strip()


def _unrecognised(sheets: Headed) -> Iterator[UnrecognisedColumn]:
    for sheet, heading in sheets:
        for column, text in heading.unrecognised if heading else ():
            yield UnrecognisedColumn(sheet.name, column, text)


def _marked(sheets: Headed) -> Iterator[str]:
    """Places of the marks of rows that are surely protected persons', without the rows' content."""
    for sheet, heading in sheets:
        if heading is None:
            continue
        for row in sorted(sheet.seals):
            sure = [mark for mark in sheet.marks.get(row, ()) if mark.is_sure]
            if not sure:
                continue
            places = ", ".join(dict.fromkeys(where(heading, mark) for mark in sure))
            yield f"rad {row} i bladet ”{sheet.name}” ({places})" if len(sheets) > 1 else f"rad {row} ({places})"


def _read_sheet(sheet: Sheet, heading: Heading | None) -> ReadSheet:
    if heading is None:
        return ReadSheet(sheet.name, None)
    columns = (ReadColumn(column, text, heading.recognised.get(column)) for column, text in heading.texts.items())
    return ReadSheet(sheet.name, heading.row, tuple(columns))
