"""The registry of fields with personal data: one source for consent, extracts, scrubbing and disposal.

A model that holds personal data names each of its own fields in `personal_data` with what disposal does to it;
the category stands on the fact itself, or in `personal_category`. A guard test fails for a field left out.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model

from core.enums import Category, Disposal

# Columns that every fact has and that say nothing about a person by themselves.
BOOKKEEPING = frozenset(
    {"id", "public_id", "recorded_at", "recorded_by", "owner", "category", "corrects", "superseded_at"}
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
        PersonalField(model, name, _category(model), disposal)
        for model in personal_models()
        for name, disposal in model.personal_data.items()  # type: ignore[attr-defined]
    ]


def _category(model: type[Model]) -> Category:
    return getattr(model, "default_category", None) or model.personal_category  # type: ignore[attr-defined]
