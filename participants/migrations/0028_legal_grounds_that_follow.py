"""A legal ground that holds from a later day follows the one before; it doesn't correct it."""

from collections import defaultdict
from itertools import pairwise

from django.db import migrations


def part_from_corrections(apps, schema_editor):
    """Let each ground that one from a later day replaced stand for its own days. One from the same day or an earlier
    corrected it, and stays its new version."""
    grounds = apps.get_model("participants", "LegalGround").objects
    roots = {}
    for row in grounds.order_by("pk"):
        before = grounds.filter(pk=row.corrects_id).first() if row.corrects_id else None
        if before is None or row.concerns_on > before.concerns_on:
            roots[row.pk] = row.pk
            grounds.filter(pk=row.pk).update(corrects=None)
            if before:
                grounds.filter(pk=before.pk).update(superseded_at=None)
        else:
            roots[row.pk] = roots.get(before.pk, before.pk)
            grounds.filter(pk=row.pk).update(first=roots[row.pk])


def join_to_corrections(apps, schema_editor):
    """Let each ground that stands replace the one before it, as it was, by the order of their days."""
    grounds = apps.get_model("participants", "LegalGround").objects
    standing = defaultdict(list)
    for row in grounds.filter(superseded_at=None).order_by("concerns_on", "pk"):
        standing[row.enrolment_id].append(row)
    for rows in standing.values():
        for before, row in pairwise(rows):
            grounds.filter(pk=row.first_id or row.pk).update(corrects=before)
            grounds.filter(pk=before.pk).update(superseded_at=row.recorded_at)
    grounds.update(first=None)


class Migration(migrations.Migration):
    dependencies = [("participants", "0027_legal_grounds_amended")]

    operations = [migrations.RunPython(part_from_corrections, join_to_corrections)]
