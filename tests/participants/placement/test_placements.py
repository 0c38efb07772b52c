"""Placements: who is where, and that a supervisor reads who comes and when, and nothing else (docs/access.md)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import AccessEvent, AccessSubject
from actionplans.plans.actions import PlanRecord, save_plan
from actionplans.plans.supervised import supervised
from actionplans.weeks.entries import Week
from core.days.dates import today
from core.days.periods import Period
from core.enums import Category
from core.facts import supersede
from core.forms.concurrency import CHANGED
from core.swedish.words import WEEKDAYS, day
from participants.consent.effects import losses
from participants.enums import ExitReason, ProtectionLevel
from participants.models import Enrolment, Participant, PersonalNumber, PersonIdentity, PlacementPeriod
from participants.placement.actions import PlacementRecord, change_placement, record_placement, take_back_placement
from participants.placement.choices import parties_shut_out, supervisors_for
from participants.placement.page import lines
from participants.scope.scope import Scope
from projects.enums import Role
from projects.models import Membership
from tests.guards.access_table import table
from tests.world import consent_rows as consents
from tests.world.factories import EnrolmentFactory, PersonalNumberFactory
from tests.world.factories.access import ProjectOrganisationFactory
from tests.world.forms import text_of
from tests.world.pages import faults, fill, queries, shown, submit
from tests.world.worlds import member, model_project

DAY = timedelta(days=1)
PLACE, WEEK = "Köket på Solgården", "Måndag 9.00–12.00"
ROWS = {row["placement"]: row for row in table("What a supervisor reads")}
STATES = [column for column in next(iter(ROWS.values())) if column != "placement"]


@pytest.fixture
def case(world) -> Enrolment:
    """A case with an agreed week; the other organisation takes part in the project."""
    ProjectOrganisationFactory(project=world.project, organisation=world.af)
    PersonalNumberFactory(participant=world.enrolment.participant)
    record = PlanRecord(valid_on=today(), main_activity="Hemlig aktivitet", week=Week.of(WEEK))
    save_plan(enrolment=world.enrolment, record=record, based_on=0, by=world.case_worker)
    return world.enrolment


@pytest.fixture
def guest(world):
    """A supervisor of the other organisation."""
    return member(world.project, world.af, Role.SUPERVISOR, "Gun Gäst")


def place(case, supervisor, by, *, first=-10, last=None) -> PlacementPeriod:
    """From so many days from now through so many."""
    days = Period(today() + first * DAY, None if last is None else today() + last * DAY)
    Enrolment.objects.filter(pk=case.pk).update(enrolled_on=today() - 40 * DAY)
    return record_placement(enrolment=case, record=PlacementRecord(PLACE, supervisor, days), by=by)


def known(user, case) -> str:
    """What the supervisor's page tells of the case, in the words of the table."""
    found = supervised(Scope.of(user, today()), case.project)
    if not found:
        return "nothing"
    (one,) = found
    person = Participant.objects.get(pk=case.participant_id)
    name = {person.identity.full_name: "name", person.alias: "alias"}[one.name]
    assert (one.place, bool(one.when), one.schedule) == ((PLACE, True, WEEK) if one.knows_plan else ("", False, ""))
    return f"{name} and schedule" if one.knows_plan else name


def settle(kind, placed, world):
    """Make the placement of the kind that the row speaks of."""
    case = Enrolment.objects.filter(pk=placed.enrolment_id)
    days = {
        "last day today": {"until": today() + DAY},
        "ended yesterday": {"until": today()},
        "begins tomorrow": {"concerns_on": today() + DAY},
        "now": {"until": today() + 30 * DAY},
    }
    match kind:
        case "taken away":
            supersede(placed)
        case "under another supervisor":
            other = member(world.project, placed.supervisor.organisation, Role.SUPERVISOR, "Någon Annan")
            PlacementPeriod.objects.filter(pk=placed.pk).update(supervisor=other)
        case "enrolment ended":
            case.update(exited_on=today(), exit_reason=ExitReason.WORK)
        case "wrongly registered":
            case.update(is_void=True)
        case "role ended":
            Membership.objects.filter(user=placed.supervisor).update(valid_until=today())
        case "in another project":
            case.update(project=model_project(host=world.ame, name="Annat", register_number="PROV-9"))
        case "protected identity":
            person = Participant.objects.filter(pk=placed.enrolment.participant_id)
            person.update(protection=ProtectionLevel.CONFIDENTIALITY_MARK)
        case _:
            PlacementPeriod.objects.filter(pk=placed.pk).update(**days.get(kind, {}))


