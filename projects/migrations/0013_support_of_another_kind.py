"""Projects that are there already get the model's new means of support: what is none of the others."""

from typing import Any, Final

from django.db import migrations

from core.swedish.keys import sort_key
from projects.lists.model_lists import model_lines

NEW: Final = "other"


def add_line(apps: Any, schema_editor: Any) -> None:
    """A line that a project has by the same name is left as it is."""
    listed = apps.get_model("projects", "Listed")
    line = next(line for line in model_lines() if line["kind"] == "support" and line["code"] == NEW)
    key = sort_key(line["name"])
    have = listed.objects.filter(kind="support", sort_key=key).values_list("project", flat=True)
    projects = apps.get_model("projects", "Project").objects.exclude(pk__in=list(have)).order_by("pk")
    listed.objects.bulk_create(listed(project=project, sort_key=key, **line) for project in projects)


def remove_line(apps: Any, schema_editor: Any) -> None:
    """Nothing speaks of it any more: means of support are codes by then."""
    apps.get_model("projects", "Listed").objects.filter(kind="support", code=NEW).delete()


class Migration(migrations.Migration):
    dependencies = (("projects", "0012_forms_of_employment"),)
    operations = (migrations.RunPython(add_line, remove_line),)
