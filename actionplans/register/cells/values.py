"""The value of one cell of a register: read if it can mean one thing only, else refused with a sentence that says what
to do."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from actionplans.register.cells import words
from actionplans.register.cells.days import Context, read_day
from actionplans.register.cells.text import is_blank, quoted, text_of, tidy
from actionplans.register.reading.fields import STEPS, Field, fold
from actionplans.register.workbook.sheet import Cell, Unreadable
from core.swedish import personal_numbers
from core.swedish.personal_numbers import ParsedNumber
from core.swedish.typed import clean_name
from participants.enums import LivelihoodKind

Livelihood = tuple[LivelihoodKind, int | None]
Value = str | bool | date | ParsedNumber | tuple[Livelihood, ...]

# As long as the columns that names are kept in.
MAX_NAME = 80
_LIVELIHOOD_PART = re.compile(r"(?P<kind>\D+?)\s*(?:(?P<percent>\d{1,3}) ?%)?", re.ASCII)


def understand(field: Field, cell: Cell, context: Context) -> Value | None:
    """The cell's value; None if it is blank. Raises ValueError with a Swedish sentence where it can't be read with
    certainty."""
    if is_blank(cell) or field in (Field.NUMBER, Field.IGNORE):
        return None
    if isinstance(cell, Unreadable):
        raise ValueError(_unreadable(cell))
    if field is Field.PROTECTION:
        # Rows with a yes in this column are sealed before their values are read.
        return None
    return _READERS[field](cell, context)


def _unreadable(cell: Unreadable) -> str:
    if cell.text == "=":
        return "Cellen har en formel utan sparat resultat. Skriv in värdet i stället för formeln."
    if cell.text.startswith("#"):
        return f"Cellen visar felet {cell.text}. Rätta formeln eller skriv in värdet."
    return "Cellen har ett klockslag. Skriv ett värde som hör till kolumnen."


def _step_day(cell: Cell, context: Context) -> date:
    if cell is True or (isinstance(cell, str) and fold(cell) in words.MARKS):
        raise ValueError("Steget är markerat utan dag. Skriv vilken dag det klarades, eller lämna cellen tom.")
    return read_day(cell, context)


def _yes_or_no(cell: Cell, _context: Context) -> bool:
    word = fold(text_of(cell))
    if isinstance(cell, bool):
        return cell
    if word in words.YES | words.NO:
        return word in words.YES
    raise ValueError(f"”{quoted(cell)}” är varken ja eller nej. Skriv ja, nej eller x, eller lämna cellen tom.")


def _number(cell: Cell, context: Context) -> ParsedNumber:
    if isinstance(cell, bool | date) or not isinstance(cell, str | int | float):
        raise ValueError("Det här är inget personnummer. Skriv det så här: ÅÅÅÅMMDD-NNNN.")
    # A person is born before being enrolled, so the century is reckoned on that day and not on the day of the import.
    return personal_numbers.parse(cell, on=context.enrolled_on or context.today)


def _name(cell: Cell, _context: Context) -> str:
    text = clean_name(text_of(cell))
    if max(map(len, text.split(","))) > MAX_NAME:
        raise ValueError(f"Namnet är längre än {MAX_NAME} tecken. Korta det och skriv resten i anmärkningen.")
    return text


def _text(cell: Cell, _context: Context) -> str:
    return tidy(cell)


def _note(cell: Cell, _context: Context) -> str:
    lines = (tidy(line) for line in text_of(cell).splitlines())
    return "\n".join(line for line in lines if line)


def _one_of(known: Mapping[str, str], what: str, examples: str) -> Callable[[Cell, Context], str]:
    def read(cell: Cell, _context: Context) -> str:
        try:
            return known[fold(text_of(cell))]
        except KeyError:
            raise ValueError(f"”{quoted(cell)}” är {what} som vi inte känner igen. Skriv {examples}.") from None

    return read


def _livelihoods(cell: Cell, _context: Context) -> tuple[Livelihood, ...]:
    parts = re.split(r"[,;+/\n]| och ", text_of(cell))
    found = [_livelihood(part) for part in parts if part.strip()]
    if not found or len({kind for kind, _percent in found}) < len(found):
        raise ValueError(f"”{quoted(cell)}” nämner samma försörjning två gånger. Skriv varje slag en gång.")
    return tuple(found)


def _livelihood(part: str) -> Livelihood:
    shape = _LIVELIHOOD_PART.fullmatch(part.strip())
    kind = words.LIVELIHOODS.get(fold(shape["kind"])) if shape else None
    percent = int(shape["percent"]) if shape and shape["percent"] else None
    if kind is None or percent == 0 or (percent or 0) > 100:
        raise ValueError(
            f"”{quoted(part)}” är en försörjning som vi inte känner igen. "
            "Skriv till exempel Försörjningsstöd 50%, sjukpenning 50%."
        )
    return kind, percent


_READERS: dict[Field, Callable[[Cell, Context], Value]] = {
    Field.PERSONAL_NUMBER: _number,
    Field.FAMILY_NAME: _name,
    Field.GIVEN_NAME: _name,
    Field.FULL_NAME: _name,
    Field.SEX: _one_of(words.SEXES, "ett kön", "K eller M, eller lämna cellen tom"),
    Field.SOURCE: _one_of(
        words.SOURCES, "en anvisare", "till exempel AF, FK, socialtjänsten, vårdcentralen eller egen anmälan"
    ),
    Field.APPLIED_ON: read_day,
    Field.REFERRED_ON: read_day,
    Field.ENROLLED_ON: read_day,
    Field.ASSESSED_ON: read_day,
    Field.PLANNED_ON: read_day,
    Field.PLACEMENT: _text,
    Field.FULL_TIME_SICK: _yes_or_no,
    **dict.fromkeys(STEPS, _step_day),
    Field.EXITED_ON: read_day,
    Field.EXIT_REASON: _one_of(words.EXIT_REASONS, "en orsak", "till exempel Arbete, Studier, Flyttat eller Annat"),
    Field.LIVELIHOOD_BEFORE: _livelihoods,
    Field.LIVELIHOOD_AFTER: _livelihoods,
    Field.NOTE: _note,
}
