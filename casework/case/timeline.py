"""What has happened in a case, latest first: one entry per fact, a corrected one together with its correction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.urls import reverse

from actionplans.enums import MeetingKind, MilestoneState, Outcome, ReaderLevel
from casework.case.history import Kind, Row, reopenings
from core.days.dates import stockholm_day
from core.days.periods import ONE_DAY
from core.enums import Category
from core.swedish.words import day as in_words
from core.swedish.words import plural
from participants.consent.readers import Readers
from participants.enums import ExitReason, ReferralSource, VoidState
from participants.identity.history import IdentityChange
from participants.models import Enrolment

STEP, QUIET, PLAIN = "step", "quiet", ""
_FROM_REGISTER = (Kind.STEP, Kind.ASSESSMENT, Kind.PLAN)
# An action may wait for others before it writes its line in the log.
_LOGGED_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the timeline, in the form that components/timeline.html takes."""

    on: date
    recorded_at: datetime
    when: str
    title: str
    text: str = ""
    kind: str = PLAIN
    url: str = ""
    readers: str = ""


_CATEGORIES = {
    Kind.STEP: Category.STEPS,
    Kind.ASSESSMENT: Category.ASSESSMENT,
    Kind.PLAN: Category.PLAN,
    Kind.MILESTONE: Category.PLAN,
    Kind.PLACEMENT: Category.PLAN,
    Kind.EXIT: Category.STEPS,
}

VOIDING: Mapping[str, str] = {
    VoidState.ASKED: "Felregistrering begärd",
    VoidState.CONFIRMED: "Felregistrerad",
    VoidState.DECLINED: "Inte felregistrerad",
    VoidState.DROPPED: "Begäran om felregistrering avslutad",
    VoidState.UNDONE: "Felregistreringen ångrad",
}


def timeline(
    rows: Sequence[Row], enrolment: Enrolment, readers: Readers, identity: Sequence[IdentityChange] = ()
) -> list[Entry]:
    """The entries of a case's history; `identity` are corrections of who the person is, where they may be read."""
    rows = [replace(row, readers=_readers(row, enrolment, readers)) for row in rows]
    entries = [
        *_meetings(rows),
        *_steps(rows, enrolment),
        *(_assessment(row, enrolment) for row in _of(rows, Kind.ASSESSMENT)),
        *(_plan(row, enrolment) for row in _of(rows, Kind.PLAN)),
        *(_milestone(row) for row in _of(rows, Kind.MILESTONE) if row.code == MilestoneState.REACHED),
        *(_entry(row, "Text ur ett formulär som inte gick att spara", row.text) for row in _of(rows, Kind.KEPT)),
        *(_placement(row, enrolment) for row in _of(rows, Kind.PLACEMENT)),
        *(_entry(row, VOIDING[row.code], row.text, QUIET) for row in _of(rows, Kind.VOIDING)),
        *_responsible(rows, enrolment),
        *_exits(rows, enrolment),
        *_beginnings(rows, enrolment),
        *map(_identity, identity),
    ]
    return sorted(entries, key=lambda entry: (entry.on, entry.recorded_at), reverse=True)


def _identity(change: IdentityChange) -> Entry:
    """What of name, number and contact was corrected, from what to what."""
    day = stockholm_day(change.at)
    when = " · ".join(part for part in (in_words(day), change.by) if part)
    return Entry(day, change.at, when, "Uppgifter om personen rättade", "\n".join(change.lines), QUIET)


def _readers(row: Row, enrolment: Enrolment, readers: Readers) -> str:
    """Who can read a note; of other things, which are the case's own, only where somebody else can."""
    if row.kind == Kind.NOTE:
        shared = readers.beside(row.owner, Category.MEETINGS) if row.code == ReaderLevel.CONSENTED else ""
        return shared or row.owner
    if row.kind == Kind.KEPT:
        return row.owner
    category = _CATEGORIES.get(Kind(row.kind))
    return readers.beside(str(enrolment.owner), category) if category else ""


def source_in_words(source: str) -> str:
    """«anvisad från socialtjänsten», or nothing where nobody knows."""
    if source in ("", ReferralSource.UNKNOWN):
        return ""
    if source == ReferralSource.OWN_APPLICATION:
        return "egen anmälan"
    label = ReferralSource(source).label
    # Arbetsförmedlingen and Försäkringskassan are names of authorities; the others are common nouns.
    is_name = source in (ReferralSource.EMPLOYMENT_SERVICE, ReferralSource.SOCIAL_INSURANCE)
    return f"anvisad från {label if is_name else label[0].lower() + label[1:]}"


