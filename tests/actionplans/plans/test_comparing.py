"""Two revisions of a plan side by side."""

import pytest
from django.urls import reverse
from lxml import html

from actionplans.enums import MilestoneState
from actionplans.models import MilestoneStatus
from actionplans.plans.actions import MilestoneRecord
from actionplans.plans.standing import edition
from actionplans.weeks.entries import Week
from core.enums import Category
from participants.models import Enrolment
from tests.world import consents
from tests.world.cases import days_ago, plan, started
from tests.world.forms import text_of
from tests.world.pages import queries


@pytest.fixture
def case(world) -> Enrolment:
    """A plan, then the same with another week, one delmål reached, another dropped and a third added."""
    case = started(world.enrolment, 90)
    texts = [MilestoneRecord(text="Skriva cv"), MilestoneRecord(text="Ringa gymmet")]
    plan(case, world.case_worker, valid_on=days_ago(60), milestones=texts, week=Week.of("Måndag 9.00–12.00"))
    rows = MilestoneStatus.objects.filter(enrolment=case).select_related("milestone").order_by("pk")
    keys = [row.milestone.public_id for row in rows]
    later = [
        MilestoneRecord(public_id=keys[0], text="Skriva cv", state=MilestoneState.REACHED),
        MilestoneRecord(public_id=keys[1], text="Ringa badet"),
        MilestoneRecord(text="Prova butik"),
    ]
    plan(
        case,
        world.case_worker,
        based_on=edition(case),
        valid_on=days_ago(5),
        milestones=later,
        week=Week.of("Tisdag 9.00–12.00"),
    )
    return case


def url(case: Enrolment, query: str = "") -> str:
    return reverse("plan_compare", args=[case.public_id]) + query


def rows_of(client, address: str) -> dict[str, tuple[str, str, str]]:
    """By the row's heading: whether it has changed, and what both say."""
    page = html.fromstring(client.get(address).content)
    found = {}
    for row in page.xpath("//tbody/tr"):
        label = row.xpath("string(th/text())").strip()
        cells = [" ".join(cell.text_content().split()) for cell in row.xpath("td")]
        found[label] = (row.xpath("string(th/small)").strip(), *cells)
    return found


def test_parts_and_milestones_stand_beside_what_they_said_before(client, case) -> None:
    rows = rows_of(client, url(case))
    assert rows["Placering eller aktivitet"][0] == "Samma"
    assert rows["Veckoschema"] == ("Ändrat", "Måndag 9.00–12.00", "Tisdag 9.00–12.00")
    assert rows["Skriva cv"] == ("Ändrat", "Planerat", "Nått")
    assert rows["Ringa badet"] == ("Ändrat", "«Ringa gymmet»: planerat", "«Ringa badet»: planerat")
    assert rows["Prova butik"] == ("Ändrat", "–", "Planerat")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ("Plan 2", "Plan 3")),
        ("?plan=1", ("Plan 1", "Plan 2")),
        ("?plan=3&med=1", ("Plan 1", "Plan 3")),
        ("?plan=1&med=3", ("Plan 1", "Plan 3")),
        ("?plan=2&med=2", ("Plan 1", "Plan 2")),
        ("?plan=nio&med=99", ("Plan 2", "Plan 3")),
    ],
)
def test_any_two_are_compared_the_earlier_first(world, client, case, query, shown) -> None:
    plan(case, world.case_worker, based_on=edition(case), main_activity="Köket")
    page = html.fromstring(client.get(url(case, query)).content)
    headings = [heading.text_content().split(",")[0] for heading in page.xpath("//thead//th")[1:]]
    assert tuple(headings) == shown


def test_one_plan_alone_and_none_say_so(world, client) -> None:
    case = started(world.enrolment, 30)
    assert "ingen annan plan att jämföra med" in text_of(client.get(url(case)))
    plan(case, world.case_worker)
    assert "ingen annan plan att jämföra med" in text_of(client.get(url(case)))


def test_a_party_reads_it_by_consent_to_the_plan(world, log_in, case) -> None:
    shared = consents.gather(world)
    shared.give(Category.IDENTITY, Category.MEETINGS)
    guest = log_in(shared.guest)
    assert guest.get(url(case)).status_code == 404
    shared.give(Category.IDENTITY, Category.PLAN)
    assert "Skriva cv" in text_of(guest.get(url(case)))


def test_it_asks_as_much_however_many_plans_there_are(world, client, case) -> None:
    client.get(url(case))
    few = queries(client, url(case))
    for number in range(4):
        plan(case, world.case_worker, based_on=edition(case), main_activity=f"Plats {number}")
    assert queries(client, url(case)) == few
