"""Writes docs/statistics.md from the docstrings: `python -m reports.figures.docs`.

The definition stands in the code, in English; here is only its Swedish name and one sentence about it.
"""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reports.statistics.curves import by_month, kaplan_meier, median_days, target_day
from reports.statistics.deadlines import deadline_adherence
from reports.statistics.proportions import is_publishable, verdict, wilson
from reports.statistics.steps import cleared_in_time, combined_target

PATH = Path(__file__).resolve().parents[2] / "docs" / "statistics.md"
HEADINGS = ("Unit", "Numerator", "Denominator", "Missing", "Empty", "Source")
_HEADING = re.compile(rf"^({'|'.join(HEADINGS)}):\s+")

INTRO = """# Statistics

How each figure is defined. Made from the docstrings of `reports/statistics/`
by `python -m reports.figures.docs`: change the definition there, not here.
"""


@dataclass(frozen=True, slots=True)
class Section:
    anchor: str
    title: str
    swedish: str
    function: Callable[..., object]


SECTIONS = (
    Section(
        "resultatmal",
        "Resultatmål",
        "Hur stor del av de inskrivningar vars tid har gått ut som klarade steget i tid. "
        "Den som slutade i förtid räknas med.",
        cleared_in_time,
    ),
    Section(
        "steg-4-eller-5",
        "Steg 4 eller 5",
        "De två målen för självförsörjning tillsammans, med eget antal mot summan av de två målen.",
        combined_target,
    ),
    Section(
        "utfall",
        "Utfall",
        "Målet är nått, inte nått, eller så är det för tidigt att säga.",
        verdict,
    ),
    Section(
        "intervall",
        "Osäkerhet",
        "Ett 95-procentigt intervall visar hur säker andelen är. Få personer ger ett brett intervall.",
        wilson,
    ),
    Section(
        "kurva",
        "Tid till steget",
        "Kurvan visar hur stor del som har klarat steget dag för dag efter inskrivningen. "
        "Även den vars tid inte har gått ut räknas med, så länge vi har kunnat följa hen.",
        kaplan_meier,
    ),
    Section(
        "malpunkt",
        "Målpunkten på kurvan",
        "Målet ritas som en punkt på den dag då månaderna har gått.",
        target_day,
    ),
    Section(
        "median",
        "Mediantid",
        "Antal dagar tills hälften har klarat steget.",
        median_days,
    ),
    Section(
        "manadsvis",
        "Kurvan månad för månad",
        "Den kurva som visas för den som inte får se personer.",
        by_month,
    ),
    Section(
        "fjorton-dagar",
        "Inom 14 dagar",
        "Hur stor del som fick både kartläggning och handlingsplan inom 14 dagar. Målet är alla.",
        deadline_adherence,
    ),
    Section(
        "sma-grupper",
        "Små grupper",
        "En andel för hela projektet visas när den bygger på minst 10 inskrivningar. Det som ligger bakom den "
        "visas när ingen kan räkna fram ett antal på 1 till 4 (docs/adr/0024).",
        is_publishable,
    ),
)


def parse(docstring: str) -> tuple[str, dict[str, str]]:
    """The running text, and what stands under each heading, with lines joined."""
    text: list[str] = []
    fields: dict[str, str] = {}
    current = ""
    for line in inspect.cleandoc(docstring).splitlines():
        if found := _HEADING.match(line):
            current = found[1]
            fields[current] = line[found.end() :]
        elif current:
            fields[current] += f" {line.strip()}"
        else:
            text.append(line)
    return "\n".join(text).strip(), fields


def render_section(section: Section) -> str:
    text, fields = parse(section.function.__doc__ or "")
    rows = [f"- **{name}**: {value}" for name, value in fields.items() if name != "Source"]
    code = f"In code: `{section.function.__module__}.{section.function.__name__}`"
    parts = [f'<a id="{section.anchor}"></a>', f"## {section.title}", section.swedish, text, "\n".join(rows), code]
    return "\n\n".join(part for part in parts if part) + "\n"


def render() -> str:
    return "\n".join([INTRO, *map(render_section, SECTIONS)])


if __name__ == "__main__":
    PATH.write_text(render(), encoding="utf-8")