def _of(rows: Iterable[Row], kind: Kind) -> list[Row]:
    return [row for row in rows if row.kind == kind]


def _when(row: Row) -> str:
    """The day and who wrote it; when it was written down, where that was later. What a register said has no author."""
    if row.flag and row.kind in _FROM_REGISTER:
        return f"{in_words(row.on)} · från register"
    written = stockholm_day(row.recorded_at)
    late = f" · inskrivet {in_words(written)}" if (written - row.on).days > 1 else ""
    return f"{in_words(row.on)} · {row.by}{late}"


def _said(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _entry(row: Row, title: str, text: str = "", kind: str = PLAIN, **more: str) -> Entry:
    more.setdefault("readers", row.readers)
    return Entry(row.on, row.recorded_at, more.pop("when", _when(row)), title, text, kind, **more)


def _meetings(rows: Sequence[Row]) -> list[Entry]:
    """Meetings, each with its notes."""
    notes: dict[object, list[Row]] = {}
    for row in _of(rows, Kind.NOTE):
        notes.setdefault(row.meeting, []).append(row)
    return [_meeting(row, notes.get(row.meeting, [])) for row in _of(rows, Kind.MEETING)]


def _meeting(row: Row, notes: Sequence[Row]) -> Entry:
    return _entry(
        row,
        MeetingKind(row.code).label,
        _said(*(text for note in notes for text in (note.text, _note_correction(note)))),
        url=reverse("meeting_detail", args=[row.meeting]),
        readers=" · ".join(dict.fromkeys(note.readers for note in notes)),
    )


def _note_correction(note: Row) -> str:
    if note.number <= 1:
        return ""
    written = in_words(stockholm_day(note.recorded_at))
    return f"Rättad {written} av {note.by}. Den förra lydelsen står på mötets sida."


def _steps(rows: Sequence[Row], enrolment: Enrolment) -> list[Entry]:
    """Assessments; one that was taken back says so, with who and why."""
    steps = _of(rows, Kind.STEP)
    withdrawals = {row.corrects: row for row in steps if row.corrects}
    return [_step(row, withdrawals.get(row.fact), enrolment) for row in steps if not row.corrects]


def _step(row: Row, withdrawal: Row | None, enrolment: Enrolment) -> Entry:
    title = f"Steg {row.number}, {row.name.lower()}: {Outcome(row.code).label.lower()}"
    return _entry(
        row,
        title + ("" if row.is_current else " (återtaget)"),
        _said(_how(row, enrolment), row.text, row.detail, _withdrawn(withdrawal)),
        STEP if row.code == Outcome.CLEARED and row.is_current else PLAIN if row.is_current else QUIET,
        url=reverse("meeting_detail", args=[row.meeting]) if row.meeting else "",
    )


def _how(row: Row, enrolment: Enrolment) -> str:
    return " · ".join(part for part in (_cleared(row, enrolment), _criteria(row)) if part)


def _cleared(row: Row, enrolment: Enrolment) -> str:
    if row.day is None:
        return ""
    since = "" if row.day == row.on else f"sedan {in_words(row.day)}, "
    text = f"{since}dag {(row.day - enrolment.enrolled_on).days}"
    return text[0].upper() + text[1:]


def _criteria(row: Row) -> str:
    if not row.applying:
        return ""
    return f"{row.met} av {plural(row.applying, 'kriterium uppfyllt,kriterier uppfyllda')}"


def _withdrawn(row: Row | None) -> str:
    if row is None:
        return ""
    return f"Återtaget {in_words(stockholm_day(row.recorded_at))} av {row.by}: {row.text}"


def _assessment(row: Row, enrolment: Enrolment) -> Entry:
    return _entry(row, "Kartläggningen är klar", _said(f"Dag {(row.on - enrolment.enrolled_on).days}", row.text))


def _plan(row: Row, enrolment: Enrolment) -> Entry:
    title = f"Handlingsplan {row.number}" + ("" if row.complete else ", utkast")
    follow_up = f"Nästa uppföljning {in_words(row.day)}." if row.day else ""
    url = reverse("plan_detail", args=[enrolment.public_id]) + f"#plan-{row.number}"
    return _entry(row, title, _said(row.text, follow_up), url=url)


def _milestone(row: Row) -> Entry:
    return _entry(row, "Delmål nått", row.text)


def _placement(row: Row, enrolment: Enrolment) -> Entry:
    last = f" till och med {in_words(row.day - ONE_DAY)}" if row.day else ""
    return _entry(row, "Placering", f"{row.text}{last}. Handledare: {row.name}.")


def _responsible(rows: Sequence[Row], enrolment: Enrolment) -> list[Entry]:
    """Each change of who answers for the case; whoever came with the enrolment itself is no change."""
    begun = {row.recorded_at for row in _of(rows, Kind.ENTRY)}
    entries, before = [], None
    for row in sorted(_of(rows, Kind.RESPONSIBLE), key=lambda row: (row.on, row.fact)):
        if before or not (row.recorded_at in begun or row.on < enrolment.enrolled_on):
            said = f"Förut: {before.name}." if before else "Förut: ingen."
            entries.append(_entry(row, f"Ny ansvarig: {row.name}", said, QUIET))
        before = row
    return entries


def _exits(rows: Sequence[Row], enrolment: Enrolment) -> list[Entry]:
    """Exits, and the days when one was taken back, with by whom."""
    exits = _of(rows, Kind.EXIT)
    replaced = {row.corrects: row for row in exits if row.corrects}
    earlier = {row.fact: row for row in exits}
    is_reopened = any(row.superseded_at and row.fact not in replaced for row in exits)
    log = reopenings(enrolment) if is_reopened else []
    entries = []
    for row in exits:
        if row.fact in replaced:
            continue
        correction = _correction(row, earlier.get(row.corrects or 0), _exit_in_words)
        taken_back = "" if row.is_current else " (återtaget)"
        entries.append(_entry(row, _exit_in_words(row) + taken_back, _said(row.text, correction), QUIET))
        if row.superseded_at:
            entries.append(_reopening(row.superseded_at, log))
    return entries


def _exit_in_words(row: Row) -> str:
    return f"Avslut: {ExitReason(row.code).label.lower()}"


def _reopening(moment: datetime, log: Sequence[tuple[datetime, str]]) -> Entry:
    """The log is written right after the stamp of the action; one that has been disposed of names nobody."""
    day = stockholm_day(moment)
    by = next((name for at, name in log if moment <= at <= moment + _LOGGED_WITHIN), "")
    when = " · ".join(part for part in (in_words(day), by) if part)
    return Entry(day, moment, when, "Inskrivningen pågår igen", "Avslutet togs tillbaka.", QUIET)


def _beginnings(rows: Sequence[Row], enrolment: Enrolment) -> list[Entry]:
    """How it began, as it is known now, with what it was corrected from; and the referral."""
    entries = _of(rows, Kind.ENTRY)
    current = next((row for row in entries if row.is_current), None)
    if current is None:
        return []
    corrected_from = next((row for row in entries if row.fact == current.corrects), None)
    text = _said(current.text, _correction(current, corrected_from, _entry_in_words))
    begun = [_entry(current, "Inskriven", text, QUIET, when=_begun_when(current, enrolment))]
    return begun + _referral(current, enrolment)


def _begun_when(row: Row, enrolment: Enrolment) -> str:
    return f"{in_words(row.on)} · från register" if enrolment.is_imported else _when(row)


def _entry_in_words(row: Row) -> str:
    return ", ".join(part for part in ("Inskriven", source_in_words(row.code)) if part)


def _correction(row: Row, earlier: Row | None, in_short: Callable[[Row], str]) -> str:
    if earlier is None:
        return ""
    written = in_words(stockholm_day(row.recorded_at))
    return f"Rättat {written} av {row.by}. Förut stod: {in_short(earlier)}, {in_words(earlier.on)}."


def _referral(row: Row, enrolment: Enrolment) -> list[Entry]:
    came = source_in_words(row.code)
    if row.day is None or not came:
        return []
    applied = f"Ansökan gjordes {in_words(enrolment.applied_on)}." if enrolment.applied_on else ""
    return [Entry(row.day, row.recorded_at, in_words(row.day), came[0].upper() + came[1:], applied, QUIET)]
