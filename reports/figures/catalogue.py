"""Every figure there is, in the order that page and report show them (docs/adr/0030).

A new figure is an entry here: page, report, safe versions, the command line and docs/statistics.md read this list.
"""

from typing import Any

from reports.figures.curves import TargetCurve, curves
from reports.figures.deadlines import DeadlineFigures, deadline_figures
from reports.figures.each_deadline import DeadlineBook, each_deadline
from reports.figures.figure import Figure
from reports.figures.steps import NeededOutcome, StepFigures, needed_figures, step_figures
from reports.figures.volumes import GroupBook, Volumes, group_book, volumes
from reports.safe.curves import first_safe_curves, no_curves, safe_curves
from reports.safe.deadlines import deadlines_beside_own, first_safe_deadlines, safe_deadlines
from reports.safe.each_deadline import each_beside_own, safe_each
from reports.safe.steps import first_safe_steps, safe_steps, steps_beside_own
from reports.safe.volumes import first_safe_volumes, safe_volumes, volumes_beside_own
from reports.tables.curves import curves_chapter
from reports.tables.deadlines import deadlines_chapter
from reports.tables.each_deadline import each_chapter
from reports.tables.groups import groups_chapter
from reports.tables.needed import needed_chapter
from reports.tables.plain import plain_curves, plain_steps
from reports.tables.steps import steps_chapter

STEPS: Figure[StepFigures] = Figure(
    code="steps",
    result=step_figures,
    safe=safe_steps,
    first_safe=first_safe_steps,
    beside_own=steps_beside_own,
    chapter=steps_chapter,
    plain=plain_steps,
)

# Hidden from who sees no persons: two days' numbers of those coming would tell who has begun and left between them.
NEEDED: Figure[tuple[NeededOutcome, ...]] = Figure(
    code="needed",
    result=needed_figures,
    chapter=needed_chapter,
    on_paper=False,
)

DEADLINES: Figure[DeadlineFigures] = Figure(
    code="deadlines",
    result=deadline_figures,
    safe=safe_deadlines,
    first_safe=first_safe_deadlines,
    beside_own=deadlines_beside_own,
    chapter=deadlines_chapter,
)

EACH_DEADLINE: Figure[DeadlineBook] = Figure(
    code="each_deadline",
    result=each_deadline,
    safe=safe_each,
    beside_own=each_beside_own,
    chapter=each_chapter,
    on_paper=False,
)

CURVES: Figure[tuple[TargetCurve, ...]] = Figure(
    code="curves",
    result=curves,
    safe=safe_curves,
    first_safe=first_safe_curves,
    beside_own=no_curves,
    chapter=curves_chapter,
    plain=plain_curves,
)

VOLUMES: Figure[Volumes] = Figure(
    code="volumes",
    result=volumes,
    safe=safe_volumes,
    first_safe=first_safe_volumes,
    beside_own=volumes_beside_own,
)

# Hidden from who sees no persons: groups are small, some are about health, and people are in several.
GROUPS: Figure[GroupBook] = Figure(code="groups", result=group_book, chapter=groups_chapter, on_paper=False)

CATALOGUE: tuple[Figure[Any], ...] = (STEPS, NEEDED, DEADLINES, EACH_DEADLINE, CURVES, VOLUMES, GROUPS)
