"""How the databases find what the scope lets through: by an index in every table that grows with the cases.

Not timed. The world is small, so PostgreSQL is told to read no table from end to end where an index can serve: what it
still reads so, no index serves.
"""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import User
from actionplans.models import Meeting, MeetingParagraph, PlanRevision, StepAssessment, StepClock
from core.days.dates import today
from core.enums import Category
from participants.models import Assessment, Enrolment, Participant
from participants.scope import scope as access
from participants.scope.scope import Scope
from tests.world import consent_rows as consents
from tests.world.case_rows import assign_contact
from tests.world.cast import Cast, build
from tests.world.pages import rolled_back

pytestmark = pytest.mark.django_db

GROWING = {
    "participants_participant",
    "participants_personidentity",
    "participants_enrolment",
    "participants_caseassignment",
    "participants_consentgrant",
    "participants_placementperiod",
    "participants_assessment",
    "actionplans_meeting",
    "actionplans_meetingparagraph",
    "actionplans_planrevision",
    "actionplans_stepassessment",
    "actionplans_stepclock",
}
# Holds the few who are protected and nobody else, so that reading all of it is right.
OF_THE_FEW = "participant_protected"
FACTS = (Assessment, Meeting, MeetingParagraph, PlanRevision, StepAssessment, StepClock)

# The statistics of these tables and of their indexes; rolled back.
_COUNTED_AS_BIG = """
    UPDATE pg_class SET relpages = 1, reltuples = 10000
    WHERE oid IN (
        SELECT unnest(ARRAY[tables.oid, indexes.indexrelid])
        FROM pg_class tables JOIN pg_index indexes ON indexes.indrelid = tables.oid
        WHERE tables.relname = ANY(%s)
    )
"""
# What other tests have had counted of the columns would decide which index is worth it.
_FORGET_WHAT_THEY_HOLD = """
    DELETE FROM pg_statistic WHERE starelid IN (SELECT oid FROM pg_class WHERE relname = ANY(%s))
"""
_HIDE = "UPDATE pg_index SET indisvalid = false WHERE indexrelid = ANY(%s::regclass[])"

Asked = list[tuple[str, Sequence[object]]]


@pytest.fixture
def cast() -> Cast:
    return build()


@pytest.fixture
def case(cast: Cast):
    """A case that is shared with another organisation and has a contact there."""
    found = cast.cases.of_hanna.enrolment
    assign_contact(found, cast.alva)
    consents.give(found, [cast.world.af], list(Category), by=cast.hanna)
    return found


def who_work_with_it(cast: Cast) -> list[User]:
    return [cast.hanna, cast.samira, cast.alva, cast.sune]


@contextmanager
def asked() -> Iterator[Asked]:
    """The questions that are put to the database inside."""
    found: Asked = []

    def note(execute, sql, params, many, context):
        if sql.startswith("SELECT") and not many:
            found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def read_through(sql: str, params: Sequence[object]) -> set[str]:
    """The growing tables that a question reads from end to end."""
    return (_by_sqlite if connection.vendor == "sqlite" else _by_postgresql)(sql, params)


def _by_sqlite(sql: str, params: Sequence[object]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        steps = [row[-1] for row in cursor.fetchall()]
    scans = [step.split()[1] for step in steps if step.startswith("SCAN ") and OF_THE_FEW not in step]
    # The plan says the name that a table has in the question.
    tables = re.findall(r'(?:FROM|JOIN) "(\w+)"(?: ([A-Z]\d+))?', sql)
    return {table for table, name in tables if table in GROWING and (name or table) in scans}


def _by_postgresql(sql: str, params: Sequence[object]) -> set[str]:
    """Where an index is read whole, it is hidden and the question planned again: with few rows, which of two is taken
    is chance, and a table that nothing else leads into is then read from end to end."""
    with rolled_back(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        # Other tests leave tables that were filled and emptied: what is counted as empty is read in any way at all.
        cursor.execute(_COUNTED_AS_BIG, [list(GROWING)])
        cursor.execute(_FORGET_WHAT_THEY_HOLD, [list(GROWING)])
        while whole := [node for node in _planned(cursor, sql, params) if _reads_all(node)]:
            if tables := {node["Relation Name"] for node in whole if node["Node Type"] == "Seq Scan"}:
                return tables
            cursor.execute(_HIDE, [[node["Index Name"] for node in whole if "Index Name" in node]])
            assert cursor.rowcount > 0
    return set()


def _planned(cursor: Any, sql: str, params: Sequence[object]) -> list[dict]:
    """The nodes of the plan."""
    cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
    (plan,) = cursor.fetchone()
    return list(_nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]))


