"""Questions that a file leaves open, sheet by sheet, asked before any row is read; and sentences about what isn't
read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from actionplans.register.reading.columns import Heading, find_heading
from actionplans.register.reading.fields import LABELS, Field
from actionplans.register.reading.findings import RegisterQuestion, Topic
from actionplans.register.reading.line import lines_below
from actionplans.register.workbook.limits import letters
from actionplans.register.workbook.sheet import Sheet

# The answers by sheet and topic.
Answers = Mapping[str, Mapping[str, str]]
Headed = Sequence[tuple[Sheet, Heading | None]]

READ, LEAVE = "read", "leave"
NOBODY, EVERYONE = "nobody", "everyone"
_MOST_NAMED = 20


def heading_of(sheet: Sheet, chosen: Mapping[int, Field] | None, answers: Answers) -> Heading | None:
    """The sheet's heading; None for a sheet that is no register or that the user leaves out."""
    leaves = answers.get(sheet.name, {}).get(Topic.HIDDEN) == LEAVE
    if sheet.is_hidden and leaves:
        return None
    hidden = dict.fromkeys(sheet.hidden_columns, Field.IGNORE) if leaves else {}
    return find_heading(sheet, {**(chosen or {}), **hidden})


def is_left_out(sheet: Sheet, row: int, answers: Answers) -> bool:
    """Whether the row is hidden in the file and the user has answered to leave hidden rows out."""
    return row in sheet.hidden_rows and answers.get(sheet.name, {}).get(Topic.HIDDEN) == LEAVE


def questions_about(sheets: Headed, answers: Answers) -> Iterator[RegisterQuestion]:
    """Questions that must be answered before any row is read."""
    for sheet, heading in sheets:
        if heading is None:
            continue
        answered = answers.get(sheet.name, {})
        if Topic.HIDDEN not in answered and (hidden := _hidden(sheet, heading)):
            yield RegisterQuestion(
                Topic.HIDDEN, sheet.name, heading.row, f"I bladet ”{sheet.name}” är det här dolt: {hidden}."
            )
        if Topic.LOOSE not in answered and sheet.loose:
            yield RegisterQuestion(Topic.LOOSE, sheet.name, heading.row, _loose(sheet))
        for field, columns in heading.doubled:
            yield RegisterQuestion(Topic.COLUMNS, sheet.name, heading.row, _doubled(heading, field, columns), columns)


def told_about(sheets: Headed, answers: Answers) -> Iterator[str]:
    """Sentences about sheets, rows and texts that aren't read."""
    for sheet, heading in sheets:
        if heading is None and sheet.is_hidden:
            yield f"Bladet ”{sheet.name}” är dolt och läses inte in."
        elif heading is not None:
            yield from _told_of_rows(sheet, heading, answers)


def _told_of_rows(sheet: Sheet, heading: Heading, answers: Answers) -> Iterator[str]:
    comments = [f"{letters(column)}{row}" for row, column in sheet.comments]
    if comments:
        yield (
            f"Kommentarer läses inte in. I bladet ”{sheet.name}” sitter de vid {_some(comments)}. "
            "Skriv det som ska med i en cell."
        )
    if answers.get(sheet.name, {}).get(Topic.HIDDEN) == LEAVE and (hidden := _hidden(sheet, heading)):
        yield f"Det dolda i bladet ”{sheet.name}” läses inte in: {hidden}."


def _hidden(sheet: Sheet, heading: Heading) -> str:
    """Words about the parts of the register that are hidden in the file: the sheet, rows about persons, columns that
    are read."""
    rows = [str(line.number) for line in lines_below(sheet, heading) if line.number in sheet.hidden_rows]
    columns = [
        f"{letters(column)} ({text})"
        for column, text in heading.texts.items()
        if column in sheet.hidden_columns and _is_read(heading, column)
    ]
    parts = ["hela bladet"] if sheet.is_hidden else []
    parts += [f"{'raden' if len(rows) == 1 else 'raderna'} {_some(rows)}"] if rows else []
    parts += [f"{'kolumnen' if len(columns) == 1 else 'kolumnerna'} {_some(columns)}"] if columns else []
    return "; ".join(parts)


def _is_read(heading: Heading, column: int) -> bool:
    """Whether the column holds a known field other than the running number."""
    return heading.recognised.get(column) is not Field.NUMBER and column in heading.recognised


def _loose(sheet: Sheet) -> str:
    return (
        f"I bladet ”{sheet.name}” står det något om skydd utanför deltagarnas rader: {_some(sheet.loose)}. "
        "Programmet kan inte se vem det gäller."
    )


def _doubled(heading: Heading, field: Field, columns: Iterable[int]) -> str:
    named = " och ".join(f"{heading.texts[column]} ({letters(column)})" for column in columns)
    return f"Flera kolumner kan vara {LABELS[field]}: {named}. Välj vilken det är, och vad den andra innehåller."


def _some(names: Sequence[str]) -> str:
    """The first names of the list in words, and how many more there are."""
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" och {more} till" if more > 0 else "")
