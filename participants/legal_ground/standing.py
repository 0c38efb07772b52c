"""Which legal ground holds on a day. A new one holds from its day; the one before held until then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from core.days.periods import ONE_DAY
from core.swedish.words import day, moment
from participants.amending.rights import may_take_back_of
from participants.http import Request
from participants.models import Enrolment, LegalGround
from participants.scope.ways import Way
from projects.enums import Permission


@dataclass(frozen=True, slots=True)
class ToldGround:
    """A legal ground as the page about consents tells it: until which day it held, and its earlier versions."""

    fact: LegalGround
    until: date | None
    earlier: tuple[LegalGround, ...]
    may_edit: bool
    is_theirs: bool

    @property
    def is_over(self) -> bool:
        """Whether it holds no longer, or never did."""
        return self.until is not None or self.fact.taken_back

    @property
    def words(self) -> str:
        """«Avtal, från 3 mars 2026 till och med 4 maj 2026»."""
        return in_words(self.fact, self.until)

    @property
    def why(self) -> str:
        """«Rättad 3 mars 2026 kl. 10.42 av Hanna Lind: fel dag.»; empty for the first version."""
        return why_of(self.fact)


def in_words(fact: LegalGround, until: date | None) -> str:
    """«Avtal, från 3 mars 2026 till och med 4 maj 2026»; without a last day where it holds on."""
    first, ground = fact.concerns_on, fact.get_ground_display()
    if until and until < first:
        return f"{ground}, {day(first)}, ersatt samma dag"
    return f"{ground}, från {day(first)}{f' till och med {day(until)}' if until else ''}"


def why_of(version: LegalGround) -> str:
    """When a version corrected the one before or took all back, by whom and why, in words; empty for the first."""
    if not version.why:
        return ""
    done = "Återtagen" if version.taken_back else "Rättad"
    return f"{done} {moment(version.recorded_at)} av {version.recorded_by}: {version.why.text.removesuffix('.')}."


def in_order(facts: Sequence[LegalGround]) -> list[LegalGround]:
    """The grounds that stand, by their first day. Of those from one day the last that was noted holds."""
    return sorted((fact for fact in facts if fact.stands), key=lambda fact: (fact.concerns_on, fact.root_id))


def periods(facts: Sequence[LegalGround]) -> list[tuple[LegalGround, date | None]]:
    """Each ground that stands, in order, with the last day that it held; None for the last of them."""
    rows = in_order(facts)
    ends = (later.concerns_on - ONE_DAY for later in rows[1:])
    return list(zip_longest(rows, ends))


def holding(facts: Sequence[LegalGround], on: date) -> LegalGround | None:
    """The ground that holds on the day; None where there is none."""
    return next((fact for fact in reversed(in_order(facts)) if fact.concerns_on <= on), None)


def told_grounds(request: Request, enrolment: Enrolment) -> list[ToldGround]:
    """The legal grounds of a case, the latest first, and those that were taken back last. Two queries."""
    rows = LegalGround.objects.with_void_to(request.scope).filter(enrolment=enrolment).order_by("pk")
    facts = list(rows.select_related("note", "recorded_by", "why", "first__recorded_by"))
    closed = enrolment.is_void or enrolment.way is Way.EMERGENCY
    may_edit = not closed and Permission.EDIT_CASE in enrolment.allowed
    last = [fact for fact in facts if fact.stands or fact.taken_back]
    theirs = [] if closed or not last else may_take_back_of(request.user, last, enrolment)

    def told(fact: LegalGround, until: date | None) -> ToldGround:
        earlier = [row for row in facts if row.root_id == fact.root_id and row != fact]
        return ToldGround(fact, until, tuple(earlier), may_edit and fact.stands, fact in theirs)

    standing = [told(fact, until) for fact, until in reversed(periods(facts))]
    # Who took it back reads it afterwards, and the coordinators; nobody else.
    return [*standing, *(told(fact, None) for fact in last if fact.taken_back and fact in theirs)]
