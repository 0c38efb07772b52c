"""Every column that a register can have reaches a fact: what is recognised is never dropped in silence."""

from collections import Counter
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from accounts.models import User
from actionplans.models import ImportBatch, ImportedRow
from actionplans.register.actions import import_register
from actionplans.register.plan import plan_import
from actionplans.register.reading.fields import Field
from core.models import TextBody
from participants.scope.scope import Scope
from projects.models import Project
from tests.actionplans.register.builders import TODAY, workbook
from tests.world.worlds import model_project

# A value for each column, such that a row with all of them is imported.
SAID: dict[Field, Any] = {
    Field.PERSONAL_NUMBER: "19790214-2327",
    Field.FAMILY_NAME: "Öberg",
    Field.GIVEN_NAME: "Åsa",
    Field.SEX: "K",
    Field.SOURCE: "AF",
    Field.APPLIED_ON: "2011-01-10",
    Field.REFERRED_ON: "2011-01-20",
    Field.ENROLLED_ON: "2011-01-28",
    Field.ASSESSED_ON: "2011-02-03",
    Field.PLANNED_ON: "2011-02-08",
    Field.PLACEMENT: "Köket",
    Field.FULL_TIME_SICK: "ja",
    Field.STEP_1: "2011-03-01",
    Field.STEP_2: "2011-03-02",
    Field.STEP_3: "2011-03-03",
    Field.STEP_4: "2011-03-04",
    Field.STEP_5: "2011-03-05",
    Field.EXITED_ON: "2011-06-01",
    Field.EXIT_REASON: "Arbete",
    Field.LIVELIHOOD_BEFORE: "Sjukpenning",
    Field.LIVELIHOOD_AFTER: "Lön",
    Field.NOTE: "ringer själv",
}
# What a column that leaves no fact of its own is for.
WITHOUT_FACT = {
    Field.NUMBER: "counts the rows of the sheet",
    Field.FULL_NAME: "is read as family and given name; test_rows.py",
    Field.ENROLLED_ON: "is the day that no row can be without; test_rows.py",
    Field.PROTECTION: "seals the row before it is read; test_sealing.py",
    Field.IGNORE: "is the user's word that the column isn't to be read",
}
# What tells the rows of one import from those of another, whatever the cells say.
_ANEW = {"id", "public_id", "alias", "recorded_at", "created_at", "salt", "digest"}


def imported(project: Project, said: dict[Field, Any]) -> Counter[tuple[str, str, str]]:
    """What an import of one row writes about the person, as (model, field, value); nothing of it is kept."""
    content = workbook({"Register": [[field.label for field in said], list(said.values())]})
    by = User.objects.system()
    with transaction.atomic():
        plan = plan_import(content=content, project=project, organisation=project.host, scope=Scope.of(by, TODAY))
        assert len(plan.imported) == 1, plan.faults
        import_register(plan=plan, project=project, organisation=project.host, by=by)
        written = stored()
        transaction.set_rollback(True)
    return written


def stored() -> Counter[tuple[str, str, str]]:
    of_apps = [model for app in ("participants", "actionplans") for model in apps.get_app_config(app).get_models()]
    values: Counter[tuple[str, str, str]] = Counter()
    for model in {*of_apps, TextBody} - {ImportBatch, ImportedRow}:
        names = {field.name for field in model._meta.concrete_fields if not field.is_relation} - _ANEW
        for row in model._default_manager.values("pk", *names):
            values.update((model.__name__, name, str(row[name])) for name in names)
    return values


@pytest.fixture
def project(db) -> Project:
    return model_project()


def test_every_column_is_said_to_reach_a_fact_or_why_not() -> None:
    assert {*SAID, *WITHOUT_FACT} == set(Field)


def test_two_imports_of_one_row_write_the_same(project) -> None:
    assert imported(project, SAID) == imported(project, SAID)


@pytest.mark.parametrize("field", [field for field in Field if field not in WITHOUT_FACT])
def test_a_column_that_is_recognised_reaches_a_fact(project, field: Field) -> None:
    without = {said: value for said, value in SAID.items() if said is not field}
    assert imported(project, SAID) != imported(project, without), f"{field.label} is recognised, and then dropped"
