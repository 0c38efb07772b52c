"""Whatever is done to referrals: the queue holds who waits, and the figures count who came, as known at any moment."""

import json
import os
import random
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction

from core.actions import written_at
from core.days.dates import STOCKHOLM
from participants.enrolment.enrol import enrol_participant
from participants.enrolment.new import NewEnrolment
from participants.enums import REFERRING, ReferralSource, ReferralState
from participants.models import Enrolment, Referral
from participants.referral.actions import (
    ENDS,
    ReferralRecord,
    correct_referral,
    end_referral,
    receive_referral,
    reopen_referral,
)
from participants.referral.queue import in_queue, queue_of
from participants.scope.scope import Scope
from tests.world.worlds import model_project

pytestmark = pytest.mark.django_db

FIRST = date(2025, 3, 3)
SEEDS = range(max(4, int(os.environ.get("WORLDS", "50")) // 12))


@dataclass
class Came:
    """A referral as it should be: by moment, the day that its deadlines run from (None where they don't) and whether
    it waits."""

    referral: Referral
    said: list[tuple[datetime, date | None, bool]] = field(default_factory=list)

    def at(self, moment: datetime) -> tuple[date | None, bool]:
        known = [(start, waits) for since, start, waits in self.said if since <= moment]
        return known[-1] if known else (None, False)


class Doer:
    """Does things to referrals by chance, and knows what should have come of them."""

    def __init__(self, world, seed: int) -> None:
        self.chance = random.Random(seed)
        self.project = model_project(name="Kön", register_number="PROV-9", host=world.ame)
        self.by = world.coordinator
        world.coordinator.memberships.create(project=self.project, role="coordinator", valid_from=FIRST)
        self.all: list[Came] = []

    def turn(self, moment: datetime) -> None:
        deeds = [self.receive, self.receive, self.correct, self.end, self.end, self.reopen, self.enrol]
        with written_at(moment), suppress(ValidationError), transaction.atomic():
            self.chance.choice(deeds)(moment)

    def record(self, on: date) -> ReferralRecord:
        source = self.chance.choice(list(ReferralSource))
        applied = self.chance.choice([None, on - timedelta(days=self.chance.randrange(20))])
        return ReferralRecord(source=source, referred_on=on, applied_on=applied, reason="Vill arbeta.")

    def start(self, record: ReferralRecord) -> date | None:
        return (record.applied_on or record.referred_on) if record.source in REFERRING else None

    def receive(self, moment: datetime) -> None:
        record = self.record(moment.date() - timedelta(days=self.chance.randrange(9)))
        person = NewEnrolment(enrolled_on=record.referred_on, given_name="Omid", family_name=f"Nummer{len(self.all)}")
        who = self.chance.choice([person, person, None])
        made = receive_referral(
            record=record, person=who, project=self.project, owner=self.by.own_organisation, by=self.by
        )
        self.all.append(Came(made, [(moment, self.start(record), True)]))

    def one(self) -> Came:
        if not self.all:
            raise ValidationError("none yet")
        return self.chance.choice(self.all)

    def correct(self, moment: datetime) -> None:
        true, record = self.one(), self.record(moment.date())
        correct_referral(referral=true.referral, record=record, who=None, person=None, by=self.by)
        true.said.append((moment, self.start(record), True))

    def end(self, moment: datetime) -> None:
        true, state = self.one(), self.chance.choice(list(ENDS))
        end_referral(referral=true.referral, state=state, ended_on=moment.date(), said="Så blev det.", by=self.by)
        now = ReferralRecord.of(Referral.objects.latest_version(true.referral.public_id))
        start = self.start(now)
        true.said.append((moment, None if state == ReferralState.MISTAKEN else start, False))

    def reopen(self, moment: datetime) -> None:
        true = self.one()
        reopen_referral(referral=true.referral, by=self.by)
        now = ReferralRecord.of(Referral.objects.latest_version(true.referral.public_id))
        true.said.append((moment, self.start(now), True))

    def enrol(self, moment: datetime) -> None:
        true = self.one()
        now = Referral.objects.latest_version(true.referral.public_id)
        record = ReferralRecord.of(now)
        name = now.participant.identity if now.participant else None
        new = NewEnrolment(
            enrolled_on=moment.date(),
            given_name="Omid",
            family_name=name.family_name if name else f"Namnlös{now.pk}",
            source=record.source,
            applied_on=record.applied_on,
            referred_on=record.referred_on,
            referral=now,
        )
        enrol_participant(new=new, project=self.project, owner=self.by.own_organisation, by=self.by)
        true.said.append((moment, self.start(record), False))


def due(project, as_of: date, known_at: datetime | None) -> tuple[int, int]:
    """Who is due for the first meeting from the application, and who isn't yet."""
    out, known = StringIO(), ["--known-at", known_at.isoformat()] if known_at else []
    command = ["--project", project.register_number, "--as-of", f"{as_of}", "--format", "json", *known]
    call_command("deadline_adherence", *command, stdout=out, stderr=StringIO())
    rows = json.loads(out.getvalue())["deadlines"]
    row = next(row for row in rows if (row["deadline"], row["from"]) == ("first_meeting", "application"))
    return row["due"], row["not_yet_due"]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_queue_and_the_figures_say_what_was_done(world, seed: int) -> None:
    doer, day = Doer(world, seed), FIRST
    moments = []
    for _ in range(45):
        day += timedelta(days=doer.chance.randrange(4))
        moment = datetime.combine(day, time(9), STOCKHOLM) + timedelta(minutes=len(moments))
        moments.append(moment)
        doer.turn(moment)
    now = moments[-1]
    waits = {true.referral.public_id for true in doer.all if true.at(now)[1]}
    scope = Scope.of(doer.by, day)
    queue = queue_of(scope, doer.project)
    roots = {row.pk: row for row in Referral.objects.all()}

    def root(row: Referral) -> Referral:
        return root(roots[row.corrects_id]) if row.corrects_id else row

    assert {root(line.referral).public_id for line in queue.waiting} == waits
    assert in_queue(doer.project, scope).count == len(waits)
    assert queue.ended_count + len(waits) + Enrolment.objects.filter(project=doer.project).count() == len(doer.all)
    for known_at in (*doer.chance.sample(moments, 4), None):
        as_of = FIRST + timedelta(days=doer.chance.randrange(120))
        starts = [start for true in doer.all if (start := true.at(known_at or now)[0]) and start <= as_of]
        passed = sum(start + timedelta(days=14) < as_of for start in starts)
        assert due(doer.project, as_of, known_at) == (passed, len(starts) - passed), (known_at, as_of)
    assert len(doer.all) > 5
