"""The pages of the plan: what it says, what it lacks, what it said before, and how it is changed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from lxml import html

from accounts.models import AccessEvent
from actionplans.enums import MilestoneState
from actionplans.models import Milestone, MilestoneStatus, PlanRevision
from actionplans.plans.actions import MilestoneRecord
from actionplans.plans.forms import TAKEN_BACK
from actionplans.plans.standing import edition
from core.days.dates import today, workday, workday_before
from core.swedish.words import day
from participants.enums import CaseRole
from projects.enums import Role
from tests.world.cases import days_ago, plan, started
from tests.world.factories import CaseAssignmentFactory
from tests.world.forms import text_of
from tests.world.pages import faults, fill, queries, shown, submit
from tests.world.worlds import member


@pytest.fixture
def case(world):
    return started(world.enrolment, 30)


@pytest.fixture
def url(case) -> str:
    return reverse("plan_edit", args=[case.public_id])


@pytest.fixture
def detail(case) -> str:
    return reverse("plan_detail", args=[case.public_id])


WHOLE = {
    "main_activity": "Återbruket, 20 timmar",
    "w1_start": "9",
    "w1_end": "13",
    "m1_text": "Göra klart cv",
    "m1_due_on": "2027-01-15",
}


def test_before_there_is_a_plan_the_page_says_what_one_holds(client, detail, url) -> None:
    html = client.get(detail).content.decode()
    assert "Det finns ingen plan än" in html
    assert url in html


def test_the_first_plan_is_saved_whole(world, client, case, url, detail) -> None:
    answer = submit(client, url, **WHOLE)
    assert answer["Location"] == detail
    revision = PlanRevision.objects.get(enrolment=case)
    assert (revision.number, revision.concerns_on, revision.is_complete) == (1, today(), True)
    assert revision.next_follow_up_on == workday(today() + timedelta(days=14))
    case.refresh_from_db()
    assert case.planned_on == today()
    html = client.get(detail).content.decode()
    assert "Planen är sparad" in html
    assert "Komplett" in html
    assert "Göra klart cv" in html
    assert f"Klart senast {day(MilestoneStatus.objects.get().due_on)}" in html
    assert AccessEvent.objects.filter(user=world.case_worker, kind="change", part="plan_edit").count() == 1


def test_a_plan_with_gaps_is_a_draft_and_says_what_it_lacks(client, case, url, detail) -> None:
    submit(client, url, main_activity="Återbruket")
    case.refresh_from_db()
    assert case.planned_on is None
    page = client.get(detail)
    html = page.content.decode()
    assert "som utkast. Den saknar veckoschema och delmål." in html
    assert "Saknar veckoschema och delmål" in text_of(page)
    for field in ("w1_start", "m1_text"):
        assert f'href="{url}#id_{field}"' in html
        assert f'id="id_{field}"' in client.get(url).content.decode()


def test_the_form_opens_with_the_plan_as_it_stands(world, client, case, url) -> None:
    follow_up = today() + timedelta(days=20)
    plan(case, world.case_worker, valid_on=days_ago(5), next_follow_up_on=follow_up)
    answers = shown(client.get(url).context["form"])
    assert answers["main_activity"] == "Återbruket, 20 timmar"
    assert [answers[f"w{number}_{part}"] for number in (1, 4) for part in ("day", "start", "end")] == [
        *("0", "9.00", "13.00"),
        *("3", "9.00", "13.00"),
    ]
    assert ("w5_start" in answers, answers["times"]) == (False, "6")
    assert answers["valid_on"] == str(today())
    assert answers["next_follow_up_on"] == str(follow_up)
    assert (answers["m1_text"], answers["m1_state"]) == ("Göra klart cv", "planned")
    assert "m2_text" not in answers
    assert answers["rows"] == "2"


def test_a_follow_up_that_has_passed_gives_way_to_a_proposal(world, client, case, url) -> None:
    plan(case, world.case_worker, valid_on=days_ago(20), next_follow_up_on=days_ago(6))
    form = client.get(url).context["form"]
    proposed = form["next_follow_up_on"].value()
    assert proposed.weekday() < 5
    assert today() + timedelta(days=28) <= proposed <= today() + timedelta(days=42)
    assert "förslag" in form["next_follow_up_on"].help_text


def test_the_proposal_comes_no_later_than_the_next_step(world, client, case, url) -> None:
    started(case, 80)
    plan(case, world.case_worker, valid_on=days_ago(20), next_follow_up_on=days_ago(6))
    step_day = case.clocks.get(step_number=1).due_on
    assert today() < step_day < today() + timedelta(days=28)
    assert client.get(url).context["form"]["next_follow_up_on"].value() == workday_before(step_day)


def test_a_delmal_is_changed_reached_and_dropped_without_losing_its_past(world, client, case, url, detail) -> None:
    plan(case, world.case_worker, milestones=[MilestoneRecord(text="Cv"), MilestoneRecord(text="Studiebesök")])
    submit(client, url, m1_state="reached", m2_state="dropped", m2_why="Företaget lades ner", m3_text="Praktik")
    current = MilestoneStatus.objects.current().order_by("milestone_id")
    assert [(milestone.text.text, milestone.state) for milestone in current] == [
        ("Cv", "reached"),
        ("Studiebesök", "dropped"),
        ("Praktik", "planned"),
    ]
    assert MilestoneStatus.objects.count() == 5
    assert Milestone.objects.count() == 3
    html = client.get(detail).content.decode()
    assert "Struket: Företaget lades ner" in html
    assert f"Nått {day(today())}" in html
    assert "I plan 2 ändrades" in html
    assert "3\xa0delmål" in html


def test_one_more_row_keeps_everything_typed_and_saves_nothing(client, case, url) -> None:
    answers = fill(client, url, **WHOLE, m2_text="Hälsa på", m3_text="Ringa", valid_on="i går")
    answer = client.post(url, {**answers, "do": "add"})
    assert answer.status_code == 200
    form = answer.context["form"]
    kept = shown(form)
    assert {name: kept[name] for name in answers if name != "rows"} == {
        name: value for name, value in answers.items() if name != "rows"
    }
    assert kept["rows"] == "4"
    assert form.fields["m4_text"].widget.attrs["autofocus"]
    assert not form.errors
    assert PlanRevision.objects.count() == 0
    saved = client.post(url, {**kept, "valid_on": str(today()), "m4_text": "Fjärde"})
    assert saved.status_code == 302
    assert MilestoneStatus.objects.count() == 4


def test_rows_end_somewhere(client, case, url) -> None:
    answers = fill(client, url, rows="40")
    form = client.post(url, {**answers, "do": "add"}).context["form"]
    assert not form.can_grow
    assert len(form.milestone_rows) == 40


@pytest.mark.parametrize("rows", ["0", "41", "-1", "x", "٣", "999"])
def test_rows_that_the_page_never_writes_are_refused(client, url, rows) -> None:
    assert client.post(url, {"rows": rows}).status_code == 400


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"valid_on": ""}, "valid_on", "Skriv vilken dag planen gjordes."),
        ({"valid_on": "2099-01-01"}, "valid_on", "Dagen kan inte ligga i framtiden. Kontrollera årtalet."),
        ({"valid_on": "i morgon"}, "valid_on", "Dagen kan inte ligga i framtiden."),
        ({"valid_on": "2001-01-01"}, "valid_on", "Planen kan inte vara gjord före inskrivningen."),
        ({"next_follow_up_on": "1926-01-01"}, "next_follow_up_on", "Kontrollera årtalet."),
        (
            {"next_follow_up_on": "för 3 dagar sedan"},
            "next_follow_up_on",
            "Nästa uppföljning ska ligga efter planens dag.",
        ),
        ({"m2_due_on": "2027-01-01"}, "m2_text", "Skriv vad delmålet är."),
        ({"m2_text": "Kurs", "m2_state": "dropped"}, "m2_why", "Skriv varför delmålet är struket."),
        ({"m2_due_on": "snart", "m2_text": "Kurs"}, "m2_due_on", "Skriv dagen för delmål 2 som 2026-03-31."),
    ],
)
def test_what_is_wrong_is_said_on_top_and_by_the_answer(client, url, answers, field, said) -> None:
    answer = submit(client, url, **{**WHOLE, **answers})
    assert answer.status_code == 200
    assert faults(answer) == {field: [said]}
    html = answer.content.decode()
    assert "<title>Fel: " in " ".join(html.split())
    assert f'href="#id_{field}"' in html
    assert shown(answer.context["form"])["m1_text"] == "Göra klart cv"
    assert PlanRevision.objects.count() == 0


@pytest.mark.parametrize("typed", [{"m2_text": "Kurs", "m2_why": "x" * 301}, {"m2_text": "", "m2_why": "Förut"}])
def test_why_a_delmal_is_dropped_is_let_be_while_it_isn_t(client, url, typed) -> None:
    """The question shows once it is dropped, so nobody could put right what stands there."""
    answer = submit(client, url, **WHOLE, **typed)
    assert answer.status_code == 302
    assert set(MilestoneStatus.objects.values_list("dropped_because", flat=True)) == {None}


def test_a_delmal_that_was_there_can_t_be_emptied(world, client, case, url) -> None:
    plan(case, world.case_worker)
    assert faults(submit(client, url, m1_text="")) == {
        "m1_text": ["Ett delmål tas inte bort. Välj läget Struket och skriv varför."]
    }


def test_a_second_press_saves_no_second_revision(client, case, url, detail) -> None:
    answers = fill(client, url, **WHOLE)
    for _ in range(2):
        assert client.post(url, answers)["Location"] == detail
    assert PlanRevision.objects.count() == 1


def test_a_plan_saved_as_it_stands_makes_no_revision_and_says_so(world, client, case, url, detail) -> None:
    dropped = MilestoneRecord(text="Kurs", state=MilestoneState.DROPPED, why="Fullt")
    milestones = [MilestoneRecord(text="Cv"), dropped]
    plan(case, world.case_worker, valid_on=days_ago(5), milestones=milestones)
    # Two who write the times otherwise mean them alike.
    assert submit(client, url, w1_start="09:00", w2_start="9-13", w2_end="")["Location"] == detail
    html = client.get(detail).content.decode()
    assert "Du ändrade ingenting, så planen står kvar som den var." in html
    assert "Planen är sparad" not in html
    assert PlanRevision.objects.count() == 1
    assert MilestoneStatus.objects.count() == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"main_activity": "Butiken"},
        {"w1_end": "12"},
        {"w1_what": "Köket"},
        {"w6_day": "4", "w6_start": "9", "w6_end": "10"},
        {"next_follow_up_on": "om 6 månader"},
        {"valid_on": str(days_ago(9))},
        {"m1_text": "Nytt ord"},
        {"m1_state": "reached"},
        {"m2_text": "Ett till"},
    ],
)
def test_any_one_thing_changed_is_a_revision(world, client, case, url, changed) -> None:
    plan(case, world.case_worker, valid_on=days_ago(5))
    submit(client, url, **changed)
    assert PlanRevision.objects.count() == 2


@pytest.mark.parametrize("is_own", [False, True])
def test_the_second_of_two_savers_sees_both_texts_and_loses_nothing(world, log_in, client, case, url, is_own) -> None:
    plan(case, world.case_worker, milestones=[MilestoneRecord(text="Cv")])
    mine = fill(client, url, w1_what="Min vecka", m2_text="Mitt delmål")
    kim = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    CaseAssignmentFactory(enrolment=case, user=kim, recorded_by=world.case_worker, role=CaseRole.SUBSTITUTE)
    colleague = log_in(world.case_worker if is_own else kim)
    submit(colleague, url, w1_what="Deras vecka", m1_state="reached", m2_text="Deras delmål")
    answer = client.post(url, mine)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "Planen har ändrats sedan du öppnade sidan" in html
    assert "Min vecka" in html
    assert "Deras vecka" in html
    assert "Mitt delmål" in html
    assert "Deras delmål" in html
    assert PlanRevision.objects.count() == 2
    again = shown(answer.context["form"])
    assert again["based_on"] == "2"
    assert client.post(url, again).status_code == 302
    last = PlanRevision.objects.latest("number")
    assert (last.number, last.schedule.text.splitlines()[0]) == (3, "Måndag 9.00–13.00 · Min vecka")
    texts = {status.text.text for status in MilestoneStatus.objects.current()}
    assert texts == {"Cv", "Mitt delmål", "Deras delmål"}


def test_a_delmal_of_another_plan_isn_t_touched(world, client, case, url) -> None:
    plan(world.unassigned, world.case_worker, valid_on=world.unassigned.enrolled_on, next_follow_up_on=today())
    foreign = MilestoneStatus.objects.get()
    answer = submit(client, url, **WHOLE, m1_id=str(foreign.milestone.public_id))
    assert faults(answer) == {"m1_text": [TAKEN_BACK]}
    foreign.refresh_from_db()
    assert foreign.superseded_at is None
    assert not MilestoneStatus.objects.filter(enrolment=case).exists()


def test_earlier_plans_stand_with_their_delmal_as_they_were(world, client, case, detail) -> None:
    by = world.case_worker
    plan(case, by, valid_on=days_ago(20), next_follow_up_on=today(), milestones=[MilestoneRecord(text="Gamla ordet")])
    first = MilestoneStatus.objects.get()
    changed = MilestoneRecord(text="Nya ordet", state=MilestoneState.REACHED, public_id=first.milestone.public_id)
    follow_up = today() + timedelta(days=3)
    plan(case, by, based_on=1, main_activity="Butiken", next_follow_up_on=follow_up, milestones=[changed])
    context = client.get(detail).context
    assert [milestone.text.text for milestone in context["current"].milestones] == ["Nya ordet"]
    earlier = context["earlier"][0]
    assert (earlier.revision.number, earlier.main_activity) == (1, "Återbruket, 20 timmar")
    assert [milestone.text.text for milestone in earlier.milestones] == ["Gamla ordet"]
    assert list(context["current"].changed) == ["placering eller aktivitet", "nästa uppföljning", "1\xa0delmål"]
    html = client.get(detail).content.decode()
    assert "Gamla ordet" in html
    assert "Nya ordet" in html


def test_the_coordinator_reads_the_plan_but_doesn_t_change_it(world, log_in, case, url, detail) -> None:
    plan(case, world.case_worker)
    client = log_in(world.coordinator)
    html = client.get(detail).content.decode()
    assert "Återbruket, 20 timmar" in html
    assert url not in html
    assert client.get(url).status_code == 403


@pytest.mark.parametrize("who", ["af_case_worker", "af_coordinator", "project_leader", "steering", "outsider"])
def test_nobody_else_finds_the_plan(world, log_in, case, url, detail, who) -> None:
    client = log_in(getattr(world, who))
    assert client.get(detail).status_code == 404
    assert client.post(url, {}).status_code == 404


def test_the_latest_plans_are_shown_and_older_ones_where_they_are_asked_for(world, client, case, detail) -> None:
    for number in range(9):
        plan(case, world.case_worker, based_on=edition(case), main_activity=f"Plats {number}")

    def shown(query: str) -> list[str]:
        page = html.fromstring(client.get(f"{detail}{query}").content)
        return [place.removeprefix("plan-") for place in page.xpath("//details/@id") if place.startswith("plan-")]

    assert shown("") == ["8", "7", "6", "5", "4"]
    assert "Visa 3 äldre planer" in client.get(detail).content.decode()
    first = case.plan_revisions.get(number=1)
    assert shown("?" + first.get_absolute_url().partition("?")[2]) == ["8", "7", "6", "5", "4", "1"]
    assert shown("?alla") == [str(number) for number in range(8, 0, -1)]
    assert "äldre plan" not in client.get(f"{detail}?alla").content.decode()


def test_pages_ask_the_same_number_of_questions_however_long_the_plan(world, client, case, url, detail) -> None:
    plan(case, world.case_worker)
    for page in (url, detail):
        queries(client, page)
    few = queries(client, url), queries(client, detail)
    for number in range(1, 6):
        milestones = [MilestoneRecord(text=f"Delmål {number} {place}") for place in range(4)]
        plan(case, world.case_worker, based_on=number, milestones=milestones)
    assert (queries(client, url), queries(client, detail)) == few
    assert max(few) <= 20


def test_the_page_is_named_for_the_person_and_rare_things_lie_under_mer(world, client, case, url, detail) -> None:
    submit(client, url, **WHOLE)
    html = client.get(detail).content.decode()
    name = case.participant.identity.name
    assert f"Handlingsplan för {name}</h1>" in html
    rare = html.partition('<details class="pop pop-right" data-menu>')[2].partition("</details>")[0]
    for word in ("Rätta planen", "Ta tillbaka planen", "Fel person"):
        assert word in rare
        assert html.count(f">{word}<") == 1
    assert 'class="btn"' not in rare.partition("</summary>")[2]
    # Nothing but a line is no sheet.
    assert '<details class="more" data-copy>' in html


def test_a_late_delmal_says_by_how_much_and_a_change_is_said_as_a_sentence(client, url, detail) -> None:
    submit(client, url, **WHOLE | {"m1_due_on": days_ago(9).isoformat()})
    assert "9 dagar för sent" in text_of(client.get(detail))
    submit(client, url, main_activity="Butiken", m1_text="Skriva cv", next_follow_up_on=days_ago(-20).isoformat())
    assert "placering eller aktivitet, nästa uppföljning och 1 delmål" in text_of(client.get(detail))


def test_one_delmal_in_two_rows_is_no_answer_of_the_page(world, client, case, url) -> None:
    plan(case, world.case_worker, milestones=[MilestoneRecord(text="Ett"), MilestoneRecord(text="Två")])
    sent = fill(client, url)
    answer = client.post(url, sent | {"m2_id": sent["m1_id"], "m1_text": "Ett igen", "m2_text": "Två igen"})
    assert answer.status_code == 400
    assert sorted(MilestoneStatus.objects.current().values_list("text__text", flat=True)) == ["Ett", "Två"]
