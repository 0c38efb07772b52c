"""Giving, refusing, renewing and taking back a consent, and noting the legal ground."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import AccessEvent
from core.days.dates import today
from core.enums import Category
from participants.consent.actions import refuse_consent, renew_consent, withdraw_consent
from participants.consent.parties import parties_of
from participants.consent.terms import ends_at_latest
from participants.enums import ConsentAnswer, ConsentForm, LegalGroundKind
from participants.legal_ground.actions import record_legal_ground
from participants.legal_ground.standing import holding
from participants.models import Consent, ConsentGrant, ConsentWithdrawal, LegalGround
from projects.models import ProjectOrganisation
from tests.actionplans.meetings.test_parallel import at_once
from tests.world import consents, worlds
from tests.world.factories import OrganisationFactory

PLAN, HEALTH, MEETINGS = Category.PLAN, Category.HEALTH, Category.MEETINGS
DAY = timedelta(days=1)


@pytest.fixture
def case(world):
    return consents.gather(world)


def cells(consent: Consent, **only) -> set[tuple[str, str]]:
    rows = consent.grants.filter(**only).values_list("organisation__name", "category")
    return set(rows)


def refused(run, **kwargs) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        run(**kwargs)
    return caught.value.message_dict if hasattr(caught.value, "error_dict") else {"": caught.value.messages}


# --- Giving ---------------------------------------------------------------------------------------------------------


def test_each_party_gets_each_kind_for_the_whole_period(case) -> None:
    last = today() + 30 * DAY
    consent = case.give(PLAN, HEALTH, parties=[case.af, case.fk], last=last)
    assert cells(consent, valid_from=today(), valid_through=last, withdrawal=None) == {
        (party.name, kind) for party in (case.af, case.fk) for kind in (PLAN, HEALTH)
    }
    assert (consent.answer, consent.owner, consent.received_by) == (ConsentAnswer.GIVEN, case.world.ame, case.worker)
    assert consent.concerns_on == today()


def test_it_is_in_the_log_with_the_person(case) -> None:
    case.give(PLAN)
    event = AccessEvent.objects.get(part="consent_create", kind="change")
    assert list(event.subjects.values_list("person", flat=True)) == [case.enrolment.participant.public_id]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Att planera praktik.", "planera praktik"),
        ("för att  planera praktik", "planera praktik"),
        ("CV-skrivning och praktik", "CV-skrivning och praktik"),
    ],
)
def test_the_purpose_goes_on_after_for_att(case, typed, kept) -> None:
    assert case.give(PLAN, purpose=typed).purpose.text == kept


@pytest.mark.parametrize("purpose", ["", "praktik", "...", "a b", "x" * 20, "för att"])
def test_a_purpose_is_a_phrase(case, purpose) -> None:
    assert set(refused(lambda: case.give(PLAN, purpose=purpose))) == {"purpose"}


def test_a_purpose_isnt_a_letter(case) -> None:
    assert set(refused(lambda: case.give(PLAN, purpose="planera praktik " * 30))) == {"purpose"}


def test_at_least_one_party_and_one_kind(case) -> None:
    assert set(refused(lambda: case.give(parties=[]))) == {"parties", "categories"}
    assert Consent.objects.count() == 0


def test_the_owner_reads_already_and_a_stranger_isnt_in_the_project(case) -> None:
    assert "läser redan" in refused(lambda: case.give(PLAN, parties=[case.world.ame]))["parties"][0]
    stranger = OrganisationFactory(name="Regionen")
    fault = refused(lambda: case.give(PLAN, parties=[case.af, stranger]))["parties"][0]
    assert fault == "Regionen är inte med i projektet."


def test_the_host_is_a_party_to_a_case_that_isnt_its_own(case) -> None:
    assert [party.name for party in parties_of(case.enrolment)] == ["Arbetsförmedlingen", "Försäkringskassan"]
    ProjectOrganisation.objects.filter(organisation=case.world.ame).delete()
    assert case.world.ame in parties_of(case.world.af_enrolment)
    assert case.af not in parties_of(case.world.af_enrolment)


def test_the_answer_was_taken_by_somebody_of_the_own_organisation(case) -> None:
    assert set(refused(lambda: case.give(PLAN, received_by=case.guest))) == {"received_by"}


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (-1, 10, "valid_from"),
        (500, 600, "valid_from"),
        (5, 4, "valid_through"),
        (0, -1, "valid_through"),
        (0, 1200, "valid_through"),
    ],
)
def test_the_period_is_ahead_and_not_too_long(case, first, last, field) -> None:
    days = {"first": today() + first * DAY, "last": today() + last * DAY}
    assert set(refused(lambda: case.give(PLAN, **days))) == {field}
    assert ConsentGrant.objects.count() == 0


@time_machine.travel("2026-11-22 12:00Z")
def test_one_day_is_enough_and_three_years_are_the_most(case) -> None:
    case.give(PLAN, last=date(2026, 11, 22))
    case.give(PLAN, last=date(2029, 11, 21))
    assert "valid_through" in refused(lambda: case.give(PLAN, last=date(2029, 11, 22)))


# --- Refusing -------------------------------------------------------------------------------------------------------


def test_a_refusal_is_a_record_that_opens_nothing(case) -> None:
    consent = refuse_consent(enrolment=case.enrolment, asked=case.asked(PLAN, HEALTH), by=case.worker)
    assert (consent.answer, consent.valid_through, consent.grants.count()) == (ConsentAnswer.REFUSED, None, 0)
    assert consent.purpose.text == "Arbetsförmedlingen får läsa uppgifter om hälsa och plan för att planera praktik"
    assert AccessEvent.objects.filter(part="consent_refuse", kind="change").count() == 1
    case.enrolment.refresh_from_db()
    assert case.enrolment.exited_on is None


def test_a_refusal_says_what_was_asked(case) -> None:
    found = refused(lambda: refuse_consent(enrolment=case.enrolment, asked=case.asked(parties=[]), by=case.worker))
    assert set(found) == {"parties", "categories"}


# --- Renewing -------------------------------------------------------------------------------------------------------


@time_machine.travel("2026-11-22 12:00Z", tick=False)
def test_a_live_one_goes_on_from_the_day_after_its_last_one_for_as_long(case) -> None:
    old = case.give(PLAN, HEALTH, last=date(2027, 2, 21))
    new = renew_consent(consent=old, by=case.worker)
    assert (new.concerns_on, new.valid_through) == (date(2027, 2, 22), date(2027, 5, 21))
    assert (cells(new), new.purpose.text, new.renews) == (cells(old), old.purpose.text, old)


def test_one_that_is_over_goes_on_from_today(case) -> None:
    with time_machine.travel("2026-06-01 12:00Z", tick=False):
        old = case.give(PLAN, last=date(2026, 6, 10))
    with time_machine.travel("2026-11-22 12:00Z", tick=False):
        new = renew_consent(consent=old, by=case.worker)
    assert (new.concerns_on, new.valid_through) == (date(2026, 11, 22), date(2026, 12, 1))


def test_what_was_taken_back_isnt_renewed(case) -> None:
    old = case.give(PLAN, HEALTH, parties=[case.af, case.fk])
    withdraw_consent(consent=old, cells=[(case.af.pk, HEALTH)], form=ConsentForm.ORAL, by=case.worker)
    new = renew_consent(consent=old, by=case.worker)
    assert cells(new) == {("Arbetsförmedlingen", PLAN), ("Försäkringskassan", PLAN), ("Försäkringskassan", HEALTH)}


def test_a_party_that_has_left_isnt_renewed(case) -> None:
    old = case.give(PLAN, parties=[case.af, case.fk])
    ProjectOrganisation.objects.filter(organisation=case.fk).delete()
    assert cells(renew_consent(consent=old, by=case.worker)) == {("Arbetsförmedlingen", PLAN)}
    alone = case.give(PLAN)
    ProjectOrganisation.objects.filter(organisation=case.af).delete()
    assert "Ingen av parterna" in refused(lambda: renew_consent(consent=alone, by=case.worker))[""][0]


def test_it_is_renewed_once_unless_the_renewal_is_taken_back(case) -> None:
    old = case.give(PLAN)
    new = renew_consent(consent=old, by=case.worker)
    assert "redan förnyat" in refused(lambda: renew_consent(consent=old, by=case.worker))[""][0]
    withdraw_consent(consent=new, form=ConsentForm.ORAL, by=case.worker)
    assert renew_consent(consent=old, by=case.worker).renews == old


def test_a_no_and_what_is_taken_back_cant_be_renewed(case) -> None:
    no = refuse_consent(enrolment=case.enrolment, asked=case.asked(PLAN), by=case.worker)
    taken = case.give(PLAN)
    withdraw_consent(consent=taken, form=ConsentForm.ORAL, by=case.worker)
    for ended in (no, taken):
        assert "kan inte förnyas" in refused(lambda ended=ended: renew_consent(consent=ended, by=case.worker))[""][0]


@time_machine.travel("2026-11-22 12:00Z", tick=False)
def test_no_chain_of_renewals_reaches_further_ahead_than_a_consent_may(case) -> None:
    latest = ends_at_latest(today())
    consent = case.give(PLAN, last=today() + 299 * DAY)
    for _ in range(3):
        consent = renew_consent(consent=consent, by=case.worker)
    assert consent.valid_through == latest
    assert "3 år framåt" in refused(lambda: renew_consent(consent=consent, by=case.worker))[""][0]


def test_a_consent_for_one_meeting_is_asked_for_anew(case) -> None:
    consent = case.give(PLAN, first=today(), last=today())
    assert "gällde ett möte" in refused(lambda: renew_consent(consent=consent, by=case.worker))[""][0]


# --- Taking back ----------------------------------------------------------------------------------------------------


def test_the_whole_is_over_at_once_and_the_rows_stay(case) -> None:
    consent = case.give(PLAN, HEALTH)
    row = withdraw_consent(consent=consent, form=ConsentForm.WRITTEN, by=case.worker)
    assert ConsentGrant.objects.on(today()).count() == 0
    assert consent.grants.filter(withdrawal=row).count() == 2
    assert (row.form, row.concerns_on, row.owner) == (ConsentForm.WRITTEN, today(), case.world.ame)
    assert AccessEvent.objects.filter(part="consent_withdraw", kind="change").count() == 1


def test_a_part_leaves_the_rest(case) -> None:
    consent = case.give(PLAN, HEALTH, parties=[case.af, case.fk])
    withdraw_consent(consent=consent, cells=[(case.af.pk, HEALTH)], form=ConsentForm.ORAL, by=case.worker)
    assert cells(consent, withdrawal__isnull=False) == {("Arbetsförmedlingen", HEALTH)}


def test_a_second_withdrawal_leaves_the_first_ones_row(case) -> None:
    consent = case.give(PLAN, HEALTH)
    first = withdraw_consent(consent=consent, cells=[(case.af.pk, PLAN)], form=ConsentForm.ORAL, by=case.worker)
    withdraw_consent(consent=consent, form=ConsentForm.ORAL, by=case.worker)
    assert consent.grants.get(category=PLAN).withdrawal == first
    assert (
        "redan återkallat"
        in refused(lambda: withdraw_consent(consent=consent, form=ConsentForm.ORAL, by=case.worker))[""][0]
    )
    assert ConsentWithdrawal.objects.count() == 2


def test_something_is_chosen_and_it_belongs_to_this_consent(case) -> None:
    consent, other = case.give(PLAN), case.give(HEALTH)

    def take(chosen):
        return refused(lambda: withdraw_consent(consent=consent, cells=chosen, form=ConsentForm.ORAL, by=case.worker))

    assert set(take([])) == {"cells"}
    assert "redan återkallat" in take([(case.af.pk, HEALTH)])[""][0]
    assert other.grants.filter(withdrawal=None).count() == 1


def test_what_is_over_cant_be_taken_back_and_what_is_to_come_can(case) -> None:
    with time_machine.travel("2026-06-01 12:00Z"):
        over = case.give(PLAN, last=date(2026, 6, 10))
        coming = case.give(PLAN, first=date(2026, 7, 1), last=date(2026, 7, 10))
        withdraw_consent(consent=coming, form=ConsentForm.ORAL, by=case.worker)
    with time_machine.travel("2026-06-11 12:00Z"):
        assert refused(lambda: withdraw_consent(consent=over, form=ConsentForm.ORAL, by=case.worker))
    with time_machine.travel("2026-07-02 12:00Z"):
        assert ConsentGrant.objects.on(today()).count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_those_who_take_it_back_at_once_one_does_and_the_others_are_told(transactional_db) -> None:
    case = consents.gather(worlds.build())
    consent = case.give(PLAN, HEALTH)

    def take() -> str:
        try:
            withdraw_consent(consent=consent, form=ConsentForm.ORAL, by=case.worker)
        except ValidationError:
            return "told"
        return "done"

    assert sorted(at_once([take] * 4)) == ["done"] + ["told"] * 3
    assert ConsentWithdrawal.objects.count() == 1
    assert consent.grants.filter(withdrawal=None).count() == 0


# --- Legal ground ---------------------------------------------------------------------------------------------------


def test_a_new_ground_follows_the_one_before_and_leaves_it_as_it_was(case) -> None:
    def note(ground, **more) -> LegalGround:
        return record_legal_ground(enrolment=case.enrolment, ground=ground, from_day=today(), by=case.worker, **more)

    first = note(LegalGroundKind.PUBLIC_INTEREST, note="Socialtjänstlagen")
    second = note(LegalGroundKind.PUBLIC_AUTHORITY)
    first.refresh_from_db()
    assert (first.superseded_at, second.corrects) == (None, None)
    assert holding(list(LegalGround.objects.current()), today()) == second
    assert first.note.text == "Socialtjänstlagen"
    assert AccessEvent.objects.filter(part="consent_ground", kind="change").count() == 2


def test_a_ground_doesnt_hold_from_a_day_to_come_and_opens_nothing(case) -> None:
    ground = {"enrolment": case.enrolment, "ground": LegalGroundKind.LEGAL_OBLIGATION, "by": case.worker}
    assert set(refused(record_legal_ground, from_day=today() + DAY, **ground)) == {"from_day"}
    record_legal_ground(from_day=today(), **ground)
    assert ConsentGrant.objects.count() == 0
