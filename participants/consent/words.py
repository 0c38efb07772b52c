"""Consent in words: sentences that can be read aloud. Pure: "today" is always an argument."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.enums import Category
from core.swedish.keys import clean, sort_key
from core.swedish.words import day, listed, plural

# After «får läsa».
KINDS: Mapping[Category, str] = {
    Category.IDENTITY: "namn och kontaktuppgifter",
    Category.SUPPORT: "uppgifter om försörjning och sysselsättning",
    Category.ASSESSMENT: "kartläggning",
    Category.HEALTH: "uppgifter om hälsa",
    Category.PLAN: "plan",
    Category.ATTENDANCE: "närvaro",
    Category.MEETINGS: "möten",
    Category.STEPS: "steg och utfall",
}
# The same, said to the participant.
YOURS: Mapping[Category, str] = {
    Category.IDENTITY: "ditt namn och dina kontaktuppgifter",
    Category.SUPPORT: "uppgifter om din försörjning och vad du gör",
    Category.ASSESSMENT: "din kartläggning",
    Category.HEALTH: "uppgifter om din hälsa",
    Category.PLAN: "din plan",
    Category.ATTENDANCE: "din närvaro",
    Category.MEETINGS: "anteckningar från dina möten",
    Category.STEPS: "dina steg och hur det gick",
}

Cell = tuple[str, Category]


def kinds(categories: Iterable[Category], words: Mapping[Category, str] = KINDS) -> str:
    """The kinds of information in words, always in the order of the form."""
    chosen = set(categories)
    return listed([words[category] for category in Category if category in chosen])


def parties(names: Iterable[str]) -> str:
    """The parties, in the order of a Swedish register."""
    return listed(sorted(set(names), key=sort_key))


def phrase(purpose: str) -> str:
    """A purpose as it goes on after «för att»: «Att planera praktik.» becomes «planera praktik»."""
    text = re.sub(r"^(?:för\s+)?att\s+", "", clean(purpose), flags=re.IGNORECASE).rstrip(". ")
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def period(first: date, last: date, *, on: date) -> str:
    """«till och med 30 juni 2027», with the first day where it is still to come."""
    if first == last:
        return f"bara den {day(first)}"
    return f"{f'från och med {day(first)} ' if first > on else ''}till och med {day(last)}"


@dataclass(frozen=True, slots=True)
class Term:
    """The purpose of a consent and its first and last day."""

    purpose: str
    first: date
    last: date


def sentences(cells: Iterable[Cell], term: Term, *, on: date) -> list[str]:
    """Sentences about what is open, one for each group of parties that may read equally much."""
    when = period(term.first, term.last, on=on)
    return [f"{who} får läsa {what} {when} för att {phrase(term.purpose)}." for who, what in grouped(cells)]


def past_sentences(cells: Iterable[Cell], term: Term) -> list[str]:
    """Sentences about a consent that has ended, one for each group of parties: what they could read, when and why.

    Where the last day is before the first, it was withdrawn before it began: then what they could have read.
    """
    if term.last < term.first:
        return [f"{who} skulle få läsa {what} för att {phrase(term.purpose)}." for who, what in grouped(cells)]
    when = f"från och med {day(term.first)} till och med {day(term.last)}"
    when = f"den {day(term.first)}" if term.first == term.last else when
    return [f"{who} fick läsa {what} {when} för att {phrase(term.purpose)}." for who, what in grouped(cells)]


def grouped(cells: Iterable[Cell]) -> list[tuple[str, str]]:
    """Parties that may read equal kinds, in words: (who, what)."""
    by_party: dict[str, set[Category]] = {}
    for name, category in cells:
        by_party.setdefault(name, set()).add(Category(category))
    alike: dict[frozenset[Category], list[str]] = {}
    for name in sorted(by_party, key=sort_key):
        alike.setdefault(frozenset(by_party[name]), []).append(name)
    return [(parties(names), kinds(categories)) for categories, names in alike.items()]


def question(names: Iterable[str], categories: Iterable[Category], purpose: str) -> str:
    """The question in words, as a refusal keeps it: «Vuxam får läsa plan för att planera praktik»."""
    return f"{parties(names)} får läsa {kinds(categories)} för att {phrase(purpose)}"


def read_aloud(
    names: Sequence[str], categories: Iterable[Category], term: Term, *, project: str, on: date
) -> list[str]:
    """The question to the participant, a paragraph each: what is read aloud and what is printed."""
    when = period(term.first, term.last, on=on)
    return [
        f"{parties(names)} får läsa {kinds(categories, YOURS)} i {project}, {when}. "
        f"Det är för att {phrase(term.purpose)}, inte för något annat.",
        "Du kan säga nej och får vara med i projektet ändå.",
        "Säger du ja kan du när som helst ta tillbaka det, helt eller delvis. Då går det inte längre att läsa.",
        "Du kan få veta vilka som har läst.",
    ]


def opened_until(grants: Iterable[tuple[Category, date]]) -> str:
    """The kinds of information that one party may read, and until when: «möten till och med 29 maj 2027».

    Where days differ, each with the kinds that it is the last day of, the nearest first. Of consents that overlap the
    one that lasts longest counts.
    """
    last: dict[Category, date] = {}
    for category, through in grants:
        last[category] = max(through, last.get(category, through))
    of_day = [
        (through, [kind for kind in Category if last.get(kind) == through]) for through in sorted({*last.values()})
    ]
    return listed([f"{listed([kind.label.lower() for kind in of])} till och med {day(on)}" for on, of in of_day])


def open_to(grants: Iterable[tuple[str, date]]) -> str:
    """One line of how many parties can read and until when, from parties and last days."""
    last_days: dict[str, date] = {}
    for name, last in grants:
        last_days[name] = max(last, last_days.get(name, last))
    if not last_days:
        return "Ingen annan part kan läsa."
    days = set(last_days.values())
    longest = f"{'som längst ' if len(days) > 1 else ''}till och med {day(max(days))}"
    return f"{plural(len(last_days), 'part,parter')} kan läsa, {longest}."
