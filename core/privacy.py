"""The registry of fields with personal data: one source for consent, extracts, scrubbing and disposal.

A model that holds personal data names each of its own fields in `personal_data` with what disposal does to it;
the category stands on the fact itself, or in `personal_category`; a field of another category than its model's stands
in `personal_categories`. A guard test fails for a field left out.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Field, Model

from core.enums import Category, Disposal

# Columns that every fact has and that say nothing about a person by themselves; and whether somebody else has the same
# number, which is nothing about the person whose row it is, nor for anybody to be told with it.
BOOKKEEPING = frozenset(
    {"id", "public_id", "recorded_at", "recorded_by", "owner", "category", "corrects", "superseded_at", "is_claim"}
)


@dataclass(frozen=True, slots=True)
class PersonalField:
    """One classified field."""

    model: type[Model]
    name: str
    category: Category
    disposal: Disposal


def personal_models() -> list[type[Model]]:
    """Models that declare personal data."""
    return [model for model in apps.get_models() if hasattr(model, "personal_data")]


def personal_fields() -> list[PersonalField]:
    """Every classified field of the program."""
    return [
        PersonalField(model, name, _category(model, name), disposal)
        for model in personal_models()
        for name, disposal in model.personal_data.items()  # type: ignore[attr-defined]
    ]


def mask(instance: Model, readable: Collection[Category]) -> None:
    """Empty the fields of a row that aren't of a readable kind: it can be shown afterwards, but not saved.

    What ties rows together stays, and so do the fields that the model says must always be known.
    """
    model = type(instance)
    personal, known = model.personal_data, getattr(model, "always_known", ())  # type: ignore[attr-defined]
    for field in model._meta.fields:
        is_said = field.name not in personal or field.name in known or _category(model, field.name) in readable
        if not (is_said or field.is_relation):
            setattr(instance, field.name, _nothing(field))


def _nothing(field: Field) -> object:
    """What a field says when nothing may be said."""
    if field.has_default():
        return field.get_default()
    return "" if field.empty_strings_allowed and not field.null else None


def _category(model: type[Model], name: str) -> Category:
    """The field's own category, else its model's."""
    general = getattr(model, "default_category", None) or model.personal_category  # type: ignore[attr-defined]
    return getattr(model, "personal_categories", {}).get(name, general)
