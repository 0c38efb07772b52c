"""Each state of a delmål names the revision of the plan that said it, and the row that the delmål began with."""

from typing import Any

from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def name_revisions(apps: Any, schema_editor: Any) -> None:
    """A revision and what it said were written by one action, and so have the same stamp. Two statements."""
    said_by = apps.get_model("actionplans", "PlanRevision").objects.filter(
        enrolment=OuterRef("enrolment"), recorded_at=OuterRef("recorded_at")
    )
    statuses = apps.get_model("actionplans", "MilestoneStatus").objects
    statuses.filter(revision=None).update(revision=Subquery(said_by.order_by("pk").values("pk")[:1]))
    began = statuses.filter(milestone=OuterRef("milestone")).order_by("pk").values("pk")[:1]
    later = statuses.annotate(began=Subquery(began)).exclude(pk=F("began"))
    later.update(first=Subquery(began))


class Migration(migrations.Migration):
    dependencies = (("actionplans", "0007_amended_plans"),)
    operations = (migrations.RunPython(name_revisions, migrations.RunPython.noop),)
