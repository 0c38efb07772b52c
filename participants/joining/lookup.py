"""Whose number it is: the one place where a number that is typed in is held against those that are here already.

Enrolling, importing and correcting all ask it. A number alone opens nothing: `seen` holds people whom whoever writes
may see in a case anyway. Somebody else who has the number is answered for as if nobody had it, by as many queries, and
leaves one subject in the log as a number that nobody has does.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from accounts.enums import AccessKind, Duty
from accounts.log.access import log_access
from accounts.models import Organisation, User
from core.batches import bulk, in_chunks
from participants.models import Enrolment, Participant, PersonalNumber
from participants.querysets.enrolment import EnrolmentQuerySet
from participants.scope.scope import Scope
from projects.models import Project

# What the access log calls a look-up.
PART = "number_lookup"


@dataclass(frozen=True, slots=True)
class KnownNumbers:
    """What is known of some numbers (twelve digits each) in one organisation.

    `seen`: the person whom the one who asks may see. `unseen`: the public id of whoever else has it, for the log alone.
    """

    seen: Mapping[str, Participant]
    unseen: Mapping[str, UUID]

    def subject(self, number: str, written: Participant) -> UUID:
        """Whom the look-up of a number concerned: who has it, else the person it was written down for."""
        seen = self.seen.get(number)
        return seen.public_id if seen else self.unseen.get(number, written.public_id)


def cases_in_sight(scope: Scope, owner: Organisation, project: Project) -> EnrolmentQuerySet:
    """The owner's cases that tell whoever writes who somebody is.

    An emergency lets somebody read for an hour, not take over: it isn't counted. The program itself, which imports at
    the server's command line, sees what the project's coordinator would.
    """
    own = Enrolment.objects.filter(owner=owner)
    if scope.user.duty == Duty.SYSTEM:
        return own.counted().in_project(project)
    return own.filter(scope.lasting())


def look_up(
    numbers: Iterable[str],
    *,
    scope: Scope,
    owner: Organisation,
    project: Project,
    apart_from: Participant | None = None,
) -> KnownNumbers:
    """Hold some numbers against the organisation's. One query for each 500 of them, whatever is found.

    Part of the action that writes them down, which also calls `log_look_up`. `apart_from`: whose number is corrected.
    """
    cases = cases_in_sight(scope, owner, project).filter(participant=OuterRef("participant"))
    others = PersonalNumber.objects.filter(organisation=owner).exclude(participant=apart_from)
    rows = others.annotate(is_seen=Exists(cases)).select_related("participant__identity").order_by("-is_claim", "-pk")
    wanted, seen, unseen = sorted(set(numbers)), dict[str, Participant](), dict[str, UUID]()
    for chunk in in_chunks(wanted):
        for row in rows.filter(value__in=chunk):
            # Of several the last stands: the one whose number is nobody's claim, else the one written down first.
            if row.is_seen:
                seen[row.value] = row.participant
            else:
                unseen[row.value] = row.participant.public_id
    return KnownNumbers(seen, unseen)


def log_look_up(subjects: Collection[UUID], *, by: User) -> None:
    """Log that numbers were looked up, with one subject for each number; none is logged for none."""
    if subjects:
        log_access(user=by, kind=AccessKind.SEARCH, part=PART, persons=subjects)


def write_numbers(rows: Collection[PersonalNumber]) -> None:
    """Write numbers down. One that somebody else in the organisation has got meanwhile becomes a claim."""
    try:
        with transaction.atomic():
            bulk(PersonalNumber, rows)
    except IntegrityError:
        owners, values = {row.organisation_id for row in rows}, {row.value for row in rows}
        taken = PersonalNumber.objects.filter(organisation__in=owners, value__in=values, is_claim=False)
        held = set(taken.values_list("organisation", "value"))
        for row in rows:
            row.pk, row.is_claim = None, row.is_claim or (row.organisation_id, row.value) in held
        bulk(PersonalNumber, rows)


def let_go(organisation_id: int, values: Collection[str]) -> None:
    """Nobody has these numbers any longer: the first of those who claim one has it from now on."""
    for value in values:
        same = PersonalNumber.objects.filter(organisation=organisation_id, value=value)
        if not same.filter(is_claim=False).exists() and (first := same.order_by("pk").first()):
            PersonalNumber.objects.filter(pk=first.pk).update(is_claim=False)
