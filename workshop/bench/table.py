"""The result as a table for a terminal or a document."""

from collections.abc import Iterable

from workshop.bench.measure import Timing

_HEAD = ("measured", "ms", "9 of 10 under", "floor ms", "× floor", "aim", "", "queries")


def lines(timings: Iterable[Timing]) -> list[str]:
    """The lines of a Markdown table."""
    rows = [_HEAD, *(_row(timing) for timing in timings)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEAD))]
    texts = [_line(row, widths) for row in rows]
    rule = "|" + "|".join("-" * (width + 1) + (":" if place else "-") for place, width in enumerate(widths)) + "|"
    return [texts[0], rule, *texts[1:]]


def _row(one: Timing) -> tuple[str, ...]:
    verdict = {True: "within", False: "over", None: ""}[one.is_within]
    aim = f"{one.aim:g}" if one.aim else ""
    return (
        one.name,
        f"{one.ms:.1f}",
        f"{one.slow_ms:.1f}",
        f"{one.floor_ms:.1f}",
        f"{one.ratio:.2f}",
        aim,
        verdict,
        str(one.queries),
    )


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    cells = [
        f" {text:<{width}} " if place == 0 else f" {text:>{width}} "
        for place, (text, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "|" + "|".join(cells) + "|"
