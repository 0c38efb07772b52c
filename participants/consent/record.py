"""A case's consents as its page tells them: what is open, what has been, and how it stood on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Prefetch
from django.http import Http404

from core.days.dates import stockholm_day
from core.enums import Category
from core.swedish.keys import sort_key
from core.swedish.words import day as in_words
from core.swedish.words import day_relative, moment
from participants.consent.terms import renewed_period
from participants.consent.words import Cell, Term, grouped, past_sentences, phrase, sentences
from participants.enums import ConsentAnswer
from participants.models import Consent, ConsentGrant, ConsentWithdrawal, Enrolment
from participants.scope.scope import Scope

# So long before its last day a consent is something to see to.
_SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Record:
    """One answer with all that it has opened."""

    consent: Consent
    grants: tuple[ConsentGrant, ...]
    renewed: bool
    on: date
    # Its versions before, the first one first, as they were.
    earlier: tuple["Record", ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether the answer was no."""
        return self.consent.answer == ConsentAnswer.REFUSED

    @property
    def begins_later(self) -> bool:
        """Whether its first day is still to come."""
        return self.consent.concerns_on > self.on

    @property
    def open(self) -> list[ConsentGrant]:
        """Grants that are neither withdrawn nor closed, and end today or later, begun or not."""
        return [grant for grant in self.grants if _closed_at(grant) is None and grant.valid_through >= self.on]

    @property
    def sentences(self) -> list[str]:
        """Sentences about the consent: about the grants that are open, else about those that have been."""
        if self.is_refused:
            return [f"Nej till att {self.consent.purpose.text}."]
        if self.open:
            return sentences(_cells(self.open), self._term, on=self.on)
        return [
            sentence
            for last, grants in self._ended().items()
            for sentence in past_sentences(_cells(grants), replace(self._term, last=last))
        ]

    @property
    def state(self) -> tuple[str, str]:
        """The state of the consent as a tag, text and kind; empty where it simply holds."""
        if self.consent.taken_back:
            return "Skrevs in av misstag", "quiet"
        if self.is_refused:
            return "Nej", "quiet"
        if not self.open:
            is_withdrawn = all(grant.withdrawal for grant in self.grants)
            return ("Återkallat" if is_withdrawn else "Har gått ut"), "quiet"
        if self.begins_later:
            return f"Börjar {in_words(self.consent.concerns_on)}", "quiet"
        last = self._term.last
        is_soon = last - self.on <= _SOON and not self.renewed
        return (f"Slutar {day_relative(last, self.on)}", "soon") if is_soon else ("", "")

    @property
    def received(self) -> str:
        """Words about how the answer was given, when, and to whom; and who wrote it down, if that was somebody else."""
        consent = self.consent
        written = consent.first or consent
        how, when = consent.get_form_display(), in_words(stockholm_day(written.recorded_at))
        by = f", skrivet av {written.recorded_by}" if written.recorded_by_id != consent.received_by_id else ""
        return f"{how} {when}, mottaget av {consent.received_by}{by}."

    @property
    def mistake(self) -> str:
        """Words about a taking back of what was written by mistake; empty where it stands."""
        row = self.consent
        if not (row.taken_back and row.why):
            return ""
        said = f"Skrevs in av misstag. Återtaget {moment(row.recorded_at)} av {row.recorded_by}"
        return f"{said}: {row.why.text.removesuffix('.')}. Deltagaren har inte återkallat något."

    @property
    def corrected(self) -> str:
        """Words about the correction that this version is: when, by whom, why; empty where it is none."""
        row = self.consent
        if row.taken_back or not row.why:
            return ""
        return f"Rättat {moment(row.recorded_at)} av {row.recorded_by}: {row.why.text.removesuffix('.')}."

    @property
    def withdrawals(self) -> list[str]:
        """Sentences about what has been taken back, when and how; the latest withdrawal first."""
        by_row: dict[ConsentWithdrawal, list[ConsentGrant]] = {}
        for grant in self.grants:
            if grant.withdrawal:
                by_row.setdefault(grant.withdrawal, []).append(grant)
        rows = sorted(by_row, key=lambda row: row.recorded_at, reverse=True)
        return [self._withdrawn(row, by_row[row]) for row in rows]

    @property
    def renewal(self) -> date | None:
        """The last day that a renewal would have; none where there is nothing to renew."""
        if self.renewed or all(_closed_at(grant) for grant in self.grants):
            return None
        period = renewed_period(self.consent, on=self.on)
        return period[1] if period else None

    def told(self, day: date) -> list[str]:
        """Sentences about what each party could read by this version of the consent on the day; a withdrawal or a
        correction on that day is given with its time."""
        held = [grant for grant in self.grants if _was_open(self.consent, grant, day)]
        by_moment: dict[str, list[ConsentGrant]] = {}
        for record in held:
            by_moment.setdefault(_until(record, day), []).append(record)
        return [
            f"{who} fick läsa {what}{until} för att {self._term.purpose}."
            for until, cells in by_moment.items()
            for who, what in grouped(_cells(cells))
        ]

    @property
    def _term(self) -> Term:
        consent = self.consent
        return Term(phrase(consent.purpose.text), consent.concerns_on, consent.valid_through or consent.concerns_on)

    def _ended(self) -> dict[date, list[ConsentGrant]]:
        """The grants that are over, by their last day: a part that was taken back ended before the rest."""
        found: dict[date, list[ConsentGrant]] = {}
        for grant in sorted(self.grants, key=self._last_day, reverse=True):
            found.setdefault(self._last_day(grant), []).append(grant)
        return found

    def _last_day(self, grant: ConsentGrant) -> date:
        closed = _closed_at(grant)
        return min(stockholm_day(closed), grant.valid_through) if closed else grant.valid_through

    def _withdrawn(self, row: ConsentWithdrawal, grants: Sequence[ConsentGrant]) -> str:
        is_whole = len(grants) == len(self.grants)
        what = "" if is_whole else "; ".join(f"{who}: {what}" for who, what in grouped(_cells(grants)))
        how = f"{row.get_form_display().lower()}, skrivet av {row.recorded_by}"
        return f"Återkallat {moment(row.recorded_at)} ({how}){f': {what}' if what else ''}."


