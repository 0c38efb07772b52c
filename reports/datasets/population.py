"""Whose figures are asked for."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Self

from django.db.models import Q, QuerySet
from django.db.models.query import EmptyQuerySet

from actionplans.models import StepClock
from participants.models import Enrolment
from projects.models import Project


@dataclass(frozen=True, slots=True)
class Population:
    """A whole project, or only some of its enrolments. Wrongly registered ones are in no result.

    `beside` says whose referrals without an enrolment, and whose counted-only, belong to it; none without it.
    """

    project: Project
    enrolments: QuerySet[Enrolment]
    is_whole: bool
    left_out: tuple[int, ...] = ()
    beside: Q | None = None

    @classmethod
    def whole(cls, project: Project) -> Self:
        """All that a project counts."""
        return cls(project, Enrolment.objects.in_project(project).counted(), True, beside=Q())

    @classmethod
    def part(cls, project: Project, enrolments: QuerySet[Enrolment], beside: Q | None = None) -> Self:
        """Some enrolments of a project."""
        return cls(project, enrolments.filter(project=project, is_void=False), False, beside=beside)

    def without(self, changed: Collection[int]) -> Self:
        """All but a few."""
        if not changed:
            return self
        return replace(self, enrolments=self.enrolments.exclude(pk__in=changed), left_out=tuple(changed))

    def nobody(self) -> Self:
        """None of them; what a project has besides enrolments is still its own."""
        return replace(self, enrolments=Enrolment.objects.none())

    def clocks(self) -> QuerySet[StepClock]:
        """Their clocks. Of a whole project the few wrong ones are taken away, which spares a join of all."""
        if isinstance(self.enrolments, EmptyQuerySet):
            return StepClock.objects.none()
        clocks = StepClock.objects.filter(project=self.project)
        if not self.is_whole:
            return clocks.filter(enrolment__in=self.enrolments)
        wrong = Enrolment.objects.in_project(self.project).filter(is_void=True)
        clocks = clocks.exclude(enrolment__in=wrong)
        return clocks.exclude(enrolment__in=self.left_out) if self.left_out else clocks
