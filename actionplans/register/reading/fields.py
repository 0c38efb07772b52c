"""Every column that a register can have: its name in forms, its Swedish label, and how coordinators spell its heading.

A new column is a member, a label and its spellings here; docs/architecture.md lists what reads, writes and tests it.
"""

import re
import unicodedata
from enum import StrEnum

from actionplans.register.cells.marking import Mark, mark_of

# A heading about protection has at most so many words.
_MOST_WORDS = 4


class Field(StrEnum):
    """The fields that a column can hold. The value is also how a form sends the choice."""

    NUMBER = "number"
    PERSONAL_NUMBER = "personal_number"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    FULL_NAME = "full_name"
    SEX = "sex"
    SOURCE = "source"
    APPLIED_ON = "applied_on"
    REFERRED_ON = "referred_on"
    ENROLLED_ON = "enrolled_on"
    ASSESSED_ON = "assessed_on"
    PLANNED_ON = "planned_on"
    PLACEMENT = "placement"
    FULL_TIME_SICK = "full_time_sick"
    STEP_1 = "step_1"
    STEP_2 = "step_2"
    STEP_3 = "step_3"
    STEP_4 = "step_4"
    STEP_5 = "step_5"
    EXITED_ON = "exited_on"
    EXIT_REASON = "exit_reason"
    LIVELIHOOD_BEFORE = "livelihood_before"
    LIVELIHOOD_AFTER = "livelihood_after"
    NOTE = "note"
    PROTECTION = "protection"
    IGNORE = "ignore"

    @property
    def label(self) -> str:
        return LABELS[self]


STEPS = {
    Field.STEP_1: 1,
    Field.STEP_2: 2,
    Field.STEP_3: 3,
    Field.STEP_4: 4,
    Field.STEP_5: 5,
}

LABELS = {
    Field.NUMBER: "Löpnummer",
    Field.PERSONAL_NUMBER: "Personnummer",
    Field.FAMILY_NAME: "Efternamn",
    Field.GIVEN_NAME: "Förnamn",
    Field.FULL_NAME: "Namn",
    Field.SEX: "Kön",
    Field.SOURCE: "Anvisad från",
    Field.APPLIED_ON: "Ansökningsdag",
    Field.REFERRED_ON: "Anvisningsdag",
    Field.ENROLLED_ON: "Inskriven",
    Field.ASSESSED_ON: "Kartläggning klar",
    Field.PLANNED_ON: "Handlingsplan klar",
    Field.PLACEMENT: "Placering",
    Field.FULL_TIME_SICK: "Sjukskriven på heltid",
    **{step: f"Steg {number} klarat" for step, number in STEPS.items()},
    Field.EXITED_ON: "Avslutad",
    Field.EXIT_REASON: "Orsak till avslut",
    Field.LIVELIHOOD_BEFORE: "Försörjning före",
    Field.LIVELIHOOD_AFTER: "Försörjning efter",
    Field.NOTE: "Anmärkning",
    Field.PROTECTION: "Skyddade uppgifter",
    Field.IGNORE: "Läs inte in kolumnen",
}

