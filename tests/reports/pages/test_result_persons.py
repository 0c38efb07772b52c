"""A number leads to the persons it counts, as far as one may see them."""

import random
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AccessEvent, AccessSubject
from participants.enums import ReferralState
from participants.models import Enrolment
from participants.void import chain
from reports.datasets import Days, DeadlineRules, Population, Rules, beginnings
from reports.datasets.persons import DEADLINE_LISTS, STEP_LISTS, beside, deadline_list, step_list
from reports.datasets.starts import never_enrolled
from reports.figures.catalogue import DEADLINES, STEPS
from reports.figures.project import project_figures
from reports.figures.targets import TargetBook
from tests.reports.conftest import AS_OF
from tests.reports.oracle import Begun, Case
from tests.reports.pages.test_result_page import words
from tests.world.factories.background import ReferralFactory
from tests.world.populations import random_case, write

URL = "/resultat/personer/"


def ask(client, mal, vilka, **more):
    return client.get(URL, {"mal": mal, "vilka": vilka, "per": "2012-06-30", **more})


@pytest.mark.parametrize("seed", range(5))
def test_each_list_is_as_long_as_its_number(world, seed):
    """Over random worlds: every number of the page equals the length of the list behind it."""
    chance = random.Random(seed)
    write(world.project, [random_case(chance) for _ in range(30)])
    population = Population.whole(world.project)
    figures = project_figures(population, as_of=AS_OF)
    book = TargetBook.load(world.project, AS_OF, None)
    rules = Rules(AS_OF, book.targets, book.groups, ("deceased", "moved"))
    for row in (*figures[STEPS].single, *figures[STEPS].combined):
        result = row.result
        expected = {
            "inskrivna": result.enrolled,
            "tid-ute": result.due,
            "klarat": result.cleared_in_time,
            "inte-klarat": result.due - result.cleared_in_time,
            "inte-ute": result.not_yet_due,
            "slutat": result.left_before_due,
            "obedomda": result.not_assessed,
            "kvar": result.held,
        }
        assert {which: step_list(population, rules, row.target, which).count() for which in STEP_LISTS} == expected


@pytest.mark.parametrize("seed", range(5))
def test_each_list_about_deadlines_is_as_long_as_its_number(world, seed):
    chance = random.Random(seed)
    write(world.project, [random_case(chance) for _ in range(30)])
    for day in (date(2012, 6, 1), date(2012, 6, 20)):
        ReferralFactory(project=world.project, concerns_on=day)
    population = Population.whole(world.project)
    figures = project_figures(population, as_of=AS_OF)
    rules = DeadlineRules.of(AS_OF, Days())
    deadlines = figures[DEADLINES]
    for result, is_from_application in ((deadlines.from_enrolment, False), (deadlines.from_application, True)):
        found = {
            which: deadline_list(population, rules, is_from_application=is_from_application, which=which).count()
            + (beside(population, rules, which) if is_from_application else 0)
            for which in DEADLINE_LISTS
        }
        assert found == {
            "i-tid": result.within,
            "sent": result.due - result.within,
            "slutat": result.left_before,
            "inte-ute": result.not_yet_due,
        }
    assert beside(population, rules, "sent") == beside(population, rules, "inte-ute") == 1


def test_referrals_that_led_to_an_enrolment_are_not_counted_twice(world):
    world.project.enrolments.update(is_void=True)
    (enrolment,) = write(world.project, [Case([Begun(on=date(2012, 1, 9), source="social_services")])])
    of_person = {"project": world.project, "participant": enrolment.participant}
    ReferralFactory(concerns_on=date(2012, 1, 2), **of_person)
    ReferralFactory(concerns_on=date(2012, 1, 2), project=world.project, state=ReferralState.ACCEPTED)
    population = Population.whole(world.project)
    assert beside(population, DeadlineRules.of(AS_OF, Days()), "sent") == 0
    ReferralFactory(concerns_on=date(2012, 3, 1), **of_person)
    assert beside(population, DeadlineRules.of(AS_OF, Days()), "sent") == 1


