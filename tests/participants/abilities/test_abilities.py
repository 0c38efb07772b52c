"""How each party sees somebody's ability to work, through its pages: side by side, corrected, taken back, moved."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.days.dates import today
from core.enums import Category
from participants.abilities.actions import ABILITIES, AbilityRecord
from participants.abilities.parties import ANSWERS, AbilityAnswer, AbilityParty
from participants.enums import MisplacedWay
from participants.models import AbilityStatement, Enrolment, Misplacement, Participant
from tests.casework.case.reads import entries, page
from tests.world import consent_rows as consents
from tests.world.case_rows import assign_contact
from tests.world.cases import days_ago
from tests.world.pages import faults, fill, queries, shown, submit

AF, IFO, CARE, FK = (
    AbilityParty.EMPLOYMENT_SERVICE,
    AbilityParty.SOCIAL_SERVICES,
    AbilityParty.HEALTH_CARE,
    AbilityParty.SOCIAL_INSURANCE,
)
CANARY = "Kanarietext om förmågan"


def note(
    world,
    party: AbilityParty,
    answer: AbilityAnswer | None = None,
    *,
    on: date | None = None,
    words: str = "",
    case: Enrolment | None = None,
) -> AbilityStatement:
    record = AbilityRecord(party=party, answer=answer or ANSWERS[party][0], on=on or days_ago(3), words=words)
    return ABILITIES.record(enrolment=case or world.enrolment, record=record, by=world.case_worker)


def noted(case: Enrolment) -> list[tuple[str, str]]:
    rows = AbilityStatement.objects.placed().current().filter(enrolment=case).order_by("pk")
    return list(rows.values_list("party", "answer"))


def url(case: Enrolment, name: str = "ability_list") -> str:
    return reverse(name, args=[case.public_id])


def text(client, case: Enrolment) -> str:
    answer = client.get(url(case))
    assert answer.status_code == 200
    return answer.content.decode()


def seen(client, case: Enrolment) -> list[tuple[str, str, list[str]]]:
    """Party, its view now, and its earlier ones, as the page has them."""
    views = client.get(url(case)).context["views"]
    return [(view.party, view.now.answer, [row.answer for row in view.earlier]) for view in views]


def test_views_are_noted_in_one_press_and_stand_side_by_side(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    assert url(case) in page(client, case)
    said = {"view": "employment_service:employable", "on": "2026-03-01", "words": "Kan söka lagerjobb."}
    answer = submit(client, url(case, "ability_create"), **said)
    assert answer["Location"] == url(case)
    submit(client, url(case, "ability_create"), view="social_services:not_fit", on="2026-03-02")
    fact = AbilityStatement.objects.earliest("pk")
    assert (fact.concerns_on, str(fact.words), fact.owner) == (date(2026, 3, 1), "Kan söka lagerjobb.", case.owner)
    assert seen(client, case) == [(AF, "employable", []), (IFO, "not_fit", [])]
    html = text(client, case)
    assert "Inget är inskrivet från deltagaren, arbetsmarknadsenheten, Försäkringskassan och vården." in html
    told = {entry.title: entry.text for entry in entries(client, case)}
    assert told["Arbetsförmedlingens bedömning av arbetsförmågan"] == "Anställningsbar.\n\nKan söka lagerjobb."
    assert told["Socialtjänstens bedömning av arbetsförmågan"] == "Inte arbetsför."


def test_the_latest_day_holds_and_the_earlier_stand_below_it(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    note(world, FK, AbilityAnswer.NONE, on=days_ago(30))
    note(world, FK, AbilityAnswer.HALF, on=days_ago(3))
    # Written later, of an earlier day.
    note(world, FK, AbilityAnswer.QUARTER, on=days_ago(20))
    assert seen(client, case) == [(FK, "half", ["quarter", "none"])]


def test_one_that_is_corrected_keeps_its_place_among_those_of_its_day(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    first = note(world, AF, AbilityAnswer.EMPLOYABLE)
    note(world, AF, AbilityAnswer.NOT_EMPLOYABLE_YET)
    submit(client, first.get_absolute_url(), words="I lagret.", why="Glömde orden.")
    assert seen(client, case) == [(AF, "not_employable_yet", ["employable"])]


def test_it_may_be_older_than_the_enrolment(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    before = (case.enrolled_on - timedelta(days=40)).isoformat()
    submit(client, url(case, "ability_create"), view="health_care:none", on=before)
    assert noted(case) == [("health_care", "none")]


@pytest.mark.parametrize(
    ("view", "day", "field"),
    [
        ("", "2026-03-01", "view"),
        ("employment_service:half", "2026-03-01", "view"),
        ("employment_service:employable", "", "on"),
        ("employment_service:employable", "1901-03-01", "on"),
        ("employment_service:employable", (today() + timedelta(days=1)).isoformat(), "on"),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_typed(world, log_in, view, day, field) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    data = fill(client, url(case, "ability_create"), view=view, on=day, words="Vi talade länge.")
    answer = client.post(url(case, "ability_create"), data)
    assert list(faults(answer)) == [field]
    assert shown(answer.context["form"]) == {name: value for name, value in data.items() if value}
    assert noted(case) == []


def test_nobody_has_a_view_of_somebody_unborn(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    Participant.objects.filter(pk=case.participant_id).update(birth_date=date(2000, 5, 1))
    answer = submit(client, url(case, "ability_create"), view="health_care:none", on="2000-04-30")
    assert list(faults(answer)) == ["on"]


@pytest.mark.parametrize("party", AbilityParty)
def test_each_party_has_its_own_words_for_it_and_no_other(world, party) -> None:
    for answer in AbilityAnswer:
        with transaction.atomic():
            if answer in ANSWERS[party]:
                fact = note(world, party, answer)
                assert fact.category == (Category.HEALTH if party in (FK, CARE) else Category.SUPPORT)
            else:
                own = {"enrolment": world.enrolment, "owner": world.enrolment.owner, "recorded_by": world.case_worker}
                said = {"party": party, "answer": answer, "category": party.category, "concerns_on": days_ago(3)}
                with pytest.raises(IntegrityError), transaction.atomic():
                    AbilityStatement.objects.create(**own, **said)
    assert len(noted(world.enrolment)) == len(ANSWERS[party])


def test_a_correction_is_a_new_version_with_why(world, log_in) -> None:
    client = log_in(world.case_worker)
    old = note(world, AF, words="Ord som står kvar.")
    submit(client, old.get_absolute_url(), view="health_care:half", why="Det var vården som sade det.")
    now = AbilityStatement.objects.current().get()
    assert (now.corrects, now.party, now.answer, now.category) == (old, CARE, "half", Category.HEALTH)
    assert (str(now.words), str(now.why)) == ("Ord som står kvar.", "Det var vården som sade det.")
    assert "Arbetsförmedlingen: anställningsbar" in client.get(now.get_absolute_url()).content.decode()


def test_a_coordinator_takes_one_back_and_the_one_before_holds_again(world, log_in) -> None:
    note(world, AF, AbilityAnswer.NOT_EMPLOYABLE_YET, on=days_ago(9))
    fact, coordinator = note(world, AF), log_in(world.coordinator)
    assert fact.get_absolute_url() in text(coordinator, world.enrolment)
    assert coordinator.get(url(world.enrolment, "ability_create")).status_code == 403
    submit(coordinator, reverse("ability_take_back", args=[fact.public_id]), reason="Sade aldrig så.")
    assert seen(coordinator, world.enrolment) == [(AF, "not_employable_yet", [])]
    titles = [entry.title for entry in entries(coordinator, world.enrolment)]
    assert "Arbetsförmedlingens bedömning av arbetsförmågan (återtagen)" in titles


def test_one_on_the_wrong_person_becomes_the_right_ones(world, wrong, right, log_in) -> None:
    client = log_in(world.case_worker)
    fact = note(world, CARE, case=wrong, words=CANARY)
    address = reverse("ability_misplaced", args=[fact.public_id])
    submit(client, address, way=MisplacedWay.MOVED_AWAY, right=str(right.public_id))
    assert (noted(wrong), noted(right)) == ([], [("health_care", "whole")])
    assert (CANARY in text(client, wrong), CANARY in text(client, right)) == (False, True)
    assert Misplacement.objects.filter(enrolment=wrong).exists()


def test_it_cannot_be_somebodys_who_was_not_born_then(world, wrong, right, log_in) -> None:
    client = log_in(world.case_worker)
    Participant.objects.filter(pk=right.participant_id).update(birth_date=days_ago(1))
    fact = note(world, CARE, case=wrong)
    address = reverse("ability_misplaced", args=[fact.public_id])
    answer = submit(client, address, way=MisplacedWay.MOVED_AWAY, right=str(right.public_id))
    assert list(faults(answer)) == ["right"]
    assert len(noted(wrong)) == 1


@pytest.mark.parametrize(
    ("kinds", "parties"),
    [
        ([Category.SUPPORT], {AbilityParty.PARTICIPANT, AF, IFO}),
        ([Category.HEALTH], {CARE, FK}),
        ([Category.SUPPORT, Category.HEALTH], {AbilityParty.PARTICIPANT, AF, IFO, CARE, FK}),
    ],
)
def test_others_read_each_view_by_the_consent_to_its_kind_and_hear_nothing_of_the_rest(
    world, log_in, kinds, parties
) -> None:
    for party in (AbilityParty.PARTICIPANT, AF, IFO, CARE, FK):
        note(world, party, words=f"{CANARY} {party}")
    assign_contact(world.enrolment, world.af_case_worker)
    consents.give(world.enrolment, [world.af], [Category.IDENTITY, *kinds], by=world.case_worker)
    client = log_in(world.af_case_worker)
    assert url(world.enrolment) in page(client, world.enrolment)
    for html in (text(client, world.enrolment), page(client, world.enrolment)):
        assert {party for party in AbilityParty if f"{CANARY} {party}" in html} == parties
    assert "Inget är inskrivet från" not in text(client, world.enrolment)
    named = {party for party in AbilityParty if f'"view-{party}"' in text(client, world.enrolment)}
    assert named == parties


def test_a_view_that_was_found_to_be_of_care_is_closed_to_those_who_read_of_work_alone(world, log_in) -> None:
    fact = note(world, AF, words=CANARY)
    assign_contact(world.enrolment, world.af_case_worker)
    consents.give(world.enrolment, [world.af], [Category.IDENTITY, Category.SUPPORT], by=world.case_worker)
    client = log_in(world.af_case_worker)
    assert CANARY in text(client, world.enrolment)
    submit(log_in(world.case_worker), fact.get_absolute_url(), view="health_care:half", why="Vårdens.")
    client = log_in(world.af_case_worker)
    assert CANARY not in text(client, world.enrolment) + page(client, world.enrolment)


def test_without_consent_to_either_kind_there_is_no_such_page(world, log_in) -> None:
    assign_contact(world.enrolment, world.af_case_worker)
    consents.give(world.enrolment, [world.af], [Category.IDENTITY, Category.PLAN], by=world.case_worker)
    client = log_in(world.af_case_worker)
    assert url(world.enrolment) not in page(client, world.enrolment)
    assert client.get(url(world.enrolment)).status_code == 404


def test_the_hand_over_sheet_has_the_answers_about_work_and_nothing_about_health(world, log_in) -> None:
    for party in AbilityParty:
        note(world, party, words=CANARY)
    note(world, AF, AbilityAnswer.NOT_EMPLOYABLE_YET, on=days_ago(40))
    html = log_in(world.case_worker).get(url(world.enrolment, "case_sheet")).content.decode()
    assert "Bedömning av arbetsförmågan" in html
    said = ("Deltagaren: kan arbeta heltid", "Arbetsförmedlingen: anställningsbar", "Socialtjänsten: arbetsför")
    assert [words for words in said if words not in html] == []
    for words in ("arbetsförmåga,", "Hel arbetsförmåga", "hel arbetsförmåga", "Vården", CANARY, "inte anställningsbar"):
        assert words not in html


@pytest.mark.parametrize("rows", [0, 9])
def test_asks_the_database_equally_often_however_much_there_is(world, log_in, rows) -> None:
    for number in range(rows):
        note(world, list(AbilityParty)[number % 6], on=days_ago(number), words="Ord.")
    client = log_in(world.case_worker)
    client.get(url(world.enrolment))
    assert queries(client, url(world.enrolment)) <= 12
