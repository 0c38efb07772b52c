"""By which telephone a colleague is reached: said by oneself or an administrator, read by who works with the case."""

import pytest
from django.urls import reverse

from accounts.models import AccessEvent, User
from core.enums import Category
from participants.enums import CaseRole
from participants.models import PersonIdentity
from tests.participants.placement.test_placements import place
from tests.world import consent_rows as consents
from tests.world.factories import CaseAssignmentFactory
from tests.world.forms import text_of
from tests.world.pages import faults, submit

pytestmark = pytest.mark.django_db

PHONE, LINK = "021-39 00 14", 'href="tel:021390014"'


@pytest.fixture
def reached(world, log_in) -> User:
    """The case worker, who has said a number."""
    submit(log_in(world.case_worker), reverse("account_phone"), phone=PHONE)
    world.case_worker.refresh_from_db()
    return world.case_worker


def test_one_says_it_oneself_and_it_is_logged(reached) -> None:
    assert reached.phone == PHONE
    assert AccessEvent.objects.filter(part="account_phone", kind="change", user=reached).count() == 1


def test_it_is_taken_away_again(world, log_in, reached) -> None:
    submit(log_in(reached), reverse("account_phone"), phone="")
    reached.refresh_from_db()
    assert reached.phone == ""


def test_too_much_is_refused_and_kept_in_the_field(world, log_in) -> None:
    answer = submit(log_in(world.case_worker), reverse("account_phone"), phone="0" * 41)
    assert list(faults(answer)) == ["phone"]
    assert "0" * 41 in answer.content.decode()


@pytest.mark.parametrize("typed", ["abc", "1234", "070 123 (mobil) eller 08-4", "08-465 004 10 08-465 004 11"])
def test_what_is_not_one_number_is_refused_with_what_to_write(world, log_in, typed) -> None:
    own, edited = reverse("account_phone"), reverse("user_edit", args=[world.case_worker.public_id])
    for user, url in ((world.case_worker, own), (world.administrator, edited)):
        answer = submit(log_in(user), url, phone=typed)
        assert faults(answer) == {"phone": ["Skriv ett nummer: 08-465 004 10."]}
        assert typed in answer.content.decode()
    assert User.objects.get(pk=world.case_worker.pk).phone == ""


def test_the_page_names_everybody_who_reads_it(world, log_in) -> None:
    page = text_of(log_in(world.case_worker).get(reverse("account_phone")))
    for reader in ("dem som ser ärendet", "handledaren på placeringen", "deltagaren på den plan som skrivs ut"):
        assert reader in page


def test_an_administrator_says_it_for_somebody(world, log_in) -> None:
    url = reverse("user_edit", args=[world.case_worker.public_id])
    submit(log_in(world.administrator), url, phone=PHONE)
    world.case_worker.refresh_from_db()
    assert world.case_worker.phone == PHONE


def test_every_party_reads_on_the_case_how_the_responsible_is_reached(world, log_in, reached) -> None:
    case = world.enrolment
    CaseAssignmentFactory(enrolment=case, user=world.af_case_worker, role=CaseRole.CONTACT)
    consents.give(case, [world.af], [Category.PLAN], by=world.case_worker)
    for user in (world.case_worker, world.af_case_worker):
        html = log_in(user).get(reverse("enrolment_detail", args=[case.public_id])).content.decode()
        assert LINK in html
        assert f"mailto:{reached.email}" in html


def test_the_participant_is_rung_from_the_head_of_the_case(world, log_in) -> None:
    PersonIdentity.objects.update(phone="+46 70 174 06 05", email="omid@example.org")
    html = log_in(world.case_worker).get(reverse("enrolment_detail", args=[world.enrolment.public_id])).content.decode()
    assert 'href="tel:+46701740605"' in html
    assert "E-post omid@example.org" in html


def test_words_in_place_of_a_number_are_no_link(world, log_in) -> None:
    PersonIdentity.objects.update(phone="ring sonen")
    html = log_in(world.case_worker).get(reverse("enrolment_detail", args=[world.enrolment.public_id])).content.decode()
    assert "Telefon ring sonen" in html
    assert "tel:" not in html


def test_a_supervisor_reads_whom_to_ring_and_never_the_participants_number(world, log_in, reached) -> None:
    PersonIdentity.objects.update(phone="070-174 06 05", email="omid@example.org")
    place(world.enrolment, world.supervisor, world.case_worker)
    html = log_in(world.supervisor).get(reverse("placement_list")).content.decode()
    assert str(reached) in html
    assert LINK in html
    assert "0701740605" not in html
    assert "omid@example.org" not in html
