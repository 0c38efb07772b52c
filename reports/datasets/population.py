"""Whose figures are asked for."""

from dataclasses import dataclass, replace
from typing import Self

from django.db.models import Q, QuerySet

from actionplans.models import StepClock
from participants.models import Enrolment
from projects.models import Project
from reports.datasets.sql import JsonKeys


@dataclass(frozen=True, slots=True)
class Population:
    """A whole project, or only some of its enrolments. Wrongly registered ones are in no result.

    `beside` says whose referrals without an enrolment, and whose counted-only, belong to it; none without it.
    """

    project: Project
    enrolments: QuerySet[Enrolment]
    is_whole: bool
    beside: Q | None = None

    @classmethod
    def whole(cls, project: Project) -> Self:
        """All that a project counts."""
        return cls(project, Enrolment.objects.in_project(project).counted(), True, beside=Q())

    @classmethod
    def part(cls, project: Project, enrolments: QuerySet[Enrolment], beside: Q | None = None) -> Self:
        """Some enrolments of a project."""
        return cls(project, enrolments.filter(project=project, is_void=False), False, beside=beside)

    def of_now(self) -> Self:
        """The population as it is now, for figures of any moment: for a part of a project the keys, one statement."""
        if self.is_whole:
            return self
        keys = list(self.enrolments.order_by().values_list("pk", flat=True))
        return replace(self, enrolments=Enrolment.objects.in_project(self.project).filter(pk__in=JsonKeys(keys)))

    def clocks(self) -> QuerySet[StepClock]:
        """Their clocks. Of a whole project the few wrong ones are taken away, which spares a join of all."""
        clocks = StepClock.objects.filter(project=self.project)
        if not self.is_whole:
            return clocks.filter(enrolment__in=self.enrolments)
        wrong = Enrolment.objects.in_project(self.project).filter(is_void=True)
        return clocks.exclude(enrolment__in=wrong)
