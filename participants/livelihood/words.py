"""Means of support in words: on the timeline, the page of the case's moments and the record itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from core.swedish.words import plural

NOT_REACHED: Final = "Inte nådd"
# Fifty years: longer is a slip of the keys.
MOST_MONTHS_BEFORE: Final = 600
_WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class Share:
    """One of several means of support: its name, its share in per cent where it is known, and whether it is public."""

    name: str
    percent: int | None
    is_public: bool

    def __str__(self) -> str:
        """«försörjningsstöd 60 %»."""
        name = self.name[:1].lower() + self.name[1:]
        return name if self.percent is None else f"{name} {self.percent} %"


@dataclass(frozen=True, slots=True)
class LivingSituation:
    """Somebody's support, occupation and education at a moment; empty texts where nobody has said. `months_before` is
    how long the person had lived on support at the start."""

    shares: Sequence[Share]
    not_reached: bool = False
    occupation: str = ""
    education: str = ""
    months_before: int | None = None

    @classmethod
    def of(cls, record: Any) -> Self:
        """The situation of a LivelihoodRecord. No query where it was read `with_case`."""
        shares = [Share(row.name, row.percent, row.is_public) for row in record.sources.all()]
        occupation, education = (line.name if line else "" for line in (record.occupation, record.education))
        return cls(shares, record.not_reached, occupation, education, record.months_before)

    @property
    def support(self) -> str:
        """«Försörjningsstöd 60 %, lön 40 %»; empty where none is known."""
        said = ", ".join(map(str, self.shares))
        return said[:1].upper() + said[1:]

    @property
    def in_words(self) -> str:
        """«Försörjningsstöd 60 %, lön 20 %. Andelarna är tillsammans 80 %. Sysselsättning: arbetar.»"""
        if self.not_reached:
            return f"{NOT_REACHED}."
        parts = [
            self.support,
            sum_in_words([share.percent for share in self.shares]),
            f"Sysselsättning: {self.occupation.lower()}" if self.occupation else "",
            f"Utbildning: {self.education.lower()}" if self.education else "",
            self.months_in_words,
        ]
        return " ".join(f"{part.rstrip('.')}." for part in parts if part)

    @property
    def months_in_number(self) -> str:
        """«14»; empty where nobody has said."""
        return "" if self.months_before is None else str(self.months_before)

    @property
    def months_in_words(self) -> str:
        """«14 månader med stöd före starten»; empty where nobody has said."""
        if self.months_before is None:
            return ""
        return f"{plural(self.months_before, 'månad,månader')} med stöd före starten"


def sum_in_words(percents: Sequence[int | None]) -> str:
    """«Andelarna är tillsammans 80 %, inte 100 %.»; empty where they are a hundred together, or may be: a share that
    nobody knows can be the rest."""
    known = [percent for percent in percents if percent is not None]
    total, is_whole = sum(known), len(known) == len(percents)
    if not known or (total == _WHOLE if is_whole else total < _WHOLE):
        return ""
    if total == _WHOLE:
        return f"Andelarna är redan {_WHOLE} %, så det finns inget kvar till den som saknar procent."
    return f"Andelarna är tillsammans {total} %, inte {_WHOLE} %."
