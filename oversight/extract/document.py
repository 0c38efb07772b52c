"""Registerutdrag: everything that one organisation has registered about a person, why, from where, and who has read
it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import accumulate
from typing import Any

from django.utils import timezone

from accounts.models import Organisation
from core.days.dates import stockholm_day
from core.swedish.words import day, plural
from oversight.extract.mask import Mask
from oversight.extract.rows import ExtractSection, others_in, rows_about, sections, texts_in
from oversight.log.has_read import Day, readers_of
from participants.legal_ground.standing import in_words as ground_in_words
from participants.legal_ground.standing import periods
from participants.models import Consent, ConsentGrant, Enrolment, LegalGround, Participant, PlacementPeriod
from participants.placement.page import in_words

NO_GROUND = "Ingen rättslig grund är inskriven."
# This many lines of the log are written out on paper; earlier readers are summed up.
_LINES_ON_PAPER = 200


@dataclass(frozen=True, slots=True)
class Extract:
    """The content of a registerutdrag."""

    person: Participant
    organisation: Organisation
    made_at: datetime
    sections: list[ExtractSection]
    purposes: list[str]
    grounds: list[str]
    sources: list[str]
    recipients: list[str]
    days: list[Day]

    @property
    def reader_count(self) -> int:
        """How many people have read something: by name and organisation, as the list says them."""
        return len({(reader.who, reader.organisation) for day in self.days for reader in day.readers})

    @property
    def latest_days(self) -> list[Day]:
        """The latest days of reading, which stand on paper line by line."""
        lines = accumulate(len(logged_day.readers) for logged_day in self.days)
        return [logged_day for logged_day, count in zip(self.days, lines, strict=True) if count <= _LINES_ON_PAPER]

    @property
    def earlier(self) -> list[str]:
        """Lines about the earlier readers: who, on how many days, and between which days."""
        found: dict[tuple[str, str], list[date]] = {}
        for logged_day in self.days[len(self.latest_days) :]:
            for reader in logged_day.readers:
                found.setdefault((reader.who, reader.organisation), []).append(logged_day.on)
        return [_summed_up(who, organisation, days) for (who, organisation), days in found.items()]

    @property
    def filled(self) -> list[ExtractSection]:
        """The sections that aren't empty."""
        return [section for section in self.sections if section.told]


def extract_of(person: Participant, organisation: Organisation, *, on: date) -> Extract:
    """Gather the registerutdrag of a person, as it is on the day. The number of queries doesn't grow with the case."""
    tables = rows_about(person, organisation, on=on)
    mask = Mask(person, organisation, texts_in(tables), others_in(tables))
    cases = Enrolment.objects.filter(participant=person, owner=organisation).select_related("project")
    return Extract(
        person=person,
        organisation=organisation,
        made_at=timezone.now(),
        sections=sections(tables, mask),
        purposes=_purposes(cases),
        grounds=_grounds(person, organisation),
        sources=_sources(cases),
        recipients=_recipients(person, organisation, mask, on),
        days=[_without_others(reader, mask) for reader in readers_of(person.public_id)],
    )


def _without_others(one: Day, mask: Mask) -> Day:
    """A day of the log with other people hidden in the written reasons."""
    return replace(one, readers=[replace(reader, why=mask.text(reader.why)) for reader in one.readers])


def as_json(extract: Extract) -> dict[str, Any]:
    """The registerutdrag as JSON, for other programs."""
    return {
        "organisation": extract.organisation.name,
        "made_at": extract.made_at.isoformat(),
        "purposes": extract.purposes,
        "legal_grounds": extract.grounds,
        "sources": extract.sources,
        "recipients": extract.recipients,
        "registered": [_section(section) for section in extract.sections],
        "readers": [
            {
                "day": logged_day.on.isoformat(),
                "name": reader.who,
                "organisation": reader.organisation,
                "at": reader.at.isoformat(),
                "what": list(reader.what),
                "why": reader.why,
            }
            for logged_day in extract.days
            for reader in logged_day.readers
        ],
    }


def _section(section: ExtractSection) -> dict[str, Any]:
    rows = [
        {
            "fields": {cell.name: {"label": cell.label, "value": cell.value, "text": cell.text} for cell in row.cells},
            "written": row.written,
            "replaced": row.replaced,
        }
        for row in section.rows
    ]
    return {"model": section.model, "title": section.title, "rows": rows}


def _summed_up(who: str, organisation: str, days: Sequence[date]) -> str:
    name = f"{who}, {organisation}" if organisation else who
    return f"{name}: {plural(len(days), 'dag,dagar')}, från {day(min(days))} till {day(max(days))}"


