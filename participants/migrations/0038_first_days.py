"""Columns for the days of the first personal meeting, placement and follow-up, in the index of how enrolments began; and
for when a placement came from another file."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("participants", "0037_first_due_written"), ("projects", "0009_placement_days")]

    operations = [
        migrations.RemoveIndex("enrolment", "enrolment_beginning"),
        migrations.AddField(
            "enrolment", "first_met_on", models.DateField("första mötet", editable=False, null=True)
        ),
        migrations.AddField(
            "enrolment", "first_placed_on", models.DateField("första placeringen", editable=False, null=True)
        ),
        migrations.AddField(
            "enrolment", "followed_up_on", models.DateField("första uppföljningen", editable=False, null=True)
        ),
        migrations.AddField("placementperiod", "here_since", models.DateTimeField(editable=False, null=True)),
        migrations.AddIndex(
            "enrolment",
            models.Index(
                fields=[
                    "project",
                    "is_void",
                    "enrolled_on",
                    "source",
                    "applied_on",
                    "referred_on",
                    "assessed_on",
                    "planned_on",
                    "exited_on",
                    "first_met_on",
                    "first_placed_on",
                    "followed_up_on",
                ],
                name="enrolment_beginning",
            ),
        ),
    ]
