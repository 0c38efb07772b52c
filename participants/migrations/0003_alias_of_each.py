"""An alias of their own for those who were registered before there were any: the column's default is one for all."""

from typing import Any

from django.db import migrations

from participants.models.participant import new_alias

BATCH = 500


def give_each_an_alias(apps: Any, schema_editor: Any) -> None:
    """A new alias by chance for everybody."""
    participants = apps.get_model("participants", "Participant").objects
    batch = []
    for one in participants.only("pk").order_by("pk").iterator(BATCH):
        one.alias = new_alias()
        batch.append(one)
        if len(batch) == BATCH:
            participants.bulk_update(batch, ["alias"])
            batch = []
    participants.bulk_update(batch, ["alias"])


class Migration(migrations.Migration):
    dependencies = (("participants", "0002_consent"),)
    operations = (migrations.RunPython(give_each_an_alias, migrations.RunPython.noop),)
