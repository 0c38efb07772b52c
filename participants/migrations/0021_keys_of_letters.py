"""Every person's keys are worked out anew, since letters of their own have come into the table of core/swedish/letters.py:
those that a search compares with, and those that lists are sorted by, on the person and on each enrolment.

Of somebody protected the row has the alias, and the keys are of that.
"""

from typing import Any

from django.db import migrations

from core.swedish.keys import search_key, sort_key

BATCH = 500


def rebuild(apps: Any, schema_editor: Any) -> None:
    """The keys of so many persons at a time; only rows that change are written."""
    identities = apps.get_model("participants", "PersonIdentity").objects.order_by("pk")
    keys = list(identities.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        chunk = keys[start : start + BATCH]
        people = list(identities.filter(pk__in=chunk))
        changed = [person for person in people if _is_changed(person)]
        identities.bulk_update(changed, ["search_key", "sort_key"])
        _rebuild_cases(apps, {person.pk: person.sort_key for person in people})


def _is_changed(person: Any) -> bool:
    before = person.search_key, person.sort_key
    person.search_key = search_key(person.given_name, person.family_name, person.given_name)[:2000]
    person.sort_key = sort_key(person.family_name, person.given_name)[:400]
    return before != (person.search_key, person.sort_key)


def _rebuild_cases(apps: Any, keys: dict[int, str]) -> None:
    cases = apps.get_model("participants", "Enrolment").objects
    changed = [case for case in cases.filter(participant__in=keys) if case.sort_key != keys[case.participant_id]]
    for case in changed:
        case.sort_key = keys[case.participant_id]
    cases.bulk_update(changed, ["sort_key"])


class Migration(migrations.Migration):
    dependencies = (("participants", "0020_one_name"),)
    operations = (migrations.RunPython(rebuild, migrations.RunPython.noop),)
