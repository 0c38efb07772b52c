"""How long a consent lasts, and how it is carried on."""

from datetime import date
from functools import cache

from core.days.dates import add_months
from core.days.periods import ONE_DAY
from core.enums import Category
from core.privacy import personal_fields
from participants.models import Consent


@cache
def written_kinds() -> tuple[Category, ...]:
    """The kinds of information that the program writes, in their order. No consent is asked for other kinds."""
    written = {field.category for field in personal_fields()}
    return tuple(kind for kind in Category if kind in written)


def ends_at_latest(first: date) -> date:
    """The last day that a consent from this day can have."""
    return add_months(first, LONGEST_MONTHS) - ONE_DAY


def faults_of_period(first: date, last: date, *, on: date) -> dict[str, str]:
    """Faults of the days of a consent that is given on the day `on`, in words by field (`valid_from` or
    `valid_through`): the first fault alone; empty when they are right."""
    if first < on:
        return {"valid_from": "Samtycket kan inte börja gälla före i dag."}
    if first > add_months(on, 12):
        return {"valid_from": TOO_FAR_AHEAD}
    if last < first:
        return {"valid_through": "Den sista dagen kan inte ligga före den första, och inte före i dag."}
    if last > ends_at_latest(first):
        return {"valid_through": TOO_LONG}
    return {}


def renewed_period(consent: Consent, *, on: date) -> tuple[date, date] | None:
    """First and last day of a renewal: as long as before, but no further ahead than any consent may reach.

    None where there is nothing to add, and of a consent for one meeting, which is asked for anew.
    """
    if consent.valid_through is None or consent.valid_through == consent.concerns_on:
        return None
    first = max(consent.valid_through + ONE_DAY, on)
    last = min(_as_long(consent, consent.valid_through, first), ends_at_latest(on))
    return (first, last) if first <= last else None


def _as_long(consent: Consent, through: date, first: date) -> date:
    """The last day of a period from `first` that is as long as the consent's."""
    for months in range(1, LONGEST_MONTHS + 1):
        # Whole months stay whole months, though they differ in days.
        if add_months(consent.concerns_on, months) == through + ONE_DAY:
            return add_months(first, months) - ONE_DAY
    return first + (through - consent.concerns_on)


def with_renewals(consent: Consent) -> list[Consent]:
    """The consent and those that carry it on, one after another: who takes it back takes them back too."""
    found = [consent]
    for consent in found:
        found += consent.renewals.order_by("pk")
    return found


# What is agreed on for longer has been forgotten before it ends.
LONGEST_MONTHS = 36
TOO_LONG = f"Ett samtycke kan gälla högst {LONGEST_MONTHS // 12} år. Förnya det sedan."
TOO_FAR_AHEAD = "Samtycket kan börja gälla senast om ett år. Kontrollera årtalet."
