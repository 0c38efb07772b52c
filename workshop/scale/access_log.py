"""A long access log: what a reader has opened for years."""

from datetime import datetime, time, timedelta

from django.db.models import Max

from accounts.models import AccessEvent, AccessHead, AccessSubject
from core.batches import bulk
from core.days.dates import STOCKHOLM
from participants.models import Participant
from projects.enums import Role
from workshop.scale.copies import multiply
from workshop.scale.people import World, member

# Pages read for each enrolment, so many events in the log.
READINGS = 10


def write_log(world: World, originals: int, times: int) -> None:
    """Write the log of one invented reader.

    Their events are copied and so aren't chained; nothing measured reads the chain. Everybody else's chain is whole,
    since every page that is measured writes at the end of one.
    """
    reader = member(world.project, "Förre samordnaren", Role.COORDINATOR)
    before = AccessEvent.objects.aggregate(last=Max("pk"))["last"] or 0
    at = datetime.combine(world.on, time(8), tzinfo=STOCKHOLM)
    persons = list(Participant.objects.order_by("pk").values_list("public_id", flat=True)[:originals])
    first = [
        AccessEvent(
            user=reader, number=place + 1, organisation_id=reader.organisation_id, at=at - timedelta(minutes=place),
            kind="read", part="enrolment_detail", subjects_count=1, hash=f"{place:064x}",
        )
        for place in range(len(persons))
    ]  # fmt: skip
    events = bulk(AccessEvent, first)
    bulk(
        AccessSubject,
        [AccessSubject(event=event, person=person) for event, person in zip(events, persons, strict=True)],
    )
    multiply(
        (AccessEvent, AccessSubject),
        times * READINGS,
        {AccessEvent._meta.get_field("number"): f"number + n * {len(first)}"},
        only={AccessEvent: f"id > {before}", AccessSubject: f"event_id > {before}"},
    )
    AccessHead.objects.create(user=reader, number=len(first) * times * READINGS)