def agree(state, case, world):
    """Give the consent that the column speaks of."""
    kinds = {
        "name": [Category.IDENTITY],
        "plan": [Category.PLAN],
        "other kinds": [category for category in Category if category not in (Category.IDENTITY, Category.PLAN)],
    }.get(state, [Category.IDENTITY, Category.PLAN])
    through = today() - DAY if state == "expired" else None
    if state not in ("own organisation's", "no consent"):
        start = {"valid_from": today() - 5 * DAY, "valid_through": through}
        consent = consents.give(case, [world.af], kinds, by=world.case_worker, **start)
        if state == "withdrawn":
            consents.withdraw(consent, *kinds)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", ROWS)
def test_a_supervisor_reads_what_the_table_says(world, case, guest, kind, state):
    is_own = state == "own organisation's"
    opening = consents.give(case, [world.af], [Category.PLAN], by=world.case_worker)
    placed = place(case, world.supervisor if is_own else guest, world.case_worker)
    opening.grants.all().delete()
    settle(kind, placed, world)
    agree(state, case, world)
    assert known(placed.supervisor, case) == ROWS[kind][state]


# --- The supervisor's page ------------------------------------------------------------------------------------------


def test_the_page_holds_who_comes_and_when_and_nothing_else(world, case, log_in):
    place(case, world.supervisor, world.case_worker)
    client = log_in(world.supervisor)
    start = client.get("/", follow=True)
    assert start.redirect_chain[-1][0] == reverse("placement_list")
    said = start.content.decode()
    number = PersonalNumber.objects.get(participant=case.participant)
    assert [phrase for phrase in ("Öberg, Åsa", PLACE, WEEK, "Vuxenenheten") if phrase not in said] == []
    assert [
        phrase for phrase in (number.value, number.formatted, "Hemlig aktivitet", "/inskrivningar/") if phrase in said
    ] == []
    event = AccessEvent.objects.filter(user=world.supervisor, part="placement_list").latest("number")
    assert [access_subject.person for access_subject in AccessSubject.objects.filter(event=event)] == [
        case.participant.public_id
    ]


def test_the_page_asks_as_much_for_one_as_for_twenty(world, case, log_in):
    client = log_in(world.supervisor)
    place(case, world.supervisor, world.case_worker)
    queries(client, reverse("placement_list"))
    few = queries(client, reverse("placement_list"))
    for _ in range(20):
        other = EnrolmentFactory(project=world.project, enrolled_on=today() - 40 * DAY)
        place(other, world.supervisor, world.case_worker)
    assert len(supervised(Scope.of(world.supervisor, today()), world.project)) == 21
    assert queries(client, reverse("placement_list")) == few <= 15


