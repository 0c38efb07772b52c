"""The result as a table for a terminal or a document."""

from collections.abc import Iterable, Sequence

from workshop.aims import Aim, verdict
from workshop.bench.measure import Timing


def lines(timings: Iterable[Timing], enrolments: int, floor: str = "floor") -> list[str]:
    """The lines of a Markdown table of what was measured among so many enrolments."""
    head = ("measured", "ms", "9 of 10 under", f"{floor} ms", f"× {floor}", "aim", "", "queries")
    return table(head, [_row(timing, enrolments) for timing in timings])


def table(head: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a Markdown table with its first column to the left and the others to the right."""
    rows = [head, *body]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    texts = [_line(row, widths) for row in rows]
    rule = "|" + "|".join("-" * (width + 1) + (":" if place else "-") for place, width in enumerate(widths)) + "|"
    return [texts[0], rule, *texts[1:]]


def _row(one: Timing, enrolments: int) -> tuple[str, ...]:
    aim = one.aim if one.aim and enrolments >= one.aim.enrolments else None
    return (
        one.name,
        f"{one.ms:.1f}",
        f"{one.slow_ms:.1f}",
        f"{one.floor_ms:.1f}",
        f"{one.ratio:.2f}",
        in_words(aim) if aim else "",
        verdict(aim.exceeded_by(one.ms, one.floor_ms)) if aim else "",
        "" if one.queries is None else str(one.queries),
    )


def in_words(aim: Aim) -> str:
    """The aim as a cell says it."""
    parts = [f"{aim.times:g} ×" if aim.times else "", f"{aim.ms:g} ms" if aim.ms else ""]
    return ", ".join(filter(None, parts))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        f" {text:<{width}} " if place == 0 else f" {text:>{width}} "
        for place, (text, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "|" + "|".join(cells) + "|"
