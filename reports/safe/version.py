"""The versions of a project's figures for those who may not see the persons: what they leave out isn't there at all.

How each figure is hidden stands in the figure's entry; here all of them are asked.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from reports.datasets import Population
from reports.figures.catalogue import CATALOGUE
from reports.figures.edition import Edition, Hiding
from reports.figures.figure import ProjectFigures
from reports.figures.ground import Ground
from reports.safe.ground import SafeGround


def safe_figures(
    population: Population, *, as_of: date, known_at: datetime | None = None, released: Collection[str] = ()
) -> ProjectFigures:
    """What those who may not see the persons are shown of a population.

    `released`: the targets (as an address names them) that one report may show though their base is small.
    """
    safe = SafeGround.lay(Ground.lay(population, as_of, known_at), released)
    edition = Edition(population.project, as_of, known_at, Hiding.SAFE)
    return ProjectFigures(edition, {figure.code: figure.safe(safe) for figure in CATALOGUE})


def first_safe(figures: ProjectFigures) -> ProjectFigures:
    """Exact figures as the first release hid them: reports that were adopted by it stand as they were."""
    results = {figure.code: figure.first_safe(figures[figure]) for figure in CATALOGUE}
    return ProjectFigures(replace(figures.edition, hiding=Hiding.FIRST_SAFE), results)


def without_own(figures: ProjectFigures, others: ProjectFigures) -> ProjectFigures:
    """For somebody who knows some of the persons: only what may be shown of the others by themselves, too.

    A report that the first release adopted loses its numbers behind the shares and its curves here, too.
    """
    results = {figure.code: figure.beside_own(figures[figure], others[figure]) for figure in CATALOGUE}
    return ProjectFigures(replace(figures.edition, hiding=Hiding.BESIDE_OWN), results)
