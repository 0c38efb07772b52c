"""Projects that are there already get the model's list of what groups do."""

from typing import Any, Final

from django.db import migrations, models

from core.swedish.keys import sort_key

KIND: Final = "group_activity"
# The model's lines of today, by their codes; none says anything about health.
LINES: Final = {
    "study_visit": "Studiebesök i grupp",
    "seminar": "Seminarium",
    "short_course": "Kort kurs",
    "other": "Annat i grupp",
}
LISTS: Final = [
    ("target_group", "Målgrupper"),
    ("method", "Metoder"),
    ("unit", "Enheter"),
    ("obstacle", "Försörjningshinder"),
    ("support", "Försörjning"),
    ("occupation", "Sysselsättning"),
    ("education", "Utbildning"),
    ("employment", "Anställningsformer"),
    ("outcome", "Utfall"),
    ("activity", "Aktiviteter"),
    ("group_activity", "Gruppaktiviteter"),
]


def add_lines(apps: Any, schema_editor: Any) -> None:
    """No project has the list, unless an earlier migration has just given it all lists of the model: then its lines are
    there, and nobody has said that none is about health."""
    listed = apps.get_model("projects", "Listed")
    for project in apps.get_model("projects", "Project").objects.order_by("pk"):
        rows = listed.objects.filter(project=project, kind=KIND)
        have = set(rows.values_list("code", flat=True))
        listed.objects.bulk_create(
            listed(project=project, kind=KIND, code=code, name=name, sort_key=sort_key(name), is_about_health=False)
            for code, name in LINES.items()
            if code not in have
        )
        rows.filter(code__in=LINES).update(is_about_health=False)


def remove_lines(apps: Any, schema_editor: Any) -> None:
    """Nothing speaks of them any more: activities in groups are gone by then."""
    apps.get_model("projects", "Listed").objects.filter(kind=KIND).delete()


class Migration(migrations.Migration):
    dependencies = (("projects", "0016_list_of_activities"),)
    operations = (
        migrations.AlterField(
            model_name="listed",
            name="kind",
            field=models.CharField(choices=LISTS, editable=False, max_length=20, verbose_name="lista"),
        ),
        migrations.RunPython(add_lines, remove_lines),
    )
