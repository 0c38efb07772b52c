"""Writes about reports. Figures are asked for anew each time; only texts and days are stored."""

from collections.abc import Collection, Sequence
from datetime import date

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, action_alone, stamp
from core.days.dates import stockholm_day
from core.forms.concurrency import ChangedMeanwhile
from projects.models import Project
from reports.documents.releases import DAY, Released, contents, shows_figures
from reports.enums import ReportState
from reports.models import Release, Report, ReportSection

# What a slutrapport says in words, before and after its figures.
HEADINGS = ("Uppdraget", "Så har vi arbetat", "Slutsatser")


ADOPTED = "Rapporten är antagen och kan inte ändras."


class ReportIsAdopted(ValidationError):
    """An adopted report is never changed. A fault of no field."""

    def __init__(self) -> None:
        super().__init__(ADOPTED)


NO_TEXT = "Rapporten har ingen text än. Skriv den först, sedan går det att anta rapporten."


class ReportHasNoText(ValidationError):
    """There is nothing to read in the report but figures, so nobody adopts it. A fault of no field."""

    def __init__(self) -> None:
        super().__init__(NO_TEXT)


class DayNotReleased(Exception):
    """The report is of a day that the safe version doesn't have, and that nobody has released."""


@action
def write_report(
    *,
    project: Project,
    title: str,
    period_start: date,
    period_end: date,
    as_of: date,
    texts: Sequence[str],
    by: User,
    release_asked: str = "",
) -> Report:
    """A new draft with its texts, one for each of `HEADINGS`; its figures are those known now.

    release_asked: what the host's coordinator is asked to let it show, and why; empty for nothing.
    Raises ValueError for another number of texts.
    """
    report = Report.objects.create(
        project=project,
        title=title,
        period_start=period_start,
        period_end=period_end,
        as_of=as_of,
        release_asked=release_asked,
        known_at=stamp(),
        created_by=by,
    )
    ReportSection.objects.bulk_create(
        ReportSection(report=report, position=place, heading=heading, text=text)
        for place, (heading, text) in enumerate(zip(HEADINGS, texts, strict=True), start=1)
    )
    log_change(by=by, part="report_create")
    return report


@action
def change_report(
    *,
    report: Report,
    title: str,
    period_start: date,
    period_end: date,
    as_of: date,
    texts: Sequence[str],
    by: User,
    release_asked: str = "",
) -> Report:
    """Change a draft; all is replaced. Gives the report as it was saved.

    Raises ReportIsAdopted (a ValidationError of no field) for an adopted report.
    """
    locked = _draft(report)
    locked.title, locked.period_start, locked.period_end = title, period_start, period_end
    locked.as_of, locked.known_at, locked.version = as_of, stamp(), locked.version + 1
    locked.release_asked = release_asked
    locked.save()
    for section, text in zip(locked.sections.order_by("position"), texts, strict=True):
        section.text = text
        section.save(update_fields=["text"])
    log_change(by=by, part="report_edit")
    return locked


@action_alone
def adopt_report(*, report: Report, based_on: int, by: User) -> None:
    """From now on the report stands as it is, with the figures known now, and the steering group may read it.

    Raises ChangedMeanwhile where it isn't the version that was read, ReportIsAdopted if it was adopted before,
    DayNotReleased for another day than the safe version has, ReportHasNoText for one in which nothing is written.
    """
    # What the figures are counted by is settled from here on, so nobody may be changing it meanwhile.
    project = Project.objects.select_for_update(no_key=True).get(pk=report.project_id)
    locked = _draft(report)
    if locked.version != based_on:
        raise ChangedMeanwhile
    if not locked.has_text:
        raise ReportHasNoText
    if not shows_figures(locked, Released.of(locked), stockholm_day(stamp())):
        raise DayNotReleased
    locked.state, locked.known_at, locked.adopted_at = ReportState.ADOPTED, stamp(), stamp()
    locked.adopted_of = Report(project=project).said_of_project
    locked.save(update_fields=["state", "known_at", "adopted_at", "adopted_of"])
    log_change(by=by, part="report_adopt")


@action
def release_figures(*, report: Report, wanted: Collection[str], reason: str, by: User) -> None:
    """Let the report show its day (`DAY`), or targets with a small base. What was released before stays so.

    wanted: targets as an address names them, or `DAY`.
    Raises ReportIsAdopted for an adopted report; ValidationError of no field where it asks for nothing any longer, and
    for `wanted` where all of it has been released already.
    """
    Project.objects.select_for_update(no_key=True).get(pk=report.project_id)
    locked = _draft(report)
    if not locked.release_asked:
        raise ValidationError("Rapporten ber inte längre om att visa något dolt. Din prövning är inte sparad.")
    released = Released.of(locked)
    left = sorted(set(wanted) - released.targets - ({DAY} if released.day else set()))
    if not left:
        raise ValidationError({"wanted": "Det du valde är redan släppt. Din prövning är inte sparad."})
    _write(locked, left, reason, by)
    log_change(by=by, part="report_release")


def _write(report: Report, targets: Collection[str], reason: str, by: User) -> None:
    said = contents(report, None) | {DAY: DAY}
    if not said.keys() >= set(targets):
        raise ValidationError({"wanted": "Målet du valde finns inte längre. Öppna sidan igen."})
    Release.objects.bulk_create(
        Release(report=report, as_of=report.as_of, target=said[target], reason=reason, released_by=by)
        for target in targets
    )


def _draft(report: Report) -> Report:
    locked = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    if locked.state == ReportState.ADOPTED:
        raise ReportIsAdopted
    return locked
