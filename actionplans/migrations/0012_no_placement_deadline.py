"""Projects that have never placed anybody, and never said within how many days, have no last day for a placement; what is
due first in their open cases is written anew.

The day came with an upgrade, and in such a project each open case would turn late by it.
"""

from datetime import timedelta

from django.db import migrations
from django.db.models import Exists, OuterRef

from core.batches import in_chunks

REFERRING = ("social_services", "employment_service", "social_insurance")
DEFAULT = 5


def end_deadline(apps, schema_editor):
    """One statement for the projects; for each of them, one for each five hundred open cases, and one to write them."""
    projects = apps.get_model("projects", "Project").objects
    enrolments = apps.get_model("participants", "Enrolment").objects
    mine = apps.get_model("participants", "PlacementPeriod").objects.filter(enrolment__project=OuterRef("pk"))
    begun = enrolments.filter(project=OuterRef("pk"))
    unplaced = projects.filter(Exists(begun), ~Exists(mine), placement_days=DEFAULT)
    for project in list(unplaced):
        projects.filter(pk=project.pk).update(placement_days=None)
        open_cases = enrolments.filter(project=project, exited_on=None)
        for chunk in in_chunks(list(open_cases.order_by("pk").values_list("pk", flat=True))):
            cases = list(enrolments.filter(pk__in=chunk))
            for case in cases:
                case.first_due_on = min(filter(None, _days(case, project)), default=None)
            enrolments.bulk_update(cases, ["first_due_on"])


def _days(case, project):
    """The days by which something is to be done in the case, and None for what waits for nothing."""
    applied = (case.applied_on or case.referred_on) if case.source in REFERRING else None
    start = min(filter(None, [applied, case.enrolled_on]))
    yield applied and not case.first_met_on and applied + timedelta(days=project.first_meeting_days)
    yield None if case.assessed_on else start + timedelta(days=project.assessment_days)
    yield None if case.planned_on else start + timedelta(days=project.plan_days)
    if case.planned_on and not case.followed_up_on:
        yield case.planned_on + timedelta(days=project.first_follow_up_days)
    yield case.next_contact_on


class Migration(migrations.Migration):
    dependencies = [
        ("actionplans", "0011_held_in_a_project"),
        ("participants", "0042_first_due_of_first_things"),
        ("projects", "0011_no_placement_deadline"),
    ]

    operations = [migrations.RunPython(end_deadline, migrations.RunPython.noop)]
