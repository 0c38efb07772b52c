"""The names, numbers and rows of two persons before they were joined, kept for as long as the join can be undone."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core import serializers
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


def rows_of(*people: Participant) -> list[Model]:
    """Names, numbers and their history, of each person. Three queries."""
    return [
        row
        for model in (PersonIdentity, PersonalNumber, IdentityVersion)
        for row in model._default_manager.filter(participant__in=people).order_by("pk")
    ]


def written_down(rows: Iterable[Model]) -> list[dict[str, Any]]:
    """Rows of any model as JSON holds them."""
    return json.loads(serializers.serialize("json", rows))


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


def clear_keepsakes() -> str:
    """Remove the kept rows of joined persons, once the time to undo it is over."""
    gone, _ = JoinKeepsake.objects.filter(kept_at__lt=timezone.now() - KEPT_FOR).delete()
    return f"{gone} sammanförda personer som inte längre går att ångra"
