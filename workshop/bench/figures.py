"""The result page and the report: their data against plain SQL, the page, and the PDF against WeasyPrint alone."""

import io
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pikepdf
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.urls import reverse
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from core.pdf import process as pdf
from reports.datasets import Population
from reports.documents.actions import HEADINGS, write_report
from reports.documents.document import document
from reports.figures.catalogue import STEPS
from reports.figures.figure import ProjectFigures
from reports.figures.project import project_figures
from reports.models import Report
from reports.safe.days import latest_quarter_end
from reports.statistics.steps import TargetResult
from workshop import aims
from workshop.bench.measure import Measured
from workshop.bench.pages import ROWS, Response, get, log_in
from workshop.bench.plain_sql import plain_figures
from workshop.scale.people import World

PAGES = 12
_PARAGRAPH = (
    "Deltagarna har träffat sina handläggare var femte vecka. Flera har prövat två arbetsplatser, och de som har "
    "kommit längst har fått en överenskommelse om praktik. Samverkan mellan myndigheterna har fungerat bäst där en "
    "och samma person har hållit i mötena från början till slut."
)


def figure_pages(world: World, bare: Client) -> Iterator[Measured]:
    """The measurements of figures: data, page, report and PDF."""
    leader = log_in(world.leader)
    floor, result = f"/rader/{ROWS}/", reverse("result")
    yield Measured("result page, its data alone", lambda: figures(world), lambda: plain_figures(world), aims.FIGURES)
    yield Measured("result page, whole", lambda: get(leader, result), lambda: get(bare, floor), aims.RESULT)
    paper = Paper(world, leader)
    yield Measured("report page", paper.read, lambda: get(bare, floor))
    yield Measured(f"report as PDF, {PAGES} pages", paper.fetch, paper.only_weasyprint, share=0.3)
    yield Measured("PDF of the same HTML", paper.print, paper.only_weasyprint, aims.PDF, share=0.5)


def figures(world: World) -> ProjectFigures:
    """The figures of the result page, by its queries and calculations."""
    return project_figures(Population.whole(world.project), as_of=world.on)


class Paper:
    """A long report, written when it is first asked for."""

    def __init__(self, world: World, reader: Client) -> None:
        self.world, self.reader = world, reader

    @cached_property
    def report(self) -> Report:
        """The report, with texts long enough. Raises RuntimeError where no text makes it long enough."""
        for paragraphs in range(4, 200, 4):
            report = self._write("\n\n".join([_PARAGRAPH] * paragraphs))
            if self._pages(report) >= PAGES:
                return report
        raise RuntimeError(f"the report never reached {PAGES} pages")

    def read(self) -> Response:
        """The report's preview."""
        return get(self.reader, self.report.get_absolute_url())

    def fetch(self) -> Response:
        """The report's PDF file."""
        return self._file(self.report)

    def print(self) -> None:
        """Make the PDF in the program's way from HTML to file, without asking for figures."""
        pdf.render(self._sources[0])

    def only_weasyprint(self) -> None:
        """Make the PDF by WeasyPrint alone, from the program's HTML, style sheet and tags: the floor of `print`."""
        html, sheet, fonts = self._sources
        HTML(string=html).write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1")

    @cached_property
    def _sources(self) -> tuple[str, CSS, FontConfiguration]:
        fonts = FontConfiguration()
        sheet = CSS(filename=Path(settings.BASE_DIR) / "static" / "css" / "pdf.css", font_config=fonts)
        context = document(self.report, None, on=self.world.on)
        return render_to_string("reports/documents/report_pdf.html", context), sheet, fonts

    def _write(self, text: str) -> Report:
        project, on = self.world.project, self.world.on
        return write_report(
            project=project,
            title="Slutrapport Mätning",
            period_start=project.starts_on or on,
            period_end=on,
            as_of=latest_quarter_end(on),
            texts=[text] * len(HEADINGS),
            by=self.world.leader,
        )

    def _pages(self, report: Report) -> int:
        with pikepdf.open(io.BytesIO(self._file(report).content)) as made:
            return len(made.pages)

    def _file(self, report: Report) -> Response:
        """The PDF file, without the limit on how often a user may fetch one."""
        with override_settings(EXPORTS_AN_HOUR=10_000):
            return get(self.reader, reverse("report_pdf", args=[report.public_id]))


def check(world: World) -> None:
    """Compare the plain SQL with the program. Raises RuntimeError where their figures differ."""
    ours = [(row.target.step, *_counts(row.result)) for row in figures(world)[STEPS].single]
    plain = [tuple(row[:4]) for row in plain_figures(world)[0]]
    if ours != plain:
        raise RuntimeError(f"plain SQL says {plain}, the program {ours}")


def _counts(result: TargetResult | None) -> tuple[int | None, ...]:
    return (result.enrolled, result.due, result.cleared_in_time) if result else ()
