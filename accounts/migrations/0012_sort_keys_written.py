"""Organisations and users that are there already get the key that their lists are sorted by."""

from typing import Any

from django.db import migrations

from core.swedish.keys import sort_key

BATCH = 500


def write_keys(apps: Any, schema_editor: Any) -> None:
    """The key of every row, so many at a time."""
    for name in ("Organisation", "User"):
        rows = apps.get_model("accounts", name).objects.order_by("pk")
        keys = list(rows.values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            found = list(rows.filter(pk__in=keys[start : start + BATCH]))
            for row in found:
                row.sort_key = sort_key(row.name)[:400]
            rows.bulk_update(found, ["sort_key"])


class Migration(migrations.Migration):
    dependencies = (("accounts", "0011_sort_key"),)
    operations = (migrations.RunPython(write_keys, migrations.RunPython.noop),)