def _nodes(node: dict) -> Iterator[dict]:
    yield node
    yield from chain.from_iterable(map(_nodes, node.get("Plans", [])))


def _reads_all(node: dict) -> bool:
    """A growing table, or an index of it without any condition."""
    whole_index = "Index Name" in node and "Index Cond" not in node and node["Index Name"] != OF_THE_FEW
    return node.get("Relation Name") in GROWING and (node["Node Type"] == "Seq Scan" or whole_index)


def expect_indexes(found: Asked, *tables: str) -> None:
    """No growing table is read through, and those that the questions are about were asked for."""
    text = " ".join(sql for sql, _ in found)
    assert all(f'"{table}"' in text for table in tables)
    assert {sql: bad for sql, params in found if (bad := read_through(sql, params))} == {}


def test_the_list(cast: Cast, case) -> None:
    clients = [cast.client(user) for user in (cast.hanna, cast.samira)]
    with asked() as found:
        assert [client.get(reverse("participant_list")).status_code for client in clients] == [200, 200]
    expect_indexes(found, "participants_enrolment", "participants_caseassignment", "participants_participant")


def test_those_at_a_placement(cast: Cast, case) -> None:
    client = cast.client(cast.hedda)
    with asked() as found:
        assert client.get(reverse("placement_list")).status_code == 200
    expect_indexes(found, "participants_placementperiod", "participants_enrolment", "actionplans_planrevision")


@pytest.mark.parametrize("few", [0, 1000], ids=["much is open", "little is open"])
def test_the_list_of_what_others_share(cast: Cast, case, monkeypatch, few) -> None:
    monkeypatch.setattr(access, "FEW", few)
    clients = [cast.client(user) for user in (cast.alva, cast.sune)]
    with asked() as found:
        said = [client.get(reverse("participant_shared")).content.decode() for client in clients]
    assert all(str(case.public_id) in text for text in said)
    expect_indexes(found, "participants_enrolment", "participants_consentgrant", "participants_caseassignment")


def test_a_participants_page(cast: Cast, case) -> None:
    clients = [cast.client(user) for user in who_work_with_it(cast)]
    with asked() as found:
        assert {client.get(case.get_absolute_url(), follow=True).status_code for client in clients} == {200}
    expect_indexes(found, "participants_enrolment", "participants_consentgrant", "actionplans_meeting")


def test_facts_and_persons(cast: Cast, case) -> None:
    on = today()
    with asked() as found:
        for user in who_work_with_it(cast):
            for model in FACTS:
                list(model.objects.visible_to(Scope.of(user, on)).filter(enrolment=case))
            assert Enrolment.objects.visible_to(Scope.of(user, on)).filter(public_id=case.public_id).exists()
            assert Enrolment.objects.with_kinds(Scope.of(user, on), *Category).filter(pk=case.pk).exists()
            assert Participant.objects.visible_to(Scope.of(user, on)).filter(pk=case.participant_id).exists()
    expect_indexes(found, "participants_consentgrant", *(model._meta.db_table for model in FACTS))


def test_what_no_index_serves_is_found(cast: Cast, case) -> None:
    with asked() as found:
        list(Participant.objects.filter(language="sv", needs_interpreter=True).order_by())
        list(Enrolment.objects.filter(pk__in=Assessment.objects.filter(superseded_at=None).values("enrolment")))
    tables = set().union(*(read_through(*query) for query in found))
    assert {"participants_participant", "participants_assessment"} <= tables
