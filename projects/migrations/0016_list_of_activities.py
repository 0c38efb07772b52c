"""Projects that are there already get the model's list of activities."""

from typing import Any, Final

from django.db import migrations, models

from core.swedish.keys import sort_key

KIND: Final = "activity"
# The model's lines of today, by their codes: name, and whether the line says something about health.
LINES: Final = {
    "physical": ("Fysisk aktivitet", False),
    "psychologist": ("Tid med psykolog", True),
    "workplace_visit": ("Studiebesök på arbetsplats", False),
    "employment_service_visit": ("Besök på Arbetsförmedlingen", False),
    "applications": ("CV och ansökningar", False),
    "other": ("Annat", False),
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
]


def add_lines(apps: Any, schema_editor: Any) -> None:
    """No project has the list, unless an earlier migration has just given it all lists of the model: then its lines are
    there, and nobody has said which of them are about health."""
    listed = apps.get_model("projects", "Listed")
    for project in apps.get_model("projects", "Project").objects.order_by("pk"):
        rows = listed.objects.filter(project=project, kind=KIND)
        have = set(rows.values_list("code", flat=True))
        listed.objects.bulk_create(
            listed(project=project, kind=KIND, code=code, name=name, sort_key=sort_key(name), is_about_health=health)
            for code, (name, health) in LINES.items()
            if code not in have
        )
        for code, (_, health) in LINES.items():
            rows.filter(code=code).update(is_about_health=health)


def remove_lines(apps: Any, schema_editor: Any) -> None:
    """Nothing speaks of them any more: activities are gone by then."""
    apps.get_model("projects", "Listed").objects.filter(kind=KIND).delete()


class Migration(migrations.Migration):
    dependencies = (("projects", "0015_groups_and_obstacles_of_health"),)
    operations = (
        migrations.AlterField(
            model_name="listed",
            name="kind",
            field=models.CharField(choices=LISTS, editable=False, max_length=20, verbose_name="lista"),
        ),
        migrations.RunPython(add_lines, remove_lines),
    )
