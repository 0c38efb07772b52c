"""A figure that doesn't say what may be shown is hidden whole from readers who may not see the persons."""

from dataclasses import dataclass

import pytest

from core.days.dates import today
from reports.datasets import Population
from reports.figures import project
from reports.figures.edition import Edition
from reports.figures.figure import Figure
from reports.figures.ground import Ground
from reports.figures.project import project_figures
from reports.safe import version
from reports.safe.ground import SafeGround
from reports.safe.version import first_safe, safe_figures, without_own
from reports.tables import page
from reports.tables.chapter import Chapter
from reports.tables.page import present


@dataclass(frozen=True)
class Begun:
    count: int


def _begun(ground: Ground) -> Begun:
    return Begun(ground.beginnings.enrolled)


def _safe_begun(safe: SafeGround) -> Begun:
    return _begun(safe.ground)


def _chapter(result: Begun, edition: Edition) -> Chapter:
    return Chapter(anchor="prov", heading=f"{result.count} började", paper_heading="")


SILENT: Figure[Begun] = Figure(code="silent", result=_begun, chapter=_chapter)
PARTLY_SAFE: Figure[Begun] = Figure(code="silent", result=_begun, safe=_safe_begun, chapter=_chapter)


def _add(monkeypatch, figure):
    for module in (project, version, page):
        monkeypatch.setattr(module, "CATALOGUE", (*module.CATALOGUE, figure))


def _is_shown(figures):
    return "3 började" in [chapter.heading for chapter in present(figures).chapters]


@pytest.fixture
def everybody(world):
    return Population.whole(world.project)


def test_it_is_shown_to_those_who_see_the_persons_alone(everybody, monkeypatch):
    _add(monkeypatch, SILENT)
    exact, safe = project_figures(everybody, as_of=today()), safe_figures(everybody, as_of=today())
    assert _is_shown(exact)
    for figures in (safe, first_safe(exact), without_own(safe, safe), without_own(first_safe(exact), safe)):
        assert figures[SILENT] is None
        assert not _is_shown(figures)


def test_what_has_a_safe_version_is_still_hidden_from_who_knows_some_of_the_persons(everybody, monkeypatch):
    _add(monkeypatch, PARTLY_SAFE)
    safe = safe_figures(everybody, as_of=today())
    assert _is_shown(safe)
    assert not _is_shown(without_own(safe, safe))
