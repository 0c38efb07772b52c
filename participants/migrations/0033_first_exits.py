"""Exits that corrected others name the version that was written first."""

from django.db import migrations


def name_first(apps, schema_editor):
    """Each row that corrects another has that one's first version. In the order of writing, so that it has one."""
    model = apps.get_model("participants", "Exit")
    for row in model.objects.filter(corrects__isnull=False, first__isnull=True).order_by("pk"):
        before = model.objects.get(pk=row.corrects_id)
        model.objects.filter(pk=row.pk).update(first_id=before.first_id or before.pk)


class Migration(migrations.Migration):
    dependencies = [("participants", "0032_amended_exits")]

    operations = [migrations.RunPython(name_first, migrations.RunPython.noop)]
