"""A consent is corrected in every field, and never opens what the participant has withdrawn."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.days.dates import today
from core.enums import Category
from core.forms.concurrency import ChangedMeanwhile
from oversight.log.grounds import Grounds
from participants.consent.actions import refuse_consent, renew_consent, withdraw_consent
from participants.consent.record import records
from participants.consent_mistakes.actions import take_back_consent
from participants.consent_mistakes.corrections import RENEWED, ConsentCorrection, correct_consent
from participants.enums import CaseRole, ConsentAnswer, ConsentForm
from participants.models import CaseAssignment, Consent, ConsentGrant, ConsentWithdrawal
from participants.scope.scope import Scope
from projects.enums import Role
from tests.oversight.extract.test_extract import answer_of
from tests.world import consents, worlds
from tests.world.case_rows import assign
from tests.world.pages import fill, shown

PLAN, HEALTH, MEETINGS = Category.PLAN, Category.HEALTH, Category.MEETINGS
DAY = timedelta(days=1)
WHY = "Fel ruta kryssad"


@pytest.fixture
def case(world) -> consents.Round:
    return consents.gather(world)


def address(name: str, consent: Consent) -> str:
    return reverse(name, args=[consent.public_id])


def list_of(client, case: consents.Round) -> str:
    return client.get(reverse("consent_list", args=[case.enrolment.public_id])).content.decode()


def reads(case: consents.Round) -> set[str]:
    """The kinds of information that the guest may read now."""
    found = Scope.of(case.guest, today()).reading(case.enrolment)
    return set(found.of_case)


def live() -> set[tuple[str, str]]:
    return set(ConsentGrant.objects.on_or_after(today()).values_list("organisation__name", "category"))


def correct(case: consents.Round, consent: Consent, *kinds: Category, parties=None, **more) -> Consent:
    cells = [(party, kind) for party in parties or [case.af] for kind in kinds]
    said = {
        "answer": ConsentAnswer.GIVEN,
        "cells": cells,
        "purpose": consents.PURPOSE,
        "form": ConsentForm.ORAL,
        "received_by": case.worker,
        "why": WHY,
        "valid_from": consent.concerns_on,
        "valid_through": consent.valid_through,
    }
    return correct_consent(consent=consent, correction=ConsentCorrection(**{**said, **more}), by=case.worker)


def kinds(case: consents.Round, party) -> str:
    return f"kinds_{party.public_id}"


def test_every_field_is_corrected_from_the_page_and_the_old_version_stays(case, log_in) -> None:
    consent, client = case.give(PLAN), log_in(case.worker)
    page = address("consent_edit", consent)
    html = client.get(page).content.decode()
    assert "Så står det nu" in html
    assert "för att planera praktik" in html
    new_days = {"valid_from": str(today() + DAY), "valid_through": str(today() + 30 * DAY)}
    answers = {
        kinds(case, case.af): [],
        kinds(case, case.fk): [HEALTH],
        "form": "written",
        "purpose": "följa upp planen",
    }
    answer = client.post(page, fill(client, page, why=WHY, **answers, **new_days), follow=True)
    assert "är rättat" in answer.content.decode()
    new = Consent.objects.get(corrects=consent)
    assert (new.form, new.purpose.text, new.concerns_on) == ("written", "följa upp planen", today() + DAY)
    assert live() == {("Försäkringskassan", HEALTH)}
    html = list_of(client, case)
    assert "Tidigare versioner" in html
    assert WHY in html
    assert "planera praktik" in html


def test_no_kind_of_information_is_called_optional(case, log_in) -> None:
    html = log_in(case.worker).get(address("consent_edit", case.give(PLAN))).content.decode()
    legends = re.findall(r"<legend>(.*?)</legend>", html, re.DOTALL)
    about_kinds = [legend for legend in legends if "läsa" in legend]
    assert about_kinds
    assert not [legend for legend in about_kinds if "frivilligt" in legend]


def test_narrowed_it_closes_at_once_and_widened_it_opens_from_now(case, log_in) -> None:
    consent, guest = case.give(PLAN, HEALTH), log_in(case.guest)
    plan = reverse("plan_detail", args=[case.enrolment.public_id])
    new = correct(case, consent, HEALTH)
    assert reads(case) == {HEALTH}
    assert guest.get(plan).status_code == 404
    correct(case, new, HEALTH, MEETINGS)
    assert reads(case) == {HEALTH, MEETINGS}


def test_what_it_opens_it_opens_from_the_correction_in_log_and_registerutdrag(world, case) -> None:
    consent = case.give(PLAN)
    earlier = today() - 10 * DAY
    Consent.objects.filter(pk=consent.pk).update(concerns_on=earlier)
    ConsentGrant.objects.update(valid_from=earlier)
    consent.refresh_from_db()
    correct(case, consent, HEALTH, parties=[case.fk])
    grounds = Grounds.of([case.guest.pk], [case.enrolment.participant.public_id]).consents
    person = case.enrolment.participant.public_id
    assert [ground.period.first for ground in grounds[case.fk.pk, person]] == [today()]
    assert [(ground.period.first, ground.period.last) for ground in grounds[case.af.pk, person]] == [(earlier, today())]
    before, after = sorted(answer_of(world)["recipients"])
    assert "Arbetsförmedlingen fick läsa" in before
    assert "rättat" in before
    assert "Försäkringskassan får läsa" in after


@pytest.mark.parametrize("withdrawn", [[HEALTH], [PLAN, HEALTH]])
def test_what_was_withdrawn_stays_closed(case, withdrawn) -> None:
    consent = case.give(PLAN, HEALTH)
    cells = [(case.af.pk, kind) for kind in withdrawn]
    withdraw_consent(consent=consent, cells=cells, form=ConsentForm.ORAL, by=case.worker)
    kept = [kind for kind in (PLAN, HEALTH) if kind not in withdrawn]
    for chosen in ([PLAN, HEALTH], [*kept, HEALTH]):
        with pytest.raises(ValidationError, match="återkallat"):
            correct(case, consent, *chosen)
    # Nor by another name: to another party.
    with pytest.raises(ValidationError, match="återkallat"):
        correct(case, consent, HEALTH, parties=[case.fk])
    new = correct(case, consent, *kept, purpose="följa upp planen")
    assert reads(case) == set(kept)
    assert new.grants.exclude(withdrawal=None).count() == len(withdrawn)
    with pytest.raises(ValidationError, match="återkallat"):
        correct(case, new, PLAN, HEALTH)


def test_a_withdrawn_whole_opens_nothing_however_it_is_corrected(case) -> None:
    consent = case.give(PLAN)
    withdraw_consent(consent=consent, form=ConsentForm.ORAL, by=case.worker)
    for chosen, parties in (([PLAN], None), ([MEETINGS], None), ([MEETINGS], [case.fk])):
        with pytest.raises(ValidationError, match="hela samtycket"):
            correct(case, consent, *chosen, parties=parties)
    # By way of a no, and back again.
    refused = correct(case, consent, PLAN, answer=ConsentAnswer.REFUSED)
    with pytest.raises(ValidationError, match="hela samtycket"):
        correct(case, refused, PLAN, valid_from=today(), valid_through=today() + DAY)
    assert not live()


def test_what_was_withdrawn_in_another_consent_since_is_not_opened_by_this_one(case) -> None:
    consent, other = case.give(PLAN), case.give(HEALTH)
    withdraw_consent(consent=other, form=ConsentForm.ORAL, by=case.worker)
    with pytest.raises(ValidationError, match="återkallat"):
        correct(case, consent, PLAN, HEALTH)
    later = case.give(PLAN)
    correct(case, later, PLAN, HEALTH)
    assert HEALTH in reads(case)


def test_what_was_withdrawn_before_a_renewal_is_not_opened_in_it(case) -> None:
    consent = case.give(PLAN, HEALTH, last=today() + 20 * DAY)
    withdraw_consent(consent=consent, cells=[(case.af.pk, HEALTH)], form=ConsentForm.ORAL, by=case.worker)
    renewal = renew_consent(consent=consent, by=case.worker)
    with pytest.raises(ValidationError, match="återkallat"):
        correct(case, renewal, PLAN, HEALTH)


def test_one_that_is_renewed_is_refused_with_a_link_to_the_newer(case, log_in) -> None:
    consent, client = case.give(PLAN, last=today() + 20 * DAY), log_in(case.worker)
    page = address("consent_edit", consent)
    stale = fill(client, page, why=WHY)
    renewal = renew_consent(consent=consent, by=case.worker)
    assert address("consent_edit", renewal) in client.get(page).content.decode()
    with pytest.raises(ValidationError, match="förnyelsen"):
        correct(case, consent, HEALTH)
    assert RENEWED.startswith("Samtycket är förnyat")
    answer = client.post(page, stale)
    assert "Du har själv ändrat" in answer.content.decode()
    assert not Consent.objects.filter(corrects=consent).exists()


def test_its_last_day_in_the_past_closes_it(case) -> None:
    Consent.objects.filter(pk=case.give(PLAN).pk).update(concerns_on=today() - 10 * DAY)
    consent = Consent.objects.get()
    case.enrolment.__class__.objects.update(enrolled_on=today() - 40 * DAY)
    correct(case, consent, PLAN, valid_through=today() - DAY)
    assert not live()
    assert not Grounds.of([case.guest.pk], []).consents.get((case.fk.pk, case.enrolment.participant.public_id))


def test_a_yes_that_was_a_no_and_back(case, log_in) -> None:
    consent, client = case.give(PLAN), log_in(case.worker)
    refused = correct(case, consent, PLAN, answer=ConsentAnswer.REFUSED)
    assert not live()
    assert refused.purpose.text == "Arbetsförmedlingen får läsa plan för att planera praktik"
    page = address("consent_edit", refused)
    answers = {"answer": "given", "valid_through": str(today() + DAY), "why": "Det var ett ja"}
    filled = fill(client, page, **answers)
    assert filled[kinds(case, case.af)] == [PLAN]
    client.post(page, filled)
    assert reads(case) == {PLAN}


def test_a_no_is_corrected_in_its_words(case) -> None:
    refused = refuse_consent(enrolment=case.enrolment, asked=case.asked(PLAN), by=case.worker)
    new = correct(case, refused, HEALTH, answer=ConsentAnswer.REFUSED)
    assert new.purpose.text == "Arbetsförmedlingen får läsa uppgifter om hälsa för att planera praktik"
    assert not live()


def test_wrong_answers_name_the_field_and_change_nothing(case, log_in) -> None:
    consent, client = case.give(PLAN), log_in(case.worker)
    page = address("consent_edit", consent)
    wrong = {
        "why": {"why": " "},
        "valid_through": {"why": WHY, "valid_through": ""},
        "valid_from": {"why": WHY, "valid_from": str(today() - 900 * DAY)},
        "purpose": {"why": WHY, "purpose": "x"},
    }
    opened = fill(client, page)
    for field, answers in wrong.items():
        form = client.post(page, opened | answers).context["form"]
        assert field in form.errors, form.errors
    form = client.post(page, opened | {"why": WHY, kinds(case, case.af): []}).context["form"]
    assert "Välj minst en sorts uppgift." in form.non_field_errors()
    assert Consent.objects.count() == 1


def test_a_draft_of_what_was_typed_is_filled_in_again(case, log_in) -> None:
    consent, client = case.give(PLAN), log_in(case.worker)
    page = address("consent_edit", consent)
    client.post(page, fill(client, page, why="Kanarieord", valid_through=""))
    assert "Kanarieord" in client.get(page).content.decode()


def test_a_contact_is_asked_in_with_the_correction(case, log_in) -> None:
    CaseAssignment.objects.filter(user=case.guest).delete()
    consent, client = case.give(HEALTH, parties=[case.fk]), log_in(case.worker)
    page = address("consent_edit", consent)
    contact = client.get(page).context["form"][f"contact_{case.af.public_id}"].field
    chosen = next(key for key, helper in contact.helpers.items() if helper.user == case.guest)
    said = {kinds(case, case.af): [PLAN], f"contact_{case.af.public_id}": chosen}
    client.post(page, fill(client, page, why=WHY, **said))
    assert reads(case) == {PLAN}


def test_it_is_for_those_who_write_in_the_case(world, case, log_in) -> None:
    page = address("consent_edit", case.give(PLAN))
    colleague = worlds.member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    assert log_in(colleague).get(page).status_code == 404
    assert log_in(case.guest).get(page).status_code == 404
    assign(case.enrolment, colleague, CaseRole.SUBSTITUTE)
    assert log_in(colleague).get(page).status_code == 200


def test_who_lost_the_case_meanwhile_saves_nothing(case, log_in) -> None:
    consent, client = case.give(PLAN), log_in(case.worker)
    page = address("consent_edit", consent)
    filled = fill(client, page, why=WHY, **{kinds(case, case.af): [HEALTH]})
    CaseAssignment.objects.filter(user=case.worker).delete()
    assert client.post(page, filled).status_code == 404
    assert live() == {("Arbetsförmedlingen", PLAN)}


def test_a_second_press_saves_once(case, log_in) -> None:
    consent, client = case.give(PLAN), log_in(case.worker)
    page = address("consent_edit", consent)
    filled = fill(client, page, why=WHY, **{kinds(case, case.af): [HEALTH]})
    for _ in range(2):
        assert client.post(page, filled).status_code == 302
    assert Consent.objects.count() == 2


def test_of_two_who_save_side_by_side_the_second_sees_the_firsts(case, log_in) -> None:
    consent, client = case.give(PLAN), log_in(case.worker)
    page = address("consent_edit", consent)
    filled = fill(client, page, why=WHY, **{kinds(case, case.af): [PLAN, HEALTH]})
    withdraw_consent(consent=consent, form=ConsentForm.ORAL, by=case.worker)
    assert "går inte längre att välja" in client.post(page, filled).content.decode()
    answer = client.post(page, filled | {kinds(case, case.af): [MEETINGS]})
    assert "Du har själv ändrat" in answer.content.decode()
    assert not live()


def test_buttons_of_a_corrected_version_do_nothing_to_the_new_one(case, log_in) -> None:
    consent, client = case.give(PLAN, last=today() + 20 * DAY), log_in(case.worker)
    page = reverse("consent_list", args=[case.enrolment.public_id])
    renew = shown(client.get(page).context["open"][0][2])
    withdraw = fill(client, address("consent_withdraw", consent))
    new = correct(case, consent, PLAN, HEALTH)
    answer = client.post(address("consent_renew", consent), renew, follow=True)
    assert "Samtycket har rättats sedan du öppnade sidan." in answer.content.decode()
    answer = client.post(address("consent_withdraw", consent), withdraw)
    assert "Samtycket har rättats sedan du öppnade sidan." in answer.content.decode()
    assert f'action="{address("consent_withdraw", new)}"' in answer.content.decode()
    assert not ConsentWithdrawal.objects.exists()
    with pytest.raises(ChangedMeanwhile):
        correct(case, consent, PLAN)


def test_that_day_is_told_once_for_each_version(case) -> None:
    consent = case.give(PLAN, HEALTH)
    withdraw_consent(consent=consent, cells=[(case.af.pk, HEALTH)], form=ConsentForm.ORAL, by=case.worker)
    correct(case, consent, PLAN, purpose="följa upp planen")
    told = records(case.enrolment, Scope.of(case.worker, today())).told(today())
    assert len([sentence for sentence in told if "hälsa" in sentence]) == 1
    assert "Arbetsförmedlingen fick läsa plan för att följa upp planen." in told


def test_a_renewal_of_somebody_else_stops_the_taking_back(world, case, log_in) -> None:
    colleague = worlds.member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    assign(case.enrolment, colleague, CaseRole.SUBSTITUTE)
    consent = case.give(PLAN, last=today() + 20 * DAY)
    renew_consent(consent=consent, by=colleague)
    client, before = log_in(case.worker), live()
    for name in ("consent_take_back", "consent_misplaced"):
        page = address(name, consent)
        answer = client.post(page, fill(client, page, reason=WHY))
        assert "Be Kim Kollega eller samordnaren" in answer.content.decode()
    assert live() == before
    take_back_consent(consent=consent, reason=WHY, by=world.coordinator)
    assert not live()
