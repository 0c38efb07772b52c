"""Everything that is known about a person is classified, and every fact answers `visible_to`."""

import inspect

import pytest
from django.apps import apps
from django.db import models

from core.enums import Category, Disposal
from core.facts import Fact
from core.models import APART, TextBody
from core.privacy import BOOKKEEPING, models_dropped_whole, personal_fields, personal_models
from participants.models import Enrolment, Participant

OURS = ("core", "accounts", "projects", "participants", "actionplans", "casework", "oversight", "reports")
# Rows that point at a person's row but say nothing about the person: which line of which file became it.
PROVENANCE = {"ImportedRow"}
# Identity and text are kept apart from facts, so that they can be blanked; only these hold them outright.
# Enrolment: the sort key of the name, for the list's index; NamePart: what searches read. Blanked with the rest.
HOLDERS = {
    "Enrolment",
    "IdentityVersion",
    "NamePart",
    "PersonIdentity",
    "PersonalNumber",
    "ProtectedNumber",
    "ProtectedNotice",
    "Participant",
    "TextBody",
    "StoredFile",
    "MeetingParty",
}


def _our_models():
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


def _parents(model):
    return {field.related_model for field in model._meta.fields if field.is_relation and field.related_model != model}


def _about_persons():
    """Facts, and whatever reaches a participant by foreign keys, but for rows that go whole."""
    found = {Participant, Enrolment, *APART} | {model for model in _our_models() if issubclass(model, Fact)}
    others = set(_our_models()) - set(models_dropped_whole())
    while True:
        more = {model for model in others - found if _parents(model) & (found - set(APART))}
        if not more:
            return sorted(
                (model for model in found if model.__name__ not in PROVENANCE), key=lambda model: model.__name__
            )
        found |= more


ABOUT_PERSONS = _about_persons()
FACTS = [model for model in ABOUT_PERSONS if issubclass(model, Fact)]


def test_the_guard_finds_the_models():
    names = {model.__name__ for model in ABOUT_PERSONS}
    assert {"PersonIdentity", "PersonalNumber", "MeetingParagraph", "StepClock", "CriterionResult", "Exit"} <= names
    assert len(FACTS) >= 10
    assert set(ABOUT_PERSONS) == set(personal_models())


@pytest.mark.parametrize("model", ABOUT_PERSONS, ids=lambda model: model.__name__)
def test_every_field_is_classified(model):
    fields = {field.name for field in model._meta.fields}
    classified = set(model.personal_data)
    assert fields - BOOKKEEPING - classified == set()
    assert classified <= fields, "classified, but not there"
    assert {type(disposal) for disposal in model.personal_data.values()} == {Disposal}


@pytest.mark.parametrize("model", ABOUT_PERSONS, ids=lambda model: model.__name__)
def test_every_field_has_a_category_of_information(model):
    fields = [field for field in personal_fields() if field.model is model]
    assert fields
    assert {type(field.category) for field in fields} == {Category}


@pytest.mark.parametrize("model", FACTS, ids=lambda model: model.__name__)
def test_every_fact_answers_who_may_read_it(model):
    signature = inspect.signature(model.objects.all().visible_to)
    assert list(signature.parameters) == ["scope"]
    assert signature.parameters["scope"].default is inspect.Parameter.empty


@pytest.mark.parametrize("model", FACTS, ids=lambda model: model.__name__)
def test_free_text_about_a_person_stands_only_in_text_bodies(model):
    """A fact never changes, so it can hold nothing that disposal must blank."""
    own_text = [
        field.name
        for field in model._meta.fields
        if isinstance(field, models.TextField | models.JSONField)
        or (isinstance(field, models.CharField) and not field.choices)
    ]
    assert own_text == []
    texts = [name for name, disposal in model.personal_data.items() if disposal is Disposal.TEXT]
    assert [name for name in texts if model._meta.get_field(name).related_model is not TextBody] == []


def test_identity_and_text_stand_apart():
    blanked = {
        field.model.__name__
        for field in personal_fields()
        if field.disposal in (Disposal.IDENTITY, Disposal.TEXT)
        and not field.model._meta.get_field(field.name).is_relation
    }
    assert blanked == HOLDERS


def test_the_log_outlives_the_person():
    """Disposal of a person must not be held up by the log, nor the log lose a row by it."""
    for name in ("AccessEvent", "AccessSubject", "AccessHead"):
        model = apps.get_model("accounts", name)
        assert not _parents(model) & set(ABOUT_PERSONS)
