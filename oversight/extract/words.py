"""Names of each kind of row and each field in a registerutdrag: the model's own words, and words that many models
share.

Every classified field has its words; a test fails for one that is left out.
"""

from collections.abc import Mapping

from django.db.models import Model

from core.privacy import InExtract

# Labels of fields by their name, in every model.
_COMMON: Mapping[str, str] = {
    "enrolment": "Inskrivning",
    "participant": "Person",
    "organisation": "Organisation",
    "project": "Projekt",
    "user": "Användare",
    "concerns_on": "Dag",
    "valid_from": "Från",
    "valid_until": "Till och med",
    "valid_through": "Till och med",
    "until": "Till och med",
    "note": "Anteckning",
    "is_imported": "Från ett inläst register",
    "source": "Anvisad från",
    "applied_on": "Ansökan",
    "referred_on": "Anvisningsdag",
    "enrolled_on": "Inskriven",
    "exited_on": "Avslutad",
    "exit_reason": "Avslutsorsak",
    "is_void": "Felregistrerad",
    "kind": "Slag",
    "state": "Läge",
    "reason": "Skäl",
    "form": "Lämnat",
    "percent": "Procent",
    "outcome": "Bedömning",
    "assessed_on": "Kartlagd",
    "due_on": "Senast",
    "consent": "Samtycke",
    "meeting": "Möte",
    "plan": "Handlingsplan",
    "why": "Varför",
    "role": "Uppgift i ärendet",
    "purpose": "Ändamål",
    "sort_key": "Sorteringsnyckel, gjord av namnet",
}


def in_extract(model: type[Model]) -> InExtract:
    """The title and place of the model's section. A model without words of its own comes last, under its own name."""
    return getattr(model, "in_extract", InExtract(10_000, model.__name__))


def label_of(model: type[Model], field: str) -> str | None:
    """The label of a field; None if it has no words."""
    return in_extract(model).fields.get(field) or _COMMON.get(field)
