"""Employments through their pages: noted, followed by another in one press, corrected, taken back, moved."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.models import AccessEvent
from core.days.dates import today
from core.days.periods import Period
from core.enums import Category
from core.swedish.words import day
from participants.employment.actions import EMPLOYMENTS, EmploymentRecord, record_employment
from participants.employment.taking_over import AS_BEFORE, ENDED
from participants.enums import CaseRole, ExitReason, MisplacedWay
from participants.exits.actions import end_enrolment
from participants.models import EmploymentPeriod, Enrolment, Misplacement
from projects.enums import ListKind, Role
from projects.lists.actions import KEEPS_NAME, ListedLine, change_listed
from projects.models import Listed
from tests.casework.case.reads import entries, facts, page
from tests.world import consent_rows as consents
from tests.world.case_rows import assign_contact
from tests.world.cases import days_ago, met
from tests.world.factories import CaseAssignmentFactory
from tests.world.pages import faults, fill, queries, shown, submit
from tests.world.worlds import member

FEB, NOV, DEC = date(2026, 2, 1), date(2026, 11, 30), date(2026, 12, 1)
TOOK_OVER = date(2026, 2, 19)
DAY = timedelta(days=1)
CANARY = "Kanarieverkstaden"


def form(world, code: str) -> Listed:
    return Listed.objects.get(project=world.project, kind=ListKind.EMPLOYMENT, code=code)


def employ(world, code: str, first: date, last: date | None = None, case: Enrolment | None = None, **said):
    record = EmploymentRecord(
        form=form(world, code),
        employer=said.get("employer", ""),
        percent=said.get("percent"),
        other_support=said.get("other_support"),
        period=Period(first, last),
    )
    return record_employment(
        enrolment=case or world.enrolment, record=record, ends=said.get("ends", ()), by=world.case_worker
    )


def noted(case: Enrolment) -> list[tuple[str, date, date | None]]:
    """Employments that stand, in the order of their days."""
    rows = EmploymentPeriod.objects.filter(enrolment=case).current().order_by("concerns_on", "pk")
    return list(rows.values_list("form__code", "concerns_on", "until"))


def url(case: Enrolment) -> str:
    return reverse("employment_create", args=[case.public_id])


def answers(world, code: str = "development_employment", **more: str) -> dict[str, str]:
    return {"form": str(form(world, code).public_id), "first_day": "2026-02-01", **more}


def test_saves_with_the_last_day_included_and_says_it_on_the_case(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    assert url(case) in page(client, case)
    said = answers(world, employer="Återbruket", percent="75", last_day="2027-03-31", other_support="no")
    answer = submit(client, url(case), **said)
    assert answer["Location"] == case.get_absolute_url()
    (fact,) = EmploymentPeriod.objects.all()
    assert (fact.concerns_on, fact.until, fact.percent, fact.other_support) == (FEB, date(2027, 4, 1), 75, False)
    assert (str(fact.employer), fact.category, fact.owner) == ("Återbruket", Category.SUPPORT, world.ame)
    told = facts(client, case)["Anställning"].replace("\xa0", " ")
    assert told == "Utvecklingsanställning på Återbruket, 75 %, sedan 1 feb, till och med 31 mars 2027"
    (entry,) = [entry for entry in entries(client, case) if entry.title == "Anställning"]
    assert entry.text.replace("\xa0", " ") == ("Utvecklingsanställning på Återbruket, 75 % till och med 31 mars 2027.")
    event = AccessEvent.objects.get(part="employment_create", kind="change")
    assert list(event.subjects.values_list("person", flat=True)) == [case.participant.public_id]


def test_a_change_of_form_ends_the_former_in_one_press_and_keeps_both(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    employ(world, "development_employment", FEB, employer="Återbruket")
    data = fill(client, url(case), **answers(world, "security_employment", first_day="2026-12-01"))
    answer = client.post(url(case), data)
    assert noted(case) == [("development_employment", FEB, DEC), ("security_employment", DEC, None)]
    receipt = client.get(answer["Location"]).content.decode().replace("\xa0", " ")
    assert (
        "Anställningen från 1 december 2026 är sparad. Utvecklingsanställning på Återbruket slutar 30 november 2026."
        in receipt
    )
    texts = [entry.text.replace("\xa0", " ") for entry in entries(client, case) if entry.title == "Anställning"]
    assert any("till och med 30 november 2026" in text for text in texts)
    client.post(url(case), data)
    assert len(noted(case)) == 2


def test_two_at_once_are_both_kept(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    employ(world, "permanent", FEB)
    submit(client, url(case), **answers(world, "hourly", first_day="2026-10-01"), ends=[])
    assert noted(case) == [("permanent", FEB, None), ("hourly", date(2026, 10, 1), None)]
    # With two, nobody can tell which of them gives way: none is ticked beforehand.
    assert shown(client.get(url(case)).context["form"]).get("ends", []) == []


def test_more_than_full_time_at_once_is_said_and_saved_all_the_same(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    employ(world, "permanent", FEB, percent=75)
    employ(world, "hourly", FEB - timedelta(days=90), FEB - DAY, percent=75)
    assert "tillsammans" not in client.get(url(case)).content.decode()
    answer = submit(client, url(case), **answers(world, "hourly", first_day="2026-12-01", percent="50"), ends=[])
    said = "Anställningarna är tillsammans 125 % från 1 december 2026."
    for address in (answer["Location"], url(case)):
        assert said in client.get(address).content.decode().replace("\xa0", " ")
    assert len(noted(case)) == 3


def test_one_that_is_over_by_then_keeps_its_last_day(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    last = today() + timedelta(days=10)
    employ(world, "hourly", FEB, last)
    first = (today() + timedelta(days=30)).isoformat()
    answer = submit(client, url(case), **answers(world, "permanent", first_day=first))
    assert noted(case)[0] == ("hourly", FEB, last + DAY)
    assert "slutar" not in client.get(answer["Location"]).content.decode().partition("är sparad.")[2][:80]


def test_what_was_before_another_cannot_end_it(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    employ(world, "permanent", FEB)
    said = answers(world, "hourly", first_day="2026-01-05", last_day="2026-01-20")
    answer = submit(client, url(case), **said)
    assert [fault.replace("\xa0", " ") for fault in faults(answer)["ends"]] == [
        "Tillsvidareanställning börjar 1 februari 2026 och den nya 5 januari 2026, så den nya kan inte ta över. "
        "Kontrollera dagarna: en av dem kan vara fel. Pågår båda samtidigt, ta bort krysset."
    ]
    client.post(url(case), shown(answer.context["form"]) | {"ends": []})
    assert [code for code, *_ in noted(case)] == ["hourly", "permanent"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"form": ""}, "form"),
        ({"form": "annat"}, "form"),
        ({"first_day": ""}, "first_day"),
        ({"first_day": "1826-02-01"}, "first_day"),
        ({"last_day": "2026-01-31"}, "last_day"),
        ({"percent": "0"}, "percent"),
        ({"percent": "101"}, "percent"),
        ({"percent": "halvtid"}, "percent"),
        ({"employer": "x" * 121}, "employer"),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_typed(world, log_in, said, field) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    asked = {**answers(world, employer="Återbruket"), **said}
    data = fill(client, url(case), **{name: value for name, value in asked.items() if value})
    answer = client.post(url(case), data)
    assert list(faults(answer)) == [field]
    assert shown(answer.context["form"]) == data
    assert noted(case) == []


def test_a_form_is_offered_for_its_days(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    names = [label for _, label in client.get(url(case)).context["form"].fields["form"].choices]
    assert names[-1] == "Annat"
    assert {"Trygghetsanställning", "Studier med CSN", "Deltidsstudier", "Annat"} <= set(names)
    assert "Särskilt anställningsstöd" not in names
    line = form(world, "wage_subsidy")
    Listed.objects.filter(pk=line.pk).update(valid_until=date(2026, 6, 1))
    answer = submit(client, url(case), **answers(world, "wage_subsidy", first_day="2026-06-01"))
    assert list(faults(answer)) == ["form"]
    submit(client, url(case), **answers(world, "wage_subsidy", first_day="2026-05-31"))
    assert [code for code, *_ in noted(case)] == ["wage_subsidy"]
    # It keeps its name, and the employment its form, when the list no longer has it.
    Listed.objects.filter(pk=line.pk).update(valid_until=date(2025, 1, 1))
    edit = EmploymentPeriod.objects.get().get_absolute_url()
    submit(client, edit, percent="50", why="Fel procent.")
    assert EmploymentPeriod.objects.current().get().percent == 50
    named = ListedLine(name="Nytt namn", valid_from=None, valid_until=None)
    with pytest.raises(Exception, match=KEEPS_NAME):
        change_listed(listed=line, line=named, by=world.project_leader)


def test_it_is_written_after_the_exit_too(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    end_enrolment(enrolment=case, exited_on=date(2026, 6, 30), reason=ExitReason.WORK, by=world.case_worker)
    submit(client, url(case), **answers(world, "permanent", first_day="2026-09-01"))
    assert noted(case) == [("permanent", date(2026, 9, 1), None)]
    assert "Tillsvidareanställning, sedan" in facts(client, case)["Anställning"].replace("\xa0", " ")


def test_a_correction_is_a_new_version_with_why(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    old = employ(world, "permanent", FEB, employer="Lagret")
    answer = submit(client, old.get_absolute_url(), employer="Butiken", last_day="2026-11-30", why="Fel namn.")
    assert answer["Location"] == case.get_absolute_url()
    receipt = client.get(answer["Location"]).content.decode().replace("\xa0", " ")
    assert "Anställningen är rättad: 1 februari 2026 – 30 november 2026." in receipt
    now = EmploymentPeriod.objects.current().get()
    assert (now.corrects, str(now.employer), now.until, str(now.why)) == (old, "Butiken", DEC, "Fel namn.")
    html = client.get(now.get_absolute_url()).content.decode()
    assert "Tidigare versioner" in html
    assert "Lagret" in html


@pytest.mark.parametrize("ticked", [True, False])
def test_a_draft_keeps_its_tick_where_the_former_is_corrected_meanwhile(world, log_in, ticked) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    old = employ(world, "permanent", FEB, employer="Lagret")
    data = fill(client, url(case), **answers(world, "hourly", employer="Butiken", first_day="2026-01-05"))
    data |= {"first_day": "i övermorrn"} | ({} if ticked else {"ends": []})
    assert list(faults(client.post(url(case), data))) == ["first_day"]
    submit(client, old.get_absolute_url(), employer="Lager ett", why="Fel namn.")
    opened = shown(client.get(url(case)).context["form"])
    assert opened["employer"] == "Butiken"
    assert len(opened.get("ends", [])) == ticked
    client.post(url(case), opened | {"first_day": "2026-12-01"})
    again = client.post(url(case), shown(client.get(url(case)).context["form"]) | {"first_day": "2026-12-01"})
    assert again.status_code in (200, 302)
    assert ("permanent", FEB, DEC if ticked else None) in noted(case)


def test_who_saved_in_another_window_is_told_so(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    old = employ(world, "permanent", FEB, employer="Lagret")
    data = fill(client, old.get_absolute_url(), employer="Butiken", why="Fel namn.")
    submit(client, old.get_absolute_url(), employer="Torget", why="Fel namn.")
    told = client.post(old.get_absolute_url(), data).content.decode()
    assert "Du har själv sparat det här sedan du öppnade sidan" in told
    assert "Du sparade" in told
    assert "Någon annan" not in told
    assert str(world.case_worker) not in told.partition("</h2>")[2].partition("<table")[0]
    kim = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    CaseAssignmentFactory(enrolment=case, user=kim, recorded_by=world.case_worker, role=CaseRole.SUBSTITUTE)
    other = log_in(kim).post(old.get_absolute_url(), data).content.decode()
    assert "Någon annan hann spara före dig" in other


def test_a_coordinator_reads_takes_back_and_writes_nothing(world, log_in) -> None:
    fact, coordinator = employ(world, "permanent", FEB), log_in(world.coordinator)
    html = coordinator.get(url(world.enrolment)).content.decode()
    assert fact.get_absolute_url() in html
    assert "Spara anställningen" not in html
    assert coordinator.post(url(world.enrolment), answers(world)).status_code == 403
    assert coordinator.post(fact.get_absolute_url(), answers(world)).status_code == 403
    submit(coordinator, reverse("employment_take_back", args=[fact.public_id]), reason="Blev inte av.")
    assert noted(world.enrolment) == []
    assert "Anställning" not in facts(coordinator, world.enrolment)
    titles = [entry.title for entry in entries(coordinator, world.enrolment)]
    assert "Anställning (återtagen)" in titles


@pytest.mark.parametrize("way", [MisplacedWay.MOVED_AWAY, MisplacedWay.TAKEN_AWAY])
def test_one_on_the_wrong_person_leaves_nothing_there(world, wrong, right, log_in, way) -> None:
    client = log_in(world.case_worker)
    fact = employ(world, "permanent", days_ago(9), employer=CANARY, case=wrong)
    moves = way == MisplacedWay.MOVED_AWAY
    address = reverse("employment_misplaced", args=[fact.public_id])
    submit(client, address, way=way, right=str(right.public_id) if moves else "")
    assert Misplacement.objects.filter(enrolment=wrong).exists()
    assert CANARY not in page(client, wrong)
    assert (CANARY in page(client, right)) is moves


@pytest.mark.parametrize("kinds", [[Category.PLAN], [Category.SUPPORT], []])
def test_others_read_it_by_consent_to_its_kind_alone(world, log_in, kinds) -> None:
    employ(world, "permanent", FEB, employer=CANARY)
    assign_contact(world.enrolment, world.af_case_worker)
    consents.give(world.enrolment, [world.af], [Category.IDENTITY, *kinds], by=world.case_worker)
    html = page(log_in(world.af_case_worker), world.enrolment)
    assert (CANARY in html) is (Category.SUPPORT in kinds)
    assert log_in(world.af_case_worker).get(url(world.enrolment)).status_code == 403


@pytest.mark.parametrize(
    ("code", "support", "number", "said"),
    [
        ("security_employment", False, 5, "Trygghetsanställning sedan 1 feb kan visa steget"),
        ("hourly", True, 4, "Timanställning sedan 1 feb kan visa steget"),
        ("hourly", None, 4, "Timanställning sedan 1 feb kan visa steg 4 eller 5"),
        ("part_time_studies", False, 4, "Deltidsstudier sedan 1 feb kan visa steget"),
        ("other", False, 0, ""),
    ],
)
def test_it_proposes_a_step_and_sets_none(world, log_in, code, support, number, said) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    employ(world, code, FEB, other_support=support)
    ladder = client.get(case.get_absolute_url()).context["ladder"]
    hints = {step.number: step.hint.replace("\xa0", " ") for step in ladder if step.hint}
    assert hints == ({number: said} if number else {})
    assert {step.state for step in ladder} == {"now", "ahead"}
    assert said in page(client, case).replace("\xa0", " ")


def test_a_step_that_is_cleared_is_proposed_no_more(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    employ(world, "security_employment", FEB, other_support=False)
    met(case, world.case_worker, days_ago(3), clears=5)
    assert [step.hint for step in client.get(case.get_absolute_url()).context["ladder"] if step.hint] == []


@pytest.mark.parametrize("rows", [0, 15])
def test_asks_the_database_equally_often_however_much_there_is(world, log_in, rows) -> None:
    for number in range(rows):
        employ(world, "hourly", FEB + number * DAY, employer=f"Plats {number}")
    client = log_in(world.case_worker)
    client.get(url(world.enrolment))
    assert queries(client, url(world.enrolment)) <= 14


@pytest.mark.parametrize(("step", "is_said"), [("3", False), ("4", True), ("5", True)])
def test_who_judges_a_step_of_self_support_is_told_of_it(world, log_in, step, is_said) -> None:
    employ(world, "security_employment", FEB, employer=CANARY, other_support=False)
    piece = reverse("meeting_proposal", args=[world.enrolment.public_id])
    answer = log_in(world.case_worker).post(piece, {"step": step, "held_on": today().isoformat()})
    said = answer.content.decode().replace("\xa0", " ")
    told = f"Trygghetsanställning på {CANARY}, sedan 1 februari 2026, utan annat stöd."
    assert (told in said) is is_said


def test_a_page_that_took_back_what_is_taken_back_already_says_so_in_words(world, log_in) -> None:
    client, fact = log_in(world.case_worker), employ(world, "hourly", FEB)
    address = reverse("employment_take_back", args=[fact.public_id])
    sent = fill(client, address, reason="Fel")
    submit(client, address, reason="Stämde inte")
    conflict = client.post(address, sent).context["form"].conflict
    assert not [row.label for row in conflict.differences if row.label.isidentifier() and row.label.islower()]


def test_a_page_that_takes_back_what_was_corrected_meanwhile_says_so_in_words(world, log_in) -> None:
    client, fact = log_in(world.case_worker), employ(world, "hourly", FEB, percent=50)
    address = reverse("employment_take_back", args=[fact.public_id])
    sent = fill(client, address, reason="Fel")
    submit(client, reverse("employment_edit", args=[fact.public_id]), percent="75", why="Mer")
    conflict = client.post(address, sent).context["form"].conflict
    assert [(row.label, row.theirs) for row in conflict.differences] == [
        ("Anställningen", "Rättad sedan du öppnade sidan")
    ]


def test_nobody_is_employed_before_birth(world, log_in) -> None:
    client, person = log_in(world.case_worker), world.enrolment.participant
    # So late that nothing else is wrong with the day before.
    type(person).objects.filter(pk=person.pk).update(birth_date=date(2026, 1, 20))
    early = "2026-01-19"
    assert list(faults(submit(client, url(world.enrolment), **answers(world, first_day=early)))) == ["first_day"]
    fact = employ(world, "hourly", FEB)
    edit = reverse("employment_edit", args=[fact.public_id])
    assert list(faults(submit(client, edit, first_day=early, why="Fel dag"))) == ["first_day"]
    assert noted(world.enrolment) == [("hourly", FEB, None)]


@pytest.fixture
def taken_over(world) -> EmploymentPeriod:
    """One that ended a former one; that one went on until then."""
    old = employ(world, "permanent", FEB, employer="Lagret")
    return employ(world, "hourly", TOOK_OVER, employer=CANARY, ends=[old])


AS_IT_WAS = [("permanent", FEB, None)]


def plain(html: str) -> str:
    return " ".join(html.replace("\xa0", " ").split())


def test_the_former_goes_on_when_the_one_that_took_over_is_taken_back(world, log_in, taken_over) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    address = reverse("employment_take_back", args=[taken_over.public_id])
    again = "Tillsvidareanställning på Lagret pågår igen."
    assert again in plain(client.get(address).content.decode())
    told = client.post(address, fill(client, address, reason="Blev inte av."), follow=True)
    assert again in plain(told.content.decode())
    assert noted(case) == AS_IT_WAS
    now = EmploymentPeriod.objects.current().get()
    assert [row.why.text for row in (now.corrects, now)] == [ENDED, AS_BEFORE]


@pytest.mark.parametrize("way", [MisplacedWay.MOVED_AWAY, MisplacedWay.TAKEN_AWAY])
@pytest.mark.parametrize("taken_back", [False, True])
def test_no_trace_of_somebody_elses_stays_with_the_former(world, right, log_in, taken_over, way, taken_back) -> None:
    client, case, fact = log_in(world.case_worker), world.enrolment, taken_over
    if taken_back:
        fact = EMPLOYMENTS.take_back(fact=fact, reason="Fel.", by=world.case_worker)
    address = reverse("employment_misplaced", args=[fact.public_id])
    assert ("pågår igen." in plain(client.get(address).content.decode())) is not taken_back
    submit(client, address, way=way, right=str(right.public_id) if way == MisplacedWay.MOVED_AWAY else "")
    # The receipt names it once.
    client.get(case.get_absolute_url())
    assert noted(case) == AS_IT_WAS
    now = EmploymentPeriod.objects.current().get(enrolment=case)
    extract = reverse("participant_extract_json", args=[case.participant.public_id])
    read = [
        *(client.get(url).content.decode() for url in (case.get_absolute_url(), now.get_absolute_url())),
        b"".join(client.post(extract, {"reason": "asked"})).decode(),
    ]
    for words in (CANARY, day(TOOK_OVER), day(TOOK_OVER - DAY), str(TOOK_OVER), str(TOOK_OVER - DAY)):
        assert [words.replace("\xa0", " ") in plain(html) for html in read] == [False] * len(read), words


def test_one_that_was_changed_since_is_left_alone(world, log_in, taken_over) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    ended = EmploymentPeriod.objects.current().get(form__code="permanent")
    submit(client, ended.get_absolute_url(), employer="Butiken", why="Fel namn.")
    address = reverse("employment_take_back", args=[taken_over.public_id])
    assert "pågår igen" not in plain(client.get(address).content.decode())
    submit(client, address, reason="Blev inte av.")
    assert noted(case) == [("permanent", FEB, TOOK_OVER)]


def test_one_that_had_a_last_day_gets_it_back(world, log_in) -> None:
    client, case, last = log_in(world.case_worker), world.enrolment, DEC + timedelta(days=30)
    old = employ(world, "permanent", FEB, last)
    new = employ(world, "hourly", DEC, ends=[old])
    submit(client, new.get_absolute_url(), first_day=str(DEC + DAY), why="Fel dag.")
    now = EmploymentPeriod.objects.current().get(form__code="hourly")
    address = reverse("employment_take_back", args=[now.public_id])
    assert f"slutar {day(last)} igen.".replace("\xa0", " ") in plain(client.get(address).content.decode())
    submit(client, address, reason="Blev inte av.")
    assert noted(case) == [("permanent", FEB, last + DAY)]
