"""Rows of the timeline about facts that were corrected or taken back."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Case, Expression, F, Q, TextField, Value, When

from core.days.dates import stockholm_day
from core.swedish.words import day
from participants.models import Enrolment
from participants.timeline.rows import FactRow

# Of all versions: those in force, and the last ones of what was taken back, which stand struck.
TOLD: Final = Q(superseded_at__isnull=True) | Q(taken_back=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendedRow(FactRow):
    """A version of a fact, and why it corrects the one before or takes all of them back."""

    taken_back: bool = False
    why: str = ""

    def told_why(self, done: str) -> str:
        """«Återtaget 3 mars 2026 av Hanna Lind: blev inte av»; another organisation isn't told why."""
        return f"{done} {day(stockholm_day(self.recorded_at))} av {self.by}" + (f": {self.why}" if self.why else "")


def amended(enrolment: Enrolment) -> dict[str, Expression | F]:
    """The columns of AmendedRow for `part`. Why a version was written is for the organisation that wrote it."""
    own = Q(owner_id=enrolment.reading.organisation_id)
    return {
        "taken_back": F("taken_back"),
        "why": Case(When(own, then=F("why__text")), default=Value(""), output_field=TextField()),
    }
