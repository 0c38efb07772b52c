"""A project's figures as templates show them: a page and its PDF get the same chapters."""

from dataclasses import dataclass

from reports.figures.catalogue import CATALOGUE, DEADLINES, STEPS, VOLUMES
from reports.figures.edition import Edition
from reports.figures.figure import ProjectFigures
from reports.figures.steps import StepFigures
from reports.figures.volumes import Volumes
from reports.tables.chapter import Chapter
from reports.tables.sentences import beyond_control, deadline_words
from reports.tables.table import FigureRow


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """Everything that the templates of figures read.

    steps, within, beyond_control: what the words about how the figures are counted depend on.
    """

    edition: Edition
    chapters: tuple[Chapter, ...]
    volumes: Volumes
    steps: StepFigures
    within: str
    beyond_control: str

    @property
    def answer(self) -> str:
        """The first sentence about the whole: «Två av fem mål är nådda.»; empty where nobody is enrolled."""
        return next(iter(self._sentences), "") if self.volumes.enrolled else ""

    @property
    def beside_answer(self) -> str:
        """The sentences after the first."""
        return " ".join(self._sentences[1:]) if self.answer else ""

    @property
    def _sentences(self) -> tuple[str, ...]:
        return next((chapter.sentences for chapter in self.chapters if chapter.sentences), ())

    @property
    def rows(self) -> list[FigureRow]:
        """The rows of all tables of results."""
        return [row for chapter in self.chapters if chapter.table for row in chapter.table.rows]

    @property
    def names(self) -> dict[str, str]:
        """The name of each row, by its name in addresses."""
        return {row.slug: row.name for row in self.rows}

    @property
    def hidden(self) -> list[FigureRow]:
        """The rows that are hidden since too few are in them."""
        return [row for row in self.rows if row.is_hidden]


def present(figures: ProjectFigures, *, on_paper: bool = False) -> FiguresPage:
    """Put words and drawings to the figures; on paper to those that reports show."""
    shown = [(figure, figures[figure]) for figure in CATALOGUE if figure.on_paper or not on_paper]
    chapters = (figure.chapter(result, figures.edition) for figure, result in shown if result is not None)
    return FiguresPage(
        edition=figures.edition,
        chapters=tuple(chapter for chapter in chapters if chapter),
        volumes=figures[VOLUMES],
        steps=figures[STEPS],
        within=deadline_words(figures[DEADLINES].rules),
        beyond_control=beyond_control(figures.edition.project),
    )
