"""An exit or an outcome that says something about health: of that kind of information wherever it is written, and read
by other parties only where health may be read."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from actionplans.models import Meeting
from core.enums import Category
from core.swedish.words import day
from participants.enums import ExitReason
from participants.exits.actions import end_enrolment, reopen_enrolment
from participants.exits.misplaced import put_exit_right
from participants.models import CaseOutcome, Exit
from participants.outcomes.actions import OUTCOMES, OutcomeRecord, Outcomes, record_outcomes
from projects.enums import ListKind
from projects.lists.actions import ListedLine, add_to_list, change_listed
from projects.models import Listed
from tests.casework.case.reads import facts
from tests.participants.outcomes.test_outcomes import line
from tests.world import consents
from tests.world.cases import days_ago, met, started
from tests.world.forms import text_of
from tests.world.pages import fill

LEFT, COMMENT = days_ago(2), "Kanariekommentar om operationen"
OF_HEALTH = {ExitReason.ILLNESS, ExitReason.CONTINUED_REHABILITATION}
STEPS = (Category.IDENTITY, Category.STEPS)


@pytest.fixture
def case(world) -> consents.Round:
    started(world.enrolment, 100)
    return consents.gather(world)


def ended(case, reason, *, main=None, marks=(), why="") -> Exit:
    return end_enrolment(
        enrolment=case.enrolment,
        exited_on=LEFT,
        reason=reason,
        comment=COMMENT,
        why=why,
        main=main and line(case.world, main),
        marks=[line(case.world, mark) for mark in marks],
        by=case.worker,
    )


def page(case, log_in) -> str:
    return text_of(log_in(case.guest).get(case.enrolment.get_absolute_url()))


@pytest.mark.parametrize("reason", ExitReason)
def test_who_may_read_of_steps_alone_knows_when_it_ended_and_not_that_somebody_is_ill(case, log_in, reason) -> None:
    case.give(*STEPS)
    assert ended(case, reason).category == (Category.HEALTH if reason in OF_HEALTH else Category.STEPS)
    said = page(case, log_in)
    assert "Inskrivningen avslutades" in said
    assert (COMMENT in said) == (reason not in OF_HEALTH)
    is_told = reason not in OF_HEALTH | {ExitReason.UNKNOWN}
    assert (f": {reason.label.lower()}." in said, f"Avslut: {reason.label.lower()}" in said) == (is_told, is_told)
    assert "Avslut" in said.partition("Inskrivningen avslutades")[2], "the history tells that it ended"


@pytest.mark.parametrize("reason", sorted(OF_HEALTH))
def test_who_may_read_of_health_too_reads_why(case, log_in, reason) -> None:
    case.give(*STEPS, Category.HEALTH)
    ended(case, reason)
    said = page(case, log_in)
    assert COMMENT in said
    assert f": {reason.label.lower()}." in said
    assert f"Avslut: {reason.label.lower()}" in said


def test_outcomes_of_health_are_read_with_health_alone(case, log_in) -> None:
    consent = case.give(*STEPS)
    ended(case, ExitReason.OTHER, main="rehabilitation", marks=["disability", "programme"])
    said = page(case, log_in)
    assert "Program hos Arbetsförmedlingen" in said
    assert [word for word in ("ehabilitering", "aktivitetsersättning") if word in said] == []
    case.give(Category.HEALTH)
    said = page(case, log_in)
    assert [word for word in ("Fortsatt rehabilitering", "aktivitetsersättning") if word not in said] == []
    assert consent.enrolment == case.enrolment


def test_the_kind_follows_what_is_corrected_taken_back_and_moved(case, right) -> None:
    ended(case, ExitReason.MOVED)
    ill = ended(case, ExitReason.ILLNESS, why="Fel orsak")
    assert ill.category == Category.HEALTH
    assert Exit.objects.get(corrects=ill.corrects_id) == ill
    assert ended(case, ExitReason.WORK, why="Fel igen").category == Category.STEPS
    ill = ended(case, ExitReason.ILLNESS, why="Ändå så")
    put_exit_right(ending=ill, right=right, by=case.worker)
    assert set(Exit.objects.filter(enrolment=right, reason=ExitReason.ILLNESS).values_list("category", flat=True)) == {
        Category.HEALTH
    }
    right.refresh_from_db()
    assert reopen_enrolment(enrolment=right, reason="Fel", by=case.worker).category == Category.HEALTH


def test_a_reader_of_steps_isnt_told_an_earlier_reason_as_taken_back(case, log_in) -> None:
    case.give(*STEPS)
    ended(case, ExitReason.MOVED)
    ended(case, ExitReason.ILLNESS, why="Sjuk i stället")
    said = page(case, log_in)
    assert [word for word in ("återtaget", "jukdom", "Sjuk i stället") if word in said] == []


def test_an_outcome_that_is_corrected_is_of_the_kind_of_its_new_line(case) -> None:
    (fact,) = record_outcomes(
        enrolment=case.enrolment, outcomes=Outcomes(on=LEFT, main=line(case.world, "work")), by=case.worker
    )
    assert fact.category == Category.STEPS
    for code, kind in (("disability", Category.HEALTH), ("studies", Category.STEPS)):
        said = OutcomeRecord(outcome=line(case.world, code), on=LEFT, is_main=True)
        fact = OUTCOMES.correct(fact=fact, record=said, why="Fel", by=case.worker)
        assert fact.category == kind
    assert OUTCOMES.take_back(fact=fact, reason="Aldrig så", by=case.worker).category == Category.STEPS


def test_an_own_line_decides_and_its_outcomes_follow_when_the_answer_changes(case, log_in) -> None:
    case.give(*STEPS)
    asked = {"name": "Till hälsoskolan", "valid_from": None, "valid_until": None}
    own = add_to_list(
        project=case.world.project,
        kind=ListKind.OUTCOME,
        line=ListedLine(**asked, is_about_health=True),
        by=case.world.project_leader,
    )
    (fact,) = record_outcomes(enrolment=case.enrolment, outcomes=Outcomes(on=LEFT, main=own), by=case.worker)
    assert fact.category == Category.HEALTH
    assert "Till hälsoskolan" not in page(case, log_in)
    change_listed(listed=own, line=ListedLine(**asked, is_about_health=False), by=case.world.project_leader)
    assert "Till hälsoskolan" in page(case, log_in)
    Listed.objects.filter(pk=own.pk).update(is_about_health=None)
    unsaid = Listed.objects.get(pk=own.pk)
    assert CaseOutcome(outcome=unsaid).category == Category.HEALTH, "what nobody has answered counts as health"


def test_the_database_holds_no_exit_of_the_wrong_kind(case) -> None:
    made = ended(case, ExitReason.ILLNESS)
    for reason, kind in ((ExitReason.ILLNESS, Category.STEPS), (ExitReason.WORK, Category.HEALTH)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Exit.objects.filter(pk=made.pk).update(reason=reason, category=kind)


def test_the_own_organisation_reads_all_of_it(case, log_in) -> None:
    ended(case, ExitReason.ILLNESS, main="rehabilitation")
    said = text_of(log_in(case.worker).get(case.enrolment.get_absolute_url()))
    assert [word for word in (": sjukdom.", COMMENT, "Fortsatt rehabilitering") if word not in said] == []
    assert (
        reverse("enrolment_exit", args=[case.enrolment.public_id])
        in log_in(case.worker).get(case.enrolment.get_absolute_url()).content.decode()
    )


def readers(case, log_in, title: str) -> str:
    entries = log_in(case.worker).get(case.enrolment.get_absolute_url()).context["entries"]
    (entry,) = [entry for entry in entries if entry.title.startswith(title)]
    return entry.readers


@pytest.mark.parametrize(("given", "reads"), [(Category.STEPS, False), (Category.HEALTH, True)])
def test_who_reads_it_is_told_by_its_own_kind(case, log_in, given, reads) -> None:
    case.give(Category.IDENTITY, given)
    ended(case, ExitReason.ILLNESS, main="rehabilitation", marks=["programme"])
    af = str(case.af)
    assert (af in readers(case, log_in, "Avslut"), af in readers(case, log_in, "Utfall: ")) == (reads, reads)
    assert (af in readers(case, log_in, "Utfall, också")) is not reads


def test_who_isnt_told_why_it_ended_isnt_told_who_is(case, log_in) -> None:
    case.give(*STEPS)
    case.give(Category.HEALTH, parties=[case.fk])
    for reason in (ExitReason.UNKNOWN, ExitReason.ILLNESS):
        ended(case, reason, why="Fel")
        entries = log_in(case.guest).get(case.enrolment.get_absolute_url()).context["entries"]
        (entry,) = [entry for entry in entries if entry.title == "Avslut"]
        assert str(case.fk) not in entry.readers
        assert entry.readers == "", "it reads together with the writer alone, which the page says once"


def test_an_earlier_outcome_isnt_said_as_todays_where_the_latest_is_of_health(case, log_in) -> None:
    case.give(*STEPS)
    marks = [line(case.world, "programme")]
    for on, code in ((20, "work"), (10, "rehabilitation")):
        said = Outcomes(on=days_ago(on), main=line(case.world, code), marks=marks)
        record_outcomes(enrolment=case.enrolment, outcomes=said, by=case.worker)
    client = log_in(case.guest)
    assert "Utfall" not in facts(client, case.enrolment)
    said = page(case, log_in)
    assert "Utfall: Arbete" in said, "the history has it"
    assert "ehabilitering" not in said
    case.give(Category.HEALTH)
    assert facts(client, case.enrolment)["Utfall"].startswith("Fortsatt rehabilitering")


def test_who_reads_of_health_alone_is_told_no_earlier_outcome_as_todays(case, log_in) -> None:
    case.give(Category.IDENTITY, Category.HEALTH)
    for on, code in ((20, "rehabilitation"), (10, "work")):
        said = Outcomes(on=days_ago(on), main=line(case.world, code))
        record_outcomes(enrolment=case.enrolment, outcomes=said, by=case.worker)
    assert "Utfall" not in facts(log_in(case.guest), case.enrolment)


def test_who_reads_the_exit_of_health_sees_that_the_case_has_ended(case, log_in) -> None:
    case.give(Category.IDENTITY, Category.HEALTH, Category.MEETINGS)
    met(case.enrolment, case.worker, days_ago(20), next_meeting_on=days_ago(-9))
    ended(case, ExitReason.ILLNESS)
    said = page(case, log_in)
    assert f"Inskrivningen avslutades {day(LEFT)}: sjukdom.".replace("\xa0", " ") in said.replace("\xa0", " ")
    assert [word for word in ("Nytt möte", "Nästa möte", "Läget nu") if word in said] == []


def test_who_may_read_no_exit_isnt_told_that_there_is_one(case, log_in) -> None:
    case.give(Category.IDENTITY, Category.HEALTH)
    ended(case, ExitReason.MOVED)
    assert "avslut" not in page(case, log_in).lower()


@pytest.mark.parametrize("who", ["worker", "guest"])
def test_nobody_is_asked_for_a_next_meeting_once_it_has_ended(case, log_in, who) -> None:
    case.give(Category.IDENTITY, Category.HEALTH, Category.MEETINGS)
    client = log_in(getattr(case, who))
    url = reverse("meeting_create", args=[case.enrolment.public_id])
    before = fill(client, url, text="Vi pratade.", next_choice="4v")
    assert "När ses ni nästa gång?" in text_of(client.get(url))
    ended(case, ExitReason.ILLNESS)
    assert "När ses ni nästa gång?" not in text_of(client.get(url))
    refused = client.post(url, before)
    assert list(refused.context["form"].errors) == ["next_choice"]
    assert "Vi pratade." in refused.content.decode(), "what was typed is kept"
    assert not Meeting.objects.exists()
    assert client.post(url, fill(client, url, text="Vi pratade.", next_choice="")).status_code == 302
    assert Meeting.objects.get().next_meeting_on is None
