"""The hand-over sheet: what stands on it, who gets it, and that it is logged."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.enums import ExportReason
from accounts.models import AccessEvent, User
from actionplans.activities.actions import ACTIVITIES, ActivityRecord
from actionplans.plans.actions import MilestoneRecord
from core.days.dates import today
from core.days.periods import Period
from core.pdf import process as pdf
from core.swedish.words import day
from participants.enums import ExitReason, LivelihoodMoment, PlanHolder, ProtectionLevel
from participants.exits.actions import end_enrolment
from participants.models import Participant, PersonIdentity
from participants.outcomes.actions import Outcomes, record_outcomes
from participants.sick_listing.actions import record_sick_listing
from participants.sip.actions import SIPS, SipRecord
from projects.enums import ListKind
from projects.models import Listed
from tests.participants.employment.test_employment import employ
from tests.participants.livelihood.test_livelihood import line as listed
from tests.participants.livelihood.test_livelihood import lives
from tests.participants.outcomes.test_outcomes import line
from tests.world.areas import mapped
from tests.world.cases import days_ago, met, plan, started
from tests.world.factories.livelihood import LivelihoodRecordFactory
from tests.world.pages import queries

LEFT = days_ago(2)


@pytest.fixture
def case(world):
    """A case that has ended, with a plan, a cleared step, work, and much that is no concern of others."""
    case, by = started(world.enrolment, 100), world.case_worker
    User.objects.filter(pk=by.pk).update(phone="036-10 50 00")
    PersonIdentity.objects.filter(participant=case.participant).update(phone="070-1234567")
    mapped(case, by, summary="Kanariekartläggning")
    milestones = [MilestoneRecord(text="Söka två jobb", due_on=days_ago(9))]
    plan(case, by, main_activity="Återbruket", milestones=milestones)
    met(case, by, days_ago(40), clears=1, text="Kanarieanteckning")
    record_sick_listing(enrolment=case, from_day=days_ago(50), last_day=None, percent=50, by=by)
    employ(world, "security_employment", days_ago(20), employer="Lagret", percent=75)
    end_enrolment(
        enrolment=case,
        exited_on=LEFT,
        reason=ExitReason.WORK,
        comment="Kanariekommentar",
        main=line(world, "supported_work"),
        marks=[line(world, "studies")],
        by=by,
    )
    return case


@pytest.fixture
def as_page(monkeypatch):
    monkeypatch.setattr(pdf, "render", lambda html: html.encode())


def at(case, name: str = "case_sheet") -> str:
    return reverse(name, args=[case.public_id])


def fetched(client, case) -> str:
    answer = client.post(at(case, "case_sheet_pdf"), {"reason": "hand_over"})
    assert answer.status_code == 200
    assert answer.has_header("Content-Disposition")
    return answer.content.decode().replace("\xa0", " ")


@pytest.mark.usefixtures("as_page")
def test_it_says_who_when_plan_steps_work_outcome_and_whom_to_ask(world, log_in, case) -> None:
    paper = fetched(log_in(world.case_worker), case)
    for said in (
        "Åsa Öberg",
        "070-1234567",
        "Återbruket",
        "Söka två jobb",
        '1. Deltar <span class="handover-note">· klarat',
        "Trygghetsanställning på Lagret, 75 %",
        "Arbete med stöd",
        "Också studier",
        f"Inskrivningen avslutades {day(LEFT)}: arbete.".replace("\xa0", " "),
        f"Skrivet av {world.case_worker}, {case.owner}, {day(today())}".replace("\xa0", " "),
        "036-10 50 00",
        world.case_worker.email,
    ):
        assert said in paper
    for kept in ("Kanarie", "50 %", "jukskriv"):
        assert kept not in paper


@pytest.mark.usefixtures("as_page")
def test_that_it_was_fetched_and_why_is_in_the_log(world, log_in, case) -> None:
    fetched(log_in(world.case_worker), case)
    event = AccessEvent.objects.get(part="case_sheet_pdf")
    assert (event.kind, event.reason) == ("export", ExportReason.HAND_OVER.label)
    assert list(event.subjects.values_list("person", flat=True)) == [case.participant.public_id]


def test_without_a_reason_there_is_no_file(world, log_in, case) -> None:
    answer = log_in(world.case_worker).post(at(case, "case_sheet_pdf"), {})
    assert "Välj varför du hämtar filen." in answer.content.decode()
    assert not answer.has_header("Content-Disposition")


@pytest.mark.usefixtures("as_page")
def test_nothing_on_it_is_about_health(world, log_in) -> None:
    case = started(world.enrolment, 100)
    end_enrolment(
        enrolment=case,
        exited_on=LEFT,
        reason=ExitReason.ILLNESS,
        main=line(world, "rehabilitation"),
        marks=[line(world, "disability"), line(world, "programme")],
        by=world.case_worker,
    )
    paper = fetched(log_in(world.case_worker), case)
    assert f"Inskrivningen avslutades {day(LEFT)}.".replace("\xa0", " ") in paper
    untold = ("ehabilitering", "jukdom", "ersättning", "Också", "Program hos Arbetsförmedlingen")
    assert [word for word in untold if word in paper] == [], "what stands beside would be taken for all of it"


@pytest.mark.usefixtures("as_page")
def test_of_what_came_beside_only_that_is_on_it_which_is_not_about_health(world, log_in, case) -> None:
    marks = [line(world, "disability"), line(world, "programme")]
    record_outcomes(
        enrolment=case, outcomes=Outcomes(on=LEFT, main=line(world, "work"), marks=marks), by=world.case_worker
    )
    paper = fetched(log_in(world.case_worker), case)
    assert "Också studier och program hos Arbetsförmedlingen." in paper
    assert "ersättning" not in paper


@pytest.mark.usefixtures("as_page")
def test_nothing_goes_on_in_a_case_that_has_ended(world, log_in) -> None:
    case, by = started(world.enrolment, 100), world.case_worker
    plan(case, by, valid_on=days_ago(60), next_follow_up_on=days_ago(-5))
    met(case, by, days_ago(50), next_meeting_on=days_ago(-9))
    end_enrolment(enrolment=case, exited_on=LEFT, reason=ExitReason.WORK, by=by)
    paper = fetched(log_in(by), case)
    assert "inte nått" in paper
    assert [word for word in ("pågår", "planerat", "bokat till", "tänkt till") if word in paper] == []


@pytest.mark.usefixtures("as_page")
@pytest.mark.parametrize("reason", ExitReason)
def test_no_reason_but_the_aim_is_on_it_so_that_its_absence_tells_nothing(world, log_in, reason) -> None:
    case = started(world.enrolment, 100)
    end_enrolment(enrolment=case, exited_on=LEFT, reason=reason, by=world.case_worker)
    paper = fetched(log_in(world.case_worker), case)
    is_told = reason in (ExitReason.WORK, ExitReason.STUDIES)
    sentence = f"Inskrivningen avslutades {day(LEFT)}{f': {reason.label.lower()}' if is_told else ''}."
    assert sentence.replace("\xa0", " ") in paper


@pytest.mark.usefixtures("as_page")
@pytest.mark.parametrize(("answer", "is_on_it"), [(True, False), (None, False), (False, True)])
def test_of_the_projects_own_lines_those_are_on_it_that_say_nothing_about_health(
    world, log_in, case, answer, is_on_it
) -> None:
    own = {"project": world.project, "is_about_health": answer, "code": ""}
    support = Listed.objects.create(kind=ListKind.SUPPORT, name="Egen ersättning", sort_key="egen", **own)
    occupation = Listed.objects.create(kind=ListKind.OCCUPATION, name="Egen syssla", sort_key="egen", **own)
    outcome = Listed.objects.create(kind=ListKind.OUTCOME, name="Eget utfall", sort_key="eget", **own)
    record_outcomes(enrolment=case, outcomes=Outcomes(on=LEFT, main=outcome), by=world.case_worker)
    record = lives(world, ("wage", 75), occupation=occupation, day=case.enrolled_on)
    record.sources.update(line=support)
    paper = fetched(log_in(world.case_worker), case)
    assert [name for name in ("Egen ersättning", "Egen syssla", "Eget utfall") if (name in paper) != is_on_it] == []


@pytest.mark.usefixtures("as_page")
def test_it_says_the_next_meeting_that_is_booked_and_no_day_that_has_been_kept(world, log_in) -> None:
    case, by, client = started(world.enrolment, 100), world.case_worker, log_in(world.case_worker)
    plan(case, by, valid_on=days_ago(60), next_follow_up_on=days_ago(20))
    assert f"var tänkt till {day(days_ago(20))}".replace("\xa0", " ") in fetched(client, case)
    met(case, by, days_ago(10))
    assert "tänkt till" not in fetched(client, case)
    met(case, by, days_ago(5), next_meeting_on=days_ago(-9))
    paper = fetched(client, case)
    assert f"Nästa möte är bokat till {day(days_ago(-9))}.".replace("\xa0", " ") in paper
    assert "tänkt till" not in paper


@pytest.mark.usefixtures("as_page")
def test_a_sip_is_on_it_with_whom_to_ask_but_for_somebody_protected(world, log_in, case) -> None:
    client = log_in(world.case_worker)
    assert "SIP" not in fetched(client, case)
    record = SipRecord(holder=PlanHolder.REGION, on=days_ago(30), contact="Eva Ek, vårdcentralen")
    SIPS.record(enrolment=case, record=record, by=world.case_worker)
    said = f"SIP från {day(days_ago(30))}, planansvarig regionen".replace("\xa0", " ")
    paper = fetched(client, case)
    assert said in paper
    assert "fråga Eva Ek, vårdcentralen" in paper
    Participant.objects.filter(pk=case.participant_id).update(protection=ProtectionLevel.CONFIDENTIALITY_MARK)
    paper = fetched(client, case)
    assert (said in paper, "Eva Ek" in paper) == (True, False)


@pytest.mark.usefixtures("as_page")
def test_it_says_support_and_occupation_when_the_person_was_last_reached(world, log_in, case) -> None:
    client, works = log_in(world.case_worker), listed(world, "works", ListKind.OCCUPATION)
    lives(world, ("social_assistance", None), day=case.enrolled_on, months_before=9)
    assert "Försörjningsstöd <" in fetched(client, case)
    lives(world, ("wage", 75), ("study_support", 25), moment=LivelihoodMoment.EXIT, day=LEFT, occupation=works)
    later = {"moment": LivelihoodMoment.AFTER_3_MONTHS, "not_reached": True}
    LivelihoodRecordFactory(enrolment=case, recorded_by=world.case_worker, concerns_on=today(), **later)
    paper = fetched(client, case)
    assert "Lön 75 %, studiestöd 25 % <" in paper
    assert f'Arbetar <span class="handover-note">· vid avslut, {day(LEFT)}'.replace("\xa0", " ") in paper
    assert [word for word in ("örsörjningsstöd", "Inte nådd", "9 månader") if word in paper] == []


@pytest.mark.usefixtures("as_page")
@pytest.mark.parametrize("code", ["sickness_benefit", "activity_compensation"])
def test_support_for_who_is_ill_is_not_on_it_nor_the_share_that_would_tell(world, log_in, case, code) -> None:
    sick = listed(world, "sick_listed", ListKind.OCCUPATION)
    lives(world, ("wage", 75), (code, 25), day=case.enrolled_on, occupation=sick)
    paper = fetched(log_in(world.case_worker), case)
    assert [word for word in ("Lön", "jukpenning", "ersättning", "jukskriv", "Försörjning och") if word in paper] == []


@pytest.mark.usefixtures("as_page")
def test_of_somebody_who_goes_on_it_says_how_far(world, log_in) -> None:
    case, client = started(world.enrolment, 100), log_in(world.case_worker)
    assert "Så långt" not in fetched(client, case)
    record_outcomes(
        enrolment=case, outcomes=Outcomes(on=days_ago(3), main=line(world, "programme")), by=world.case_worker
    )
    plan(case, world.case_worker, next_follow_up_on=days_ago(-5))
    paper = fetched(client, case)
    for said in ("Så långt", "Program hos Arbetsförmedlingen, ", f"från {day(case.enrolled_on)}", "är tänkt till"):
        assert said.replace("\xa0", " ") in paper
    assert "avslutades" not in paper
    assert "Så blev det" not in paper


@pytest.mark.usefixtures("as_page")
def test_of_somebody_protected_it_has_the_alias_alone(world, log_in, case) -> None:
    person = case.participant
    Participant.objects.filter(pk=person.pk).update(
        protection=ProtectionLevel.CONFIDENTIALITY_MARK, alias="Deltagare Ek", birth_date=date(1988, 3, 3)
    )
    client = log_in(world.case_worker)
    paper = fetched(client, case)
    assert "Deltagare Ek" in paper
    assert [word for word in ("Öberg", "070-1234567", "1988") if word in paper] == []
    assert "bladet har bara aliaset" in client.get(at(case)).content.decode()


def test_it_is_linked_from_the_case_and_asks_little(world, log_in, case) -> None:
    client = log_in(world.case_worker)
    assert at(case) in client.get(case.get_absolute_url()).content.decode()
    client.get(at(case))
    assert queries(client, at(case)) <= 15


@pytest.mark.usefixtures("as_page")
def test_activities_that_go_on_are_on_it_but_for_those_about_health(world, log_in, case) -> None:
    lines = Listed.objects.filter(project=world.project, kind=ListKind.ACTIVITY)
    for code, last in (("physical", LEFT), ("psychologist", LEFT), ("applications", LEFT - timedelta(days=5))):
        kind = lines.get(code=code)
        record = ActivityRecord(kind=kind, rhythm="", helper=None, note="", period=Period(days_ago(80), last))
        ACTIVITIES.record(enrolment=case, record=record, by=world.case_worker)
    paper = fetched(log_in(world.case_worker), case)
    assert lines.get(code="physical").name in paper
    assert lines.get(code="psychologist").name not in paper
    assert lines.get(code="applications").name not in paper