@dataclass(frozen=True, slots=True)
class Records:
    """All answers of a case, the latest first; `replaced` are versions that a correction or taking back replaced."""

    rows: tuple[Record, ...]
    replaced: tuple[Record, ...] = ()

    @property
    def open(self) -> list[Record]:
        """Consents by which somebody can read, now or from a later day."""
        return [row for row in self.rows if row.open]

    @property
    def past(self) -> list[Record]:
        """Consents that are over or taken back, and answers «no»."""
        return [row for row in self.rows if not row.open]

    def told(self, day: date) -> list[str]:
        """Sentences about what each party could read on the day, by any of the consents as they stood then."""
        rows = (*(row for row in self.rows if not row.consent.taken_back), *self.replaced)
        return sorted((text for row in rows for text in row.told(day)), key=sort_key)

    def parties(self) -> set[int]:
        """The organisations that can read something, now or from a day to come."""
        return {grant.organisation_id for record in self.open for grant in record.open}


def records(enrolment: Enrolment, scope: Scope) -> Records:
    """The case's consents. Two queries."""
    grants = ConsentGrant.objects.select_related("organisation", "withdrawal__recorded_by").order_by("pk")
    rows = list(
        Consent.objects.with_void_to(scope)
        .filter(enrolment=enrolment)
        .select_related("purpose", "received_by", "recorded_by", "why", "first__recorded_by")
        .prefetch_related(Prefetch("grants", grants))
        .order_by("-concerns_on", "-pk")
    )
    opened = {row.pk: tuple(row.grants.all()) for row in rows}
    carried_on = {row.renews_id for row in rows if any(_closed_at(grant) is None for grant in opened[row.pk])}
    said = [Record(row, opened[_opening(row)], row.pk in carried_on, scope.on) for row in rows]
    replaced = [record for record in said if not _is_last(record)]
    return Records(
        tuple(replace(record, earlier=_earlier(record, replaced)) for record in said if _is_last(record)),
        tuple(replaced),
    )


def _is_last(record: Record) -> bool:
    return record.consent.stands or record.consent.taken_back


def _earlier(last: Record, replaced: Iterable[Record]) -> tuple[Record, ...]:
    """The versions before the last one. What was taken back says itself what the one before it said."""
    found = [record for record in replaced if record.consent.root_id == last.consent.root_id]
    told = last.consent.corrects_id if last.consent.taken_back else None
    return tuple(sorted((record for record in found if record.consent.pk != told), key=lambda row: row.consent.pk))


def record_of(consent: Consent, scope: Scope) -> Record:
    """One consent of a case that was let through, in its last version. Two queries. Raises Http404 where it is gone."""
    for record in records(consent.enrolment, scope).rows:
        if record.consent.root_id == consent.root_id:
            return record
    raise Http404


def _opening(row: Consent) -> int:
    """Key of the version with the grants: the last one of what was taken back has none of its own."""
    return row.corrects_id if row.taken_back and row.corrects_id else row.pk


def _closed_at(grant: ConsentGrant) -> datetime | None:
    """When it was withdrawn, corrected or taken back, whichever came first; None where it is live."""
    moments = [grant.superseded_at, grant.withdrawal.recorded_at if grant.withdrawal else None]
    return min((moment for moment in moments if moment), default=None)


def _cells(grants: Iterable[ConsentGrant]) -> list[Cell]:
    return [(grant.organisation.name, Category(grant.category)) for grant in grants]


def _was_open(consent: Consent, grant: ConsentGrant, day: date) -> bool:
    """Whether it could be read at some time of the day: not before it was written down, not after it was taken back."""
    opened = grant.opened
    return opened is not None and opened.holds(day) and stockholm_day(consent.recorded_at) <= day


def _until(grant: ConsentGrant, day: date) -> str:
    closed = _closed_at(grant)
    return f" till {moment(closed)}" if closed and stockholm_day(closed) == day else ""
