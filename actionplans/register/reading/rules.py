"""Compares a row's values with each other: a contradiction refuses the row, an unusual order only adds a remark."""

from collections.abc import Iterator, Mapping
from datetime import date

from actionplans.register.cells.values import Value
from actionplans.register.reading.fields import STEPS, Field
from core.swedish.personal_numbers import ParsedNumber
from participants.enums import Sex

Values = Mapping[Field, Value]

_CORRECT = "Rätta den av dagarna som är fel."

_SHOULD_FOLLOW = (
    # the day, what it shouldn't come before, how the oddity is told
    (Field.ASSESSED_ON, Field.ENROLLED_ON, "Kartläggningen är gjord före inskrivningen."),
    (Field.PLANNED_ON, Field.ENROLLED_ON, "Handlingsplanen är klar före inskrivningen."),
    (Field.PLANNED_ON, Field.ASSESSED_ON, "Handlingsplanen är klar före kartläggningen."),
    (Field.EXITED_ON, Field.ASSESSED_ON, "Kartläggningen är gjord efter avslutet."),
    (Field.EXITED_ON, Field.PLANNED_ON, "Handlingsplanen är klar efter avslutet."),
    (Field.ENROLLED_ON, Field.REFERRED_ON, "Anvisningen kom efter inskrivningen."),
    (Field.ENROLLED_ON, Field.APPLIED_ON, "Ansökan kom efter inskrivningen."),
    (Field.REFERRED_ON, Field.APPLIED_ON, "Ansökan kom efter anvisningen."),
)


def contradictions(values: Values) -> Iterator[tuple[Field, str]]:
    """The field and reason of each value that can't be true beside the others. Unreadable values aren't compared."""
    for field in (Field.EXITED_ON, *STEPS):
        if _precedes(values, field, Field.ENROLLED_ON):
            yield field, f"{_what(field)} ligger före inskrivningen {values[Field.ENROLLED_ON]}. {_CORRECT}"
        if field in STEPS and _precedes(values, Field.EXITED_ON, field):
            yield field, f"{_what(field)} ligger efter avslutet {values[Field.EXITED_ON]}. {_CORRECT}"


def remarks(values: Values) -> Iterator[str]:
    """Sentences about unusual values in a row that is imported nevertheless."""
    for later, earlier, remark in _SHOULD_FOLLOW:
        if _precedes(values, later, earlier):
            yield remark
    yield from _exit_remarks(values)
    yield from _identity_remarks(values)


def _exit_remarks(values: Values) -> Iterator[str]:
    if Field.EXITED_ON in values:
        if Field.EXIT_REASON not in values:
            yield "Avslutet saknar orsak. Den läses in som uppgift saknas."
        return
    if Field.EXIT_REASON in values:
        yield "Orsak till avslut står utan avslutsdag. Personen läses in som inskriven, utan orsak."
    if Field.LIVELIHOOD_AFTER in values:
        yield "Försörjning efter står utan avslutsdag."


def _identity_remarks(values: Values) -> Iterator[str]:
    number, sex = values.get(Field.PERSONAL_NUMBER), values.get(Field.SEX, Sex.UNKNOWN)
    if isinstance(number, ParsedNumber) and sex != Sex.UNKNOWN and number.sex != sex:
        yield "Könet stämmer inte med personnumret. Det som står i kolumnen för kön läses in."
    full_name = values.get(Field.FULL_NAME)
    if isinstance(full_name, str) and "," not in full_name:
        yield "Namnet kan inte delas säkert. Det läses in som efternamn; skriv annars ”Efternamn, Förnamn”."
    if not {Field.FAMILY_NAME, Field.GIVEN_NAME, Field.FULL_NAME} & values.keys():
        has_number = Field.PERSONAL_NUMBER in values
        yield "Raden har inget namn." if has_number else "Raden har varken namn eller personnummer."


def _precedes(values: Values, one: Field, other: Field) -> bool:
    first, second = values.get(one), values.get(other)
    return isinstance(first, date) and isinstance(second, date) and first < second


def _what(field: Field) -> str:
    return f"Dagen för steg {STEPS[field]}" if field in STEPS else "Avslutet"
