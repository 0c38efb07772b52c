"""What is due first in each open case, now that the first meeting, placement and follow-up are due too, and kartläggning
and plan by the earlier of two days; and an index of the placements that are to begin."""

from datetime import timedelta

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Cast, Coalesce

from core.days.dates import after_workdays

REFERRING = ("social_services", "employment_service", "social_insurance")


def write_days(apps, schema_editor):
    """Each new day where it is the earlier: four statements for each project, and one for each day of enrolment."""
    enrolments = apps.get_model("participants", "Enrolment").objects
    for project in apps.get_model("projects", "Project").objects.all():
        waiting = enrolments.filter(project=project, exited_on=None)
        applied = Coalesce("applied_on", "referred_on")
        for rows, start, days in (
            (waiting.filter(source__in=REFERRING, first_met_on=None), applied, project.first_meeting_days),
            (waiting.filter(source__in=REFERRING, assessed_on=None), applied, project.assessment_days),
            (waiting.filter(source__in=REFERRING, planned_on=None), applied, project.plan_days),
            (waiting.filter(followed_up_on=None), F("planned_on"), project.first_follow_up_days),
        ):
            due_on = Cast(start + timedelta(days=days), models.DateField())
            rows = rows.alias(start_on=start).filter(start_on__isnull=False)
            rows.alias(due_on=due_on).filter(_is_earlier(F("due_on"))).update(first_due_on=due_on)
        unplaced = waiting.filter(first_placed_on=None)
        for day in unplaced.order_by().values_list("enrolled_on", flat=True).distinct():
            due_on = after_workdays(day, project.placement_days)
            unplaced.filter(_is_earlier(due_on), enrolled_on=day).update(first_due_on=due_on)


def _is_earlier(due_on):
    return Q(first_due_on=None) | Q(first_due_on__gt=due_on)


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0041_part_taken_from_wrong_person"),
        ("projects", "0010_questions_of_areas"),
        ("actionplans", "0010_first_days"),
    ]

    operations = [
        migrations.AddIndex(
            "enrolment",
            models.Index(
                fields=["project", "owner", "first_placed_on"],
                condition=Q(first_placed_on__isnull=False),
                name="enrolment_first_placed",
            ),
        ),
        migrations.RunPython(write_days, migrations.RunPython.noop),
    ]
