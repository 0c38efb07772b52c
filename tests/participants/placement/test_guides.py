"""A supervisor without an account: a name and a number to ring, who reads nothing."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.days.dates import today
from core.days.periods import Period
from participants.models import Enrolment, PlacementPeriod
from participants.placement.actions import NAMELESS, NOBODY, PlacementRecord, record_placement
from projects.enums import Role
from projects.models import Membership
from tests.casework.case.reads import entries, page
from tests.world.cases import days_ago
from tests.world.pages import faults, fill, shown, submit

GUIDE, PHONE = "Kim Alm", "070-465 00 41"


def url(case: Enrolment) -> str:
    return reverse("placement_create", args=[case.public_id])


@pytest.fixture
def case(world) -> Enrolment:
    Enrolment.objects.filter(pk=world.enrolment.pk).update(enrolled_on=days_ago(40))
    return world.enrolment


def guided(world, case: Enrolment) -> PlacementPeriod:
    record = PlacementRecord("Lagret", None, Period(days_ago(9)), guide=GUIDE, guide_phone=PHONE)
    return record_placement(enrolment=case, record=record, by=world.case_worker)


def test_a_placement_is_written_with_a_supervisor_who_has_no_account(world, case, log_in) -> None:
    client = log_in(world.case_worker)
    answers = {"place": "Lagret", "supervisor": "", "guide": f" {GUIDE} ", "guide_phone": PHONE}
    answer = submit(client, url(case), first_day=str(days_ago(3)), **answers)
    assert answer["Location"] == case.get_absolute_url()
    made = PlacementPeriod.objects.get()
    assert (made.supervisor, made.guide.text, made.guide_phone.text) == (None, GUIDE, PHONE)
    html = page(client, case)
    assert f"{GUIDE} har inget konto, och läser inget här." in html
    entry = next(entry for entry in entries(client, case) if entry.title == "Placering")
    assert f"Handledare: {GUIDE}, {PHONE}." in str(entry.text)
    assert '<a href="tel:0704650041">070-465 00 41</a>' in client.get(url(case)).content.decode()


def test_a_project_without_supervisors_can_place_people(world, case, log_in) -> None:
    Membership.objects.filter(role=Role.SUPERVISOR).delete()
    client = log_in(world.case_worker)
    assert "supervisor" not in client.get(url(case)).context["form"].fields
    submit(client, url(case), place="Lagret", guide=GUIDE, first_day=str(days_ago(3)))
    assert PlacementPeriod.objects.get().led_by == GUIDE


def test_both_may_look_after_somebody(world, case, log_in) -> None:
    client = log_in(world.case_worker)
    answers = {"place": "Lagret", "supervisor": str(world.supervisor.public_id), "guide": GUIDE}
    submit(client, url(case), first_day=str(days_ago(3)), **answers)
    assert PlacementPeriod.objects.get().led_by == f"{world.supervisor} och {GUIDE}"


@pytest.mark.parametrize(
    ("said", "field"), [({}, "supervisor"), ({"guide_phone": PHONE}, "supervisor"), ({"guide": "x" * 81}, "guide")]
)
def test_somebody_looks_after_the_placement(world, case, log_in, said, field) -> None:
    client = log_in(world.case_worker)
    answers = {"place": "Lagret", "supervisor": "", "first_day": str(days_ago(3)), **said}
    answer = client.post(url(case), fill(client, url(case), **answers))
    found = faults(answer)
    assert list(found) == [field]
    assert (NOBODY in found[field]) is (field == "supervisor")
    kept = shown(answer.context["form"])
    assert kept["place"] == "Lagret"
    assert not PlacementPeriod.objects.exists()


def test_a_number_is_somebodys(world, case, log_in) -> None:
    client = log_in(world.case_worker)
    answers = {"place": "Lagret", "supervisor": str(world.supervisor.public_id), "guide_phone": PHONE}
    answer = client.post(url(case), fill(client, url(case), first_day=str(days_ago(3)), **answers))
    assert faults(answer) == {"guide": [NAMELESS]}
    assert not PlacementPeriod.objects.exists()


def test_the_action_refuses_what_the_form_does(world, case) -> None:
    for record in (
        PlacementRecord("Lagret", None, Period(days_ago(3))),
        PlacementRecord("Lagret", world.supervisor, Period(days_ago(3)), guide_phone=PHONE),
    ):
        with pytest.raises(ValidationError):
            record_placement(enrolment=case, record=record, by=world.case_worker)


def test_one_with_an_account_takes_over(world, case, log_in) -> None:
    client, made = log_in(world.case_worker), guided(world, case)
    address = reverse("placement_edit", args=[made.public_id])
    form = client.get(address).context["form"]
    assert (shown(form)["guide"], shown(form)["guide_phone"]) == (GUIDE, PHONE)
    answers = {"supervisor": str(world.supervisor.public_id), "guide": "", "guide_phone": "", "why": "Har fått konto."}
    submit(client, address, **answers)
    now = PlacementPeriod.objects.current().get()
    assert (now.supervisor, now.guide, now.guide_phone) == (world.supervisor, None, None)
    assert GUIDE in client.get(reverse("placement_edit", args=[now.public_id])).content.decode()


def test_nobody_sees_the_participant_by_it(world, case, log_in) -> None:
    guided(world, case)
    html = log_in(world.supervisor).get(reverse("placement_list")).content.decode()
    assert "Lagret" not in html
    assert "Ingen är på din placering just nu" in html


def test_it_moves_to_the_right_person_with_its_name_and_number(world, wrong, right, log_in) -> None:
    made = guided(world, wrong)
    address = reverse("placement_misplaced", args=[made.public_id])
    assert "ser inte längre" not in log_in(world.case_worker).get(address).content.decode()
    submit(log_in(world.case_worker), address, way="moved_away", right=str(right.public_id))
    moved = PlacementPeriod.objects.placed().get()
    assert (moved.enrolment, moved.led_by) == (right, f"{GUIDE}, {PHONE}")
    left = PlacementPeriod.objects.get(enrolment=wrong)
    assert left.led_by == "okänd"


def test_the_placement_counts_as_the_first_one(world, case) -> None:
    guided(world, case)
    case.refresh_from_db()
    assert case.first_placed_on == today() - timedelta(days=9)