def _purposes(cases: Iterable[Enrolment]) -> list[str]:
    projects = {case.project.pk: case.project for case in cases}
    return [f"{project.name}: {project.purpose}" if project.purpose else project.name for project in projects.values()]


def _grounds(person: Participant, organisation: Organisation) -> list[str]:
    facts = LegalGround.objects.current().placed().filter(enrolment__participant=person, owner=organisation)
    of_case: dict[int, list[LegalGround]] = defaultdict(list)
    for fact in facts:
        of_case[fact.enrolment_id].append(fact)
    rows = [row for grounds in of_case.values() for row in periods(grounds)]
    rows.sort(key=lambda row: row[0].concerns_on)
    return [ground_in_words(fact, until) for fact, until in rows] or [NO_GROUND]


def _sources(cases: Iterable[Enrolment]) -> list[str]:
    said = [case.get_source_display() for case in cases]
    said += ["Ett register som har lästs in" for case in cases if case.is_imported]
    return list(dict.fromkeys([*said, "Det som deltagaren och handläggarna har berättat"]))


def _recipients(person: Participant, organisation: Organisation, mask: Mask, on: date) -> list[str]:
    """Lines about who may read which kinds of information, by consent or at a placement, and until when."""
    rows = ConsentGrant.objects.filter(enrolment__participant=person, consent__owner=organisation)
    rows = rows.filter(consent__misplaced_at=None)
    rows = rows.select_related("organisation", "withdrawal", "consent__purpose")
    taken_back = Consent.objects.filter(enrolment__participant=person, owner=organisation, taken_back=True)
    mistakes = {row.corrects_id for row in taken_back if row.corrects_id}
    found: dict[tuple[str, str, str], list[str]] = {}
    for row in rows.order_by("valid_from", "consent", "organisation__sort_key", "category"):
        # Of a corrected answer, what was closed before the correction is told by the version before.
        if row.opened is None and row.consent.corrects_id:
            continue
        period = f"{day(_first(row))} till och med {day(row.valid_through)}{_ended(row, mistakes)}"
        key = (f"{row.organisation.name} {_may(row, on)}", period, mask.text(row.consent.purpose.text))
        found.setdefault(key, []).append(row.get_category_display().lower())
    by_consent = [
        f"{who} läsa {', '.join(kinds)}, {period}. Ändamål: {purpose}"
        for (who, period, purpose), kinds in found.items()
    ]
    return by_consent + _supervisors(person, organisation, mask, on)


def _first(grant: ConsentGrant) -> date:
    """The first day that it opens, or was to open: of a corrected answer not before the correction."""
    return grant.opened.first if grant.opened and grant.consent.corrects_id else grant.valid_from


def _ended(grant: ConsentGrant, mistakes: Collection[int]) -> str:
    """How a grant ended before its last day: withdrawn by the person, or put right by who wrote it. `mistakes` are keys
    of consents that were taken back as written by mistake."""
    said = f", återkallat {day(grant.withdrawal.concerns_on)}" if grant.withdrawal else ""
    if not grant.superseded_at:
        return said
    how = "skrevs in av misstag, återtaget" if grant.consent_id in mistakes else "rättat"
    return f"{said}, {how} {day(stockholm_day(grant.superseded_at))}"


def _may(grant: ConsentGrant, on: date) -> str:
    """The verb of a line about a grant: in the present tense if it holds on the day, else in the past."""
    first, last = grant.valid_from, grant.valid_through
    closed = grant.superseded_at and stockholm_day(grant.superseded_at)
    ended = grant.withdrawal.concerns_on if grant.withdrawal else closed
    if ended:
        return "skulle få" if ended < first else "fick"
    return "ska få" if first > on else "fick" if last < on else "får"


def _supervisors(person: Participant, organisation: Organisation, mask: Mask, on: date) -> list[str]:
    """Lines about the supervisors of the person's placements, who may know who comes and when."""
    rows = PlacementPeriod.objects.current().filter(enrolment__participant=person, owner=organisation)
    rows = rows.select_related("supervisor__organisation", "place").order_by("concerns_on", "pk")
    return [
        f"{row.supervisor}, {row.supervisor.organisation}, {_is(row, on)} handledare på {mask.text(row.place.text)} "
        f"{in_words(row)}, och {_sees(row, on)} namn och veckoschema"
        for row in rows
        # The program tells nothing to somebody without an account.
        if row.supervisor
    ]


def _is(placement: PlacementPeriod, on: date) -> str:
    if placement.concerns_on > on:
        return "ska vara"
    return "var" if placement.period.is_over(on) else "är"


def _sees(placement: PlacementPeriod, on: date) -> str:
    return {"ska vara": "ska få se", "var": "fick se", "är": "får se"}[_is(placement, on)]