def test_who_comes_today_stands_first_by_the_hour_and_on_a_holiday_nobody_comes(world, case, log_in, monkeypatch):
    on = today()
    here, elsewhere = (WEEKDAYS[(on.weekday() + days) % 7].capitalize() for days in (0, 3))
    weeks = {
        "Adam": f"{elsewhere} 8.00–10.00",
        "Bea": f"{here} 13.00–15.00",
        "Cia": f"{here} 8.30–10.00\n{here} 12.00–14.00",
        "Dan": "",
    }
    for name, week in weeks.items():
        other = EnrolmentFactory(project=world.project, owner=case.owner, enrolled_on=on - 40 * DAY)
        PersonIdentity.objects.filter(participant=other.participant).update(given_name=name, family_name="Ek")
        record = PlanRecord(valid_on=on, main_activity="Prova", week=Week.of(week))
        save_plan(enrolment=other, record=record, based_on=0, by=world.case_worker)
        place(other, world.supervisor, world.case_worker)

    def seen() -> list[tuple[str, str]]:
        rows = supervised(Scope.of(world.supervisor, on), world.project)
        return [(row.name.split()[-1], row.hours_today) for row in rows]

    monkeypatch.setattr("actionplans.plans.supervised.is_holiday", lambda day: False)
    assert seen() == [("Cia", "8.30–10.00, 12.00–14.00"), ("Bea", "13.00–15.00"), ("Adam", ""), ("Dan", "")]
    assert "2 av dem i dag" in text_of(log_in(world.supervisor).get(reverse("placement_list")))
    monkeypatch.setattr("actionplans.plans.supervised.is_holiday", lambda day: day == on)
    assert seen() == [(name, "") for name in weeks]


def test_nobody_there_says_what_will_stand_there(world, log_in):
    said = log_in(world.supervisor).get(reverse("placement_list")).content.decode()
    assert "Ingen är på din placering just nu" in said


def test_access_ends_at_the_next_request(world, case, guest, log_in):
    consent = consents.give(case, [world.af], [Category.IDENTITY, Category.PLAN], by=world.case_worker)
    place(case, guest, world.case_worker)
    client = log_in(guest)
    assert "Öberg, Åsa" in client.get(reverse("placement_list")).content.decode()
    consents.withdraw(consent, Category.IDENTITY)
    said = client.get(reverse("placement_list")).content.decode()
    assert ("Öberg, Åsa" in said, WEEK in said, case.participant.alias in said) == (False, True, True)
    consents.withdraw(consent, Category.PLAN)
    assert case.participant.alias not in client.get(reverse("placement_list")).content.decode()
    Membership.objects.filter(user=guest).update(valid_until=today())
    assert client.get(reverse("placement_list")).status_code == 403


# --- Writing a placement --------------------------------------------------------------------------------------------


def url_of(case) -> str:
    return reverse("placement_create", args=[case.public_id])


def test_nobody_looks_after_a_placement_who_wasnt_chosen(world, case, log_in):
    """Who is chosen reads who comes: where there is one supervisor alone, that one isn't chosen beforehand."""
    client = log_in(world.case_worker)
    page = client.get(url_of(case))
    assert [key for key, _ in page.context["form"].fields["supervisor"].choices] == [
        "",
        str(world.supervisor.public_id),
    ]
    submit(client, url_of(case), place=PLACE, guide="Maj Lund", first_day=today().isoformat())
    assert PlacementPeriod.objects.get(enrolment=case).supervisor is None


def test_a_case_worker_notes_a_placement_once(world, case, log_in):
    client = log_in(world.case_worker)
    answers = {"place": PLACE, "supervisor": world.supervisor.public_id, "first_day": today().isoformat()}
    sent = fill(client, url_of(case), **answers)
    for _ in range(2):
        assert client.post(url_of(case), sent).status_code == 302
    placed = PlacementPeriod.objects.get(enrolment=case)
    assert (placed.place.text, placed.supervisor, placed.until, placed.owner) == (
        PLACE,
        world.supervisor,
        None,
        world.ame,
    )
    event = AccessEvent.objects.get(part="placement_create", kind="change")
    assert [access_subject.person for access_subject in AccessSubject.objects.filter(event=event)] == [
        case.participant.public_id
    ]
    page = client.get(case.get_absolute_url()).content.decode()
    assert f"{PLACE}, handledare Hedda Handledare" in page
    assert "Kan läsas av handledaren på placeringen: Hedda Handledare, Vuxenenheten" in (
        client.get(reverse("plan_detail", args=[case.public_id])).content.decode()
    )


