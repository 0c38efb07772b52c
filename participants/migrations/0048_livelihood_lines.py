"""Means of support that registers named by their codes become lines of the project's list, where it has them; and that
somebody wasn't reached is no means of support any more."""

from typing import Any, Final

from django.db import migrations

_NOT_REACHED: Final = "not_reached"


def name_lines(apps: Any, schema_editor: Any) -> None:
    sources = apps.get_model("participants", "LivelihoodSource").objects
    unreached = sources.filter(kind=_NOT_REACHED).values("record")
    with_means = sources.exclude(kind=_NOT_REACHED).values("record")
    records = apps.get_model("participants", "LivelihoodRecord").objects
    records.filter(pk__in=unreached).exclude(pk__in=with_means).update(not_reached=True)
    sources.filter(kind=_NOT_REACHED).delete()
    lines = apps.get_model("projects", "Listed").objects.filter(kind="support").exclude(code="")
    for line in lines.order_by("pk"):
        of_kind = sources.filter(kind=line.code, line=None, record__enrolment__project=line.project_id)
        of_kind.update(line=line, kind="")


def name_codes(apps: Any, schema_editor: Any) -> None:
    """A line of a project's own, which has no code, becomes another means of support."""
    source = apps.get_model("participants", "LivelihoodSource")
    lines = apps.get_model("projects", "Listed").objects.filter(kind="support")
    for line in lines.order_by("pk"):
        source.objects.filter(line=line).update(line=None, kind=line.code or "other")
    records = apps.get_model("participants", "LivelihoodRecord").objects
    for record in records.filter(not_reached=True).order_by("pk"):
        source.objects.create(record=record, kind=_NOT_REACHED)


class Migration(migrations.Migration):
    dependencies = (("participants", "0047_livelihood_amended"),)
    operations = (migrations.RunPython(name_lines, name_codes),)
