"""Projects that are there already get the model's lists."""

from typing import Any

from django.db import migrations

from core.swedish.keys import sort_key
from projects.lists.model_lists import model_lines


def write_lists(apps: Any, schema_editor: Any) -> None:
    """A few dozen lines for each project."""
    listed = apps.get_model("projects", "Listed")
    for project in apps.get_model("projects", "Project").objects.order_by("pk"):
        listed.objects.bulk_create(
            listed(project=project, sort_key=sort_key(line["name"]), **line) for line in model_lines()
        )


class Migration(migrations.Migration):
    dependencies = (("projects", "0007_lists"),)
    operations = (migrations.RunPython(write_lists, migrations.RunPython.noop),)