# As coordinators write them; compared folded, so without capitals, full stops and line breaks.
_SPELLINGS = {
    Field.NUMBER: "nr, löpnr, löpnummer, rad, radnr, #",
    Field.PERSONAL_NUMBER: (
        "personnummer, personnr, pnr, pers nr, person nr, persnr, personnummer (12 siffror), "
        "samordningsnummer, person-/samordningsnummer, födelsenummer"
    ),
    Field.FAMILY_NAME: "efternamn, enamn, e-namn, familjenamn",
    Field.GIVEN_NAME: "förnamn, fnamn, f-namn, tilltalsnamn",
    Field.FULL_NAME: "namn, deltagare, deltagarens namn, deltagarnamn",
    Field.SEX: "kön, k/m, m/k, man/kvinna, kvinna/man",
    Field.SOURCE: (
        "anvisad från, anvisad av, anvisare, anvisande part, anvisande myndighet, remittent, källa, "
        "kommer från, aktualiserad av, inremitterad av"
    ),
    Field.APPLIED_ON: ("ansökan, ansökt, ansökningsdag, ansökningsdatum, ansökan datum, ans datum, ansökte, sökt"),
    Field.REFERRED_ON: (
        "anv datum, anvdatum, anvisad, anvisning, anvisningsdag, anvisningsdatum, anvisad datum, anvisad "
        "den, anv dag, anvisn datum, remissdatum, datum för anvisning"
    ),
    Field.ENROLLED_ON: (
        "inskriven, inskrivning, inskrivningsdag, inskrivningsdatum, inskr, inskr datum, inskrdatum, "
        "inskriven datum, inskriven den, start, startdatum, startdag, datum för inskrivning"
    ),
    Field.ASSESSED_ON: (
        "kartl klar, kartläggning, kartläggning klar, kartl, kartlagd, kartläggningsdag, "
        "kartläggningsdatum, kartl datum, kartläggning datum, kartläggning gjord"
    ),
    Field.PLANNED_ON: (
        "handlingsplan, handlingsplan klar, plan, plan klar, handl plan, hpl, handlingsplan datum, hp "
        "klar, handlingsplan upprättad, plan datum"
    ),
    Field.PLACEMENT: "placering, placerad, placerad på, enhet, verksamhet, arbetsplats, praktikplats",
    Field.FULL_TIME_SICK: (
        "heltidssjukskr, heltidssjukskriven, heltidssjukskrivning, sjukskriven heltid, sjukskriven på "
        "heltid, sjukskriven 100 %, sjukskriven 100%, heltidssjuk, hel sjukskrivning"
    ),
    Field.EXITED_ON: (
        "avslut, avslutad, avslutsdag, avslutsdatum, avslutat, utskriven, utskrivning, utskrivningsdag, "
        "slut, slutdatum, slutdag, avslutad datum, avslutad den, datum för avslut"
    ),
    Field.EXIT_REASON: (
        "orsak, avslutsorsak, orsak till avslut, avslutsskäl, skäl, anledning, orsak avslut, avslutad "
        "till, avslutsanledning"
    ),
    Field.LIVELIHOOD_BEFORE: (
        "försörjning före, förs före, försörjning vid inskrivning, försörjning in, försörjning vid start, "
        "försörjning innan"
    ),
    Field.LIVELIHOOD_AFTER: (
        "försörjning efter, förs efter, försörjning vid avslut, försörjning ut, försörjning vid slut"
    ),
    Field.NOTE: (
        "anm, anmärkning, anmärkningar, anteckning, anteckningar, kommentar, kommentarer, övrigt, notering, noteringar"
    ),
}
_STEP_HEADING = re.compile(r"steg ?([1-5])(?: (?:klart?|klarat|klarad|nått|uppnått|uppnådd|datum|dag|den))*")

# Several columns of a sheet may hold these.
REPEATABLE = frozenset({Field.NUMBER, Field.NOTE, Field.PROTECTION, Field.IGNORE})


def fold(text: str) -> str:
    """The text as words are compared: composed letters, no capitals, single blanks, no full stops."""
    composed = unicodedata.normalize("NFC", text).casefold().replace(".", " ")
    return " ".join(composed.split()).strip(" :*")


_FIELD_OF = {fold(spelling): field for field, line in _SPELLINGS.items() for spelling in line.split(",")} | {
    fold(label): field for field, label in LABELS.items() if field is not Field.IGNORE
}


def field_for(heading: str) -> Field | None:
    """The field of a column with this heading; None if the heading isn't known."""
    folded = fold(heading)
    step = _STEP_HEADING.fullmatch(folded)
    field = Field(f"step_{step[1]}") if step else _FIELD_OF.get(folded)
    return field or (Field.PROTECTION if _is_about_protection(folded) else None)


def _is_about_protection(heading: str) -> bool:
    """Whether a heading of a few words is about protection. A whole sentence isn't: it rather says what not to
    write."""
    return len(heading.split()) <= _MOST_WORDS and mark_of(heading) is Mark.SURE
