"""Versions of a project's figures for users who may not see the persons. Hidden numbers are left out, and not only
unprinted.

How a figure is hidden is defined in its entry in the catalogue; here it is done for all figures.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from reports.datasets import Population
from reports.datasets.moment import at_one_moment
from reports.figures.catalogue import CATALOGUE
from reports.figures.edition import Edition, Hiding
from reports.figures.figure import Figure, ProjectFigures
from reports.figures.ground import Ground
from reports.safe.ground import SafeGround


@at_one_moment()
def safe_figures(
    population: Population, *, as_of: date, known_at: datetime | None = None, released: Collection[str] = ()
) -> ProjectFigures:
    """The figures of a population in the safe version.

    `released`: targets, by their names in addresses, that a report may show in spite of a small base.
    """
    safe = SafeGround.lay(Ground.lay(population, as_of, known_at), released)
    edition = Edition(population.project, as_of, known_at, Hiding.SAFE)
    return ProjectFigures(edition, {figure.code: figure.safe(safe) for figure in CATALOGUE})


def first_safe(figures: ProjectFigures) -> ProjectFigures:
    """Exact figures hidden by the rules of the first release, for reports that were adopted then."""
    results = {figure.code: figure.first_safe(figures[figure]) for figure in CATALOGUE}
    return ProjectFigures(replace(figures.edition, hiding=Hiding.FIRST_SAFE), results)


def without_own(figures: ProjectFigures, others: ProjectFigures) -> ProjectFigures:
    """The figures for a reader who knows some of the persons: only numbers that may be shown of the other persons too.

    Also a report that was adopted by the first release loses its curves and the numbers behind its shares.
    """
    results = {figure.code: _without_own(figure, figures[figure], others[figure]) for figure in CATALOGUE}
    return ProjectFigures(replace(figures.edition, hiding=Hiding.BESIDE_OWN), results)


def _without_own(figure: Figure[Any], result: Any, others: Any) -> Any:
    """The result without what would tell of the others; None where either is hidden whole."""
    return None if result is None or others is None else figure.beside_own(result, others)
