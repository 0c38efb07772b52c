"""In worlds made by chance each prepared question gives every user what the plain one gives."""

import re
from collections import Counter
from datetime import timedelta
from html import unescape
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client
from django.urls import get_resolver, reverse

from actionplans.steps.clock import refresh_project
from core.days.dates import today
from core.prepared.questions import QUESTIONS, Prepared
from participants.enums import CaseRole, ExitReason
from participants.models import ConsentWithdrawal, EmergencyAccess, Enrolment, Misplacement
from participants.querysets.facts import CaseFactQuerySet
from participants.scope.opened import fact_by_id, who
from participants.scope.scope import Scope
from tests.participants.scope.test_scope_worlds import OPENED
from tests.world import random_worlds
from tests.world.cases import days_ago, met, plan, started
from tests.world.cast import Cast
from tests.world.cast.papers import write_proposals
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory
from tests.world.factories.background import ReferralFactory
from tests.world.factories.plans import CaseActivityFactory
from tests.world.pages import fill, submit
from tests.world.worlds import World

pytestmark = pytest.mark.django_db

# Notices, drafts, presses of forms, sick-listings, emergencies and texts to go through: none are in these worlds.
WITHOUT_ROWS = {
    "actionplans.steps.forms._full_time",
    "core.drafts.store._about",
    "core.forms.presses.presses",
    "participants.emergency.notices._first_unseen",
    "participants.joining.questions._first_claim",
    "participants.protected_number.notices._first_unseen",
    "participants.protection.texts._first_waiting",
    "participants.scope.ways._live",
    "participants.self_enrolment.notices._first_unseen",
    "participants.stale_forms.middleware._kept",
    "participants.void.lists._first_step",
}


# Asked in a test of its own.
BY_ITS_OWN = "participants.scope.opened.fact_by_id"
# The parts of what a scope lets through, for facts.
PARTS = ("visible_to", "with_void_to", "removed_for")


def told(row: Any, before: tuple[Model, ...] = ()) -> Any:
    """All that a row says: of a model the columns that were read, and the rows that were read with it; each once,
    since a person leads to a name and the name to its person."""
    if not isinstance(row, Model) or any(row is met for met in before):
        return row
    columns = {name: value for name, value in vars(row).items() if not name.startswith("_")}
    return type(row), columns, {name: told(kept, (*before, row)) for name, kept in row._state.fields_cache.items()}


def worked_with(world: World) -> None:
    """The case of the world with clocks, a plan, a meeting and an activity in a group."""
    case = started(world.enrolment, 100)
    plan(case, world.case_worker)
    met(case, world.case_worker, days_ago(3))
    CaseActivityFactory(enrolment=case, recorded_by=world.case_worker, in_group=True)


def earlier(case: Enrolment) -> None:
    """An enrolment of the person that ended before this one began, with the same people at work."""
    begun, ended = case.enrolled_on - timedelta(days=200), case.enrolled_on - timedelta(days=100)
    before = EnrolmentFactory(
        participant=case.participant,
        project=case.project,
        owner=case.owner,
        enrolled_on=begun,
        exited_on=ended,
        exit_reason=ExitReason.WORK,
    )
    for assignment in case.assignments.filter(user__isnull=False):
        CaseAssignmentFactory(enrolment=before, user=assignment.user, role=CaseRole.CONTACT)


def judge(client: Client, page: str) -> None:
    """Send the form with a step, and with the ticket that a browser sends along."""
    ticket = re.search(r'name="ticket" value="([^"]+)"', client.get(page).content.decode())
    assert ticket
    client.post(page, fill(client, page, step="1", text="Kom.") | {"ticket": unescape(ticket[1])})


@pytest.fixture
def asked(monkeypatch) -> dict[str, int]:
    """How many rows each prepared question that was asked has given; each answer is compared with the plain one's."""
    assert get_resolver().url_patterns  # every module with a page has been read, and so every question is known
    rows: dict[str, int] = {}
    ask = Prepared.ask

    def compared(self: Prepared, *arguments: Any, **values: Any) -> list[Any]:
        found = ask(self, *arguments, **values)
        assert [told(row) for row in found] == [told(row) for row in self.build(*arguments, **values)]
        name = next(name for name, question in QUESTIONS.items() if question is self)
        rows[name] = rows.get(name, 0) + len(found)
        return found

    def counted(self: Prepared, *arguments: Any, **values: Any) -> int:
        found = count(self, *arguments, **values)
        assert found == len(compared(self, *arguments, **values))
        return found

    count = Prepared.count
    monkeypatch.setattr(Prepared, "ask", compared)
    monkeypatch.setattr(Prepared, "count", counted)
    return rows


def test_every_prepared_question_answers_as_the_plain_one(asked, world, log_in, quiet) -> None:
    worked_with(world)
    for name in ("enrolment_detail", "meeting_create"):
        log_in(world.case_worker).get(reverse(name, args=[world.enrolment.public_id]))
    log_in(world.case_worker).get(reverse("home"))
    page = reverse("meeting_create", args=[world.enrolment.public_id])
    submit(log_in(world.case_worker), page, text="Kom i tid.")
    refresh_project(world.project)
    log_in(world.project_leader).get(reverse("result"))
    ReferralFactory(project=world.project)
    write_proposals(world)
    log_in(world.coordinator).get(reverse("home"))
    met(world.enrolment, world.case_worker, days_ago(2), clears=1)
    submit(log_in(world.case_worker), page, text="Kom igen.")
    judge(log_in(world.case_worker), page)
    log_in(world.case_worker).get(reverse("participant_list"))
    for seed in range(OPENED):
        by_chance = random_worlds.build(seed)
        for case in by_chance.cases:
            earlier(case)
        for user in by_chance.users:
            client = log_in(user)
            for case in by_chance.cases:
                client.get(reverse("enrolment_detail", args=[case.public_id]))
                client.get(reverse("meeting_create", args=[case.public_id]))
                client.get(reverse("participant_detail", args=[case.participant.public_id]))
            client.get(reverse("home"))
            client.get(reverse("participant_list"))
    assert set(asked) == set(QUESTIONS) - {BY_ITS_OWN}
    assert {name for name, count in asked.items() if not count} == WITHOUT_ROWS


def test_a_fact_asked_for_by_its_id_is_the_one_of_the_plain_question(asked, cast: Cast) -> None:
    """Of each kind one fact, for each user, in each part of the scope; the cast has three kinds that no page opens."""
    models = [model for model in apps.get_models() if isinstance(model._default_manager.all(), CaseFactQuerySet)]
    found = Counter()
    for user, part in product((cast.hanna, cast.alva, cast.samira, cast.fia), PARTS):
        scope = Scope.of(user, today())
        for model in models:
            facts = model._default_manager.exclude(enrolment=None).order_by("pk")
            if fact := facts.filter(enrolment__public_id=cast.cases.of_hanna.ids["enrolment"]).last() or facts.first():
                rows = fact_by_id.ask(scope.roles.shape, model, part, public_id=fact.public_id, **who(scope))
                found[model] += len(rows)
    assert len(models) > 20
    assert {model for model in models if not found[model]} == {ConsentWithdrawal, EmergencyAccess, Misplacement}
