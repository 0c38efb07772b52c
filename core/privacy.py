"""The registry of fields with personal data: one source for consent, extracts, scrubbing and disposal.

A model that holds personal data names each of its own fields in `personal_data` with what disposal does to it;
the category stands on the fact itself, or in `personal_category`; a field of another category than its model's stands
in `personal_categories`. A guard test fails for a field left out.

What somebody is still writing has no fields to blank: its rows go whole, and its model says so by `dropped_whole`. Such
a model has a `subject` (public id of a person or an enrolment), an `author` and `data` (JSON) with what was typed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Field, Model
from django.db.models.enums import Choices

from core.enums import Category, Disposal

# Columns that every fact has and that say nothing about a person by themselves; and whether somebody else has the same
# number, which is nothing about the person whose row it is, nor for anybody to be told with it.
BOOKKEEPING = frozenset(
    {"id", "public_id", "recorded_at", "recorded_by", "owner", "category", "corrects", "superseded_at", "is_claim"}
    | {"first", "misplaced_at", "revision", "here_since"}
)

# Where free text stands, by a key to it.
_TEXT = "core.TextBody"

# What a registerutdrag calls the columns of an AmendedFact.
AMENDED = {"taken_back": "Återtaget", "why": "Varför det rättades eller togs tillbaka"}


@dataclass(frozen=True, slots=True)
class InExtract:
    """How a registerutdrag says the rows of a model, which stands on the model as `in_extract`.

    place: where the rows stand among the models, the lowest first.  title: what the rows are called together.
    fields: what the model's own fields are called, where the words that many models share don't fit.
    others: fields with the name of somebody who is neither staff nor the person: said to be there, not who.
    codes: fields that repeat another model's choices.  on_paper: whether paper and page have the rows; what the program
    made of other rows stands in the file alone.
    """

    place: int
    title: str
    fields: Mapping[str, str] = field(default_factory=dict)
    others: Collection[str] = ()
    codes: Mapping[str, type[Choices]] = field(default_factory=dict)
    on_paper: bool = True


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


def models_dropped_whole() -> list[Any]:
    """Models whose rows are removed, not blanked, where they are about a person or hold what the person is called."""
    return [model for model in apps.get_models() if getattr(model, "dropped_whole", False)]


def personal_fields() -> list[PersonalField]:
    """Every classified field of the program."""
    return [
        PersonalField(model, name, _category(model, name), disposal)
        for model in personal_models()
        for name, disposal in model.personal_data.items()  # type: ignore[attr-defined]
    ]


class EmptiedRow(Exception):
    """Somebody tried to save a row of which the user may not read everything: it would write the emptiness down."""


class Emptiable(Model):
    """A row that a page may get without what its user may not read, and that then refuses to be saved."""

    is_emptied = False

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row. Raises EmptiedRow after `mask`."""
        if self.is_emptied:
            raise EmptiedRow(f"{type(self).__name__} {self.pk}")
        super().save(*args, **kwargs)


def mask(instance: Emptiable, readable: Collection[Category]) -> None:
    """Empty the fields of a row that aren't of a readable kind: it can be shown afterwards, but not saved.

    What ties rows together stays, but for texts, and so do the fields that the model says must always be known.
    """
    instance.is_emptied = True
    model = type(instance)
    personal, known = model.personal_data, getattr(model, "always_known", ())  # type: ignore[attr-defined]
    for column in model._meta.fields:
        is_said = column.name not in personal or column.name in known or _category(model, column.name) in readable
        target: Any = column.related_model
        if not is_said and (target is None or target._meta.label == _TEXT):
            setattr(instance, column.name, _nothing(column))


def _nothing(field: Field) -> object:
    """The value that a blanked field gets: its default, else an empty text, or None where the column has no text or
    only points at one."""
    if field.has_default():
        return field.get_default()
    return "" if field.empty_strings_allowed and not (field.null or field.is_relation) else None


def _category(model: type[Model], name: str) -> Category:
    """The field's own category, else its model's."""
    general = getattr(model, "default_category", None) or model.personal_category  # type: ignore[attr-defined]
    return getattr(model, "personal_categories", {}).get(name, general)