def test_a_referral_that_led_to_a_wrong_registration_alone_led_nowhere(world):
    """A wrong registration is in no result, so that it doesn't take a referral out of one either."""
    world.project.enrolments.update(is_void=True)
    (enrolment,) = write(world.project, [Case([Begun(on=date(2012, 1, 9), source="social_services")])])
    ReferralFactory(concerns_on=date(2012, 1, 2), project=world.project, participant=enrolment.participant)
    population, rules, before = Population.whole(world.project), DeadlineRules.of(AS_OF, Days()), timezone.now()
    chain.ask_to_void(enrolment=enrolment, why="Fel person", home="", by=world.coordinator)
    chain.confirm_void(enrolment=enrolment, why="Bara jag", home="", by=world.coordinator)
    assert sum(tally.count for tally in beginnings(population, rules).from_application) == 1
    assert beside(population, rules, "sent") == 1
    known = never_enrolled(population, AS_OF, before)
    assert not known.exists(), "what a report was adopted with stays"


def test_a_coordinator_s_numbers_and_lists_are_about_the_own_and_say_nothing_of_the_rest(world, known_project, log_in):
    theirs = Enrolment.objects.filter(project=known_project, is_void=False).order_by("pk")[:3]
    Enrolment.objects.filter(pk__in=[enrolment.pk for enrolment in theirs]).update(owner=world.af)
    for enrolment in Enrolment.objects.filter(project=known_project, is_void=False):
        _named(enrolment)
    response = ask(log_in(world.coordinator), "1", "klarat")
    text = words(response)
    assert "28 inskrivningar" in text
    assert not re.search(r"\b(31|3)\b inskrivning|till som du inte läser om", text)
    assert response.content.decode().count('scope="row"') == 28
    event = AccessEvent.objects.get(part="result_persons")
    assert event.subjects_count == 28
    shown = set(AccessSubject.objects.filter(event=event).values_list("person", flat=True))
    assert shown.isdisjoint(enrolment.participant.public_id for enrolment in theirs)


def test_the_list_has_pages_and_logs_only_the_page_that_is_shown(world, log_in):
    world.project.enrolments.update(is_void=True)
    for enrolment in write(world.project, [Case([Begun(on=date(2011, 1, 1))])] * 60):
        _named(enrolment)
    client = log_in(world.coordinator)
    assert ask(client, "1", "tid-ute").content.decode().count('scope="row"') == 50
    second = ask(client, "1", "tid-ute", sida="2")
    assert second.content.decode().count('scope="row"') == 10
    assert "mal=1&amp;vilka=tid-ute&amp;per=2012-06-30&amp;sida=1" in second.content.decode()
    counts = AccessEvent.objects.filter(part="result_persons").order_by("number")
    assert [event.subjects_count for event in counts] == [50, 10]


def test_queries_are_the_same_for_one_and_for_a_full_page(world, log_in):
    world.project.enrolments.update(is_void=True)
    client = log_in(world.coordinator)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert ask(client, "1", "tid-ute").status_code == 200
        return len([query for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    _named(*write(world.project, [Case([Begun(on=date(2011, 1, 1))])]))
    queries()
    one = queries()
    for enrolment in write(world.project, [Case([Begun(on=date(2011, 1, 1))])] * 55):
        _named(enrolment)
    assert queries() == one <= 15


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("case_worker", 200),
        ("coordinator", 200),
        ("project_leader", 403),
        ("steering", 403),
        ("administrator", 403),
        ("outsider", 403),
    ],
)
def test_who_reaches_the_list(world, log_in, role, status):
    assert ask(log_in(getattr(world, role)), "1", "klarat").status_code == status


@pytest.mark.parametrize(
    ("mal", "vilka", "per"),
    [
        ("9", "klarat", "2012-06-30"),
        ("1", "allt", "2012-06-30"),
        ("ansokan", "klarat", "2012-06-30"),
        ("1", "klarat", "2999-01-01"),
        ("1", "klarat", "i höstas"),
        ("", "", ""),
    ],
)
def test_an_address_that_means_nothing_is_not_found(world, log_in, mal, vilka, per):
    assert log_in(world.coordinator).get(URL, {"mal": mal, "vilka": vilka, "per": per}).status_code == 404


def test_every_link_of_the_page_leads_to_a_list_of_its_length(world, known_project, log_in):
    for enrolment in Enrolment.objects.filter(project=known_project, is_void=False):
        _named(enrolment)
    client = log_in(world.coordinator)
    html = client.get("/resultat/", {"per": "2012-06-30"}).content.decode()
    links = re.findall(r'<a class="count" href="(/resultat/personer/[^"]+)">(\d+)</a>', html)
    assert len(links) > 20
    for url, number in links:
        assert f"{number} inskrivning" in words(client.get(url.replace("&amp;", "&")))


def _named(*enrolments):
    from tests.world.factories import PersonIdentityFactory

    for enrolment in enrolments:
        PersonIdentityFactory(participant=enrolment.participant)
