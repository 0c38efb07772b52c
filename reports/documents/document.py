"""The content of a report on page and paper, which differs by reader."""

from datetime import date
from typing import Any

from core.days.dates import stockholm_day
from core.swedish.words import day as said_day
from core.swedish.words import moment
from reports.datasets import Population
from reports.datasets.moment import at_one_moment
from reports.documents.releases import Released, has_first_rules, shows_figures
from reports.documents.summary import CoverTitle, contents, key_figures
from reports.figures.figure import ProjectFigures
from reports.figures.project import project_figures
from reports.models import Release, Report
from reports.pages.result import FiguresReader
from reports.safe.version import first_safe, safe_figures
from reports.tables.page import FiguresPage, present


@at_one_moment()
def document(report: Report, reader: FiguresReader | None, *, on: date) -> dict[str, Any]:
    """The values of the templates of preview and PDF: texts, and the figures of the safe version; for an adopted report
    as they were known when it was adopted.

    A reader who knows some of the persons is shown less. None stands for a reader who knows none of them.
    There are no figures where the safe version doesn't have their day on the day `on`, and nobody has released it.
    """
    released = Released.of(report)
    has_figures = shows_figures(report, released, on)
    page = present(_figures(report, released, reader), on_paper=True) if has_figures else None
    sections = list(report.sections.all())
    return {
        "report": report,
        "project": report.said_of_project,
        "title": CoverTitle.of(report.title),
        "sections": sections,
        "contents": contents(sections, page),
        "key_figures": key_figures(page) if page else [],
        "page": page,
        "waits_for": "" if page else waits_for(report),
        "facts": _facts(report, page, released),
    }


def _figures(report: Report, released: Released, reader: FiguresReader | None) -> ProjectFigures:
    figures = _whole(report, released)
    return reader.beside_own(figures) if reader else figures


def _whole(report: Report, released: Released) -> ProjectFigures:
    everybody, known_at = Population.whole(report.project), report.figures_known_at
    if has_first_rules(report):
        return first_safe(project_figures(everybody, as_of=report.as_of, known_at=known_at))
    return safe_figures(everybody, as_of=report.as_of, known_at=known_at, released=released.targets)


def waits_for(report: Report) -> str:
    """Why there are no figures yet."""
    host = report.project.host
    return f"Siffror per {said_day(report.as_of)} visas när samordnaren hos {host} har släppt dagen."


def _facts(report: Report, page: FiguresPage | None, released: Released) -> list[tuple[str, Any]]:
    project = report.said_of_project
    rows = [
        ("Projekt", f"{project['name']}, {project['register_number']}"),
        ("Samordningsförbund", project["association"]),
        ("Finansiär", project["funder"]),
        ("Period", f"{said_day(report.period_start)} till {said_day(report.period_end)}"),
        ("Siffror", _known(report)),
        ("Inskrivna", _enrolled(page)),
        ("Läge", f"Antagen {moment(report.adopted_at)}" if report.adopted_at else "Utkast, inte antagen"),
    ]
    rows += [("Släppt", _in_words(release, released, page)) for release in released.releases]
    return [(term, value) for term, value in rows if value]


def _enrolled(page: FiguresPage | None) -> str:
    if not page:
        return ""
    return "Visas inte, färre än tio" if page.volumes.enrolled is None else str(page.volumes.enrolled)


def _in_words(release: Release, released: Released, page: FiguresPage | None) -> str:
    """The line about a release: the figures, by whom, when and why. The coordinator is named by role, as all staff in a
    report."""
    names = page.names if page else {}
    name = released.names.get(release.pk, "")
    target = names.get(name, name) or "Ett mål som har ändrats sedan dess"
    what = target if release.target else f"Siffror per {said_day(release.as_of)}"
    who = f"samordnaren hos {release.released_by.organisation}"
    return f"{what}, av {who} {said_day(stockholm_day(release.released_at))}: {release.reason}"


def _known(report: Report) -> str:
    known = f"var registrerat {moment(report.known_at)}" if report.is_adopted else "är registrerat i dag"
    return f"per {said_day(report.as_of)}, enligt det som {known}"
