"""Lines of lists say whether they are about health: the model's by their codes, and the project's own when it answers."""

from typing import Any

from django.db import migrations, models

from projects.lists.health import codes_of_health

ASKED = ("support", "occupation", "outcome")


def say_of_model_lines(apps: Any, schema_editor: Any) -> None:
    """Of the project's own lines nobody has said it: they count as being about health until somebody does."""
    lines = apps.get_model("projects", "Listed").objects.filter(kind__in=ASKED).exclude(code="")
    lines.update(is_about_health=False)
    for kind, code in codes_of_health():
        lines.filter(kind=kind, code=code).update(is_about_health=True)


class Migration(migrations.Migration):
    dependencies = (("projects", "0013_support_of_another_kind"),)
    operations = (
        migrations.AddField(
            model_name="listed",
            name="is_about_health",
            field=models.BooleanField(blank=True, null=True, verbose_name="säger något om hälsan"),
        ),
        migrations.RunPython(say_of_model_lines, migrations.RunPython.noop),
    )
