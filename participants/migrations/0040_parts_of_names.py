"""What follows from each place in a name is kept, so that an index tells in which names a word is; and whether somebody
is responsible for a case is told by an index alone.

Backwards the parts go. A release that doesn't know them writes none: where one has been rolled back to, run
`rebuild_step_clock` afterwards.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from core.batches import bulk, in_chunks
from core.swedish.keys import name_parts


def write(apps: Any, schema_editor: Any) -> None:
    """The parts of every name, so many persons at a time."""
    part = apps.get_model("participants", "NamePart")
    names = apps.get_model("participants", "PersonIdentity").objects.order_by("pk")
    rows = names.values_list("pk", "participant__organisation", "search_key")
    for chunk in in_chunks(rows.iterator(chunk_size=500)):
        bulk(
            part,
            [
                part(identity_id=key, organisation_id=organisation, part=text, is_start=begins)
                for key, organisation, search_key in chunk
                for text, begins in name_parts(search_key).items()
            ],
        )


class Migration(migrations.Migration):
    dependencies = (
        ("accounts", "0012_sort_keys_written"),
        ("participants", "0039_areas_of_assessments"),
    )

    operations = (
        migrations.AddIndex(
            model_name="caseassignment",
            index=models.Index(fields=["enrolment", "role", "valid_from", "valid_until"], name="assignment_role"),
        ),
        migrations.CreateModel(
            name="NamePart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(editable=False, max_length=300)),
                ("is_start", models.BooleanField(editable=False)),
                (
                    "identity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="participants.personidentity",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="namepart",
            index=models.Index(
                fields=["organisation", "is_start", "part", "identity"],
                opclasses=["int8_ops", "bool_ops", "varchar_pattern_ops", "int8_ops"],
                name="name_part",
            ),
        ),
        migrations.RunPython(write, migrations.RunPython.noop),
    )
