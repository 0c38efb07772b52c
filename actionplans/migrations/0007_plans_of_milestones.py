"""What is said of a delmål belongs to the revision of the plan that said it: one that was saved at the same moment."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def name_revisions(apps: Any, schema_editor: Any) -> None:
    """Both were written by one action, and so have the same stamp. One statement."""
    said_by = apps.get_model("actionplans", "PlanRevision").objects.filter(
        enrolment=OuterRef("enrolment"), recorded_at=OuterRef("recorded_at")
    )
    statuses = apps.get_model("actionplans", "MilestoneStatus").objects.filter(revision=None)
    statuses.update(revision=Subquery(said_by.order_by("pk").values("pk")[:1]))


class Migration(migrations.Migration):
    dependencies = (("actionplans", "0006_amended_plans"),)
    operations = (migrations.RunPython(name_revisions, migrations.RunPython.noop),)
