"""What has come of an enrolment, through its pages: so far, at the exit, corrected, taken back, moved."""

from datetime import date, timedelta

import pytest
from django.forms import RadioSelect
from django.urls import reverse

from core.days.dates import today
from core.enums import Category
from participants.enums import ExitReason, MisplacedWay
from participants.exits.actions import end_enrolment
from participants.models import CaseOutcome, Enrolment, Exit, Misplacement
from participants.outcomes.actions import Outcomes, record_outcomes
from projects.enums import ListKind
from projects.models import Listed
from tests.casework.case.reads import entries, facts, page
from tests.world import consent_rows as consents
from tests.world.case_rows import assign_contact
from tests.world.cases import days_ago
from tests.world.pages import faults, fill, queries, shown, submit

LACKS = "Utfallet är inte inskrivet"


def line(world, code: str) -> Listed:
    return Listed.objects.get(project=world.project, kind=ListKind.OUTCOME, code=code)


def key(world, code: str) -> str:
    return str(line(world, code).public_id)


def note(world, main: str, *marks: str, on: date | None = None, case: Enrolment | None = None) -> list[CaseOutcome]:
    said = Outcomes(on=on or days_ago(3), main=line(world, main), marks=[line(world, mark) for mark in marks])
    return record_outcomes(enrolment=case or world.enrolment, outcomes=said, by=world.case_worker)


def noted(case: Enrolment) -> list[tuple[str, bool, date]]:
    rows = CaseOutcome.objects.filter(enrolment=case).current().order_by("concerns_on", "pk")
    return list(rows.values_list("outcome__code", "is_main", "concerns_on"))


def url(case: Enrolment, name: str = "outcome_create") -> str:
    return reverse(name, args=[case.public_id])


