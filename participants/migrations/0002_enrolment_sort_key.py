"""The participant list sorts and counts by an index of the enrolments alone."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def copy_keys(apps, schema_editor):
    """Give each enrolment the key that its person has."""
    identities = apps.get_model("participants", "PersonIdentity").objects.filter(participant=OuterRef("participant"))
    enrolments = apps.get_model("participants", "Enrolment").objects
    enrolments.filter(participant__identity__isnull=False).update(sort_key=Subquery(identities.values("sort_key")))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("participants", "0001_initial"),
        ("projects", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="enrolment",
            name="sort_key",
            field=models.CharField(default="", editable=False, max_length=400),
        ),
        migrations.RunPython(copy_keys, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(
                fields=["project", "owner", "sort_key", "participant", "-enrolled_on", "exited_on", "is_void"],
                name="enrolment_by_name",
            ),
        ),
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(
                condition=models.Q(("protection", "none"), _negated=True),
                fields=["organisation"],
                name="participant_protected",
            ),
        ),
    ]
