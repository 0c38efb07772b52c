"""In worlds made by chance, what can be reached is what the rule says, by every way there is.

A run asks as each user for facts of every second kind, as the next user for the others. `WORLDS=500` tries more worlds;
`make soak` does, and asks as each user for all.
"""

import os
import re

import pytest
from django.test import Client
from django.urls import reverse

from core.days.dates import today
from core.enums import Category
from participants.enums import ProtectionLevel
from participants.models import Enrolment, PlacementPeriod
from participants.scope.scope import Scope
from projects.enums import Role
from projects.models import Project
from tests.world import random_worlds
from tests.world.pages import Browser
from tests.world.reading_rule import Rule

pytestmark = pytest.mark.django_db

WORLDS = int(os.environ.get("WORLDS", "50"))
# So many of them are opened page by page too.
OPENED = max(2, WORLDS // 25)


@pytest.mark.parametrize("seed", range(WORLDS))
def test_scope_lets_through_what_the_rule_says(seed):
    world = random_worlds.build(seed)
    rule = Rule.of(today())
    facts = list(random_worlds.all_facts())
    for place, user in enumerate(world.users, start=seed):
        scope = Scope.of(user, today())
        opened = set(Enrolment.objects.visible_to(scope).values_list("pk", flat=True))
        assert opened == {case.pk for case in world.cases if rule.may_open(user, case)}
        own = set(Enrolment.objects.own_to(scope).values_list("pk", flat=True))
        assert own == {case.pk for case in world.cases if case.pk in opened and case.owner_id == user.organisation_id}
        for model in random_worlds.FACTS if "SOAK" in os.environ else random_worlds.FACTS[place % 2 :: 2]:
            reached = set(model.objects.visible_to(scope).values_list("pk", flat=True))
            assert reached == {fact.pk for fact in facts if isinstance(fact, model) and rule.may_read(user, fact)}
        looked_after = set(PlacementPeriod.objects.supervised_by(scope).values_list("pk", flat=True))
        placements = [fact for fact in facts if isinstance(fact, PlacementPeriod)]
        assert looked_after == {fact.pk for fact in placements if rule.supervised(user, fact)}


def test_the_worlds_are_worth_trying():
    """Each kind of answer comes up, or the test above says nothing."""
    seen = {"own": 0, "by consent": 0, "by own words": 0, "works with, but nothing opened": 0, "protected": 0}
    seen |= {"supervised, own": 0, "supervised, by consent": 0, "supervised no longer": 0}
    for seed in range(20):
        world, rule = random_worlds.build(1000 + seed), Rule.of(today())
        for user in world.users:
            for case in world.cases:
                is_own, opened = case.owner_id == user.organisation_id, rule.may_open(user, case)
                granted = bool(rule.granted(user, case))
                seen["own"] += opened and is_own
                seen["by consent"] += opened and not is_own and granted
                seen["by own words"] += opened and not is_own and not granted
                seen["works with, but nothing opened"] += rule.works_with(user, case) and not opened
                seen["protected"] += opened and case.participant.protection != "none"
            for fact in PlacementPeriod.objects.filter(supervisor=user).select_related("enrolment"):
                knows, is_own = bool(rule.supervised(user, fact)), fact.enrolment.owner_id == user.organisation_id
                seen["supervised, own"] += knows and is_own
                seen["supervised, by consent"] += knows and not is_own
                seen["supervised no longer"] += not knows and Role.SUPERVISOR in rule.roles(user, fact.enrolment)
    assert min(seen.values()) > 2, seen


@pytest.mark.parametrize("seed", range(OPENED))
def test_pages_lists_and_searches_agree_with_the_rule(seed):
    world = random_worlds.build(seed)
    rule = Rule.of(today())
    for user in (user for user in world.users if user.is_active):
        client = Browser()
        client.force_login(user)
        may = {case.pk: rule.may_open(user, case) for case in world.cases}
        for case in world.cases:
            assert (client.get(reverse("enrolment_detail", args=[case.public_id])).status_code == 200) == may[case.pk]
            wanted = 200 if may[case.pk] and _reads_plan(rule, user, case) else 404
            assert client.get(reverse("plan_detail", args=[case.public_id])).status_code == wanted
        for project in world.projects:
            assert _placed(client, project, world) == _known(rule, user, project)
            assert _listed(client, project) == {
                str(case.public_id) for case in world.cases if case.project_id == project.pk and may[case.pk]
            }


def _reads_plan(rule, user, case):
    return case.owner_id == user.organisation_id or "plan" in rule.granted(user, case)


def _listed(client: Client, project: Project) -> set[str]:
    """Whom the two lists of a project show, and whom a search in it finds: those of the own list, the same."""
    chosen = client.post(reverse("project_choose"), {"project": project.public_id})
    if chosen.status_code == 404 or client.get(reverse("participant_list")).status_code == 403:
        return set()
    own = _cases_on(client.get(reverse("participant_list"), {"visa": "alla"}))
    found = _cases_on(client.post(reverse("participant_list"), {"q": "e", "visa": "alla"}, follow=True))
    assert found <= own
    return own | _cases_on(client.get(reverse("participant_shared")))


def _known(rule, user, project) -> set[tuple[str, str]]:
    """Who a supervisor's page names and whose place it tells, by the rule."""
    found = set()
    for fact in PlacementPeriod.objects.filter(enrolment__project=project).select_related("enrolment__participant"):
        person, known = fact.enrolment.participant, rule.supervised(user, fact)
        is_named = Category.IDENTITY in known and person.protection == ProtectionLevel.NONE
        found |= {("name" if is_named else "alias", str(person.public_id))} if known else set()
        found |= {("plan", str(person.public_id))} if Category.PLAN in known else set()
    return found


def _placed(client: Client, project: Project, world) -> set[tuple[str, str]]:
    """The same as the page says it."""
    chosen = client.post(reverse("project_choose"), {"project": project.public_id})
    if chosen.status_code == 404:
        return set()
    shown = client.get(reverse("placement_list")).content.decode()
    found = set()
    for case in world.cases:
        person = case.participant
        told = {"name": person.identity.family_name, "alias": person.alias, "plan": f"Plats {case.public_id}"}
        found |= {
            (kind, str(person.public_id)) for kind, text in told.items() if re.search(rf"{re.escape(text)}\b", shown)
        }
    return found


def _cases_on(response) -> set[str]:
    return set(re.findall(r"/inskrivningar/([0-9a-f-]{36})/", response.content.decode()))
