"""A row of which the user may not read everything is shown, and never saved: the emptiness would be written down."""

import pytest

from core.days.dates import today
from core.enums import Category
from core.privacy import EmptiedRow
from participants.models import Enrolment, Participant
from participants.scope.scope import Scope
from tests.world.consent_rows import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def guests(world) -> Enrolment:
    """A case as somebody of another organisation gets it, who may read the plan of it alone."""
    give(world.enrolment, [world.af], [Category.PLAN], by=world.case_worker)
    (row,) = Scope.of(world.af_case_worker, today()).masked(
        Enrolment.objects.with_person().filter(pk=world.enrolment.pk)
    )
    assert row.source == "", "it is emptied"
    return row


def test_an_emptied_case_refuses_to_be_saved(guests) -> None:
    with pytest.raises(EmptiedRow):
        guests.save()
    assert Enrolment.objects.get(pk=guests.pk).source != ""


def test_an_emptied_person_and_the_name_in_its_place_refuse_too(guests) -> None:
    for row in (guests.participant, guests.participant.identity):
        with pytest.raises(EmptiedRow):
            row.save()
    assert Participant.objects.get(pk=guests.participant_id).identity.family_name != guests.participant.alias


def test_who_may_read_everything_saves(world) -> None:
    (row,) = Scope.of(world.case_worker, today()).masked(Enrolment.objects.filter(pk=world.enrolment.pk))
    row.source = "other"
    row.save()
    assert Enrolment.objects.get(pk=row.pk).source == "other"
