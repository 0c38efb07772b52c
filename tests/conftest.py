"""Fixtures of all tests: the world and the cast, who is logged in, and the lifting of triggers around a flush."""

import gc
import logging
import os
import re
from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from hypothesis import HealthCheck, settings

from accounts.log.triggers import install_triggers, lift_triggers
from accounts.login import sessions
from core.days.dates import STOCKHOLM
from core.middleware import RequestIdFilter
from core.operation.logs import OrdinaryRefusals, PlainFormatter
from participants.models import Enrolment, PersonIdentity
from tests import migrated, one_chain
from tests.log_watch import LogWatch
from tests.world import worlds
from tests.world.cases import days_ago, started
from tests.world.cast import Cast, build
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory
from tests.world.kept import commits, kept_by, kept_while, let_go
from tests.world.pages import Browser

# A machine that is busy with other things is no fault of a test, and the same tree gives the same answer.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.load_profile("steady")

STARTING_PROGRAMS = tuple(Path(__file__).parent / name for name in ("http", "upgrades", "workshop"))
# Those that wait for what they start and leave the database of the rest as it is, and those that open every page as
# everybody.
LONGEST = tuple(
    Path(__file__).parent / name
    for name in (
        "http",
        "upgrades",
        "workshop/test_bench.py",
        "guards/test_hostile_values.py",
        "guards/test_typed_words.py",
        "guards/test_pages.py",
        "guards/test_choices_of_persons.py",
        "guards/test_access.py",
    )
)


def pytest_report_header() -> str | None:
    """Say what the run leaves out."""
    return None if connection.vendor == "sqlite" else "left out: tests that ask no database, and pass alike on any"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, on another database than the embedded one, the tests that ask none. Begin with those that take
    longest: at the end a process that has none left would wait for another's last. The rest stays in pytest-django's
    order, where tests that empty the database come after those that roll back. Within a module, those that ask for
    nothing that the module keeps come first, since it is there from then on."""
    if connection.vendor != "sqlite":
        config.hook.pytest_deselected(items=[item for item in items if not _asks_database(item)])
        items[:] = [item for item in items if _asks_database(item)]
    items.sort(key=lambda item: not _is_long(item.path))
    items[:] = [item for _, tests in groupby(items, key=_of_module) for item in sorted(tests, key=kept_by)]


@cache
def _is_long(module: Path) -> bool:
    return any(map(module.is_relative_to, LONGEST))


def _asks_database(item: pytest.Item) -> bool:
    """False of a test that pytest-django keeps away from the database, and whose module neither starts the program nor
    speaks of a connection."""
    asked = {"db", "django_db_setup", "transactional_db", "site"} & set(getattr(item, "fixturenames", ()))
    starts = any(map(item.path.is_relative_to, STARTING_PROGRAMS))
    return bool(asked or item.get_closest_marker("django_db") or starts) or _speaks_of_connection(item.path)


@cache
def _speaks_of_connection(path: Path) -> bool:
    return re.search(r"\bconnections?\b|DATABASE_URL|call_command", path.read_text()) is not None


def _of_module(item: pytest.Item) -> tuple[Path, bool]:
    return item.path, commits(item)


def _with_room(call: Callable, *args: object) -> object:
    """Call a function on one piece of the interpreter's stack that has room for all calls within it."""
    return call(*args)


# The stack grows by pieces of 16 kB, which are given back at once: a loop that calls across the end of a piece asks the
# system for memory at each turn. A frame that claims 264 kB gets a piece of 512, and those above it stand in the rest.
_with_room.__code__ = _with_room.__code__.replace(co_stacksize=33_000)


@pytest.hookimpl
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    """Run each test as pytest does, with room: a sixth of the work was the system's, for a test that asks for pages."""
    return _with_room(item.config.pluginmanager.getplugin("runner").pytest_runtest_protocol, item, nextitem)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """What a module keeps stands in a transaction, which a test that commits can't have around it."""
    if commits(item):
        let_go()


