"""Exits and outcomes that say something about health are of that kind of information, no longer of steps."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q

REASONS = ["continued_rehabilitation", "illness"]


def to_health(apps: Any, schema_editor: Any) -> None:
    """Every version, also of what has been taken back. An outcome counts as health until its line says that it isn't."""
    apps.get_model("participants", "Exit").objects.filter(reason__in=REASONS).update(category="health")
    of_steps = apps.get_model("projects", "Listed").objects.filter(is_about_health=False)
    apps.get_model("participants", "CaseOutcome").objects.exclude(outcome__in=of_steps).update(category="health")


def to_steps(apps: Any, schema_editor: Any) -> None:
    """All of them were of steps before."""
    for name in ("Exit", "CaseOutcome"):
        apps.get_model("participants", name).objects.filter(category="health").update(category="steps")


class Migration(migrations.Migration):
    dependencies = (
        ("participants", "0050_talks_sips_and_guides"),
        ("projects", "0014_lines_of_health"),
    )
    operations = (
        migrations.RunPython(to_health, to_steps),
        migrations.AddConstraint(
            model_name="exit",
            constraint=models.CheckConstraint(
                condition=Q(reason__in=REASONS, category="health") | ~Q(reason__in=REASONS) & Q(category="steps"),
                name="exit_category",
            ),
        ),
    )
