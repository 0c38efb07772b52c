"""Target groups and obstacles say whether they are about health: the model's by their codes, and the project's own when
it answers. The model's target groups have codes from now on; they are known by their names until now."""

from typing import Any

from django.db import migrations

CODES = {
    "Arbetslös sex månader eller mer": "unemployed_half_year",
    "Född utanför Sverige": "born_abroad",
    "20–24 år": "aged_20_24",
    "I behandling för beroende": "addiction_treatment",
    "Sjukskriven länge": "sick_listed_long",
}
OF_HEALTH = {
    "target_group": ("addiction_treatment", "sick_listed_long"),
    "obstacle": ("sick_none", "sick_low", "sick_waits", "disability_low", "disability_waits", "social"),
}


def say_of_model_lines(apps: Any, schema_editor: Any) -> None:
    """Of the project's own lines nobody has said it: they count as being about health until somebody does."""
    lines = apps.get_model("projects", "Listed").objects
    for name, code in CODES.items():
        lines.filter(kind="target_group", code="", name=name).update(code=code)
    for kind, codes in OF_HEALTH.items():
        of_model = lines.filter(kind=kind).exclude(code="")
        of_model.update(is_about_health=False)
        of_model.filter(code__in=codes).update(is_about_health=True)


def say_nothing(apps: Any, schema_editor: Any) -> None:
    """Nobody asked it of these lists before, and target groups had no codes."""
    lines = apps.get_model("projects", "Listed").objects
    lines.filter(kind__in=list(OF_HEALTH)).update(is_about_health=None)
    lines.filter(kind="target_group").update(code="")


class Migration(migrations.Migration):
    dependencies = (("projects", "0014_lines_of_health"),)
    operations = (migrations.RunPython(say_of_model_lines, say_nothing),)
