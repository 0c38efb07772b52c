"""Activities through their pages: noted, several at once, ended, corrected, taken back, moved."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AccessEvent
from actionplans.activities.actions import ACTIVITIES, ENDED, ActivityRecord, end_activity
from actionplans.models import CaseActivity
from core.days.dates import today
from core.days.periods import Period
from core.enums import Category
from core.models import Draft
from core.swedish.words import day
from participants.enums import CaseRole, ExitReason, MisplacedWay
from participants.exits.actions import end_enrolment
from participants.models import Enrolment, Misplacement
from projects.enums import ListKind, Role
from projects.lists.actions import IS_USED, KEEPS_NAME, ListedLine, change_listed, remove_listed
from projects.models import Listed, ProjectOrganisation
from tests.casework.case.reads import entries, facts, page
from tests.world import consents
from tests.world.cases import days_ago, plan, started
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory, OrganisationFactory, ProjectFactory
from tests.world.factories.plans import CaseActivityFactory
from tests.world.forms import text_of
from tests.world.pages import faults, fill, queries, shown, submit
from tests.world.worlds import member

DAY = timedelta(days=1)
CANARY = "Kanariegymmet"


@pytest.fixture
def case(world) -> Enrolment:
    ProjectOrganisation.objects.create(project=world.project, organisation=world.af)
    return started(world.enrolment, 60)


def kind(world, code: str = "physical") -> Listed:
    return Listed.objects.get(project=world.project, kind=ListKind.ACTIVITY, code=code)


def noted(world, code: str = "physical", first: date | None = None, last: date | None = None, **said) -> CaseActivity:
    record = ActivityRecord(
        kind=kind(world, code),
        rhythm=said.get("rhythm", ""),
        helper=said.get("helper"),
        note=said.get("note", ""),
        period=Period(first or days_ago(9), last),
    )
    return ACTIVITIES.record(enrolment=said.get("case", world.enrolment), record=record, by=world.case_worker)


def url(case: Enrolment) -> str:
    return reverse("activity_create", args=[case.public_id])


def address(name: str, fact: CaseActivity) -> str:
    return reverse(f"activity_{name}", args=[fact.public_id])


def answers(world, code: str = "physical", **more: str) -> dict[str, str]:
    return {"kind": str(kind(world, code).public_id), "first_day": str(days_ago(9)), **more}


def standing(case: Enrolment) -> list[tuple[str, date | None]]:
    """Codes and last days of the activities that stand, in the order of their days."""
    return [(row.kind.code, row.period.last) for row in ACTIVITIES.standing(case)]


def plain(text: object) -> str:
    return str(text).replace("\xa0", " ")


def test_it_is_its_kind_days_rhythm_helper_and_note_and_stands_on_the_case(world, client, case) -> None:
    assert url(case) in page(client, case)
    last = today() + 30 * DAY
    said = {"rhythm": "tisdagar  10–11", "helper": str(world.af.public_id), "note": "Gymmet på torget"}
    answer = submit(client, url(case), **answers(world, last_day=str(last), **said))
    assert answer["Location"] == case.get_absolute_url()
    (fact,) = CaseActivity.objects.all()
    assert (fact.concerns_on, fact.until, fact.kind.code) == (days_ago(9), last + DAY, "physical")
    assert (str(fact.rhythm), fact.helper, str(fact.note)) == ("tisdagar 10–11", world.af, "Gymmet på torget")
    assert (fact.category, fact.owner, fact.recorded_by) == (Category.PLAN, world.ame, world.case_worker)
    now = plain(facts(client, case)["Aktivitet"])
    assert now.startswith(f"Fysisk aktivitet, tisdagar 10–11, med {world.af}, till och med ")
    (entry,) = [entry for entry in entries(client, case) if entry.title == "Aktivitet"]
    assert plain(entry.text) == plain(
        f"Fysisk aktivitet, tisdagar 10–11, med {world.af} till och med {day(last)}.\n\nGymmet på torget"
    )
    event = AccessEvent.objects.get(part="activity_create", kind="change")
    assert list(event.subjects.values_list("person", flat=True)) == [case.participant.public_id]


def test_only_kind_and_first_day_are_asked_for_and_it_may_lie_ahead(world, client, case) -> None:
    first = today() + 20 * DAY
    submit(client, url(case), **answers(world, "workplace_visit", first_day=str(first)))
    (fact,) = CaseActivity.objects.all()
    assert (fact.rhythm, fact.helper, fact.note, fact.until) == (None, None, None, None)
    assert plain(facts(client, case)["Aktivitet"]).startswith("Studiebesök på arbetsplats, från ")


def test_several_go_on_at_once_and_the_page_says_each(world, client, case) -> None:
    noted(world, rhythm="tisdagar")
    noted(world, "applications", first=days_ago(3))
    noted(world, "workplace_visit", first=days_ago(20), last=days_ago(20))
    terms = [term for term, _ in client.get(case.get_absolute_url()).context["now"].facts]
    assert terms.count("Aktivitet") == 2
    # Of one on a single day the day alone.
    texts = [plain(entry.text) for entry in entries(client, case) if entry.title == "Aktivitet"]
    assert "Studiebesök på arbetsplats." in texts
    noted(world, "workplace_visit", first=today(), last=today(), rhythm="13–15")
    now = plain(dict(client.get(case.get_absolute_url()).context["now"].facts)["Aktivitet"])
    assert now.startswith("Studiebesök på arbetsplats, 13–15, ")
    assert "till och med" not in now
    context = client.get(url(case)).context
    assert [line.done for line in context["now"]][-2:] == ["CV och ansökningar", "Fysisk aktivitet, tisdagar"]
    assert [line.done for line in context["ended"]] == ["Studiebesök på arbetsplats"]


def test_it_ends_without_being_corrected_and_the_history_says_who(world, client, case) -> None:
    fact, last = noted(world, rhythm="tisdagar"), days_ago(1)
    assert address("end", fact) in client.get(url(case)).content.decode()
    answer = submit(client, address("end", fact), last_day=str(last))
    assert answer["Location"] == case.get_absolute_url()
    assert plain(f"Fysisk aktivitet slutar {day(last)}.") in plain(client.get(answer["Location"]).content.decode())
    now = CaseActivity.objects.current().get()
    assert (now.corrects, now.period.last, str(now.why), now.recorded_by) == (fact, last, ENDED, world.case_worker)
    assert str(now.rhythm) == "tisdagar"
    assert "Aktivitet" not in facts(client, case)
    (entry,) = [entry for entry in entries(client, case) if entry.title == "Aktivitet"]
    assert plain(entry.text) == plain(
        f"Fysisk aktivitet, tisdagar till och med {day(last)}.\n\nÄndrad {day(today())} av {world.case_worker}: {ENDED}"
    )
    assert AccessEvent.objects.filter(part="activity_end", kind="change").count() == 1
    assert address("end", now) not in client.get(url(case)).content.decode()


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("", "Fyll i sista dagen."),
        (str(days_ago(10)), "Sista dagen kan inte ligga före den första."),
        ("2199-01-01", "Kontrollera årtalet."),
    ],
)
def test_an_end_that_cannot_be_is_refused_and_changes_nothing(world, client, case, last, said) -> None:
    fact = noted(world)
    answer = submit(client, address("end", fact), last_day=last)
    assert faults(answer) == {"last_day": [said]}
    assert standing(case) == [("physical", None)]


def test_an_end_that_it_has_already_is_no_new_one(world, client, case) -> None:
    fact = noted(world, last=today())
    answer = submit(client, address("end", fact), last_day=str(today()))
    assert [plain(fault) for fault in faults(answer)["last_day"]] == [
        plain(f"Aktiviteten slutar redan {day(today())}.")
    ]
    with pytest.raises(ValidationError):
        end_activity(activity=fact, last=today(), by=world.case_worker)


def test_who_ends_what_a_colleague_has_ended_is_told(world, client, case, log_in) -> None:
    fact = noted(world)
    data = fill(client, address("end", fact), last_day=str(days_ago(1)))
    kim = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    CaseAssignmentFactory(enrolment=case, user=kim, recorded_by=world.case_worker, role=CaseRole.SUBSTITUTE)
    submit(log_in(kim), address("end", fact), last_day=str(days_ago(2)))
    told = log_in(world.case_worker).post(address("end", fact), data).content.decode()
    assert "Kim Kollega" in told
    assert standing(case) == [("physical", days_ago(2))]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "annat"}, "kind"),
        ({"helper": "annan"}, "helper"),
        ({"first_day": ""}, "first_day"),
        ({"first_day": str(days_ago(61))}, "first_day"),
        ({"first_day": "2199-01-01"}, "first_day"),
        ({"last_day": str(days_ago(10))}, "last_day"),
        ({"rhythm": "x" * 81}, "rhythm"),
        ({"note": "x" * 201}, "note"),
    ],
)
def test_a_faulty_answer_is_named_keeps_the_rest_and_changes_nothing(world, client, case, said, field) -> None:
    asked = {**answers(world, rhythm="tisdagar", note="Gymmet"), **said}
    data = fill(client, url(case), **{name: value for name, value in asked.items() if value})
    answer = client.post(url(case), data)
    assert list(faults(answer)) == [field]
    kept = shown(answer.context["form"])
    assert {name: kept.get(name, "") for name in asked} == asked
    assert standing(case) == []


def test_none_begins_or_goes_on_after_the_case_has_ended(world, client, case) -> None:
    open_one = noted(world)
    exited = days_ago(3)
    end_enrolment(enrolment=case, exited_on=exited, reason=ExitReason.WORK, by=world.case_worker)
    assert "Aktivitet" not in facts(client, case)
    assert [line.done for line in client.get(url(case)).context["ended"]] == ["Fysisk aktivitet"]
    for said, field in (
        ({"first_day": str(days_ago(2)), "last_day": str(days_ago(2))}, ["first_day", "last_day"]),
        ({"last_day": ""}, ["last_day"]),
        ({"last_day": str(days_ago(2))}, ["last_day"]),
    ):
        answer = submit(client, url(case), **answers(world, "applications", **said))
        assert list(faults(answer)) == field
        assert plain(f"Inskrivningen avslutades {day(exited)}") in plain(answer.content.decode())
    unsaid = answers(world, "applications", last_day="")
    assert "Fyll i sista dagen" in faults(submit(client, url(case), **unsaid))["last_day"][0]
    # It stays as it was written; within the enrolment's days one can still be noted, and ended.
    assert standing(case) == [("physical", None)]
    submit(client, url(case), **answers(world, "applications", last_day=str(exited)))
    submit(client, address("end", open_one), last_day=str(exited))
    assert sorted(standing(case)) == [("applications", exited), ("physical", exited)]


def test_one_that_was_to_begin_after_the_case_ended_never_did(world, client, case) -> None:
    plan(case, world.case_worker)
    later = today() + 9 * DAY
    noted(world, "workplace_visit", first=later, last=later)
    assert "Aktivitet" in facts(client, case)
    end_enrolment(enrolment=case, exited_on=days_ago(3), reason=ExitReason.WORK, by=world.case_worker)
    assert "Studiebesök" not in str(facts(client, case))
    (line,) = client.get(url(case)).context["ended"]
    assert line.days.endswith(", blev inte av")
    assert "blev inte av" in str([entry.text for entry in entries(client, case) if entry.title == "Aktivitet"])
    assert "Studiebesök" not in text_of(client.get(reverse("plan_copy", args=[case.public_id])))


def test_who_corrects_what_a_colleague_has_taken_back_is_told_so(world, client, case) -> None:
    fact = noted(world)
    data = fill(client, address("edit", fact), rhythm="torsdagar", why="Fel dag")
    ACTIVITIES.take_back(fact=fact, reason="Dubblett.", by=world.case_worker)
    for _ in range(2):
        told = client.post(address("edit", fact), data, follow=True)
        assert "Aktiviteten är redan återtagen." in told.content.decode()
    assert standing(case) == []
    assert "torsdagar" in str(Draft.objects.get().data), "nothing typed is lost"


def test_a_kind_is_offered_for_its_days_and_one_that_is_used_keeps_its_name(world, client, case) -> None:
    labels = [label for _, label in client.get(url(case)).context["form"].fields["kind"].choices]
    assert labels[1:] == [
        *("Besök på Arbetsförmedlingen", "CV och ansökningar", "Fysisk aktivitet"),
        *("Studiebesök på arbetsplats", "Tid med psykolog", "Annat"),
        *("Kort kurs (grupp)", "Seminarium (grupp)", "Studiebesök i grupp", "Annat i grupp"),
    ]
    Listed.objects.filter(pk=kind(world).pk).update(valid_until=days_ago(5))
    answer = submit(client, url(case), **answers(world, first_day=str(days_ago(5))))
    assert list(faults(answer)) == ["kind"]
    submit(client, url(case), **answers(world, first_day=str(days_ago(6))))
    Listed.objects.filter(pk=kind(world).pk).update(valid_until=days_ago(200))
    submit(client, CaseActivity.objects.get().get_absolute_url(), rhythm="Fredagar", why="Glömde.")
    assert str(CaseActivity.objects.current().get().rhythm) == "Fredagar"
    with pytest.raises(ValidationError, match=KEEPS_NAME[:20]):
        change_listed(
            listed=kind(world), line=ListedLine(name="Ny", valid_from=None, valid_until=None), by=world.project_leader
        )
    with pytest.raises(ValidationError, match=IS_USED[:20]):
        remove_listed(listed=kind(world), by=world.project_leader)


def test_who_helps_is_one_of_the_projects_organisations_and_stays_when_it_leaves(world, client, case) -> None:
    helpers = client.get(url(case)).context["form"].helpers.values()
    assert set(helpers) == {world.ame, world.af}
    stranger = OrganisationFactory(name="Utanför")
    with pytest.raises(ValidationError) as refused:
        noted(world, helper=stranger)
    assert set(refused.value.message_dict) == {"helper"}
    fact = noted(world, helper=world.af)
    ProjectOrganisation.objects.filter(organisation=world.af).delete()
    submit(client, fact.get_absolute_url(), note="Gymmet", why="Glömde.")
    now = CaseActivity.objects.current().get()
    assert (now.helper, str(now.note)) == (world.af, "Gymmet")


def test_a_correction_is_a_new_version_with_why(world, client, case) -> None:
    old = noted(world, rhythm="tisdagar")
    answer = submit(client, old.get_absolute_url(), rhythm="onsdagar", why="Fel dag.")
    assert answer["Location"] == case.get_absolute_url()
    assert "Aktiviteten är rättad" in page(client, case)
    now = CaseActivity.objects.current().get()
    assert (now.corrects, str(now.rhythm), str(now.why)) == (old, "onsdagar", "Fel dag.")
    html = client.get(now.get_absolute_url()).content.decode()
    assert "Tidigare versioner" in html
    assert "tisdagar" in html


def test_one_that_is_taken_back_stands_struck_and_cannot_be_ended(world, client, case) -> None:
    fact = noted(world)
    submit(client, address("take_back", fact), reason="Blev inte av.")
    assert standing(case) == []
    assert "Aktivitet" not in facts(client, case)
    assert "Aktivitet (återtagen)" in [entry.title for entry in entries(client, case)]
    assert "Aktiviteten är redan återtagen" in client.get(address("end", fact), follow=True).content.decode()


def test_a_coordinator_reads_takes_back_and_writes_nothing(world, case, log_in) -> None:
    fact, coordinator = noted(world), log_in(world.coordinator)
    html = coordinator.get(url(case)).content.decode()
    assert fact.get_absolute_url() in html
    assert "Spara aktiviteten" not in html
    assert address("end", fact) not in html
    assert coordinator.post(url(case), answers(world)).status_code == 403
    assert coordinator.get(address("end", fact)).status_code == 403
    submit(coordinator, address("take_back", fact), reason="Blev inte av.")
    assert standing(case) == []


@pytest.mark.parametrize("way", [MisplacedWay.MOVED_AWAY, MisplacedWay.TAKEN_AWAY])
def test_one_on_the_wrong_person_leaves_nothing_there(world, wrong, right, client, way) -> None:
    fact = noted(world, rhythm=CANARY, case=wrong)
    moves = way == MisplacedWay.MOVED_AWAY
    submit(client, address("misplaced", fact), way=way, right=str(right.public_id) if moves else "")
    assert Misplacement.objects.filter(enrolment=wrong).exists()
    # Who opened the page that ends it has read it, too.
    assert "activity_end" in ACTIVITIES.earlier.pages
    assert CANARY not in page(client, wrong)
    assert (CANARY in page(client, right)) is moves


def test_it_moves_to_no_other_project_nor_outside_the_days_there(world, case) -> None:
    other = EnrolmentFactory(project=ProjectFactory(host=world.ame), owner=world.ame, enrolled_on=days_ago(60))
    later = EnrolmentFactory(project=world.project, owner=world.ame, enrolled_on=days_ago(5))
    fact = noted(world)
    for right, said in ((other, "egna aktiviteter"), (later, "passar inte aktivitetens dagar")):
        with pytest.raises(ValidationError) as refused:
            ACTIVITIES.put_right(fact=fact, right=right, by=world.case_worker)
        assert said in refused.value.message_dict["right"][0]
    assert standing(case) == [("physical", None)]


@pytest.mark.parametrize("bad", ["days", "versions"])
def test_the_database_keeps_days_in_order_and_one_correction_of_each(world, case, bad) -> None:
    fact = noted(world)
    said = {"until": fact.concerns_on} if bad == "days" else {"corrects": fact}
    wrong = CaseActivityFactory.build(enrolment=case, kind=fact.kind, owner=case.owner, concerns_on=fact.concerns_on)
    rows = [CaseActivity(**_columns(wrong), **said) for _ in range(2)]
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseActivity.objects.bulk_create(rows)


def _columns(fact: CaseActivity) -> dict[str, object]:
    return {name: getattr(fact, name) for name in ("enrolment", "kind", "owner", "recorded_by", "concerns_on")}


def test_no_plan_is_incomplete_without_and_none_counts_it(world, client, case) -> None:
    before = Enrolment.objects.values().get(pk=case.pk)
    noted(world)
    assert Enrolment.objects.values().get(pk=case.pk) == before


@pytest.mark.parametrize("rows", [0, 12])
def test_asks_the_database_equally_often_however_much_there_is(world, client, case, rows) -> None:
    for number in range(rows):
        noted(world, first=days_ago(number + 1), rhythm=f"pass {number}", helper=world.af, note="Gymmet")
    client.get(url(case))
    assert queries(client, url(case)) <= 16


def test_the_participants_sheet_says_when_but_neither_health_nor_an_authority(world, client, case) -> None:
    plan(case, world.case_worker)
    noted(world, rhythm="tisdagar 10–11", helper=world.af)
    noted(world, "psychologist", rhythm="onsdagar")
    noted(world, "employment_service_visit", first=today() + 2 * DAY, last=today() + 2 * DAY)
    noted(world, "applications", last=days_ago(1))
    text = plain(text_of(client.get(reverse("plan_copy", args=[case.public_id]))))
    sheet = text[text.index("Också") : text.index("Delmål")]
    assert "Fysisk aktivitet, tisdagar 10–11" in sheet
    assert "Besök, " in sheet
    for hidden in ("psykolog", "onsdagar", str(world.af), "Arbetsförmedlingen", "CV och"):
        assert hidden not in sheet


# --- On the page of the plan ------------------------------------------------------------------------------------------


def test_the_page_of_the_plan_has_those_that_go_on_or_are_to_come(world, client, case) -> None:
    detail = reverse("plan_detail", args=[case.public_id])
    plan(case, world.case_worker)
    assert "Inga aktiviteter går nu" in text_of(client.get(detail))
    noted(world, rhythm="tisdagar 10–11", helper=world.af)
    noted(world, "workplace_visit", first=today() + DAY)
    noted(world, "applications", last=days_ago(1))
    page_of_plan = text_of(client.get(detail))
    assert f"Fysisk aktivitet, tisdagar 10–11, med {world.af.name}" in page_of_plan
    assert kind(world, "workplace_visit").name in page_of_plan
    assert kind(world, "applications").name not in page_of_plan


def test_others_read_those_of_the_kinds_that_consent_opens_and_not_who_helps(world, log_in) -> None:
    told, case = consents.gather(world), started(world.enrolment, 60)
    plan(case, world.case_worker)
    third = Listed.objects.get(project=world.project, kind=ListKind.ACTIVITY, code="psychologist")
    noted(world, rhythm="tisdagar", helper=told.fk)
    noted(world, third.code, rhythm="varannan onsdag")
    detail = reverse("plan_detail", args=[case.public_id])
    guest = log_in(told.guest)
    told.give(Category.IDENTITY, Category.PLAN)
    said = text_of(guest.get(detail))
    assert "Fysisk aktivitet, tisdagar" in said
    assert told.fk.name not in said.split("Underskrifter")[0]
    assert third.name not in said
    told.give(Category.HEALTH)
    assert f"{third.name}, varannan onsdag" in text_of(guest.get(detail))
