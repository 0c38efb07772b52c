"""The log reviewer: what the sample holds and why, what the page shows of whom, and that a finished review stands."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.enums import AccessKind, Duty, LogRisk, LogVerdict
from accounts.log.access import log_access
from accounts.log.reviews import Verdict, sign_off
from accounts.models import AccessEvent, LogReview, LogReviewItem
from core.days.dates import today
from oversight.log.sample import BY_CHANCE, OF_EACH_RISK, assess, draw_sample, pick, readings_of
from participants.enums import CaseRole, ProtectionLevel
from participants.models import CaseAssignment, Participant, PersonIdentity
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory, UserFactory
from tests.world.factories.access import EmergencyAccessFactory
from tests.world.pages import fill, queries, shown, submit

pytestmark = pytest.mark.django_db

THIS_MONTH = today().replace(day=1)


def read(user, *persons, kind=AccessKind.READ, part="enrolment_detail"):
    log_access(user=user, kind=kind, part=part, persons=[person.participant.public_id for person in persons])


def readings(world):
    found = readings_of(THIS_MONTH, world.log_reviewer)
    assess(found, world.log_reviewer)
    return found


def risks(world, user, enrolment):
    (found,) = [
        reading
        for reading in readings(world)
        if (reading.user, reading.person) == (user.pk, enrolment.participant.public_id)
    ]
    return set(found.risks)


def draw(world):
    return draw_sample(month=THIS_MONTH, by=world.log_reviewer).store(by=world.log_reviewer)


# --- What is read together, and what speaks against it ---------------------------------------------------------------


def test_readings_of_one_person_on_one_day_are_one_line(world):
    for _ in range(3):
        read(world.case_worker, world.enrolment)
    (found,) = readings(world)
    assert (found.times, found.risks) == (3, [])


def test_other_organisations_readings_own_readings_and_other_months_are_left_out(world):
    read(world.af_case_worker, world.af_enrolment)
    read(world.log_reviewer, world.enrolment)
    read(world.case_worker, world.enrolment)
    assert [reading.user for reading in readings(world)] == [world.case_worker.pk]
    assert readings_of(date(2020, 1, 1), world.log_reviewer) == []


def test_a_month_begins_at_midnight_in_stockholm(world, monkeypatch):
    for moment in (datetime(2026, 9, 30, 21, 59, tzinfo=UTC), datetime(2026, 9, 30, 22, 0, tzinfo=UTC)):
        monkeypatch.setattr("accounts.log.access.timezone.now", lambda moment=moment: moment)
        read(world.case_worker, world.enrolment)
    assert [reading.day for reading in readings_of(date(2026, 9, 1), world.log_reviewer)] == [date(2026, 9, 30)]
    assert [reading.day for reading in readings_of(date(2026, 10, 1), world.log_reviewer)] == [date(2026, 10, 1)]


def test_reading_without_working_with_the_case_is_noted(world):
    read(world.case_worker, world.unassigned)
    assert risks(world, world.case_worker, world.unassigned) == {LogRisk.UNASSIGNED}


def test_whoever_has_the_case_by_name_by_unit_or_as_coordinator_works_with_it(world):
    read(world.coordinator, world.unassigned)
    assert risks(world, world.coordinator, world.unassigned) == set()
    CaseAssignmentFactory(unit=True, enrolment=world.unassigned)
    read(world.case_worker, world.unassigned)
    assert risks(world, world.case_worker, world.unassigned) == set()


@pytest.mark.parametrize(("ended", "expected"), [(0, set()), (1, {LogRisk.UNASSIGNED})])
def test_an_assignment_counts_through_the_day_of_the_handover(world, ended, expected):
    CaseAssignment.objects.filter(enrolment=world.enrolment).update(valid_until=today() - timedelta(days=ended))
    read(world.case_worker, world.enrolment)
    assert risks(world, world.case_worker, world.enrolment) == expected


@pytest.mark.parametrize("family_name", ["Handläggare", "HANDLÄGGARE", "Berg-Handläggare", "Berg Handläggare"])
def test_the_same_family_name_is_noted(world, family_name):
    relative = EnrolmentFactory(project=world.project, family_name=family_name)
    CaseAssignmentFactory(enrolment=relative, user=world.case_worker)
    read(world.case_worker, relative)
    assert risks(world, world.case_worker, relative) == {LogRisk.SAME_NAME}


def test_a_part_of_a_name_is_no_likeness(world):
    other = EnrolmentFactory(project=world.project, given_name="Handläggare", family_name="Handläggaresson")
    CaseAssignmentFactory(enrolment=other, user=world.case_worker)
    read(world.case_worker, other)
    assert risks(world, world.case_worker, other) == set()


def test_the_same_address_is_noted(world):
    PersonIdentity.objects.filter(participant=world.enrolment.participant).update(email=world.case_worker.email.upper())
    read(world.case_worker, world.enrolment)
    assert risks(world, world.case_worker, world.enrolment) == {LogRisk.SAME_ADDRESS}


def test_a_protected_identity_is_noted_and_its_name_is_not_compared(world):
    relative = EnrolmentFactory(project=world.project, family_name="Handläggare")
    CaseAssignmentFactory(enrolment=relative, user=world.case_worker)
    Participant.objects.filter(pk=relative.participant_id).update(protection=ProtectionLevel.CONFIDENTIALITY_MARK)
    read(world.case_worker, relative)
    assert risks(world, world.case_worker, relative) == {LogRisk.PROTECTED}


def test_another_organisations_name_is_not_compared(world):
    theirs = EnrolmentFactory(project=world.project, owner=world.af, family_name="Handläggare")
    CaseAssignmentFactory(enrolment=theirs, user=world.case_worker, role=CaseRole.CONTACT)
    read(world.case_worker, theirs)
    assert risks(world, world.case_worker, theirs) == set()


def test_an_emergency_is_noted(world):
    EmergencyAccessFactory(enrolment=world.unassigned, user=world.case_worker)
    read(world.case_worker, world.unassigned)
    assert risks(world, world.case_worker, world.unassigned) == {LogRisk.EMERGENCY}


def test_unusually_many_persons_in_a_day_are_noted(world):
    crowd = [EnrolmentFactory(project=world.project) for _ in range(30)]
    read(world.coordinator, *crowd)
    read(world.case_worker, world.enrolment)
    found = readings(world)
    assert {LogRisk.MANY in reading.risks for reading in found if reading.user == world.coordinator.pk} == {False}
    # Three quiet readers make what is common; then thirty is far more.
    for user in (world.case_worker, UserFactory(organisation=world.ame), UserFactory(organisation=world.ame)):
        read(user, world.enrolment)
    found = readings(world)
    assert {LogRisk.MANY in reading.risks for reading in found if reading.user == world.coordinator.pk} == {True}
    assert {LogRisk.MANY in reading.risks for reading in found if reading.user == world.case_worker.pk} == {False}


# --- The sample ------------------------------------------------------------------------------------------------------


def test_the_sample_has_a_random_part_and_a_few_of_each_risk(world):
    mine = [EnrolmentFactory(project=world.project) for _ in range(25)]
    for enrolment in mine:
        CaseAssignmentFactory(enrolment=enrolment, user=world.case_worker)
    strangers = [EnrolmentFactory(project=world.project) for _ in range(8)]
    read(world.case_worker, *mine, *strangers)
    drawn = pick(readings(world), seed=1)
    assert len({(reading.event, reading.person) for reading in drawn}) == len(drawn)
    unassigned = [reading for reading in drawn if LogRisk.UNASSIGNED in reading.risks]
    assert OF_EACH_RISK <= len(unassigned) <= OF_EACH_RISK + BY_CHANCE
    assert len(drawn) >= BY_CHANCE + OF_EACH_RISK


def test_every_emergency_is_in_the_sample(world):
    found = readings(world)
    assert found == []
    for _ in range(9):
        read(world.case_worker, EnrolmentFactory(project=world.project))
    found = readings(world)
    for reading in found:
        reading.risks = [LogRisk.EMERGENCY]
    assert len(pick(found, seed=1)) == 9


def test_the_same_seed_draws_the_same_sample_and_another_one_another(world):
    read(world.coordinator, *[EnrolmentFactory(project=world.project) for _ in range(40)])
    first, again, other = (pick(readings(world), seed=seed) for seed in (7, 7, 8))
    assert first == again
    assert first != other


def test_one_reader_does_not_fill_the_risks_alone(world):
    strangers = [EnrolmentFactory(project=world.project) for _ in range(20)]
    colleague = UserFactory(organisation=world.ame)
    read(world.case_worker, *strangers)
    read(colleague, strangers[0])
    for seed in range(10):
        drawn = pick(readings(world), seed=seed)
        users = set(
            AccessEvent.objects.filter(pk__in=[reading.event for reading in drawn]).values_list("user", flat=True)
        )
        assert colleague.pk in users


def test_the_page_shows_the_same_sample_whenever_it_is_opened(world, log_in):
    read(world.coordinator, *[EnrolmentFactory(project=world.project) for _ in range(40)])
    client, review = log_in(world.log_reviewer), draw(world)
    first = [line.item.pk for line in client.get(review.get_absolute_url()).context["lines"]]
    read(world.coordinator, *[EnrolmentFactory(project=world.project) for _ in range(40)])
    assert [line.item.pk for line in client.get(review.get_absolute_url()).context["lines"]] == first
    assert len(first) == BY_CHANCE


def test_an_empty_month_makes_an_empty_sample(world, log_in):
    client = log_in(world.log_reviewer)
    response = submit(client, "/atkomstlogg/", month=THIS_MONTH.isoformat())
    page = client.get(response["Location"])
    assert "Ingen läste om någon deltagare" in page.content.decode()


def test_pressing_twice_draws_once(world, log_in):
    read(world.case_worker, world.enrolment)
    client = log_in(world.log_reviewer)
    answers = fill(client, "/atkomstlogg/", month=THIS_MONTH.isoformat())
    places = {client.post("/atkomstlogg/", answers)["Location"] for _ in range(2)}
    assert len(places) == LogReview.objects.count() == 1


# --- Who sees what ---------------------------------------------------------------------------------------------------


def test_whoever_has_begun_a_sample_finishes_it_and_draws_no_other(world, log_in):
    read(world.case_worker, world.enrolment)
    client = log_in(world.log_reviewer)
    places = [submit(client, "/atkomstlogg/", month=THIS_MONTH.isoformat())["Location"] for _ in range(2)]
    assert places[0] == places[1]
    colleague = UserFactory(organisation=world.ame, duty=Duty.LOG_REVIEWER)
    assert submit(log_in(colleague), "/atkomstlogg/", month=THIS_MONTH.isoformat())["Location"] != places[0]


def test_the_page_says_who_what_when_whom_and_why(world, log_in):
    read(world.case_worker, world.enrolment, part="meeting_detail")
    text = log_in(world.log_reviewer).get(draw(world).get_absolute_url()).content.decode()
    for said in ("Hanna Handläggare", "Läste anteckningar från ett möte", "Öberg, Åsa", "Ansvarig för ärendet"):
        assert said in text


def test_a_protected_identity_and_another_organisations_person_stand_under_their_alias(world, log_in):
    Participant.objects.filter(pk=world.enrolment.participant_id).update(protection=ProtectionLevel.ASSUMED_IDENTITY)
    read(world.case_worker, world.enrolment, world.af_enrolment)
    text = log_in(world.log_reviewer).get(draw(world).get_absolute_url()).content.decode()
    assert "Öberg" not in text
    assert "Främmande" not in text
    for enrolment in (world.enrolment, world.af_enrolment):
        assert Participant.objects.get(pk=enrolment.participant_id).alias in text


def test_the_reviewers_own_reading_is_logged(world, log_in):
    read(world.case_worker, world.enrolment)
    log_in(world.log_reviewer).get(draw(world).get_absolute_url())
    event = AccessEvent.objects.filter(user=world.log_reviewer).latest("number")
    assert (event.kind, event.part) == ("read", "log_review_detail")
    assert [subject.person for subject in event.subjects.all()] == [world.enrolment.participant.public_id]


def test_a_colleague_who_reviews_does_not_see_the_own_readings_in_anothers_sample(world, log_in):
    read(world.case_worker, world.enrolment)
    second = UserFactory(organisation=world.ame, duty=Duty.LOG_REVIEWER)
    read(second, world.unassigned, part="log_review_detail")
    review = draw(world)
    assert len(log_in(world.log_reviewer).get(review.get_absolute_url()).context["lines"]) == 2
    lines = log_in(second).get(review.get_absolute_url()).context["lines"]
    assert [line.who for line in lines] == [world.case_worker.name]


@pytest.mark.parametrize("role", ["case_worker", "coordinator", "project_leader", "steering", "administrator"])
def test_nobody_else_reviews(world, log_in, role, caplog):
    review = draw(world)
    client = log_in(getattr(world, role))
    for path in ("/atkomstlogg/", review.get_absolute_url()):
        assert client.get(path).status_code == 403
        assert client.post(path, {"x": "1"}).status_code == 403


def test_another_organisations_reviewer_finds_nothing(world, log_in, caplog):
    stranger = log_in(UserFactory(organisation=world.af, duty=Duty.LOG_REVIEWER))
    review = draw(world)
    assert stranger.get(review.get_absolute_url()).status_code == 404
    assert stranger.get("/atkomstlogg/").context["reviews"] == []


def test_the_page_asks_as_much_for_one_line_as_for_many(world, log_in):
    client = log_in(world.log_reviewer)
    read(world.case_worker, world.enrolment)
    few = draw(world)
    crowd = [EnrolmentFactory(project=world.project) for _ in range(30)]
    read(world.coordinator, *crowd)
    read(world.case_worker, *crowd)
    many = draw(world)
    assert many.items.count() > 10
    counts = [queries(client, review.get_absolute_url()) for review in (few, many)]
    assert counts[0] == counts[1]
    assert counts[0] <= 18
    assert queries(client, "/atkomstlogg/") <= 15


def test_a_large_month_is_drawn_in_few_questions(world):
    crowd = [EnrolmentFactory(project=world.project) for _ in range(60)]
    for user in (world.case_worker, world.coordinator):
        read(user, *crowd)
    with CaptureQueriesContext(connection) as caught:
        draw(world)
    # One more on PostgreSQL, where whoever writes waits for a turn (ADR 36).
    assert len(caught) <= 20 + (connection.vendor == "postgresql")


# --- Signing off -----------------------------------------------------------------------------------------------------


def answers_of(review, verdict=LogVerdict.FINE, **more):
    return {f"verdict_{item.position}": verdict for item in review.items.all()} | more


def test_a_finished_review_says_what_was_found_and_is_listed(world, log_in):
    read(world.case_worker, world.enrolment)
    read(world.case_worker, world.unassigned)
    client, review = log_in(world.log_reviewer), draw(world)
    odd = review.items.get(person=world.unassigned.participant.public_id)
    answers = answers_of(review) | {f"verdict_{odd.position}": "ask", f"note_{odd.position}": "Varför läste du?"}
    assert submit(client, review.get_absolute_url(), **answers).status_code == 302
    review.refresh_from_db()
    assert review.finished_at
    page = client.get(review.get_absolute_url())
    assert page.context["to_ask"] == 1
    assert "Nej, fråga om det: Varför läste du?" in page.content.decode()
    assert page.context["form"] is None
    assert "Avslutad" in client.get("/atkomstlogg/").content.decode()
    event = AccessEvent.objects.filter(user=world.log_reviewer, part="log_review_finish").get()
    assert (event.kind, event.subjects_count) == ("change", 2)


def test_every_reading_needs_an_answer_and_a_question_needs_words(world, log_in):
    read(world.case_worker, world.enrolment)
    client, review = log_in(world.log_reviewer), draw(world)
    item = review.items.get()
    empty = submit(client, review.get_absolute_url())
    assert f"verdict_{item.position}" in empty.context["form"].errors
    silent = submit(
        client, review.get_absolute_url(), **{f"verdict_{item.position}": "ask", f"note_{item.position}": "  "}
    )
    assert list(silent.context["form"].errors) == [f"note_{item.position}"]
    hidden = {f"verdict_{item.position}": "fine", f"note_{item.position}": "x" * 2001}
    page = client.get(review.get_absolute_url()).context["form"]
    assert type(page)(shown(page) | hidden, items=[item], shared=page.shared).errors == {}
    review.refresh_from_db()
    assert review.finished_at is None


def test_a_finished_review_is_not_changed_by_the_page_nor_by_the_action(world, log_in):
    read(world.case_worker, world.enrolment)
    client, review = log_in(world.log_reviewer), draw(world)
    item = review.items.get()
    asks = {f"verdict_{item.position}": "ask", f"note_{item.position}": "Ändrat"}
    slower = fill(client, review.get_absolute_url(), **asks)
    submit(client, review.get_absolute_url(), **answers_of(review))
    late = client.post(review.get_absolute_url(), slower)
    assert "Någon annan hann spara före dig" in late.content.decode()
    again = client.post(review.get_absolute_url(), shown(late.context["form"]))
    assert "Granskningen är redan avslutad." in again.content.decode()
    assert "Ändrat" in again.content.decode()
    with pytest.raises(ValidationError):
        sign_off(review=review, verdicts={item.pk: Verdict(LogVerdict.ASK, "Ändrat")}, by=world.log_reviewer)
    item.refresh_from_db()
    assert (item.verdict, item.note) == ("fine", None)


def test_the_database_refuses_to_change_a_finished_review(world):
    read(world.case_worker, world.enrolment)
    review = draw(world)
    item = review.items.get()
    sign_off(review=review, verdicts={item.pk: Verdict(LogVerdict.FINE)}, by=world.log_reviewer)
    for change in (
        lambda: LogReview.objects.update(finished_at=None),
        lambda: LogReviewItem.objects.update(verdict="ask"),
        lambda: LogReviewItem.objects.filter(pk=item.pk).delete(),
        lambda: LogReview.objects.filter(pk=review.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_pressing_twice_signs_off_once(world, log_in):
    read(world.case_worker, world.enrolment)
    client, review = log_in(world.log_reviewer), draw(world)
    answers = fill(client, review.get_absolute_url(), **answers_of(review))
    assert [client.post(review.get_absolute_url(), answers).status_code for _ in range(2)] == [302, 302]
    assert AccessEvent.objects.filter(part="log_review_finish").count() == 1


def test_the_reviewer_finds_the_way_from_the_start_page(world, log_in):
    page = log_in(world.log_reviewer).get("/")
    assert [item.url for item in page.context["menu"]] == ["/", "/atkomstlogg/"]
    assert 'href="/atkomstlogg/"' in page.content.decode()
    assert "/atkomstlogg/" not in [item.url for item in log_in(world.administrator).get("/").context["menu"]]


# --- What is done with many at once ----------------------------------------------------------------------------------


def test_an_import_is_one_event_and_names_nobody(world, log_in):
    crowd = [EnrolmentFactory(project=world.project, family_name="Inläst") for _ in range(40)]
    read(world.coordinator, *crowd, kind=AccessKind.CHANGE, part="import")
    read(world.coordinator, crowd[0])
    assert [(found.times, found.risks) for found in readings(world)] == [(1, []), (1, [])]
    client, review = log_in(world.log_reviewer), draw(world)
    page = client.get(review.get_absolute_url())
    (line,) = [line for line in page.context["lines"] if line.item.is_at_once]
    assert (line.what, line.whom) == ("Läste in ett register", "40\xa0deltagare")
    event = AccessEvent.objects.filter(user=world.log_reviewer).latest("number")
    assert [subject.person for subject in event.subjects.all()] == [crowd[0].participant.public_id]


def test_two_imports_of_a_day_are_two_events(world):
    for _ in range(2):
        read(world.coordinator, EnrolmentFactory(project=world.project), kind=AccessKind.CHANGE, part="import")
    assert len(readings(world)) == 2
