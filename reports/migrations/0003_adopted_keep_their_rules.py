"""Reports adopted before the rules of ADR 24 stand as they are."""

from typing import Any

from django.db import migrations

FIRST = 1


def keep(apps: Any, schema_editor: Any) -> None:
    apps.get_model("reports", "Report").objects.filter(state="adopted").update(rules=FIRST)


class Migration(migrations.Migration):
    dependencies = (("reports", "0002_releases"),)

    operations = (migrations.RunPython(keep, migrations.RunPython.noop),)
