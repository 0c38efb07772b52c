"""Columns for the first day by which something is to be done in a case and the first of a step to judge, found by an
index; and an index of the few numbers that are claimed."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("participants", "0035_kept_notes_misplaced")]

    operations = [
        migrations.AddField("enrolment", "first_due_on", models.DateField(editable=False, null=True)),
        migrations.AddField("enrolment", "first_step_on", models.DateField(editable=False, null=True)),
        migrations.RemoveIndex("enrolment", "enrolment_open_contact"),
        migrations.AddIndex(
            "enrolment",
            models.Index(
                fields=["project", "owner", "first_due_on", "id"],
                condition=Q(first_due_on__isnull=False),
                name="enrolment_first_due",
            ),
        ),
        migrations.AddIndex(
            "enrolment",
            models.Index(
                fields=["project", "owner", "first_step_on", "id"],
                condition=Q(first_step_on__isnull=False),
                name="enrolment_first_step",
            ),
        ),
        migrations.AddIndex(
            "personalnumber",
            models.Index(fields=["organisation"], condition=Q(is_claim=True), name="personal_number_claims"),
        ),
    ]
