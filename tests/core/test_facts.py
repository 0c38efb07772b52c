"""Facts are added, carry one stamp per action, are replaced once, and can be asked for as they stood."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.actions import action, stamp, stamp_day, written_at
from core.days.dates import STOCKHOLM, today
from core.facts import digest, supersede
from core.models import TextBody
from participants.enums import ExitReason
from participants.exits.actions import end_enrolment
from participants.models import EnrolmentEntry, Exit, LivelihoodRecord
from tests.world.factories import EnrolmentFactory
from tests.world.factories.background import ExitFactory
from tests.world.factories.livelihood import LivelihoodRecordFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)


def record(enrolment, moment):
    with written_at(moment):
        return LivelihoodRecordFactory(enrolment=enrolment, concerns_on=DAY)


@pytest.fixture
def enrolment():
    return EnrolmentFactory(enrolled_on=date(2026, 1, 1))


def test_a_fact_knows_its_category_and_what_it_is_about(enrolment):
    entry = EnrolmentEntry.objects.get(enrolment=enrolment)
    assert (entry.category, entry.concerns_on, entry.superseded_at) == ("steps", enrolment.enrolled_on, None)


# --- One stamp per action ---------------------------------------------------------------------------------------------


def test_everything_that_an_action_writes_carries_the_same_stamp():
    moments = []

    @action
    def inner():
        moments.append(stamp())

    @action
    def outer():
        moments.append(stamp())
        inner()
        moments.append(stamp())

    outer()
    outer()
    assert moments[0] == moments[1] == moments[2]
    assert moments[3] == moments[4] == moments[5] > moments[0]


def test_outside_an_action_the_stamp_is_now():
    before = timezone.now()
    assert before <= stamp() <= timezone.now()


def test_an_action_that_goes_on_past_midnight_keeps_the_day_that_it_began() -> None:
    days = []
    before_midnight = datetime(2026, 3, 2, 23, 59, 58, tzinfo=STOCKHOLM)

    @action
    def slow():
        days.append(stamp_day())
        clock.shift(timedelta(seconds=5))
        days.append(stamp_day())

    with time_machine.travel(before_midnight, tick=False) as clock:
        slow()
        assert days == [DAY, DAY]
        assert stamp_day() == today() == DAY + timedelta(days=1), "outside an action it is today"


def test_what_is_written_at_a_past_moment_has_the_day_of_that_moment() -> None:
    with written_at(datetime(2026, 3, 1, 23, 30, tzinfo=UTC)):
        assert stamp_day() == DAY, "by the clock in Stockholm"


def test_an_action_that_fails_leaves_neither_rows_nor_its_stamp(enrolment):
    @action
    def fail():
        record(enrolment, timezone.now())
        raise RuntimeError("halfway")

    with pytest.raises(RuntimeError):
        fail()
    assert not LivelihoodRecord.objects.exists()
    assert stamp() != stamp()


# --- Replaced once ----------------------------------------------------------------------------------------------------


def test_a_fact_is_replaced_once_and_keeps_the_first_moment(enrolment):
    fact = record(enrolment, timezone.now())
    first, second = timezone.now(), timezone.now() + timedelta(hours=1)
    for moment in (first, second):
        with written_at(moment):
            supersede(fact)
    fact.refresh_from_db()
    assert fact.superseded_at == first


def test_a_correction_names_what_it_corrects_and_changes_nothing_else_in_it(enrolment):
    by = enrolment.entries.get().recorded_by
    by.organisation = enrolment.owner
    first = end_enrolment(enrolment=enrolment, exited_on=DAY, reason=ExitReason.WORK, comment="Fel dag", by=by)
    before = {field.attname: getattr(first, field.attname) for field in Exit._meta.fields}
    second = end_enrolment(enrolment=enrolment, exited_on=date(2026, 3, 9), reason=ExitReason.STUDIES, by=by)
    first.refresh_from_db()
    after = {field.attname: getattr(first, field.attname) for field in Exit._meta.fields}
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"superseded_at"}
    assert (second.corrects, second.superseded_at) == (first, None)
    assert first.superseded_at == second.recorded_at
    assert list(Exit.objects.current()) == [second]


def test_two_current_exits_of_one_enrolment_are_refused_by_the_database(enrolment):
    ExitFactory(enrolment=enrolment)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExitFactory(enrolment=enrolment)


def test_known_at_answers_as_it_stood_then(enrolment):
    monday, tuesday, wednesday = (timezone.now() - timedelta(days=days) for days in (3, 2, 1))
    old = record(enrolment, monday)
    with written_at(tuesday):
        supersede(old)
    new = record(enrolment, tuesday)
    known = LivelihoodRecord.objects.known_at
    assert list(known(monday - timedelta(seconds=1))) == []
    assert list(known(monday)) == [old]
    assert list(known(tuesday - timedelta(microseconds=1))) == [old]
    assert list(known(tuesday)) == [new], "never both, never neither"
    assert list(known(wednesday)) == list(LivelihoodRecord.objects.current()) == [new]


# --- Free text --------------------------------------------------------------------------------------------------------


def test_a_text_has_a_digest_that_vouches_for_it():
    body = TextBody.objects.write("Trivs och kommer i tid.")
    body.refresh_from_db()
    assert body.digest == digest("Trivs och kommer i tid.", body.salt)
    assert body.digest != digest("Trivs och kommer sent.", body.salt)
    assert len(body.digest) == 64


def test_the_same_text_twice_has_different_digests():
    """Else whoever holds the digests could see who has the same note, or guess short ones."""
    one, other = TextBody.objects.create_all(["Uteblev", "Uteblev"])
    assert one.salt != other.salt
    assert one.digest != other.digest


def test_a_blanked_text_leaves_the_digest():
    body = TextBody.objects.write("Åsa Öberg berättade")
    TextBody.objects.filter(pk=body.pk).update(text="")
    body.refresh_from_db()
    assert (body.text, body.digest) == ("", digest("Åsa Öberg berättade", body.salt))
