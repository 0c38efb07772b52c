"""Somebody who sees no persons, knows how every figure is defined, and subtracts all that the pages say.

Reads the pages as text. For each target there is what splits those who missed the step, and those who cleared it, as it
grew from one allowed day to the next. The numbers shown, and that nothing shrinks, are differences between unknown
whole numbers: the tightest bounds of each are the shortest paths of a graph, so this finds whatever can be found.
"""

from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from re import DOTALL, findall

HIDDEN = ("dolt", "dold")
MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()
# Those who missed it or cleared it, by the column that splits them.
PARTS = {"Slutat i förtid": "missed", "Inte bedömda": "missed", "Kvar på steget": "cleared"}


class _Tables(HTMLParser):
    """All tables of a page, by name: rows of cells as text."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tables, self._rows, self._cell, self._skips = {}, None, None, 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self._rows = []
            self.tables[dict(attrs).get("aria-label", "")] = self._rows
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in ("td", "th") and self._rows:
            self._cell = []
        elif tag == "title":
            self._skips += 1
        elif tag in ("small", "b") and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag):
        if tag == "table":
            self._rows = None
        elif tag in ("td", "th") and self._cell is not None:
            self._rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None
        elif tag == "title":
            self._skips -= 1

    def handle_data(self, data):
        if self._cell is not None and not self._skips:
            self._cell.append(data.replace("\N{NO-BREAK SPACE}", " "))


def tables_of(html):
    """All tables of a page, by name: rows of cells as text. They stand beside each other, in a page of other things."""
    return _Tables("".join(findall(r"<table\b.*?</table>", html, DOTALL))).tables


@dataclass
class Row:
    """A target as one page says it; None is hidden."""

    due: int | None = None
    cleared: int | None = None
    behind: dict[str, int | None] = field(default_factory=dict)
    adjusted: tuple[int, int] | None = None


@dataclass
class Curve:
    """As of which day it is drawn, and the months at which it rises."""

    day: date
    months: list[int]


@dataclass
class Read:
    """What a page says as of a day: the targets by name, and the curves."""

    day: date
    rows: dict[str, Row]
    steps: dict[str, "Curve"]
    deadlines: list[dict[str, str]]


def read(html, day):
    """Read a page of figures."""
    tables = tables_of(html)
    rows = {}
    for cells in _named(tables, "Resultatmål"):
        name = cells["Steg och mål"].rpartition(" % på ")[0].rpartition(" ")[0]
        rows[name] = Row(*_both(cells["Antal"]))
    for cells in _named(tables, "Bakom andelarna"):
        row = rows[cells["Steg och mål"]]
        row.behind = {name: _number(cells[name]) for name in PARTS}
        counts = _both(cells.get("Justerad andel", "dold"))
        row.adjusted = None if counts[0] is None else (counts[1], counts[0])
    steps = {}
    for name, table in tables.items():
        title, _, rest = name.partition(", månad för månad")
        if title.startswith("Tid till "):
            months = [int(cells[0]) for cells in table[1:]]
            steps[title.removeprefix("Tid till ")] = Curve(_day(rest.removeprefix(", per ")) if rest else day, months)
    return Read(day, rows, steps, _named(tables, "Kartläggning och handlingsplan"))


def _named(tables, begins):
    found = next((rows for name, rows in tables.items() if name.startswith(begins)), [])
    return [dict(zip(found[0], cells, strict=True)) for cells in found[1:]]


def _number(text):
    return None if text in HIDDEN else int(text)


def _day(text):
    number, month, year = text.split()
    return date(int(year), MONTHS.index(month) + 1, int(number))


def _both(text):
    """Due and cleared, from «31 av 40» at the end of a cell."""
    if text in HIDDEN or " av " not in text:
        return None, None
    cleared, due = text.split(" av ")
    return int(due), int(cleared.split()[-1])


@dataclass(frozen=True)
class Found:
    """Something that a reader can work out: which number, between which days, and what it is."""

    what: str
    since: date | None
    until: date
    count: int


def attack(pages, exited):
    """All numbers from one to four that can be worked out, and all hidden ones. `exited`: how many had left by a day.

    A count that everybody knows by the shares alone (all who missed the step, all who cleared it) isn't found.
    """
    pages = sorted(pages, key=lambda page: page.day)
    names = dict.fromkeys(name for page in pages for name in page.rows)
    return [found for name in names for found in _of_row(name, pages, exited)]


def _of_row(name, pages, exited):
    days = [page for page in pages if name in page.rows and page.rows[name].due is not None]
    if not days:
        return
    for part, whole in PARTS.items():
        shown = [page.rows[name].behind.get(part) for page in days]
        wholes = [_whole(page.rows[name], whole) for page in days]
        yield from _of_split(name, part, days, shown, wholes, exited)
    yield from _of_adjusted(name, days)


def _whole(row, which):
    return row.cleared if which == "cleared" else row.due - row.cleared


def _of_split(name, part, days, shown, wholes, exited):
    what = f"{name}: {part}"
    least, most = _bounds(shown, wholes, [exited(page.day) if "förtid" in what else None for page in days])
    places = range(len(days) + 1)
    names = [None, *(page.day for page in days)]
    known = [0, *shown]
    for until in places[1:]:
        for since in range(until):
            low, high = least(since, until), most(since, until)
            if low != high:
                continue
            grown = ([0, *wholes])[until] - ([0, *wholes])[since]
            is_hidden = since == 0 and known[until] is None and part in days[until - 1].rows[name].behind and grown
            for count, said in ((low, what), (grown - low, f"{what}, inte")):
                if (0 < count < 5 and count != grown) or (is_hidden and 0 < count != grown):
                    yield Found(said, names[since], names[until], count)


def _bounds(shown, wholes, caps):
    """How many came to the part between two days, at least and at most: shortest paths between all days."""
    size = len(shown) + 1
    far = [[0 if a == b else 10**6 for b in range(size)] for a in range(size)]  # part[b] - part[a] <= far[a][b]
    total = [0, *wholes]
    for place, (count, cap) in enumerate(zip(shown, caps, strict=True), start=1):
        far[place - 1][place] = total[place] - total[place - 1]
        far[place][place - 1] = 0
        far[0][place] = min(far[0][place], total[place], *([cap] if cap is not None else []))
        if count is not None:
            far[0][place], far[place][0] = min(far[0][place], count), -count
    for via in range(size):
        for a in range(size):
            for b in range(size):
                far[a][b] = min(far[a][b], far[a][via] + far[via][b])
    return (lambda a, b: -far[b][a]), (lambda a, b: far[a][b])


def _of_adjusted(name, days):
    """Those who left for a reason beyond the project's power, having cleared the step or missed it."""
    told = [(page, page.rows[name]) for page in days if page.rows[name].adjusted]
    pairs = [(None, (0, 0))]
    for page, row in told:
        cleared = row.cleared - row.adjusted[0]
        pairs.append((page.day, (cleared, row.due - row.adjusted[1] - cleared)))
    for place, (until, counts) in enumerate(pairs):
        for since, before in pairs[:place]:
            for count, earlier in zip(counts, before, strict=True):
                if 0 < count - earlier < 5:
                    yield Found(f"{name}: utanför projektets makt", since, until, count - earlier)