def pytest_configure(config: pytest.Config) -> None:
    """Begin on the day of the variable TODAY where it has one: a test is as right on a Saturday or on the last day of
    a month. What starts the program is to be left out then, since that asks the machine.

    Collect garbage seldom: there is little of it, and eight thousand tests are looked through for it each time."""
    if day := os.environ.get("TODAY"):
        travel = time_machine.travel(datetime.combine(date.fromisoformat(day), time(9), STOCKHOLM))
        travel.start()
        config.add_cleanup(travel.stop)
    gc.set_threshold(50_000, 20, 100)


def pytest_collection_finish() -> None:
    """What is loaded by now lives as long as the process. Looking through it again and again was a fifth of the work
    of a test that asks for pages."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_keepdb(request, tmp_path_factory, django_db_modify_db_settings, django_db_blocker):
    """Whether the test database stands there migrated when Django comes to make it; it is gone after the run."""
    with django_db_blocker.unblock():
        is_there = migrated.provide(tmp_path_factory.getbasetemp().parent)
    yield is_there
    if is_there:
        with django_db_blocker.unblock():
            migrated.remove()


@pytest.fixture(scope="session", autouse=True)
def seldom_written_sessions():
    """Whatever time a test takes, no session is written for that: it would ask three questions more than it should."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sessions, "WRITTEN_EVERY", timedelta(minutes=20))
        yield


@pytest.fixture(scope="session", autouse=True)
def one_chain_of_middleware():
    """All clients go through one and the same middleware."""
    with one_chain.shared():
        yield


@pytest.fixture(scope="session")
def log_watch():
    """All that the program's log says during the run, and the names of everybody who was written down meanwhile."""
    watch = LogWatch(PlainFormatter(), RequestIdFilter(), OrdinaryRefusals())
    logging.getLogger().addHandler(watch)
    with watch.of_names(PersonIdentity):
        yield watch
    logging.getLogger().removeHandler(watch)


@pytest.fixture(autouse=True)
def log_tells_nobody(log_watch):
    """Whatever a test makes the program write to its own log, no person, id, number or address stands in it."""
    yield
    assert log_watch.found() == []


@pytest.fixture
def transactional_db(transactional_db):
    """The flush after a transactional test needs the log's triggers out of the way, and they must come back."""
    install_triggers()
    yield
    lift_triggers()


@pytest.fixture(scope="module")
def whole_world(django_db_setup, django_db_blocker):
    """Written once for all tests of a module, and gone after them: to write it is 38 ms, to copy it 1."""
    with kept_while(django_db_blocker, worlds.build) as written:
        yield written


@pytest.fixture
def world(whole_world, db) -> worlds.World:
    """One project with a member in each role, and another organisation in it; see tests/world/worlds.py. What a test
    changes is its own."""
    return deepcopy(whole_world)


@pytest.fixture(scope="module")
def whole_cast(django_db_setup, django_db_blocker):
    """Written once for all tests of a module, and gone after them."""
    with kept_while(django_db_blocker, build) as written:
        yield written


@pytest.fixture
def cast(whole_cast, db) -> Cast:
    """Users of every role and cases of every kind, see tests/world/cast; what a test changes is its own."""
    return deepcopy(whole_cast)


@pytest.fixture
def wrong(world) -> Enrolment:
    """The case worker's case, where something has been written that belongs to another."""
    return started(world.enrolment, 60)


@pytest.fixture
def right(world) -> Enrolment:
    """The case that it belongs to, of the same case worker."""
    case = EnrolmentFactory(project=world.project, given_name="Vilgot", family_name="Rätt", enrolled_on=days_ago(60))
    CaseAssignmentFactory(enrolment=case, user=world.case_worker)
    return case


@pytest.fixture
def quiet():
    """Refusals are what is asked for, and nothing to print."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def log_in():
    """A client logged in as the user."""

    def as_user(user):
        client = Browser()
        client.force_login(user)
        return client

    return as_user