def test_a_supervisor_of_another_party_needs_a_consent(world, case, guest, log_in):
    client = log_in(world.case_worker)
    assert supervisors_for(case, today()) == [world.supervisor]
    assert parties_shut_out(case, today()) == [world.af]
    assert "Det behövs ett samtycke för att välja en handledare hos" in client.get(url_of(case)).content.decode()
    record = PlacementRecord(PLACE, guest, Period(today()))
    with pytest.raises(ValidationError) as fault:
        record_placement(enrolment=case, record=record, by=world.case_worker)
    assert list(fault.value.message_dict) == ["supervisor"]
    consents.give(case, [world.af], [Category.HEALTH], by=world.case_worker)
    assert guest not in supervisors_for(case, today())
    consents.give(case, [world.af], [Category.PLAN], by=world.case_worker)
    assert supervisors_for(case, today()) == [guest, world.supervisor]
    assert record_placement(enrolment=case, record=record, by=world.case_worker).supervisor == guest


def test_a_supervisor_can_be_chosen_before_the_consent_begins_and_reads_nothing_until_then(world, case, guest):
    days = {"valid_from": today() + DAY, "valid_through": today() + 9 * DAY}
    consents.give(case, [world.af], [Category.PLAN], by=world.case_worker, **days)
    assert guest in supervisors_for(case, today())
    assert parties_shut_out(case, today()) == []
    place(case, guest, world.case_worker)
    assert known(guest, case) == "nothing"
    assert "läser inget" in lines(case, today())[0].reads


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"place": " "}, "place"),
        ({"supervisor": ""}, "supervisor"),
        ({"first_day": ""}, "first_day"),
        ({"first_day": "2001-01-01"}, "first_day"),
        ({"first_day": "2126-01-01"}, "first_day"),
        ({"last_day": "2001-01-01"}, "last_day"),
        ({"last_day": "2126-01-01"}, "last_day"),
    ],
)
def test_what_is_wrong_stands_by_its_field_and_nothing_typed_is_lost(world, case, log_in, answers, field):
    good = {"place": PLACE, "supervisor": str(world.supervisor.public_id), "first_day": today().isoformat()}
    response = submit(log_in(world.case_worker), url_of(case), **(good | answers))
    assert list(faults(response)) == [field]
    form = response.context["form"]
    assert {name: form[name].value() for name in good} == good | {k: v for k, v in answers.items() if k in good}
    assert not PlacementPeriod.objects.exists()


def test_an_ended_enrolment_takes_only_days_before_its_end(world, case):
    Enrolment.objects.filter(pk=case.pk).update(exited_on=today(), exit_reason=ExitReason.WORK)
    with pytest.raises(ValidationError) as fault:
        place(case, world.supervisor, world.case_worker)
    assert list(fault.value.message_dict) == ["last_day"]
    assert place(case, world.supervisor, world.case_worker, last=0)


def test_a_change_is_a_new_fact_and_keeps_a_supervisor_who_has_left(world, case, log_in):
    placed = place(case, world.supervisor, world.case_worker)
    Membership.objects.filter(user=world.supervisor).update(valid_until=today())
    client = log_in(world.case_worker)
    assert submit(client, placed.get_absolute_url(), last_day=today().isoformat(), why="Slutade.").status_code == 302
    (now,) = PlacementPeriod.objects.current().filter(enrolment=case)
    assert (now.corrects, now.until, now.supervisor) == (placed, today() + DAY, world.supervisor)
    assert "läser inget" in lines(case, today())[0].reads


def test_the_one_who_saves_last_is_told_once_and_keeps_the_words(world, case, log_in):
    placed = place(case, world.supervisor, world.case_worker)
    client = log_in(world.case_worker)
    sent = fill(client, placed.get_absolute_url(), place="Lagret", why="Fel.")
    record = PlacementRecord("Verkstan", world.supervisor, Period(today()))
    change_placement(placement=placed, record=record, why="Fel.", by=world.coordinator)
    response = client.post(placed.get_absolute_url(), sent)
    assert CHANGED in response.content.decode()
    assert response.context["form"]["place"].value() == "Lagret"
    assert "Verkstan" in response.content.decode()
    again = shown(response.context["form"])
    assert client.post(placed.get_absolute_url(), again).status_code == 302
    assert [period.place.text for period in PlacementPeriod.objects.current()] == ["Lagret"]


