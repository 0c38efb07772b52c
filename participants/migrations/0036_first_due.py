"""The first day by which something is to be done in a case, kept in a column of its own and found by an index."""

from datetime import timedelta

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Cast


def write_days(apps, schema_editor):
    """The next contact's day, or an earlier one for kartläggning or plan: four statements, and two for each project."""
    enrolments = apps.get_model("participants", "Enrolment").objects
    enrolments.exclude(next_contact_on=None).update(first_due_on=F("next_contact_on"))
    for project in apps.get_model("projects", "Project").objects.all():
        for column, days in (("assessed_on", project.assessment_days), ("planned_on", project.plan_days)):
            due_on = Cast(F("enrolled_on") + timedelta(days=days), models.DateField())
            waiting = enrolments.filter(project=project, **{column: None})
            waiting.filter(Q(first_due_on=None) | Q(first_due_on__gt=due_on)).update(first_due_on=due_on)


class Migration(migrations.Migration):
    dependencies = [("participants", "0035_kept_notes_misplaced"), ("projects", "0006_sort_keys_written")]

    operations = [
        migrations.AddField(
            model_name="enrolment",
            name="first_due_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.RunPython(write_days, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="enrolment", name="enrolment_open_contact"),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(
                condition=models.Q(("exited_on__isnull", True), ("is_void", False)),
                fields=["project", "owner", "first_due_on", "id"],
                name="enrolment_open_due",
            ),
        ),
    ]
