"""Joining two persons: every row about the newcomer becomes a row about the person registered before."""

from django.db.models import Exists, ManyToOneRel, Model, OuterRef, UniqueConstraint

from accounts.models import User
from core.actions import stamp_day
from participants.identity.corrections import PersonCorrection, write_person
from participants.identity.history import remember
from participants.models import IdentityVersion, Participant, PersonalNumber, PersonIdentity
from participants.models.identity import Who

# Models of which a person has one row, or one chain of rows: these are joined, not moved.
JOINED: tuple[type[Model], ...] = (PersonIdentity, PersonalNumber, IdentityVersion)


def move_all(newcomer: Participant, person: Participant, who: Who, by: User) -> None:
    """Move every row about the newcomer to the person, whose identity is `who` from now on. Part of the action that
    joins them.

    Then the newcomer's row is deleted. The database refuses that if a row has been forgotten, since it still points
    there.
    """
    before = PersonCorrection.of(person).who
    _join_history(newcomer, person)
    _join_numbers(newcomer, person)
    for model, key in moved_keys():
        _drop_doubles(model, key, newcomer, person)
        model._base_manager.filter(**{key: newcomer}).update(**{key: person})
    PersonIdentity.objects.filter(participant=newcomer).delete()
    newcomer.delete()
    write_person(person, who)
    remember(person, before, who, by)


def moved_keys() -> list[tuple[type[Model], str]]:
    """Models whose rows are moved, each with the name of its foreign key to the participant."""
    return [
        (relation.related_model, relation.field.name)
        for relation in Participant._meta.related_objects
        if isinstance(relation, ManyToOneRel) and relation.related_model not in JOINED
    ]


def _drop_doubles(model: type[Model], key: str, newcomer: Participant, person: Participant) -> None:
    """Delete the newcomer's rows that the person has already and may have only once, such as a notice of one day."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and key in constraint.fields and constraint.condition is None:
            others = {name: OuterRef(name) for name in constraint.fields if name != key}
            same = model._base_manager.filter(**{key: person}, **others)
            model._base_manager.filter(Exists(same), **{key: newcomer}).delete()


def _join_history(newcomer: Participant, person: Participant) -> None:
    """Append the newcomer's versions to the person's history: each with its moment and its author."""
    newest = IdentityVersion.objects.filter(participant=person).order_by("-pk").first()
    said = list(IdentityVersion.objects.filter(participant=newcomer).order_by("pk"))
    IdentityVersion.objects.filter(participant=newcomer).delete()
    for version in said:
        version.pk, version.participant, version.replaces = None, person, newest
        version._state.adding = True
        version.save(force_insert=True)
        newest = version


def _join_numbers(newcomer: Participant, person: Participant) -> None:
    """Move the newcomer's other numbers to the person, as former ones. The common number is the person's already."""
    numbers = PersonalNumber.objects.filter(participant=newcomer)
    own = list(PersonalNumber.objects.filter(participant=person).values_list("value", flat=True))
    numbers.filter(value__in=own).delete()
    numbers.filter(valid_until=None).update(valid_until=stamp_day())
    numbers.update(participant=person)
