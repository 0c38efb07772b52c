"""Writes docs/statistics.md from the docstrings: `python -m reports.statistics.docs`.

A definition stands in the code, in English, with its Swedish name and one sentence about it.
"""

import inspect
import re
from pathlib import Path

from reports.statistics import curves, deadlines, needed, proportions, steps
from reports.statistics.definitions import DEFINITIONS, Definition

PATH = Path(__file__).resolve().parents[2] / "docs" / "statistics.md"
MODULES = (steps, needed, curves, deadlines, proportions)
HEADINGS = ("Unit", "Numerator", "Denominator", "Missing", "Empty", "Source")
_HEADING = re.compile(rf"^({'|'.join(HEADINGS)}):\s+")

INTRO = """# Statistics

How each figure is defined. Made from the docstrings of `reports/statistics/`
by `python -m reports.statistics.docs`: change the definition there, not here.
"""


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


def render_definition(definition: Definition) -> str:
    """The part of docs/statistics.md about one statistic."""
    text, fields = parse(definition.function.__doc__ or "")
    rows = [f"- **{name}**: {value}" for name, value in fields.items() if name != "Source"]
    code = f"In code: `{definition.function.__module__}.{definition.function.__name__}`"
    parts = [
        f'<a id="{definition.anchor}"></a>',
        f"## {definition.title}",
        definition.swedish,
        text,
        "\n".join(rows),
        code,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def in_order() -> list[Definition]:
    """All definitions, by the order of `MODULES`, then in the order of the module."""
    names = [module.__name__ for module in MODULES]
    return sorted(DEFINITIONS, key=lambda definition: names.index(definition.function.__module__))


def render() -> str:
    """All of docs/statistics.md, module by module."""
    return "\n".join([INTRO, *map(render_definition, in_order())])


if __name__ == "__main__":
    PATH.write_text(render(), encoding="utf-8")
