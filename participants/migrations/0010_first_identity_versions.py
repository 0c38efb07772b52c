"""The history of who everybody is begins with what stands now, and with the numbers that have been replaced before.

Whoever wrote it down is not known. Of somebody whose identity is protected there is nothing to carry over but the sex.
"""

from datetime import date
from typing import Any

from django.db import migrations

BATCH = 500


def begin_histories(apps: Any, schema_editor: Any) -> None:
    """A version for each number that a person has had, the oldest first; one for a person without any."""
    persons = apps.get_model("participants", "Participant").objects.order_by("pk")
    keys = list(persons.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        _write(apps, persons.filter(pk__in=keys[start : start + BATCH]))


def _write(apps: Any, persons: Any) -> None:
    version = apps.get_model("participants", "IdentityVersion")
    rows = [(person, _versions(person)) for person in persons.select_related("identity").prefetch_related("numbers")]
    longest = max(len(versions) for _, versions in rows)
    before: dict[int, Any] = {}
    for place in range(longest):
        made = [
            version(participant=person, replaces=before.get(person.pk), **versions[place])
            for person, versions in rows
            if place < len(versions)
        ]
        before = {one.participant_id: one for one in version.objects.bulk_create(made)}


def _versions(person: Any) -> list[dict[str, Any]]:
    if person.protection != "none":
        return [{"sex": person.sex, "recorded_at": person.created_at}]
    identity = getattr(person, "identity", None)
    names = ("given_name", "family_name", "phone", "email")
    known = {name: getattr(identity, name) for name in names} if identity else {}
    known |= {"birth_date": person.birth_date, "sex": person.sex}
    numbers = sorted(person.numbers.all(), key=lambda row: (row.valid_until or date.max, row.pk))
    values = [number.value for number in numbers] or [""]
    return [{**known, "number": value, "recorded_at": person.created_at} for value in values]


class Migration(migrations.Migration):
    dependencies = (("participants", "0009_identity_version"),)
    operations = (migrations.RunPython(begin_histories, migrations.RunPython.noop),)
