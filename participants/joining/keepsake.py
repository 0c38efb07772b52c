"""The names, numbers and rows of two persons before they were joined, kept for as long as the join can be undone."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from participants.models import (
    IdentityVersion,
    JoinKeepsake,
    Participant,
    PersonalNumber,
    PersonIdentity,
    SamePersonAnswer,
)
from participants.models.identity import Who

KEPT_FOR = timedelta(days=30)


class _Exact(DjangoJSONEncoder):
    """Moments with their microseconds: Django's own encoder keeps milliseconds, and undoing would move the rest."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def rows_of(*people: Participant) -> list[Model]:
    """Names, numbers and their history, of each person. Three queries."""
    return [
        row
        for model in (PersonIdentity, PersonalNumber, IdentityVersion)
        for row in model._default_manager.filter(participant__in=people).order_by("pk")
    ]


def written_down(rows: Iterable[Model]) -> list[dict[str, Any]]:
    """Rows of any model as JSON holds them."""
    return json.loads(serializers.serialize("json", rows, cls=_Exact))


def in_json(who: Who) -> dict[str, Any]:
    """The version with its birth date as text."""
    return who._asdict() | {"birth_date": who.birth_date.isoformat() if who.birth_date else None}


def from_json(said: dict[str, Any]) -> Who:
    """The version that `in_json` was given."""
    born = said["birth_date"]
    return Who(**(said | {"birth_date": date.fromisoformat(born) if born else None}))


def keep(answer: SamePersonAnswer, data: dict[str, Any], by: User) -> None:
    """Keep the rows of two persons; part of the action that joins them. Rows kept of the newcomer's own earlier joins
    go along."""
    person = answer.participant.public_id
    JoinKeepsake.objects.filter(subject=answer.newcomer).update(subject=person)
    JoinKeepsake.objects.create(answer=answer, subject=person, author=by, data=data)


def forget_in_keepsakes(person: Participant, wrong: Mapping[str, Any]) -> None:
    """Empty the fields that say what was somebody else's, as in the person's own rows; part of the action that takes
    it away there."""
    said = {name: value.isoformat() if isinstance(value, date) else value for name, value in wrong.items()}
    for keepsake in JoinKeepsake.objects.filter(subject=person.public_id):
        keepsake.data = _without(keepsake.data, said)
        for row in keepsake.data["rows"]:
            if row["model"] == PersonIdentity._meta.label_lower:
                _set_keys(row["fields"], person)
        keepsake.save(update_fields=["data"])


def _without(kept: Any, said: Mapping[str, Any]) -> Any:
    if isinstance(kept, list):
        return [_without(part, said) for part in kept if not _is_number(part, said.get("number"))]
    if not isinstance(kept, dict):
        return kept
    emptied = {name: None if name == "birth_date" else "" for name, value in said.items() if kept.get(name) == value}
    return {name: _without(value, said) for name, value in kept.items()} | emptied


def _is_number(row: Any, number: str | None) -> bool:
    is_row = isinstance(row, dict) and row.get("model") == PersonalNumber._meta.label_lower
    return bool(is_row and number and row["fields"]["value"] == number)


def _set_keys(fields: dict[str, Any], person: Participant) -> None:
    """Let the keys be made of the names that are left."""
    names = {name: fields[name] for name in ("given_name", "family_name")}
    identity = PersonIdentity(participant=person, **names).set_keys()
    fields |= {"search_key": identity.search_key, "sort_key": identity.sort_key}


def clear_keepsakes() -> str:
    """Remove the kept rows of joined persons, once the time to undo it is over."""
    gone, _ = JoinKeepsake.objects.filter(kept_at__lt=timezone.now() - KEPT_FOR).delete()
    return f"{gone} sammanförda personer som inte längre går att ångra"
