"""Every person's search key is worked out anew: names with å, ä or ö are found by aa, ae and oe too.

Backwards nothing is done: the older program reads the longer keys just as well, and writes its own at the next change.
"""

from typing import Any

from django.db import migrations

from core.swedish.keys import search_key

BATCH = 500


def rebuild(apps: Any, schema_editor: Any) -> None:
    """The keys of so many persons at a time; only rows that change are written."""
    identities = apps.get_model("participants", "PersonIdentity").objects.order_by("pk")
    keys = list(identities.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        people = identities.filter(pk__in=keys[start : start + BATCH])
        identities.bulk_update([person for person in people if _is_changed(person)], ["search_key"])


def _is_changed(person: Any) -> bool:
    before = person.search_key
    person.search_key = search_key(person.given_name, person.family_name, person.given_name)[:2000]
    return before != person.search_key


class Migration(migrations.Migration):
    dependencies = (("participants", "0029_joined_versions"),)
    operations = (migrations.RunPython(rebuild, migrations.RunPython.noop),)
