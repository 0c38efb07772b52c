"""What is late, asked without `Enrolment.first_due_on`: of the days that it is made of, as before there was one."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, filterfalse, islice

from actionplans.plans.firsts import differing_first_days
from actionplans.steps.to_judge import differing_first_step
from core.days.dates import is_free
from participants.enrolment.deadlines import differing_first_due
from participants.models import Enrolment
from projects.models import Project

AGENCIES = {"social_services", "employment_service", "social_insurance"}


def late_by_the_days(project: Project, on: date) -> set[int]:
    """Keys of the project's open cases that have passed a day, one case and one day at a time."""
    if project.has_ended(on):
        return set()
    open_cases = Enrolment.objects.filter(project=project, exited_on__isnull=True)
    return {case.pk for case in open_cases if any(day < on for day in _days(case, project, on))}


def _days(case: Enrolment, project: Project, on: date) -> Iterator[date]:
    """The days by which what isn't done on the day was to be."""
    applied = case.applied_on or case.referred_on if case.source in AGENCIES else None
    begun = min(filter(None, [applied, case.enrolled_on]))
    for start, done_on, days in (
        (applied, case.first_met_on, project.first_meeting_days),
        (begun, case.assessed_on, project.assessment_days),
        (begun, case.planned_on, project.plan_days),
        (case.planned_on, case.followed_up_on, project.first_follow_up_days),
    ):
        if start and not done_on:
            yield start + timedelta(days=days)
    if project.placement_days and (not case.first_placed_on or case.first_placed_on > on):
        workdays = (case.enrolled_on + timedelta(days=number) for number in count(1))
        yield next(islice(filterfalse(is_free, workdays), project.placement_days - 1, None))
    if case.next_contact_on:
        yield case.next_contact_on


def late_by_the_first(project: Project, on: date) -> set[int]:
    """The same, as the program asks."""
    return set(Enrolment.objects.in_project(project).late(project, on=on).values_list("pk", flat=True))


def assert_late_is_what_it_was(project: Project, on: date, *, of_facts: bool = True) -> None:
    """The kept day is the one that the case's other days say, those are what the facts say if there are facts, and what
    is late is what they make late, for weeks before and after the day."""
    ids = list(Enrolment.objects.filter(project=project).values_list("pk", flat=True))
    assert (differing_first_due(ids), differing_first_step(ids)) == (0, 0)
    assert not of_facts or differing_first_days(ids) == 0
    for days in range(-60, 61, 3):
        asked = on + timedelta(days=days)
        assert late_by_the_first(project, asked) == late_by_the_days(project, asked)
