"""Recognising the number of somebody protected without having it: a keyed digest bars it from being written down again.

A barred number is answered as any other, except that a user who may enrol for the organisation is told that the person
is here under protection, and whom to ask. This is logged, noticed to the one who is asked, and told for a few numbers a
day; after that every number is refused, barred or not.
"""

import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet

from accounts.enums import AccessKind
from accounts.log.access import log_access, log_change
from accounts.models import Organisation, User
from core.actions import action, stamp, stamp_day
from core.batches import in_chunks
from participants.models import (
    CaseAssignment,
    Participant,
    PersonalNumber,
    ProtectedNotice,
    ProtectedNumber,
)

# So many barred numbers a user is told of in a day.
NOTICES_A_DAY = 5
PART = "protected_notice"
PROTECTED = "Personen finns hos er med skydd. Fråga den som är ansvarig för ärendet."
ENOUGH = (
    "Du kan inte skriva in fler personnummer i dag, vilka de än är: du har fått besked om "
    f"{NOTICES_A_DAY} personer med skydd. Fortsätt i morgon, eller be en kollega."
)


def digest_of(number: str, organisation: Organisation) -> str:
    """Keyed digest of twelve digits: another in each organisation, and nothing without the key."""
    message = f"{organisation.public_id}\x1f{number}"
    return hmac.new(settings.PROTECTION_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()


# --- Barring --------------------------------------------------------------------------------------------------------


def bar(participant: Participant, numbers: Iterable[str], former: Iterable[str] = ()) -> None:
    """Keep the digests of numbers of somebody protected; part of the action that protects the person.

    A `former` number that somebody else in the organisation has was only mistyped on this person: it is theirs.
    """
    organisation = participant.organisation
    others = _others_with(participant, former).values_list("value", flat=True)
    wanted = {*numbers, *(set(former) - set(others))}
    rows = [
        ProtectedNumber(participant=participant, organisation=organisation, digest=digest_of(number, organisation))
        for number in sorted(wanted)
    ]
    ProtectedNumber.objects.bulk_create(rows, ignore_conflicts=True)


def recognise(participant: Participant, number: str, by: User) -> None:
    """Bar a number of somebody protected, so that another who types it is refused, and tell of others who have it.

    The number isn't kept in the open: it only serves to recognise the person. Part of the action that protects.
    """
    bar(participant, [number])
    tell_of_others(participant, [number], by)


def tell_of_others(participant: Participant, numbers: Iterable[str], by: User) -> None:
    """Tell those responsible for others who have one of these numbers that they are perhaps the one protected now.

    Nobody but them is told: whether the two are one, and protected both, is theirs to say.
    """
    rows = _others_with(participant, numbers).select_related("participant", "organisation")
    ProtectedNotice.objects.bulk_create(
        [
            _notice(row.participant, digest_of(row.value, row.organisation), stamp_day(), by, same_number=True)
            for row in rows
        ],
        ignore_conflicts=True,
    )


def _others_with(participant: Participant, numbers: Iterable[str]) -> QuerySet[PersonalNumber]:
    same = PersonalNumber.objects.filter(organisation=participant.organisation_id, value__in=list(numbers))
    return same.exclude(participant=participant)


def release(participant: Participant) -> None:
    """Let go of all digests of a person whose protection is over; part of the action that says so."""
    ProtectedNumber.objects.filter(participant=participant).delete()


def barred_among(numbers: Iterable[str], organisation: Organisation) -> dict[str, ProtectedNumber]:
    """By number, the protected persons in the organisation whose numbers are among these. One query for each 500
    numbers."""
    by_digest = {digest_of(number, organisation): number for number in numbers}
    found: dict[str, ProtectedNumber] = {}
    for chunk in in_chunks(by_digest):
        rows = ProtectedNumber.objects.filter(organisation=organisation, digest__in=chunk)
        found |= {by_digest[row.digest]: row for row in rows.select_related("participant")}
    return found


def refuse_barred(numbers: Collection[str], organisation: Organisation) -> None:
    """Raises ValidationError for `number` if one is somebody protected's; part of the action that writes the numbers.

    Until that action is done nobody who has one of them is protected: what was written down a moment before would stay,
    and nobody would be told.
    """
    wanted = sorted(set(numbers))
    for chunk in in_chunks(wanted):
        people = Participant.objects.filter(organisation=organisation, numbers__value__in=chunk)
        list(people.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk"))
    _refuse(wanted, organisation)


def refuse_barred_instead(number: str, earlier: str, organisation: Organisation) -> None:
    """As `refuse_barred`, where somebody who is locked already gets the number instead of an earlier one; either may be
    empty.

    The rows of both numbers are locked, and not the persons who have them: two persons who get each other's numbers
    would wait for each other for good. A protection of such a person deletes these rows.
    """
    numbers = [value for value in (number, earlier) if value]
    rows = PersonalNumber.objects.filter(organisation=organisation, value__in=numbers)
    list(rows.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk"))
    _refuse([number] if number else [], organisation)


def _refuse(numbers: Collection[str], organisation: Organisation) -> None:
    if barred_among(numbers, organisation):
        raise ValidationError({"number": PROTECTED})


# --- The answer to a user who tries a number ----------------------------------------------------------------------


@action
def refusals(*, numbers: Sequence[str], organisation: Organisation, by: User) -> Mapping[str, str]:
    """Why the user may not write down some of these numbers, by number; no other number is in it.

    Asked in the given order, and not within the action that writes: what is told stands also where nothing is saved.
    """
    # One at a time, so that many requests at once are told no more than one after another.
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    telling = _Telling.of(by, stamp_day())
    barred = barred_among(numbers, organisation)
    answers = {number: answer for number in numbers if (answer := telling.answer(barred.get(number)))}
    _write_down(telling, by)
    return answers


@dataclass(slots=True)
class _Telling:
    """The digests of numbers that the user has been told of within a day, and of those to tell now."""

    told: set[str]
    new: list[ProtectedNumber]
    is_stopped: bool
    on: date
    by: User

    @classmethod
    def of(cls, by: User, on: date) -> "_Telling":
        told = ProtectedNotice.objects.filter(asked_by=by, asked_on=on, same_number=False)
        return cls(set(told.values_list("digest", flat=True)), [], False, on, by)

    def answer(self, barred: ProtectedNumber | None) -> str:
        """The sentence for one number; empty where it may be written down."""
        if barred and barred.digest in self.told:
            return _sentence(barred.participant, self.by)
        if len(self.told) >= NOTICES_A_DAY:
            self.is_stopped = True
            return ENOUGH
        if barred is None:
            return ""
        self.told.add(barred.digest)
        self.new.append(barred)
        return _sentence(barred.participant, self.by)


def _sentence(participant: Participant, by: User) -> str:
    asked = responsible_for(participant)
    if asked is None:
        return PROTECTED
    if asked == by:
        return "Personen finns hos er med skydd, och det är du som är ansvarig för ärendet."
    return f"Personen finns hos er med skydd. Fråga {asked}."


def responsible_for(participant: Participant) -> User | None:
    """The user responsible for the person's latest case now; None where there is none."""
    live = CaseAssignment.objects.on(stamp_day()).responsible().exclude(user=None)
    rows = live.filter(enrolment__participant=participant, user__is_active=True).select_related("user")
    going_on_first = F("enrolment__exited_on").desc(nulls_first=True)
    row = rows.order_by("enrolment__is_void", going_on_first, "-enrolment__enrolled_on", "-pk").first()
    return row.user if row else None


def _write_down(telling: _Telling, by: User) -> None:
    """Store a notice for each number that the user is told of, and log it. One time too many is logged as refused."""
    ProtectedNotice.objects.bulk_create([_notice(row.participant, row.digest, telling.on, by) for row in telling.new])
    if telling.new:
        log_change(by=by, part=PART, persons={row.participant.public_id for row in telling.new})
    if telling.is_stopped:
        log_access(user=by, kind=AccessKind.REFUSED, part=PART, reason=f"Fler än {NOTICES_A_DAY} besked om skydd")


def _notice(participant: Participant, digest: str, on: date, by: User, *, same_number: bool = False) -> ProtectedNotice:
    told = responsible_for(participant)
    # A user who tried their own number has just been told so, but doesn't know yet that another person has it too.
    if told == by and not same_number:
        told = None
    return ProtectedNotice(
        participant=participant,
        digest=digest,
        asked_by=by,
        asked_on=on,
        asked_at=stamp(),
        told=told,
        same_number=same_number,
    )
