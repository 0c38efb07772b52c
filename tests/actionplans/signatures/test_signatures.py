"""Signatures under a plan through their pages: noted, several at once, corrected, taken back, moved."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import AccessEvent
from actionplans.models import PlanSignature
from actionplans.signatures.actions import SIGNATURES, SignatureRecord, sign_plan
from core.days.dates import today
from core.enums import Category
from core.swedish.words import day
from participants.enums import MisplacedWay
from participants.models import Enrolment, Misplacement
from projects.models import ProjectOrganisation
from tests.casework.case.reads import entries
from tests.world import consents
from tests.world.cases import days_ago, plan, started
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory, OrganisationFactory
from tests.world.forms import text_of
from tests.world.pages import faults, queries, shown, submit

DAY = timedelta(days=1)


@pytest.fixture
def shared(world) -> consents.Round:
    return consents.gather(world)


@pytest.fixture
def case(world, shared) -> Enrolment:
    started(world.enrolment, 60)
    plan(world.enrolment, world.case_worker, valid_on=days_ago(20))
    return world.enrolment


def url(case: Enrolment) -> str:
    return reverse("signature_create", args=[case.public_id])


def page_of(client, case: Enrolment) -> str:
    return text_of(client.get(reverse("plan_detail", args=[case.public_id]))).replace("\xa0", " ")


def standing(case: Enrolment) -> set[tuple[int, str, int]]:
    rows = PlanSignature.objects.placed().current().filter(enrolment=case)
    return {(row.number, str(row.signer or ""), (today() - row.concerns_on).days) for row in rows}


def signed(world, signer=None, *, number: int = 1, ago: int = 5) -> PlanSignature:
    return sign_plan(enrolment=world.enrolment, number=number, signers=[signer], on=days_ago(ago), by=world.case_worker)


def test_those_who_signed_the_same_day_are_noted_at_once_and_stand_on_plan_and_timeline(world, client, case) -> None:
    assert "Ingen har skrivit på plan 1 än." in page_of(client, case)
    who = ["participant", str(world.ame.public_id), str(world.af.public_id)]
    answer = submit(client, url(case), signers=who, on=str(days_ago(5)))
    assert answer["Location"] == reverse("plan_detail", args=[case.public_id])
    names = {"", world.ame.name, world.af.name}
    assert standing(case) == {(1, name, 5) for name in names}
    said = page_of(client, case)
    assert f"Plan 1: Deltagaren {day(days_ago(5))}".replace("\xa0", " ") in said
    assert "Ingen har skrivit på" not in said
    assert f"{world.af.name} skrev på plan 1." in str(entries(client, case))
    assert AccessEvent.objects.filter(part="signature_create", user=world.case_worker).exists()


def test_a_new_plan_is_unsigned_and_the_old_one_is_as_it_was(world, client, case) -> None:
    signed(world)
    plan(case, world.case_worker, based_on=1, main_activity="Något annat")
    said = page_of(client, case)
    assert "Ingen har skrivit på plan 2 än." in said
    assert "Plan 1: Deltagaren" in said
    assert [key for key, _ in client.get(url(case)).context["form"].fields["number"].choices] == ["2", "1"]


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ({"signers": []}, "signers"),
        ({"signers": ["annan"]}, "signers"),
        ({"number": "7"}, "number"),
        ({"on": ""}, "on"),
        ({"on": str(today() + DAY)}, "on"),
        ({"on": "1890-01-01"}, "on"),
    ],
)
def test_a_wrong_answer_is_said_by_its_question_and_nothing_is_noted(client, case, given, at) -> None:
    whole = {"signers": ["participant"], "on": str(days_ago(5))}
    assert set(faults(submit(client, url(case), **(whole | given)))) == {at}
    assert standing(case) == set()


def test_one_that_stands_is_not_noted_again_and_then_none_is(world, client, case) -> None:
    signed(world)
    said = faults(submit(client, url(case), signers=["participant", str(world.ame.public_id)], on=str(today())))
    assert "Deltagaren har redan skrivit på plan 1" in str(said["signers"])
    assert standing(case) == {(1, "", 5)}


def test_without_a_plan_the_page_leads_to_one(world, client) -> None:
    page = client.get(url(started(world.enrolment, 60)))
    assert "Det finns ingen plan att skriva på än" in text_of(page)
    assert reverse("plan_edit", args=[world.enrolment.public_id]) in page.content.decode()


def test_it_is_corrected_with_why_and_taken_back_with_the_reason(world, client, case) -> None:
    made = signed(world, world.af)
    assert submit(client, made.get_absolute_url(), on=str(days_ago(4)), why="Fel dag.").status_code == 302
    assert standing(case) == {(1, world.af.name, 4)}
    now = PlanSignature.objects.latest("pk")
    back = reverse("signature_take_back", args=[now.public_id])
    assert submit(client, back, reason="Gällde en annan plan.").status_code == 302
    assert standing(case) == set()
    assert "Gällde en annan plan." in str(entries(client, case))
    assert "Ingen har skrivit på plan 1 än." in page_of(client, case)


def test_a_correction_says_what_stands_twice(world, client, case) -> None:
    signed(world)
    other = signed(world, world.af)
    said = faults(submit(client, other.get_absolute_url(), signers="participant", why="Fel."))
    assert "har redan skrivit på plan 1" in str(said["signers"])


def test_one_whose_organisation_has_left_keeps_it_and_no_stranger_signs(world, client, case) -> None:
    made = signed(world, world.af)
    ProjectOrganisation.objects.filter(organisation=world.af).delete()
    assert submit(client, made.get_absolute_url(), on=str(days_ago(3)), why="Fel dag.").status_code == 302
    assert standing(case) == {(1, world.af.name, 3)}
    with pytest.raises(ValidationError) as refused:
        signed(world, OrganisationFactory())
    assert set(refused.value.message_dict) == {"signers"}


def test_on_the_wrong_person_it_is_moved_where_there_is_such_a_plan(world, client, case) -> None:
    made = signed(world)
    right = EnrolmentFactory(project=world.project, owner=world.ame, enrolled_on=days_ago(60))
    CaseAssignmentFactory(enrolment=right, user=world.case_worker)
    address = reverse("signature_misplaced", args=[made.public_id])
    said = shown(client.get(address).context["form"]) | {"way": MisplacedWay.MOVED_AWAY, "right": str(right.public_id)}
    assert "finns ingen plan 1" in str(faults(submit(client, address, **said)))
    plan(right, world.case_worker)
    assert submit(client, address, **said).status_code == 302
    assert (standing(case), standing(right)) == (set(), {(1, "", 5)})
    assert Misplacement.objects.filter(enrolment=case).exists()


def test_a_party_reads_that_a_third_one_signed_and_not_which(world, log_in, client, case, shared) -> None:
    third = OrganisationFactory(name="Kanarieförbundet")
    ProjectOrganisation.objects.create(project=world.project, organisation=third)
    shared.give(Category.IDENTITY, Category.PLAN)
    for signer in (third, world.ame, None):
        signed(world, signer)
    guest = log_in(shared.guest)
    for said in (page_of(guest, case), str(entries(guest, case))):
        assert third.name not in said
        assert "En annan part" in said
        assert world.ame.name in said
    assert third.name in page_of(client, case)


def test_without_consent_to_the_plan_nothing_of_it_is_read(world, log_in, case, shared) -> None:
    shared.give(Category.IDENTITY, Category.MEETINGS)
    signed(world)
    assert "skrev på plan" not in str(entries(log_in(shared.guest), case))


def test_the_plan_asks_as_much_however_many_have_signed(world, client, case) -> None:
    address = reverse("plan_detail", args=[case.public_id])
    signed(world)
    client.get(address)
    few = queries(client, address)
    for signer in (world.ame, world.af):
        signed(world, signer)
    assert queries(client, address) == few


def test_the_kinds_own_action_checks_as_much(world, case) -> None:
    record = SignatureRecord(number=3, signer=None, on=days_ago(1))
    with pytest.raises(ValidationError, match="Plan 3 finns inte"):
        SIGNATURES.record(enrolment=case, record=record, by=world.case_worker)
