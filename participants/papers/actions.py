"""Signed papers: kept, corrected, taken back, moved to the right person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError

from core.actions import stamp_day
from core.days.periods import IN_THE_FUTURE
from core.models import StoredFile
from participants.amending.born import require_born
from participants.amending.kinds import CaseFacts
from participants.amending.words import Noun
from participants.enums import MisplacedKind, PaperAbout
from participants.models import Enrolment, SignedPaper

PROTECTED: Final = (
    "Personen har skyddade personuppgifter, och på pappret står vem det är. Det får inte finnas här: "
    "förvara pappret som det är."
)
NO_PLAN_THERE: Final = "Hos den personen finns ingen plan {}. Ta tillbaka pappret här, och lägg in det där."


# Functions that give what can be signed in a case besides a consent, by number and in words, the newest first
# (actionplans: revisions of the plan).
signed_plans_of: list[Callable[[Enrolment], list[tuple[int, str]]]] = []


def plans_of(case: Enrolment) -> list[tuple[int, str]]:
    """Plans of the case that can have been signed, the newest first: their numbers, and what a form calls them."""
    return [plan for give in signed_plans_of for plan in give(case)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRecord:
    """A signed paper as it is written down: under a revision of the plan (`number`), or, with None, a consent; which
    day; and its document with the number of pages. Both are None where the document stays as it is."""

    number: int | None
    on: date
    content: bytes | None = None
    pages: int | None = None


def _check(case: Enrolment, record: PaperRecord, kept: SignedPaper | None) -> None:
    if case.participant.is_protected and record.content:
        raise ValidationError({"paper": PROTECTED})
    require_born(case, record.on, "on")
    if record.on > stamp_day():
        raise ValidationError({"on": IN_THE_FUTURE})
    is_other_plan = record.number is not None and (kept is None or kept.number != record.number)
    if is_other_plan and record.number not in dict(plans_of(case)):
        raise ValidationError({"matter": f"Plan {record.number} finns inte. Välj igen."})


def _columns(record: PaperRecord) -> dict[str, Any]:
    about = PaperAbout.CONSENT if record.number is None else PaperAbout.PLAN
    said = {"about": about, "number": record.number, "category": about.category, "concerns_on": record.on}
    if record.content is None:
        return said
    return {**said, "file": StoredFile.objects.keep(record.content, record.pages or 0)}


def _check_move(fact: SignedPaper, right: Enrolment) -> None:
    """Raises ValidationError for `right`, where there is no such plan, or who may not be told by name here."""
    if right.participant.is_protected:
        raise ValidationError({"right": PROTECTED})
    if fact.stands and fact.number is not None and fact.number not in dict(plans_of(right)):
        raise ValidationError({"right": NO_PLAN_THERE.format(fact.number)})


PAPERS: Final = CaseFacts(
    model=SignedPaper,
    noun=Noun("pappret", "återtaget", "rättat"),
    mark=MisplacedKind.PAPER,
    name="paper",
    check=_check,
    columns=_columns,
    check_move=_check_move,
    elsewhere=frozenset({"paper_file"}),
)
