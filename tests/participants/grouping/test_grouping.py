"""What holds of the project's lists for an enrolment, through its pages: noted, changed, corrected, taken back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from core.days.dates import today
from core.swedish.words import day
from participants.enums import ExitReason, MisplacedWay
from participants.exits.actions import end_enrolment
from participants.grouping.actions import GROUPINGS, NOTHING, GroupingRecord
from participants.models import CaseGrouping, Enrolment, Misplacement, Participant
from projects.enums import ListKind
from projects.lists.actions import ListedLine, add_to_list, is_used
from projects.models import Listed
from tests.casework.case.reads import entries, facts, page
from tests.world.cases import days_ago
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory, ProjectFactory
from tests.world.pages import faults, fill, queries, shown, submit

TITLE = "Målgrupp, metod och hinder"
EMPTY = "Projektets listor är tomma"


def url(case: Enrolment, name: str = "grouping_create") -> str:
    return reverse(name, args=[case.public_id])


def line(world, code: str) -> Listed:
    kinds = [ListKind.TARGET_GROUP, ListKind.OBSTACLE]
    return Listed.objects.get(project=world.project, kind__in=kinds, code=code)


def key(world, code: str) -> str:
    return str(line(world, code).public_id)


def own(world, kind: ListKind, name: str, first: date | None = None, until: date | None = None) -> Listed:
    asked = ListedLine(name=name, valid_from=first, valid_until=until)
    return add_to_list(project=world.project, kind=kind, line=asked, by=world.project_leader)


def grouped(world, *codes: str, on: date, unit: Listed | None = None, case: Enrolment | None = None) -> CaseGrouping:
    record = GroupingRecord(on=on, target_groups=[line(world, code) for code in codes], unit=unit)
    return GROUPINGS.record(enrolment=case or world.enrolment, record=record, by=world.case_worker)


def held(case: Enrolment) -> list[tuple[date, str]]:
    rows = CaseGrouping.objects.placed().current().filter(enrolment=case).with_case().order_by("concerns_on")
    return [(row.concerns_on, row.in_rows) for row in rows]


def text(client, case: Enrolment) -> str:
    return str(next(entry for entry in entries(client, case) if entry.title == TITLE).text)


def test_several_groups_methods_and_obstacles_and_one_unit_hold_from_a_day(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    seven, unit = own(world, ListKind.METHOD, "7-TJUGO"), own(world, ListKind.UNIT, "Byggeriet")
    assert url(case) in page(client, case)
    answer = submit(
        client,
        url(case),
        target_groups=[key(world, "born_abroad"), key(world, "aged_20_24")],
        methods=[str(seven.public_id)],
        unit=str(unit.public_id),
        obstacles=[key(world, "language")],
    )
    assert answer["Location"] == case.get_absolute_url()
    assert f"Det som gäller från {day(case.enrolled_on)} är sparat." in page(client, case)
    said = (
        "Målgrupp: född utanför Sverige, 20–24 år. Metod: 7-TJUGO. Enhet: Byggeriet. Försörjningshinder: språkhinder."
    )
    groups = CaseGrouping.objects.get()
    assert (groups.concerns_on, set(groups.in_rows.split(". "))) == (case.enrolled_on, set(said.split(". ")))
    now = facts(client, case)
    assert set(now["Målgrupp"].lower().split(", ")) == {"född utanför sverige", "20–24 år"}
    assert (now["Metod"], now["Enhet"], now["Försörjningshinder"]) == ("7-TJUGO", "Byggeriet", "Språkhinder")
    assert text(client, case) == groups.in_rows
    assert is_used(unit)
    assert is_used(seven)


def test_a_change_opens_with_what_holds_today_and_the_history_says_what_is_new(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    first, second = (own(world, ListKind.UNIT, name) for name in ("Byggeriet", "VUXAM"))
    grouped(world, "born_abroad", on=case.enrolled_on, unit=first)
    form = client.get(url(case)).context["form"]
    opened = shown(form)
    assert (opened["target_groups"], opened["unit"]) == ([key(world, "born_abroad")], str(first.public_id))
    assert form["on"].value() in (today(), today().isoformat())
    submit(client, url(case), unit=str(second.public_id), on=str(days_ago(5)))
    assert [on for on, _ in held(case)] == [case.enrolled_on, days_ago(5)]
    assert facts(client, case)["Enhet"] == "VUXAM"
    assert "Nytt: VUXAM. Gäller inte längre: Byggeriet." in text(client, case)
    # The one that holds later takes nothing from the days before.
    assert [said.partition("Enhet: ")[2] for _, said in held(case)] == ["Byggeriet.", "VUXAM."]
    grouped(world, "born_abroad", on=days_ago(2), unit=second)
    assert "Oförändrat sedan förra gången." in text(client, case)


@pytest.mark.parametrize(
    ("said", "field"), [({}, "target_groups"), ({"on": ""}, "on"), ({"on": "i morgon kväll"}, "on")]
)
def test_a_faulty_answer_is_named_keeps_the_rest_and_changes_nothing(world, log_in, said, field) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    answers = {"obstacles": [key(world, "language")], **said} if said else {}
    answer = client.post(url(case), fill(client, url(case), **answers))
    assert list(faults(answer)) == [field]
    kept = shown(answer.context["form"])
    assert {name: kept.get(name, "") for name in answers} == answers
    assert not CaseGrouping.objects.exists()


def test_the_day_lies_from_a_month_before_the_enrolment_to_today_and_the_exit(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    born = date(2025, 12, 20)
    Participant.objects.filter(pk=case.participant_id).update(birth_date=born)
    end_enrolment(enrolment=case, exited_on=date(2026, 6, 30), reason=ExitReason.WORK, comment="", by=world.case_worker)
    fine, bad = ["2025-12-20", "2026-06-30"], ["2025-12-19", "2026-07-01", str(today() + timedelta(days=1))]
    for on in bad:
        answers = fill(client, url(case), target_groups=[key(world, "born_abroad")], on=on)
        assert list(faults(client.post(url(case), answers))) == ["on"]
    assert held(case) == []
    for on in fine:
        submit(client, url(case), target_groups=[key(world, "born_abroad")], on=on)
    assert [str(on) for on, _ in held(case)] == fine


def test_earlier_than_a_month_before_the_enrolment_is_refused(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    answers, first = {"target_groups": [key(world, "born_abroad")]}, date(2025, 12, 12)
    answer = client.post(url(case), fill(client, url(case), on="2025-12-11", **answers))
    assert faults(answer) == {"on": [f"Dagen kan vara tidigast {day(first)}, en månad före inskrivningen."]}
    submit(client, url(case), on="2025-12-12", **answers)
    assert [on for on, _ in held(case)] == [first]


def test_a_day_has_one(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    grouped(world, "born_abroad", on=days_ago(9))
    answer = client.post(
        url(case), fill(client, url(case), target_groups=[key(world, "aged_20_24")], on=str(days_ago(9)))
    )
    assert list(faults(answer)) == ["on"]
    assert len(held(case)) == 1
    late = grouped(world, "aged_20_24", on=days_ago(3))
    answers = fill(client, late.get_absolute_url(), on=str(days_ago(9)), why="Fel dag.")
    assert list(faults(client.post(late.get_absolute_url(), answers))) == ["on"]


def test_a_line_is_offered_on_its_days_and_one_that_is_corrected_keeps_its_own(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    until = days_ago(30)
    over = own(world, ListKind.METHOD, "Gamla vägen", until=until)
    answers = {"methods": [str(over.public_id)], "on": str(until)}
    answer = client.post(url(case), fill(client, url(case), **answers))
    assert list(faults(answer)) == ["methods"]
    assert "Gamla vägen erbjuds till och med" in str(faults(answer)["methods"])
    submit(client, url(case), **(answers | {"on": str(until - timedelta(days=1))}))
    Listed.objects.filter(pk=over.pk).update(valid_until=days_ago(60))
    fact = CaseGrouping.objects.get()
    submit(client, fact.get_absolute_url(), target_groups=[key(world, "aged_20_24")], why="Glömde målgruppen.")
    assert held(case) == [(until - timedelta(days=1), "Målgrupp: 20–24 år. Metod: Gamla vägen.")]


def test_nothing_holds_any_more_can_be_said_once_something_has(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    with pytest.raises(Exception, match="Välj minst en sak"):
        GROUPINGS.record(enrolment=case, record=GroupingRecord(on=days_ago(3)), by=world.case_worker)
    grouped(world, "aged_20_24", on=days_ago(30))
    submit(client, url(case), target_groups=[], on=str(days_ago(3)))
    assert [said for _, said in held(case)] == ["Målgrupp: 20–24 år.", "Inget är valt."]
    assert "Målgrupp" not in facts(client, case)
    first = CaseGrouping.objects.order_by("pk")[0]
    answers = fill(client, first.get_absolute_url(), target_groups=[], why="Fel.")
    assert NOTHING in client.post(first.get_absolute_url(), answers).content.decode()


def test_it_is_corrected_with_what_stood_and_taken_back(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    fact = grouped(world, "born_abroad", on=days_ago(9))
    submit(client, fact.get_absolute_url(), target_groups=[key(world, "aged_20_24")], why="Tog fel.")
    assert [said for _, said in held(case)] == ["Målgrupp: 20–24 år."]
    assert "Tog fel. Förut stod: Målgrupp: född utanför Sverige." in text(client, case)
    now = CaseGrouping.objects.current().get()
    assert "född utanför Sverige" in client.get(now.get_absolute_url()).content.decode()
    submit(client, now.get_absolute_url() + "ta-tillbaka/", reason="Blev fel.")
    assert held(case) == []
    assert f"{TITLE} (återtaget)" in [entry.title for entry in entries(client, case)]


def test_it_is_moved_to_the_right_person_in_the_project_and_no_other(world, log_in) -> None:
    client, wrong = log_in(world.case_worker), world.enrolment
    right = EnrolmentFactory(project=world.project, enrolled_on=date(2026, 1, 12), given_name="Vilgot")
    CaseAssignmentFactory(enrolment=right, user=world.case_worker)
    fact = grouped(world, "born_abroad", on=days_ago(9))
    twin = grouped(world, "aged_20_24", on=days_ago(9), case=right)
    other = EnrolmentFactory(project=ProjectFactory(), enrolled_on=date(2026, 1, 12))
    for case, said in ((right, "Det finns redan"), (other, "annat projekt")):
        with pytest.raises(Exception, match=said):
            GROUPINGS.put_right(fact=fact, right=case, by=world.case_worker)
    GROUPINGS.take_back(fact=twin, reason="Fel", by=world.case_worker)
    submit(
        client,
        url(fact, "grouping_misplaced"),
        way=MisplacedWay.MOVED_AWAY,
        right=str(right.public_id),
    )
    assert (held(wrong), held(right)) == ([], [(days_ago(9), "Målgrupp: född utanför Sverige.")])
    assert Misplacement.objects.filter(enrolment=wrong).exists()


def test_a_line_that_was_somebody_elses_goes_with_why_it_was_corrected(world, log_in) -> None:
    client, case, day_then = log_in(world.case_worker), world.enrolment, days_ago(9)
    fact = grouped(world, "born_abroad", on=day_then)
    for code, why in (("sick_listed_long", "Skälet som går"), ("aged_20_24", "Skälet som står")):
        record = GroupingRecord(on=day_then, target_groups=[line(world, code)])
        fact = GROUPINGS.correct(fact=fact, record=record, why=why, by=world.case_worker)
    address = url(fact, "grouping_misplaced")
    parts = client.get(address).context["form"].fields["part"].choices
    (part,) = [part for part, label in parts if "sjukskriven länge" in label]
    submit(client, address, way=MisplacedWay.TAKEN_AWAY, part=part, right="")
    kept = CaseGrouping.objects.placed().filter(enrolment=case).with_case().order_by("pk")
    assert [row.in_rows for row in kept] == ["Målgrupp: född utanför Sverige.", "Målgrupp: 20–24 år."]
    assert "jukskriven länge" not in page(client, case) + client.get(address).content.decode()
    assert Misplacement.objects.get().way == MisplacedWay.PART_TAKEN


def test_only_lists_with_a_line_are_asked_and_without_any_the_page_says_so(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    asked = client.get(url(case)).context["form"].fields.keys() & {"target_groups", "methods", "unit", "obstacles"}
    assert asked == {"target_groups", "obstacles"}
    Listed.objects.filter(project=world.project).delete()
    html = client.get(url(case)).content.decode()
    assert EMPTY in html
    assert reverse("listed_list") not in html.partition("<main")[2]


def test_no_obstacle_stands_with_no_other(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    both = [key(world, "none"), key(world, "unemployed_none")]
    assert list(faults(client.post(url(case), fill(client, url(case), obstacles=both)))) == ["obstacles"]
    submit(client, url(case), obstacles=[key(world, "unemployed_none"), key(world, "language")])
    assert [said for _, said in held(case)] == ["Försörjningshinder: arbetslös, ingen ersättning; språkhinder."]


@pytest.mark.parametrize(
    ("code", "days", "counts"), [("early", -20, True), ("same", 0, True), ("soon", 14, True), ("late", 15, False)]
)
def test_the_one_at_enrolment_is_of_its_day_or_before_else_of_the_first_talks(world, code, days, counts) -> None:
    case = world.enrolment
    made = grouped(world, "born_abroad", on=case.enrolled_on + timedelta(days=days))
    grouped(world, "aged_20_24", on=case.enrolled_on + timedelta(days=40))
    assert list(CaseGrouping.objects.at_enrolment()) == ([made] if counts else [])


def test_of_several_before_the_enrolment_the_latest_counts_and_of_the_talks_the_first(world) -> None:
    case = world.enrolment
    for days in (10, 3):
        first = grouped(world, "born_abroad", on=case.enrolled_on + timedelta(days=days))
    assert list(CaseGrouping.objects.at_enrolment()) == [first]
    for days in (-20, -5):
        latest = grouped(world, "aged_20_24", on=case.enrolled_on + timedelta(days=days))
    assert list(CaseGrouping.objects.at_enrolment()) == [latest]
    GROUPINGS.take_back(fact=latest, reason="Fel", by=world.case_worker)
    assert [row.concerns_on for row in CaseGrouping.objects.at_enrolment()] == [case.enrolled_on - timedelta(days=20)]


@pytest.mark.parametrize("rows", [0, 9])
def test_asks_the_database_equally_often_however_much_there_is(world, log_in, rows) -> None:
    for number in range(rows):
        grouped(world, "born_abroad", "aged_20_24", on=days_ago(number + 1))
    client = log_in(world.case_worker)
    client.get(url(world.enrolment))
    assert queries(client, url(world.enrolment)) <= 20
