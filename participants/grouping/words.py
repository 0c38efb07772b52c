"""The groups of a case, lines of its project's lists, in words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from core.swedish.words import in_sentence
from projects.enums import ListKind

# The lists in the order of the page, and what a line of each is called.
TERMS: Final[Mapping[ListKind, str]] = {
    ListKind.TARGET_GROUP: "Målgrupp",
    ListKind.METHOD: "Metod",
    ListKind.UNIT: "Enhet",
    ListKind.OBSTACLE: "Försörjningshinder",
}
NOTHING_HOLDS: Final = "Inget är valt."
# Methods and units are called by proper names.
_PROPER: Final = frozenset({ListKind.METHOD, ListKind.UNIT})


@dataclass(frozen=True, slots=True)
class Groups:
    """Names of lines by their list."""

    names: Mapping[ListKind, Sequence[str]]

    @classmethod
    def named(cls, lines: Iterable[tuple[str, str]]) -> Self:
        """From pairs of list and name."""
        names: dict[ListKind, list[str]] = defaultdict(list)
        for kind, name in lines:
            names[ListKind(kind)].append(name)
        return cls({kind: names[kind] for kind in TERMS if kind in names})

    @classmethod
    def of(cls, grouping: Any) -> Self:
        """The groups of a CaseGrouping. No query where it was read `with_case`."""
        lines = [row.line for row in grouping.lines.all()]
        lines += [grouping.unit] if grouping.unit else []
        return cls.named((line.kind, line.name) for line in lines)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """«Målgrupp» and «Född utanför Sverige, 20–24 år», and so on, of the lists with a line."""
        found = [(term, self._said(kind)) for kind, term in TERMS.items()]
        return [(term, said[:1].upper() + said[1:]) for term, said in found if said]

    @property
    def in_words(self) -> str:
        """«Målgrupp: född utanför Sverige, 20–24 år. Metod: 7-TJUGO.»"""
        found = [f"{term}: {self._said(kind)}." for kind, term in TERMS.items() if self.names.get(kind)]
        return " ".join(found) or NOTHING_HOLDS

    def changes_from(self, before: "Groups") -> str:
        """«Nytt: 7-TJUGO. Gäller inte längre: Byggeriet.», or that nothing is new."""
        new, gone = self._but(before), before._but(self)
        if not new and not gone:
            return "Oförändrat sedan förra gången."
        said = [("Nytt", new), ("Gäller inte längre", gone)]
        return " ".join(f"{term}: {_joined(names)}." for term, names in said if names)

    def _but(self, other: "Groups") -> list[str]:
        return [
            _called(kind, name)
            for kind, names in self.names.items()
            for name in names
            if name not in other.names.get(kind, ())
        ]

    def _said(self, kind: ListKind) -> str:
        return _joined([_called(kind, name) for name in self.names.get(kind, ())])


def _joined(names: Sequence[str]) -> str:
    """«20–24 år, född utanför Sverige»; names with a comma of their own are parted by semicolons."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def _called(kind: ListKind, name: str) -> str:
    return name if kind in _PROPER else in_sentence(name)
