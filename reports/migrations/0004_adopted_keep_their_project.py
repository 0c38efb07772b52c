"""Adopted reports keep what they say of their project."""

from typing import Any

from django.db import migrations, models

OF_PROJECT = ("name", "register_number", "association", "funder")


def keep(apps: Any, schema_editor: Any) -> None:
    """Nobody knows what a project was called when its reports were adopted, so they keep what they say today."""
    reports = apps.get_model("reports", "Report").objects.filter(state="adopted").select_related("project")
    for report in reports:
        report.adopted_of = {name: getattr(report.project, name) for name in OF_PROJECT}
        report.save(update_fields=["adopted_of"])


class Migration(migrations.Migration):
    dependencies = (("reports", "0003_adopted_keep_their_rules"), ("projects", "0006_sort_keys_written"))

    operations = (
        migrations.AddField("report", "adopted_of", models.JSONField(default=dict, editable=False)),
        migrations.RunPython(keep, migrations.RunPython.noop),
    )
