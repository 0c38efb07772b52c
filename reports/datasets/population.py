"""Whose figures are asked for."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Self

from django.db.models import Q, QuerySet

from actionplans.models import StepClock
from participants.models import Enrolment
from projects.models import Project
from reports.datasets.past_tables import PastClock, PastEnrolment


@dataclass(frozen=True, slots=True)
class Population:
    """A whole project, or only some of its enrolments. Wrongly registered ones are in no result.

    enrolments: now, or as they were (`PastEnrolment`).  left_out: keys of enrolments that are not in it after all.
    beside: whose referrals without an enrolment, and whose counted-only, belong to it; none without it.
    past_clocks: the clocks, where they aren't those of now.
    """

    project: Project
    enrolments: QuerySet[Any]
    is_whole: bool
    left_out: tuple[int, ...] = ()
    beside: Q | None = None
    past_clocks: QuerySet[PastClock] | None = None

    @classmethod
    def whole(cls, project: Project) -> Self:
        """All that a project counts."""
        return cls(project, Enrolment.objects.in_project(project).counted(), True, beside=Q())

    @classmethod
    def part(cls, project: Project, enrolments: QuerySet[Enrolment], beside: Q | None = None) -> Self:
        """Some enrolments of a project."""
        return cls(project, enrolments.filter(project=project, is_void=False), False, beside=beside)

    @classmethod
    def of_past(cls, project: Project, beside: Q | None = None) -> Self:
        """The enrolments that stand in the tables of the past, which must be there."""
        return cls(project, PastEnrolment.objects.all(), False, beside=beside, past_clocks=PastClock.objects.all())

    def without(self, changed: Collection[int]) -> Self:
        """All but a few, by their keys."""
        return replace(self, enrolments=self.enrolments.exclude(pk__in=changed), left_out=tuple(changed))

    def clocks(self) -> QuerySet[Any]:
        """Their clocks. Of a whole project the few wrong ones are taken away, which spares a join of all."""
        if self.past_clocks is not None:
            return self.past_clocks
        clocks = StepClock.objects.filter(project=self.project)
        if not self.is_whole:
            return clocks.filter(enrolment__in=self.enrolments)
        wrong = Enrolment.objects.in_project(self.project).filter(is_void=True)
        clocks = clocks.exclude(enrolment__in=wrong)
        return clocks.exclude(enrolment__in=self.left_out) if self.left_out else clocks