def test_two_changes_at_the_same_moment_leave_one(world, case):
    placed = place(case, world.supervisor, world.case_worker)
    record = PlacementRecord("Verkstan", world.supervisor, Period(today()))
    change_placement(placement=placed, record=record, why="Fel.", by=world.coordinator)
    with pytest.raises(ValidationError, match="Någon annan"):
        change_placement(placement=placed, record=record, why="Fel.", by=world.case_worker)


def test_a_mistake_is_taken_back_once(world, case, log_in):
    placed = place(case, world.supervisor, world.case_worker)
    client = log_in(world.coordinator)
    path = client.get(reverse("placement_remove", args=[placed.public_id]))["Location"]
    assert path == reverse("placement_take_back", args=[placed.public_id])
    sent = fill(client, path, reason="Blev aldrig av.")
    for _ in range(2):
        assert client.post(path, sent).status_code == 302
    assert not PlacementPeriod.objects.current().exists()
    assert AccessEvent.objects.filter(part="placement_take_back", kind="change").count() == 1
    with pytest.raises(ValidationError, match="Någon annan"):
        take_back_placement(placement=placed, reason="Blev aldrig av.", by=world.case_worker)


# --- What others are told -------------------------------------------------------------------------------------------


def test_before_a_withdrawal_the_page_says_that_the_supervisor_loses_the_participant(world, case, guest):
    consent = consents.give(case, [world.af], [Category.PLAN], by=world.case_worker)
    place(case, guest, world.case_worker)
    (loss,) = losses(case, consent.grants.select_related("organisation"), on=today())
    assert "Gun Gäst, handledare, ser inte längre deltagaren på sin placering." in loss.people
    assert "1\xa0placering" in loss.cells[0].text
    consents.give(case, [world.af], [Category.IDENTITY], by=world.case_worker)
    (loss,) = losses(case, consent.grants.select_related("organisation"), on=today())
    assert "handledare" not in loss.people


def test_consents_page_names_the_supervisor_that_reads_by_it(world, case, guest, log_in):
    consents.give(case, [world.af], [Category.PLAN], by=world.case_worker)
    place(case, guest, world.case_worker)
    said = log_in(world.case_worker).get(reverse("consent_list", args=[case.public_id])).content.decode()
    assert "Kan läsa hos Arbetsförmedlingen: Sune Samordnare, Gun Gäst (handledare)." in said


def test_the_participant_is_told_why_a_supervisor_has_read(world, case, log_in):
    place(case, world.supervisor, world.case_worker)
    log_in(world.supervisor).get(reverse("placement_list"))
    path = reverse("participant_readers", args=[case.participant.public_id])
    said = log_in(world.case_worker).get(path).content.decode()
    assert "listan över dem som är på placeringen" in said
    assert "Handledare på placeringen" in said


def test_the_receipt_says_the_days(world, log_in, case) -> None:
    client, url = log_in(world.case_worker), reverse("placement_create", args=[case.public_id])
    first = today() + 3 * DAY
    answers = {"place": PLACE, "supervisor": world.supervisor.public_id, "first_day": f"{first.day}/{first.month}"}
    saved = client.get(submit(client, url, **answers)["Location"])
    assert f"Placeringen från {day(first)} är sparad.".replace("\xa0", " ") in text_of(saved).replace("\xa0", " ")
    placed = PlacementPeriod.objects.get()
    changed = submit(client, placed.get_absolute_url(), last_day=(first + DAY).isoformat(), why="Slutar då.")
    said = f"Placeringen {day(first)} – {day(first + DAY)} är ändrad."
    assert said.replace("\xa0", " ") in text_of(client.get(changed["Location"])).replace("\xa0", " ")
