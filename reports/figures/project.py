"""The figures of a project as of a day, with nothing left out."""

from datetime import date, datetime

from reports.datasets import Population
from reports.datasets.moment import at_one_moment
from reports.figures.catalogue import CATALOGUE
from reports.figures.edition import Edition
from reports.figures.figure import ProjectFigures
from reports.figures.ground import Ground


@at_one_moment()
def project_figures(population: Population, *, as_of: date, known_at: datetime | None = None) -> ProjectFigures:
    """All figures of a population as of a day, as known now or at a moment; eight statements when known now."""
    ground = Ground.lay(population, as_of, known_at)
    edition = Edition(population.project, as_of, known_at)
    return ProjectFigures(edition, {figure.code: figure.result(ground) for figure in CATALOGUE})
