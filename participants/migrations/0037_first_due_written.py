"""The first day by which something is to be done in each open case, and the first of a step to judge.

Apart from the columns: PostgreSQL makes no index in the transaction that has changed the rows.
"""

from datetime import timedelta

from django.db import migrations, models
from django.db.models import F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Cast


def write_days(apps, schema_editor):
    """The next contact's day, or an earlier one for kartläggning or plan: four statements, and two for each project."""
    enrolments = apps.get_model("participants", "Enrolment").objects
    open_cases = enrolments.filter(exited_on=None)
    open_cases.exclude(next_contact_on=None).update(first_due_on=F("next_contact_on"))
    for project in apps.get_model("projects", "Project").objects.all():
        for column, days in (("assessed_on", project.assessment_days), ("planned_on", project.plan_days)):
            due_on = Cast(F("enrolled_on") + timedelta(days=days), models.DateField())
            waiting = open_cases.filter(project=project, **{column: None})
            waiting.filter(Q(first_due_on=None) | Q(first_due_on__gt=due_on)).update(first_due_on=due_on)
    steps = apps.get_model("actionplans", "StepClock").objects.filter(
        enrolment=OuterRef("pk"), due_on__isnull=False, reached_on=None, assessed_on=None, target__exclusive=False
    )
    first = steps.order_by().values("enrolment").annotate(first=Min("due_on")).values("first")
    open_cases.update(first_step_on=Subquery(first))


class Migration(migrations.Migration):
    # The clock stands in an app above, whose later migrations come after this one.
    dependencies = [
        ("participants", "0036_first_due"),
        ("projects", "0006_sort_keys_written"),
        ("actionplans", "0008_plans_of_milestones"),
    ]

    operations = [migrations.RunPython(write_days, migrations.RunPython.noop)]
