"""Joining two persons: every row about the newcomer becomes a row about the person registered before."""

from typing import Any

from django.db.models import Exists, ManyToOneRel, Model, OuterRef, UniqueConstraint

from accounts.models import User
from core.actions import stamp_day
from participants.identity.corrections import PersonCorrection, write_person
from participants.identity.history import remember
from participants.joining.keepsake import in_json, keep, rows_of, written_down
from participants.joining.lookup import let_go
from participants.models import IdentityVersion, Participant, PersonalNumber, PersonIdentity, SamePersonAnswer
from participants.models.identity import Who

# Models of which a person has one row, or one chain of rows: these are joined, not moved.
JOINED: tuple[type[Model], ...] = (PersonIdentity, PersonalNumber, IdentityVersion)


def move_all(answer: SamePersonAnswer, newcomer: Participant, who: Who, by: User, *, is_mistyped: bool = False) -> None:
    """Move every row about the newcomer to the person of the answer, whose identity is `who` from now on. Part of the
    action that joins them.

    The number in use is that of `who`. Another one that was in use is let go where it `is_mistyped`, and kept as a
    former one otherwise. Then the newcomer's row is deleted. The database refuses that if a row has been forgotten,
    since it still points there. What the two were is kept, so that it can be undone.
    """
    person = answer.participant
    before = PersonCorrection.of(person).who
    data: dict[str, Any] = {
        "newcomer": written_down([Participant.objects.get(pk=newcomer.pk)]),
        "rows": written_down(rows_of(person, newcomer)),
        "before": in_json(before),
        "joined": in_json(who),
        "moved": [],
        "doubles": [],
    }
    _join_history(newcomer, person)
    _join_numbers(newcomer, person, who.number, is_mistyped=is_mistyped)
    for model, key in moved_keys():
        data["doubles"] += _drop_doubles(model, key, newcomer, person)
        rows = model._base_manager.filter(**{key: newcomer})
        data["moved"].append([model._meta.label, list(rows.order_by("pk").values_list("pk", flat=True))])
        rows.update(**{key: person})
    PersonIdentity.objects.filter(participant=newcomer).delete()
    newcomer.delete()
    write_person(person, who)
    remember(person, before, who, by)
    newest = IdentityVersion.objects.filter(participant=person).latest("pk")
    IdentityVersion.objects.filter(pk=newest.pk).update(joins=True)
    keep(answer, data | {"joined_version": newest.pk}, by)


def moved_keys() -> list[tuple[type[Model], str]]:
    """Models whose rows are moved, each with the name of its foreign key to the participant."""
    return [
        (relation.related_model, relation.field.name)
        for relation in Participant._meta.related_objects
        if isinstance(relation, ManyToOneRel) and relation.related_model not in JOINED
    ]


def _drop_doubles(model: type[Model], key: str, newcomer: Participant, person: Participant) -> list[dict[str, Any]]:
    """Delete the newcomer's rows that the person has already and may have only once, such as a notice of one day.
    Returns what they held."""
    dropped: list[dict[str, Any]] = []
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and key in constraint.fields and constraint.condition is None:
            others = {name: OuterRef(name) for name in constraint.fields if name != key}
            same = model._base_manager.filter(**{key: person}, **others)
            double = model._base_manager.filter(Exists(same), **{key: newcomer})
            dropped += written_down(double.order_by("pk"))
            double.delete()
    return dropped


def _join_history(newcomer: Participant, person: Participant) -> None:
    """Append the newcomer's versions to the person's history: each with its moment and its author."""
    newest = IdentityVersion.objects.filter(participant=person).order_by("-pk").first()
    said = list(IdentityVersion.objects.filter(participant=newcomer).order_by("pk"))
    IdentityVersion.objects.filter(participant=newcomer).delete()
    for place, version in enumerate(said):
        version.pk, version.participant, version.replaces = None, person, newest
        version._state.adding = True
        version.of_another = version.of_another or place == 0
        version.save(force_insert=True)
        newest = version


def _join_numbers(newcomer: Participant, person: Participant, current: str, *, is_mistyped: bool) -> None:
    """Give the person the numbers of both, each once; the one in use is `current`."""
    theirs = PersonalNumber.objects.filter(participant=newcomer)
    own = list(PersonalNumber.objects.filter(participant=person).values_list("value", flat=True))
    theirs.filter(value__in=own).delete()
    theirs.update(participant=person)
    others = PersonalNumber.objects.filter(participant=person, valid_until=None).exclude(value=current)
    if is_mistyped:
        values = list(others.values_list("value", flat=True))
        others.delete()
        let_go(person.organisation_id, values)
    else:
        others.update(valid_until=stamp_day())
