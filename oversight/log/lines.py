"""The lines of a sample for the reviewer: who read what about whom, when, and on which ground."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count
from django.forms import BoundField

from accounts.models import AccessEvent, LogReviewItem, User
from core.swedish.of_apps import said_by_apps
from core.swedish.words import plural
from oversight.log.forms import LogReviewForm
from oversight.log.grounds import Grounds
from oversight.log.words import in_words
from participants.enums import ProtectionLevel
from participants.models import Participant

NOBODY = "En person som inte finns kvar"
NO_GROUND = "Framgår inte"


@dataclass(frozen=True, slots=True)
class LogLine:
    """One reading in the sample. It has fields only while it can be answered."""

    item: LogReviewItem
    who: str
    what: str
    at: datetime
    whom: str
    why: str
    verdict: BoundField | None
    note: BoundField | None


def lines_of(items: Sequence[LogReviewItem], reviewer: User, form: LogReviewForm | None) -> list[LogLine]:
    """The lines of the items, which must be read with event and user."""
    persons = {item.person for item in items}
    names = _names(persons, reviewer)
    grounds = Grounds.of({item.event.user_id for item in items}, persons)
    counts = _counts([item.event for item in items if item.is_at_once])
    return [_line(item, counts.get(item.event_id) or names.get(item.person, NOBODY), grounds, form) for item in items]


def _counts(events: Sequence[AccessEvent]) -> dict[int, str]:
    """By event that was about many persons at once, how many in words."""
    rows = AccessEvent.objects.filter(pk__in=[event.pk for event in events])
    counted = rows.values_list("pk", "part", Count("subjects"))
    return {key: plural(count, said_by_apps("AT_ONCE")[part]) for key, part, count in counted} if events else {}


def _line(item: LogReviewItem, whom: str, grounds: Grounds, form: LogReviewForm | None) -> LogLine:
    event = item.event
    verdict, note = form.fields_of(item) if form else (None, None)
    return LogLine(
        item=item,
        who=str(event.user),
        what=in_words(event.kind, event.part),
        at=event.at,
        whom=whom,
        why=_why(event, grounds.words(event.user_id, item.person, event.at)),
        verdict=verdict,
        note=note,
    )


def _why(event: AccessEvent, ground: str) -> str:
    """The ground of the reading and the reason given: «Ansvarig för ärendet. Annat skäl: till domstolen»."""
    words = f": {event.note.body.text}" if event.reason and hasattr(event, "note") else ""
    stated = f"{event.reason}{words}" if event.reason not in ground else ""
    return ". ".join(filter(None, [ground, stated])) or NO_GROUND


def _names(persons: Collection[UUID], reviewer: User) -> dict[UUID, str]:
    """By public id, the name of a person of the own organisation, the alias of a protected person or another
    organisation's."""
    rows = Participant.objects.filter(public_id__in=list(persons)).select_related("identity")
    return {person.public_id: _name(person, reviewer) for person in rows}


def _name(person: Participant, reviewer: User) -> str:
    is_named = person.organisation_id == reviewer.organisation_id and person.protection == ProtectionLevel.NONE
    return person.identity.full_name if is_named else person.alias