def test_what_has_come_of_it_so_far_is_one_main_and_marks_beside(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    assert url(case) in page(client, case)
    answer = submit(
        client, url(case), main=key(world, "supported_work"), marks=[key(world, "studies")], on="2026-03-01"
    )
    assert answer["Location"] == case.get_absolute_url()
    day = date(2026, 3, 1)
    assert noted(case) == [("supported_work", True, day), ("studies", False, day)]
    assert facts(client, case)["Utfall"] == "Arbete med stöd; också studier"
    titles = [entry.title for entry in entries(client, case)]
    assert {"Utfall: Arbete med stöd", "Utfall, också: Studier"} <= set(titles)


def test_a_later_main_one_holds_and_the_earlier_stays_in_the_history(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    note(world, "job_seeker", on=days_ago(30))
    note(world, "work", on=days_ago(3))
    # Written later, of an earlier day: it was so before the one that holds.
    note(world, "programme", on=days_ago(20))
    assert facts(client, case)["Utfall"] == "Arbete"
    titles = [entry.title for entry in entries(client, case)]
    assert [title for title in titles if title.startswith("Utfall")] == [
        "Utfall: Arbete",
        "Utfall: Program hos Arbetsförmedlingen",
        "Utfall: Arbetssökande",
    ]


def test_the_exit_asks_what_came_of_it_and_writes_both_in_one_press(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    exits = url(case, "enrolment_exit")
    said = {"exited_on": "2026-06-30", "reason": "work", "main": key(world, "work"), "marks": [key(world, "studies")]}
    data = fill(client, exits, **said)
    client.post(exits, data)
    client.post(exits, data)
    day = date(2026, 6, 30)
    assert noted(case) == [("work", True, day), ("studies", False, day)]
    assert Exit.objects.get().concerns_on == day
    assert facts(client, case)["Utfall"] == "Arbete; också studier"
    # What came of it is corrected where it stands, not with the exit.
    assert "main" not in client.get(exits).context["form"].fields


def test_an_exit_without_an_outcome_is_an_exit_that_says_so_until_there_is_one(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    assert LACKS not in page(client, case)
    data = fill(client, url(case, "enrolment_exit"), exited_on="2026-06-30", reason="work")
    answer = client.post(url(case, "enrolment_exit"), data, follow=True)
    assert Exit.objects.count() == 1
    assert noted(case) == []
    html = answer.content.decode()
    assert LACKS in html
    assert f'<a class="nowrap" href="{url(case)}">Skriv in utfallet</a>' in html
    submit(client, url(case), main=key(world, "work"), on="2026-06-30")
    assert LACKS not in page(client, case)


def test_of_somebody_who_has_died_nobody_asks_for_an_outcome(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    submit(client, url(case, "enrolment_exit"), exited_on="2026-06-30", reason="deceased")
    assert LACKS not in page(client, case)


def test_the_outcome_takes_one_press_at_the_exit_and_none_is_required(world, log_in) -> None:
    fields = log_in(world.case_worker).get(url(world.enrolment, "enrolment_exit")).context["form"].fields
    assert isinstance(fields["main"].widget, RadioSelect)
    assert [name for name, field in fields.items() if field.required and name != "token"] == ["exited_on", "reason"]
    assert [label for _, label in fields["main"].choices][-1] == "Annat"


def test_what_was_chosen_is_kept_where_a_colleague_was_faster(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    exits = url(case, "enrolment_exit")
    data = fill(client, exits, exited_on="2026-06-30", reason="work", main=key(world, "work"))
    end_enrolment(enrolment=case, exited_on=date(2026, 6, 29), reason=ExitReason.MOVED, by=world.case_worker)
    form = client.post(exits, data).context["form"]
    assert noted(case) == []
    assert shown(form)["main"] == key(world, "work")
    client.post(exits, {**shown(form), "why": "Fick arbete."})
    assert noted(case) == [("work", True, date(2026, 6, 30))]


def test_one_that_is_corrected_keeps_its_place_among_those_of_its_day(world, log_in) -> None:
    client = log_in(world.case_worker)
    (first,) = note(world, "job_seeker")
    note(world, "work")
    submit(client, first.get_absolute_url(), outcome=key(world, "studies"), why="Fel rad.")
    assert facts(client, world.enrolment)["Utfall"] == "Arbete"
    said = [row.outcome.code for row in client.get(url(world.enrolment)).context["said"]]
    assert said == ["work", "studies"]


@pytest.mark.parametrize(
    ("main", "marks", "day", "field"),
    [
        ("", [], "2026-03-01", "main"),
        ("work", ["work"], "2026-03-01", "marks"),
        ("work", [], "", "on"),
        ("work", [], "2026-01-11", "on"),
        ("work", [], (today() + timedelta(days=1)).isoformat(), "on"),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_typed(world, log_in, main, marks, day, field) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    asked = {"main": main and key(world, main), "marks": [key(world, mark) for mark in marks], "on": day}
    data = fill(client, url(case), **asked)
    data = {name: value for name, value in data.items() if value}
    answer = client.post(url(case), data)
    assert list(faults(answer)) == [field]
    assert shown(answer.context["form"]) == data
    assert noted(case) == []


def test_at_the_exit_too_nothing_is_chosen_twice(world, log_in) -> None:
    client, exits = log_in(world.case_worker), url(world.enrolment, "enrolment_exit")
    said = {"exited_on": "2026-06-30", "reason": "work", "main": key(world, "work"), "marks": [key(world, "work")]}
    assert list(faults(client.post(exits, fill(client, exits, **said)))) == ["marks"]
    assert not Exit.objects.exists()


def test_a_correction_is_a_new_version_with_why(world, log_in) -> None:
    client = log_in(world.case_worker)
    (old,) = note(world, "work")
    submit(client, old.get_absolute_url(), outcome=key(world, "studies"), is_main="no", why="Fel rad.")
    now = CaseOutcome.objects.current().get()
    assert (now.corrects, now.outcome.code, now.is_main, str(now.why)) == (old, "studies", False, "Fel rad.")


def test_a_coordinator_takes_one_back_and_writes_none(world, log_in) -> None:
    (fact,), coordinator = note(world, "work"), log_in(world.coordinator)
    assert fact.get_absolute_url() in coordinator.get(url(world.enrolment)).content.decode()
    assert coordinator.post(url(world.enrolment), {"main": key(world, "work")}).status_code == 403
    submit(coordinator, reverse("outcome_take_back", args=[fact.public_id]), reason="Blev inte av.")
    assert noted(world.enrolment) == []
    assert "Utfall" not in facts(coordinator, world.enrolment)


def test_one_on_the_wrong_person_becomes_the_right_ones(world, wrong, right, log_in) -> None:
    client = log_in(world.case_worker)
    (fact,) = note(world, "work", case=wrong)
    address = reverse("outcome_misplaced", args=[fact.public_id])
    submit(client, address, way=MisplacedWay.MOVED_AWAY, right=str(right.public_id))
    assert (noted(wrong), len(noted(right))) == ([], 1)
    assert Misplacement.objects.filter(enrolment=wrong).exists()


def test_it_cannot_be_somebodys_who_was_not_enrolled_then(world, wrong, right, log_in) -> None:
    client = log_in(world.case_worker)
    Enrolment.objects.filter(pk=right.pk).update(enrolled_on=days_ago(1))
    (fact,) = note(world, "work", case=wrong)
    address = reverse("outcome_misplaced", args=[fact.public_id])
    answer = submit(client, address, way=MisplacedWay.MOVED_AWAY, right=str(right.public_id))
    assert list(faults(answer)) == ["right"]
    assert len(noted(wrong)) == 1


@pytest.mark.parametrize("kinds", [[Category.PLAN], [Category.STEPS]])
def test_others_read_it_by_consent_to_steps_and_outcome(world, log_in, kinds) -> None:
    note(world, "long_term_support")
    assign_contact(world.enrolment, world.af_case_worker)
    consents.give(world.enrolment, [world.af], [Category.IDENTITY, *kinds], by=world.case_worker)
    html = page(log_in(world.af_case_worker), world.enrolment)
    assert ("Långvarigt behov av stöd" in html) is (Category.STEPS in kinds)


@pytest.mark.parametrize("rows", [0, 9])
def test_asks_the_database_equally_often_however_much_there_is(world, log_in, rows) -> None:
    for number in range(rows):
        note(world, "work", on=days_ago(number))
    client = log_in(world.case_worker)
    client.get(url(world.enrolment))
    assert queries(client, url(world.enrolment)) <= 14


def test_one_that_is_sent_twice_is_written_once(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    submit(client, url(case), main=key(world, "work"), marks=[key(world, "studies")] * 2, on=str(days_ago(3)))
    assert [(code, is_main) for code, is_main, _ in noted(case)] == [("work", True), ("studies", False)]


def test_a_mark_that_became_the_main_one_is_said_once(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    note(world, "work", "studies", "job_seeker", on=days_ago(9))
    note(world, "studies", "job_seeker", on=days_ago(3))
    assert facts(client, case)["Utfall"] == "Studier; också arbetssökande"


def test_all_faults_are_told_at_once(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    before = str(case.enrolled_on - timedelta(days=1))
    assert set(faults(submit(client, url(case), on=before))) == {"main", "on"}
    Listed.objects.filter(pk__in=[line(world, "work").pk]).update(valid_from=days_ago(2))
    twice = submit(client, url(case), main=key(world, "work"), marks=[key(world, "work")], on=before)
    assert set(faults(twice)) == {"main", "marks", "on"}
    told = submit(client, url(case, "enrolment_exit"), exited_on=before, main=key(world, "work"))
    assert set(faults(told)) == {"exited_on", "main", "reason"}
    told = submit(client, url(case, "enrolment_exit"), exited_on=before, reason="work", main=key(world, "work"))
    assert set(faults(told)) == {"exited_on", "main"}
    (fact,) = note(world, "studies")
    told = submit(client, fact.get_absolute_url(), outcome=key(world, "work"), on=before)
    assert set(faults(told)) == {"outcome", "on", "why"}
    assert not Exit.objects.exists()
