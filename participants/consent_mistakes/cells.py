"""Cells of an answer that is corrected: those that it opens, and those that the participant has withdrawn."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from core.days.periods import Period
from core.enums import Category
from core.swedish.words import listed
from participants.consent.words import KINDS
from participants.models import Consent, ConsentGrant, ConsentWithdrawal

# Key of a party, and kind of information.
Pair = tuple[int, str]
_AGAIN = "Säger deltagaren ja nu skriver du in ett nytt samtycke."


@dataclass(frozen=True, slots=True)
class Standing:
    """The cells that an answer opens, and those that the participant has withdrawn, which no correction opens.

    live: the cells that it opens.  withdrawn: those withdrawn in it or in what it renews.  is_over: whether all of it
    was withdrawn at once.  elsewhere: cells of the case's other answers, withdrawn since this one was given.  term:
    its days; None for a no.
    """

    live: frozenset[Pair]
    withdrawn: frozenset[Pair]
    is_over: bool
    elsewhere: frozenset[Pair]
    term: Period | None

    def fault(self, cells: Collection[Pair], term: Period | None) -> str:
        """The fault of a correction that lets these cells be read in the term, in words; empty where it opens nothing
        that was withdrawn."""
        if self.is_over and cells:
            return f"Deltagaren har återkallat hela samtycket. {_AGAIN}"
        refused = [kind for party, kind in cells if self._is_closed((party, kind), term)]
        if not refused:
            return ""
        said = listed([KINDS[kind] for kind in Category if kind in refused])
        return f"Deltagaren har återkallat {said}, och det öppnas inte av en rättelse. {_AGAIN}"

    def _is_closed(self, cell: Pair, term: Period | None) -> bool:
        if cell in self.withdrawn:
            return True
        is_new = cell not in self.live
        widens = is_new or not _is_within(term, self.term)
        return (is_new and self._is_taken_back_beside(cell)) or (widens and cell in self.elsewhere)

    def _is_taken_back_beside(self, cell: Pair) -> bool:
        """Whether the kind was withdrawn from another party, or all that the party had: a correction of who or what
        would open it by another name."""
        party, kind = cell
        kinds = {withdrawn for _, withdrawn in self.withdrawn}
        left = {reader for reader, _ in self.live}
        return kind in kinds or (party not in left and party in {reader for reader, _ in self.withdrawn})


def standing_of(consent: Consent) -> Standing:
    """How the cells of this version stand now. A few queries, and one for each consent that it renews."""
    rows = Consent.objects.versions_of(consent)
    chain = _grants_of(_chain(consent)).filter(withdrawal__isnull=False)
    written = consent.first or consent
    since = {"withdrawal__recorded_at__gte": written.recorded_at, "withdrawal__misplaced_at": None}
    others = ConsentGrant.objects.filter(enrolment=consent.enrolment_id, **since)
    return Standing(
        live=frozenset(_pairs(consent.grants.live())),
        withdrawn=frozenset(_pairs(chain)),
        is_over=any(_took_all(row) for row in ConsentWithdrawal.objects.filter(consent__in=rows)),
        elsewhere=frozenset(_pairs(others)),
        term=Period(consent.concerns_on, consent.valid_through) if consent.valid_through else None,
    )


def newer_of(consent: Consent) -> Consent | None:
    """The last consent that carries this one on; None where none does."""
    found: Consent | None = None
    later = consent.renewals.current().order_by("-pk").first()
    while later:
        found, later = later, later.renewals.current().order_by("-pk").first()
    return found


def _is_within(term: Period | None, outer: Period | None) -> bool:
    """Whether no day of the term is outside the other; both end, where there are any."""
    if term is None:
        return True
    return outer is not None and outer.holds(term.first) and outer.holds(term.last or term.first)


def _took_all(row: ConsentWithdrawal) -> bool:
    """Whether nothing was open any more of the version that was in force, once this was withdrawn."""
    grants = ConsentGrant.objects.filter(consent=row.consent_id)
    return not grants.exclude(withdrawal__isnull=False, withdrawal__pk__lte=row.pk).exists()


def _chain(consent: Consent) -> list[int]:
    """Keys of every version of the consent, and of those that it carries on."""
    found: list[int] = []
    row: Consent | None = consent
    while row:
        found += Consent.objects.versions_of(row).values_list("pk", flat=True)
        row = row.renews
    return found


def _grants_of(keys: Collection[int]) -> QuerySet[ConsentGrant]:
    return ConsentGrant.objects.filter(consent__in=keys)


def _pairs(grants: QuerySet[ConsentGrant]) -> set[Pair]:
    return set(grants.values_list("organisation", "category"))
