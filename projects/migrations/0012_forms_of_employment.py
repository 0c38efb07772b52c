"""Projects that are there already get the model's new forms of employment: studies, and what is neither."""

from typing import Any, Final

from django.db import migrations

from core.swedish.keys import sort_key
from projects.lists.model_lists import model_lines

NEW: Final = frozenset({"extra_service", "studies", "part_time_studies", "other"})


def add_forms(apps: Any, schema_editor: Any) -> None:
    """A line that a project has by the same name is left as it is."""
    listed = apps.get_model("projects", "Listed")
    lines = [line for line in model_lines() if line["kind"] == "employment" and line["code"] in NEW]
    for project in apps.get_model("projects", "Project").objects.order_by("pk"):
        have = set(listed.objects.filter(project=project, kind="employment").values_list("sort_key", flat=True))
        keys = [(sort_key(line["name"]), line) for line in lines]
        listed.objects.bulk_create(
            listed(project=project, sort_key=key, **line) for key, line in keys if key not in have
        )


def remove_forms(apps: Any, schema_editor: Any) -> None:
    """Nothing speaks of them any more: employments are gone by then."""
    apps.get_model("projects", "Listed").objects.filter(kind="employment", code__in=NEW).delete()


class Migration(migrations.Migration):
    dependencies = (("projects", "0011_no_placement_deadline"),)
    operations = (migrations.RunPython(add_forms, remove_forms),)
