"""A consent that was written by mistake: taken back whole, or taken away from the wrong person."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.days.dates import today
from core.enums import Category
from core.models import TextBody
from oversight.log.grounds import Grounds
from participants.assignment.with_consent import contact_name
from participants.consent.actions import refuse_consent, renew_consent
from participants.consent_mistakes.actions import remove_misplaced_consent, take_back_consent
from participants.enums import CaseRole, ConsentForm
from participants.models import CaseAssignment, Consent, ConsentGrant, ConsentWithdrawal, Enrolment, Misplacement
from participants.scope.scope import Scope
from projects.enums import Role
from tests.oversight.extract.test_extract import answer_of
from tests.world import consents, worlds
from tests.world.case_rows import assign
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory
from tests.world.pages import fill, shown

REASON = "Fel ruta kryssad"
PLAN, HEALTH = Category.PLAN, Category.HEALTH


@pytest.fixture
def case(world) -> consents.Round:
    return consents.gather(world)


def opens(case: consents.Round) -> bool:
    return Enrolment.objects.visible_to(Scope.of(case.guest, today())).filter(pk=case.enrolment.pk).exists()


def address(name: str, consent: Consent) -> str:
    return reverse(name, args=[consent.public_id])


def list_of(client, case: consents.Round, **asked) -> str:
    return client.get(reverse("consent_list", args=[case.enrolment.public_id]), asked).content.decode()


def test_taken_back_it_opens_nothing_at_the_next_question(case, log_in) -> None:
    consent = case.give(PLAN, HEALTH)
    client, guest = log_in(case.worker), log_in(case.guest)
    page = case.enrolment.get_absolute_url()
    assert guest.get(page).status_code == 200
    client.post(
        address("consent_take_back", consent), fill(client, address("consent_take_back", consent), reason=REASON)
    )
    assert not opens(case)
    assert guest.get(page).status_code == 404
    assert not ConsentGrant.objects.on_or_after(today()).exists()


def test_its_renewals_go_too(case) -> None:
    consent = case.give(PLAN, last=today() + timedelta(days=20))
    renewal = renew_consent(consent=consent, by=case.worker)
    take_back_consent(consent=consent, reason=REASON, by=case.worker)
    assert not ConsentGrant.objects.live().exists()
    assert not Consent.objects.current().exists()
    assert Consent.objects.get(taken_back=True, corrects=renewal).why.text == REASON


def test_a_renewal_alone_is_taken_back_and_the_first_can_be_renewed_again(case) -> None:
    consent = case.give(PLAN, last=today() + timedelta(days=20))
    take_back_consent(consent=renew_consent(consent=consent, by=case.worker), reason=REASON, by=case.worker)
    assert opens(case)
    assert renew_consent(consent=consent, by=case.worker).stands


def test_the_page_tells_a_mistake_from_a_withdrawal(case, log_in) -> None:
    consent = case.give(PLAN)
    take_back_consent(consent=consent, reason=REASON, by=case.worker)
    html = list_of(log_in(case.worker), case)
    assert "Skrevs in av misstag" in html
    assert REASON in html
    assert "Deltagaren har inte återkallat något." in html
    assert ">Återkallat<" not in html
    assert not ConsentWithdrawal.objects.exists()
    assert html.count("att planera praktik") == 1


def test_how_it_was_that_day_still_says_who_could_read(case, log_in) -> None:
    take_back_consent(consent=case.give(PLAN), reason=REASON, by=case.worker)
    html = list_of(log_in(case.worker), case, per=today().isoformat())
    assert html.count("Arbetsförmedlingen fick läsa plan till ") == 1


def test_a_stale_button_neither_renews_nor_withdraws_it(case, log_in) -> None:
    consent, client = case.give(PLAN), log_in(case.worker)
    page = reverse("consent_list", args=[case.enrolment.public_id])
    renew = shown(client.get(page).context["open"][0][2])
    withdraw = fill(client, address("consent_withdraw", consent))
    take_back_consent(consent=consent, reason=REASON, by=case.worker)
    answer = client.post(address("consent_renew", consent), renew, follow=True)
    assert "Svaret skrevs in av misstag och kan inte förnyas." in answer.content.decode()
    answer = client.post(address("consent_withdraw", consent), withdraw, follow=True)
    assert "Det finns inget kvar att återkalla" in answer.content.decode()
    assert not ConsentWithdrawal.objects.exists()
    assert not ConsentGrant.objects.live().exists()


def test_a_no_is_taken_back(case, log_in) -> None:
    refused = refuse_consent(enrolment=case.enrolment, asked=case.asked(PLAN), by=case.worker)
    take_back_consent(consent=refused, reason=REASON, by=case.worker)
    html = list_of(log_in(case.worker), case)
    assert "Skrevs in av misstag" in html
    assert ">Nej<" not in html


def test_it_is_for_its_author_and_the_coordinators(world, case, log_in) -> None:
    consent = case.give(PLAN)
    colleague = worlds.member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    assign(case.enrolment, colleague, CaseRole.SUBSTITUTE)
    for name in ("consent_take_back", "consent_misplaced"):
        assert log_in(colleague).get(address(name, consent)).status_code == 403
        assert log_in(case.guest).get(address(name, consent)).status_code == 404
        assert log_in(world.coordinator).get(address(name, consent)).status_code == 200
    assert "Skrevs in av misstag" not in list_of(log_in(colleague), case)
    assert "Skrevs in av misstag" in list_of(log_in(case.worker), case)


def test_without_a_reason_nothing_changes(case, log_in) -> None:
    consent, client = case.give(PLAN), log_in(case.worker)
    page = address("consent_take_back", consent)
    answer = client.post(page, fill(client, page, reason=" "))
    assert "Skriv varför du tar tillbaka svaret om samtycke." in answer.content.decode()
    assert opens(case)


def test_the_review_of_the_log_knows_on_what_ground_others_read(case) -> None:
    consent, person = case.give(PLAN), case.enrolment.participant.public_id
    take_back_consent(consent=consent, reason=REASON, by=case.worker)
    (ground,) = Grounds.of([case.guest.pk], [person]).consents[case.af.pk, person]
    assert (ground.period.first, ground.period.last) == (today(), today())


def test_the_registerutdrag_says_mistake_and_not_withdrawn(world, case) -> None:
    take_back_consent(consent=case.give(PLAN), reason=REASON, by=case.worker)
    (said,) = answer_of(world)["recipients"]
    assert "fick läsa" in said
    assert "skrevs in av misstag, återtaget" in said
    assert "återkallat" not in said


def test_on_the_wrong_person_nothing_of_it_is_left(world, case, log_in) -> None:
    consent = case.give(PLAN, purpose="planera kanariefågelvård")
    renew_consent(consent=consent, by=case.worker)
    log_in(case.guest).get(case.enrolment.get_absolute_url())
    client, page = log_in(case.worker), address("consent_misplaced", consent)
    answer = client.post(page, fill(client, page), follow=True)
    assert "Svaret står inte längre på" in answer.content.decode()
    assert not opens(case)
    assert not TextBody.objects.filter(text__contains="kanarie").exists()
    html = list_of(client, case, per=today().isoformat())
    assert "kanarie" not in html
    assert "fick läsa" not in html
    mark = Misplacement.objects.get(enrolment=case.enrolment)
    assert (mark.what, mark.way) == ("consent", "taken_away")
    assert client.get(page, follow=True).context["enrolment"] == case.enrolment


def test_on_the_wrong_person_the_registerutdrag_says_nothing_of_it(world, case) -> None:
    remove_misplaced_consent(consent=case.give(PLAN), by=case.worker)
    found = answer_of(world)
    sections = {section["model"]: section["rows"] for section in found["registered"]}
    assert found["recipients"] == []
    assert (sections["Consent"], sections["ConsentGrant"]) == ([], [])
    assert len(sections["Misplacement"]) == 1


def test_the_right_persons_consents_open_after_it_and_nothing_is_moved(world, case, log_in) -> None:
    consent, right = case.give(PLAN), EnrolmentFactory(project=world.project)
    CaseAssignmentFactory(enrolment=right, user=case.worker)
    client, page = log_in(case.worker), address("consent_misplaced", consent)
    answer = client.post(page, fill(client, page, right=str(right.public_id)))
    assert answer.url.endswith(reverse("consent_list", args=[right.public_id]))
    assert not Consent.objects.filter(enrolment=right).exists()
    assert not Misplacement.objects.filter(enrolment=right).exists()


def test_a_renewal_on_the_wrong_person_leads_to_its_first(case, log_in) -> None:
    consent = case.give(PLAN, last=today() + timedelta(days=20))
    renewal = renew_consent(consent=consent, by=case.worker)
    answer = log_in(case.worker).get(address("consent_misplaced", renewal))
    assert answer.url.endswith(address("consent_misplaced", consent))


@pytest.mark.parametrize("name", ["consent_take_back", "consent_misplaced"])
@pytest.mark.parametrize("another", [False, True])
def test_the_contact_who_was_asked_in_with_it_goes_unless_another_consent_lets_the_party_in(
    case, log_in, name: str, another: bool
) -> None:
    CaseAssignment.objects.filter(enrolment=case.enrolment, user=case.guest).delete()
    client, page = log_in(case.worker), reverse("consent_create", args=[case.enrolment.public_id])
    kept = case.give(HEALTH) if another else None
    field = contact_name(case.af)
    key = client.get(page).context["form"].fields[field].choices[1][0]
    said = {"parties": [str(case.af.public_id)], "categories": [PLAN], "purpose": "planera praktik", "period": "dag"}
    dated = {"valid_through": today() + timedelta(days=30), "form": ConsentForm.WRITTEN}
    assert client.post(page, fill(client, page, **said, **dated, **{field: key})).status_code == 302
    consent = Consent.objects.exclude(pk=kept and kept.pk).get()
    contact = CaseAssignment.objects.get(enrolment=case.enrolment, role=CaseRole.CONTACT)
    assert contact.recorded_at == consent.recorded_at
    wrong = address(name, consent)
    assert "kopplas bort" in client.get(wrong).content.decode()
    client.post(wrong, fill(client, wrong, reason=REASON) if name == "consent_take_back" else fill(client, wrong))
    contact.refresh_from_db()
    assert (contact.valid_until is None) is another
