"""Making two persons again of one in whom two were joined by mistake."""

import json
from collections.abc import Collection, Iterable
from typing import Any

from django.core import serializers
from django.db.models import Model

from participants.identity.corrections import write_person
from participants.joining.keepsake import from_json
from participants.joining.moving import moved_keys
from participants.models import (
    Enrolment,
    IdentityVersion,
    JoinKeepsake,
    NamePart,
    Participant,
    PersonalNumber,
    PersonIdentity,
)
from participants.models.identity import Who


def give_back(keepsake: JoinKeepsake, person: Participant) -> Participant:
    """Make two persons of one, with everything as it was before; part of the action that undoes a join.

    What has been written since in a case that is given back goes with the case. A correction since of name, birth day,
    sex or contact stays with the person registered first. Returns the other person.
    """
    data = keepsake.data
    later = list(IdentityVersion.objects.filter(participant=person, pk__gt=data["joined_version"]).order_by("pk"))
    _restore(data["newcomer"])
    other = Participant.objects.get(public_id=keepsake.answer.newcomer)
    _move_back(data["moved"], person, other)
    for model in (PersonalNumber, IdentityVersion):
        model._default_manager.filter(participant=person).delete()
    PersonIdentity.objects.filter(participant=person).delete()
    _restore(data["rows"])
    _restore(data["doubles"])
    write_person(person, _said_since(person, from_json(data["before"]), from_json(data["joined"]), later))
    _make_found(other)
    JoinKeepsake.objects.filter(answer__participant=other).update(subject=other.public_id)
    keepsake.delete()
    return other


def _restore(rows: list[dict[str, Any]]) -> None:
    for found in serializers.deserialize("json", json.dumps(rows)):
        row = found.object
        if isinstance(row, PersonalNumber) and not row.is_claim:
            # Somebody else may have got the number meanwhile.
            same = PersonalNumber.objects.filter(organisation=row.organisation_id, value=row.value, is_claim=False)
            row.is_claim = same.exists()
        found.save()


def _move_back(moved: Collection[list[Any]], person: Participant, other: Participant) -> None:
    keys = {model._meta.label: (model, key) for model, key in moved_keys()}
    for label, ids in moved:
        model, key = keys[label]
        rows = model._base_manager.filter(**{"pk__in": _with_later(model, ids), key: person})
        rows.update(**{key: other})


def _with_later(model: type[Model], ids: Collection[int]) -> set[int]:
    """Primary keys of rows and of the versions that have followed them since: a version belongs to whom the first does.
    One query for each version after the first."""
    found = set(ids)
    if "corrects" not in {field.name for field in model._meta.fields}:
        return found
    newest = found
    while newest:
        newest = set(model._base_manager.filter(corrects__in=newest).values_list("pk", flat=True)) - found
        found |= newest
    return found


def _said_since(person: Participant, before: Who, joined: Who, later: Iterable[IdentityVersion]) -> Who:
    """Who the person registered first is, when what has been corrected since the join is written after what was said
    before it."""
    newest = IdentityVersion.objects.filter(participant=person).order_by("-pk").first()
    now, previous = before, joined
    for version in later:
        changed = {name: new for name, new in version.who._asdict().items() if new != getattr(previous, name)}
        now, previous = now._replace(**changed), version.who
        newest = IdentityVersion.objects.create(
            participant=person,
            replaces=newest,
            recorded_by=version.recorded_by,
            recorded_at=version.recorded_at,
            **now._asdict(),
        )
    return now


def _make_found(other: Participant) -> None:
    """Write by what lists and searches find the person: what was restored are rows as they stood, and nothing else."""
    identity = PersonIdentity.objects.get(participant=other)
    NamePart.objects.write(identity)
    Enrolment.objects.filter(participant=other).update(sort_key=identity.sort_key)
