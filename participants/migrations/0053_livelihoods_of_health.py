"""Records of means of support that say something about health are of that kind of information, no longer of support."""

from typing import Any

from django.db import migrations
from django.db.models import Exists, OuterRef, Q

# Means of support as registers named them, where the project's list had no line.
KINDS = ["sickness_benefit", "rehabilitation_benefit", "sickness_compensation", "activity_compensation"]


def to_health(apps: Any, schema_editor: Any) -> None:
    """Every version, also of what has been taken back. A line counts as health until somebody says that it doesn't."""
    of_health = apps.get_model("projects", "Listed").objects.filter(
        Q(is_about_health=True) | Q(is_about_health__isnull=True), kind__in=["support", "occupation"]
    )
    means = apps.get_model("participants", "LivelihoodSource").objects.filter(record=OuterRef("pk"))
    said = Q(line__in=of_health.values("pk")) | Q(kind__in=KINDS)
    records = apps.get_model("participants", "LivelihoodRecord").objects
    records.filter(Q(occupation__in=of_health.values("pk")) | Exists(means.filter(said))).update(category="health")
    # The last version of what was taken back has no means of its own.
    records.filter(taken_back=True, corrects__category="health").update(category="health")


def to_support(apps: Any, schema_editor: Any) -> None:
    """All of them were of support before."""
    apps.get_model("participants", "LivelihoodRecord").objects.filter(category="health").update(category="support")


class Migration(migrations.Migration):
    dependencies = (
        ("participants", "0052_groupings"),
        ("projects", "0015_groups_and_obstacles_of_health"),
    )
    operations = (migrations.RunPython(to_health, to_support),)
