"""What is late, asked without `Enrolment.first_due_on`: of the days that it is made of, as before there was one."""

from datetime import date, timedelta

from django.db.models import Q

from actionplans.plans.firsts import differing_first_days
from actionplans.steps.to_judge import differing_first_step
from participants.enrolment.deadlines import differing_first_due
from participants.models import Enrolment
from projects.models import Project


def late_by_the_days(project: Project, on: date) -> set[int]:
    """Keys of the project's open cases that have passed a day for kartläggning, plan or next contact."""
    if project.has_ended(on):
        return set()
    day = on - timedelta(days=1)
    unassessed = Q(assessed_on__isnull=True, enrolled_on__lte=day - timedelta(days=project.assessment_days))
    unplanned = Q(planned_on__isnull=True, enrolled_on__lte=day - timedelta(days=project.plan_days))
    late = Enrolment.objects.filter(unassessed | unplanned | Q(next_contact_on__lte=day))
    return set(late.filter(project=project, exited_on__isnull=True).values_list("pk", flat=True))


def late_by_the_first(project: Project, on: date) -> set[int]:
    """The same, as the program asks."""
    return set(Enrolment.objects.in_project(project).late(project, on=on).values_list("pk", flat=True))


def assert_late_is_what_it_was(project: Project, on: date) -> None:
    """The kept day is the one that the case's other days say, and what is late is what they make late, for weeks before
    and after the day."""
    ids = list(Enrolment.objects.filter(project=project).values_list("pk", flat=True))
    assert (differing_first_days(ids), differing_first_due(ids), differing_first_step(ids)) == (0, 0, 0)
    for days in range(-60, 61, 3):
        asked = on + timedelta(days=days)
        assert late_by_the_first(project, asked) == late_by_the_days(project, asked)
