"""The one place where a number that is typed in is compared with those that are registered already.

Used by enrolling, importing and correcting. A number alone opens nothing: `seen` holds only persons whom the user may
see in a case or a referral anyway. For anybody else the answer is as if nobody had the number, after as many queries,
and with one subject in the log as for a number that nobody has.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q

from accounts.enums import AccessKind, Duty
from accounts.log.access import log_access
from accounts.models import Organisation, User
from core.batches import bulk, in_chunks
from participants.models import Enrolment, Participant, PersonalNumber, Referral
from participants.querysets.enrolment import EnrolmentQuerySet
from participants.querysets.referral import ReferralQuerySet
from participants.scope.scope import Scope
from projects.models import Project

# The access log's name of a look-up.
PART = "number_lookup"


@dataclass(frozen=True, slots=True)
class KnownNumbers:
    """Who has some numbers (twelve digits each) in one organisation.

    `seen`: by number, the person whom the user may see. `unseen`: by number, the public id of a person whom the user
    may not see; for the log alone.
    """

    seen: Mapping[str, Participant]
    unseen: Mapping[str, UUID]

    def subject(self, number: str, written: Participant) -> UUID:
        """The person, by public id, whom a look-up of the number concerned: the one who has it, else the one it was
        written for."""
        seen = self.seen.get(number)
        return seen.public_id if seen else self.unseen.get(number, written.public_id)


def cases_in_sight(scope: Scope, owner: Organisation, project: Project) -> EnrolmentQuerySet:
    """The owner's cases by which the user may know a person whose number is typed in.

    Cases that are open by an emergency alone aren't among them. An import by the server's command line sees what the
    project's coordinator would.
    """
    own = Enrolment.objects.filter(owner=owner)
    if scope.user.duty == Duty.SYSTEM:
        return own.counted().in_project(project)
    return own.filter(scope.lasting())


def referrals_in_sight(scope: Scope, owner: Organisation, project: Project) -> ReferralQuerySet:
    """The owner's referrals by which the user may know a person whose number is typed in."""
    own = Referral.objects.current().filter(owner=owner)
    if scope.user.duty == Duty.SYSTEM:
        return own.in_project(project)
    return own.visible_to(scope)


def look_up(
    numbers: Iterable[str],
    *,
    scope: Scope,
    owner: Organisation,
    project: Project,
    apart_from: Participant | None = None,
) -> KnownNumbers:
    """Compare numbers with the organisation's registered ones. One query for each 500 numbers, with or without matches.

    Part of the action that writes them down, which also calls `log_look_up`. `apart_from` is the person whose number is
    corrected, and who isn't compared.
    """
    cases = cases_in_sight(scope, owner, project).filter(participant=OuterRef("participant"))
    referred = referrals_in_sight(scope, owner, project).filter(participant=OuterRef("participant"))
    others = PersonalNumber.objects.filter(organisation=owner).exclude(participant=apart_from)
    seen_by = Q(Exists(cases)) | Q(Exists(referred))
    rows = others.annotate(is_seen=seen_by).select_related("participant__identity").order_by("-is_claim", "-pk")
    wanted, seen, unseen = sorted(set(numbers)), dict[str, Participant](), dict[str, UUID]()
    for chunk in in_chunks(wanted):
        for row in rows.filter(value__in=chunk):
            # Of several persons with a number the last wins: the one who has it, else the one who claimed it first.
            if row.is_seen:
                seen[row.value] = row.participant
            else:
                unseen[row.value] = row.participant.public_id
    return KnownNumbers(seen, unseen)


def log_look_up(subjects: Collection[UUID], *, by: User) -> None:
    """Log that numbers were looked up, with one subject for each number. Without subjects nothing is logged."""
    if subjects:
        log_access(user=by, kind=AccessKind.SEARCH, part=PART, persons=subjects)


def write_numbers(rows: Collection[PersonalNumber]) -> None:
    """Save numbers. A number that somebody else in the organisation has got meanwhile is saved as a claim."""
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
    """Release numbers that nobody has any longer: of several persons who claim a number, the first gets it."""
    for value in values:
        same = PersonalNumber.objects.filter(organisation=organisation_id, value=value)
        if not same.filter(is_claim=False).exists() and (first := same.order_by("pk").first()):
            PersonalNumber.objects.filter(pk=first.pk).update(is_claim=False)
