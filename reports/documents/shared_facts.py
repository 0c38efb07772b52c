"""Facts that the forms about a report show and replace, to notice two who save at once: the rows to lock, and their
present values."""

from collections.abc import Mapping
from typing import Any

from core.forms.concurrency import Shared
from core.swedish.words import day
from projects.models import Project
from reports.documents.releases import DAY, Released, in_words
from reports.models import Release, Report

STATE = "Rapporten"


def report_of(report: Report) -> Shared:
    """The answers of a report, and whether it has been adopted."""
    rows = Report.objects.filter(pk=report.pk)

    def read() -> Mapping[str, Any]:
        now = rows.get()
        texts = {f"text_{section.position}": section.text for section in now.sections.order_by("position")}
        names = ("title", "period_start", "period_end", "as_of", "release_asked")
        state = {STATE: "är antagen och kan inte ändras" if now.is_adopted else "är ett utkast"}
        return {name: getattr(now, name) for name in names} | texts | state

    return Shared([rows], read)


def release_of(report: Report) -> Shared:
    """A report's request to show hidden figures, its day, and the releases so far."""
    rows = Report.objects.filter(pk=report.pk)

    def read() -> Mapping[str, Any]:
        now = rows.get()
        released = Released.of(now)
        return {
            "Det som rapporten vill visa": now.release_asked,
            "Siffror per": day(now.as_of),
            "Redan släppt": "\n".join(_released(row, released) for row in released.releases),
            "Målen": in_words(now),
            STATE: "är antagen och kan inte ändras" if now.is_adopted else "är ett utkast",
        }

    return Shared([Project.objects.filter(pk=report.project_id), rows], read)


def _released(release: Release, released: Released) -> str:
    what = "Dagen" if release.target == DAY else released.names.get(release.pk, "Ett mål som har ändrats")
    return f"{what}: {release.reason}"
