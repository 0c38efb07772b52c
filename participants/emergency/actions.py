"""Opening a colleague's case in an emergency: for an hour, with a reason, and those who answer for it are told.

Within the own organisation only. It is the one way to a case that doesn't start from `visible_to`, so it finds by exact
number or name, one case at a time, and never a protected identity.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.letters.outbox import tell
from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp
from core.days.dates import STOCKHOLM, stockholm_day, today
from core.models import TextBody
from core.swedish.words import day, day_relative
from participants.enums import CaseRole
from participants.models import EmergencyAccess, EmergencyNotice, Enrolment, Participant, PersonIdentity
from participants.querysets.enrolment import EnrolmentQuerySet
from participants.scope.scope import Scope
from projects.access import can
from projects.enums import Permission, Role
from projects.models import Membership, Project

LASTS = timedelta(minutes=60)
SHORTEST_REASON = 15
_FEWEST_LETTERS = 6
_FEWEST_WORDS = 3

# --- The reason -----------------------------------------------------------------------------------------------------


def fault_of_reason(text: str) -> str:
    """What is wrong with a reason; empty when it says something. Words and signs that are repeated count once."""
    words = dict.fromkeys(_unrepeated(word) for word in re.findall(r"[^\W_]+", text.casefold()))
    said = "".join(words)
    letters = {sign for sign in said if sign.isalpha()}
    # Single letters in a row are no words, and neither are digits.
    spoken = [word for word in words if len(word) > 1 and not word.isdigit()]
    if len(said) >= SHORTEST_REASON and len(letters) >= _FEWEST_LETTERS and len(spoken) >= _FEWEST_WORDS:
        return ""
    return f"Skriv varför du behöver öppna ärendet nu, med minst tre ord och {SHORTEST_REASON} tecken."


def _unrepeated(word: str) -> str:
    """«aaaa» is «a», «asdfasdf» is «asdf»; a double letter is how Swedish is spelt."""
    return re.sub(r"(.)\1{2,}", r"\1", re.sub(r"^(.+?)\1+$", r"\1", word))


# --- Finding the case -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is looked for: by twelve digits, or by name and year of birth."""

    number: str = ""
    given_name: str = ""
    family_name: str = ""
    birth_year: int | None = None

    def condition(self) -> Q:
        """On an enrolment."""
        if self.number:
            return Q(participant__numbers__value=self.number)
        name = PersonIdentity(participant=Participant(), given_name=self.given_name, family_name=self.family_name)
        exact = Q(participant__identity__sort_key=name.set_keys().sort_key)
        return exact & Q(participant__birth_date__year=self.birth_year)


def cases_of(wanted: Wanted, *, project: Project, scope: Scope) -> list[Enrolment]:
    """The latest case of each person who fits, in the project and the user's organisation. One query.

    Nobody else's and no protected identity: for those the answer is that of somebody who doesn't exist. A case that is
    open to the user already is the answer whoever else fits, and a number is one person's however many claim it: else
    whoever wrote down a number that somebody has out of sight would learn of that here.
    """
    own = _openable().in_project(project).filter(owner=scope.user.organisation_id)
    is_open = Exists(Enrolment.objects.own_to(scope).filter(pk=OuterRef("pk")))
    rows = own.filter(wanted.condition()).annotate(is_open=is_open).select_related("participant")
    of_each = {row.participant_id: row for row in rows.order_by("enrolled_on", "pk")}
    fitting = [row for row in of_each.values() if row.is_open] or list(of_each.values())
    return fitting[-1:] if wanted.number else fitting


def _openable() -> EnrolmentQuerySet:
    return Enrolment.objects.counted().exclude(participant__in=Participant.objects.protected().values("pk"))


# --- Opening --------------------------------------------------------------------------------------------------------


@action
def open_in_emergency(*, enrolment: Enrolment, reason: str, home: str, by: User) -> EmergencyAccess:
    """Open a case of the own organisation to `by` for an hour, and tell those who answer for it.

    `home` is the address that the mail leads to.
    """
    locked = _openable().filter(owner=by.organisation_id).select_for_update(of=("self",)).filter(pk=enrolment.pk)
    case = locked.select_related("participant", "project", "owner").first()
    if case is None or not can(by, Permission.EDIT_CASE, case.project, on=today()):
        raise ValidationError("Ärendet går inte att öppna så.")
    if fault := fault_of_reason(reason):
        raise ValidationError({"reason": fault})
    opening = EmergencyAccess.objects.create(
        enrolment=case,
        user=by,
        reason=TextBody.objects.write(reason),
        until=stamp() + LASTS,
        concerns_on=today(),
        owner=case.owner,
        recorded_by=by,
    )
    told = _to_be_told(case, by)
    EmergencyNotice.objects.bulk_create(EmergencyNotice(opening=opening, user=user) for user in told)
    log_change(
        by=by, part="emergency_open", persons=[case.participant.public_id], reason="Nödöppning", words=opening.reason
    )
    tell([user.email for user in told], "Du har en uppgift i Samverkan", _letter(home))
    return opening


def _to_be_told(case: Enrolment, by: User) -> list[User]:
    """The organisation's own people who work with the case as theirs, and its coordinators."""
    on = today()
    assigned = case.assignments.on(on).filter(organisation=case.owner_id).exclude(role=CaseRole.CONTACT)
    members = Membership.objects.filter(project=case.project_id, role=Role.COORDINATOR).on(on)
    whom = Q(pk__in=assigned.values("user")) | Q(pk__in=members.values("user"))
    users = User.objects.filter(whom, organisation=case.owner_id, is_active=True).exclude(pk=by.pk)
    return list(users.order_by("pk"))


def _letter(home: str) -> str:
    """That there is something to look at: no more, since mail is open to be read on its way."""
    return f"Du har en uppgift i Samverkan. Logga in för att se den:\n{home}\n"


def open_until(user: User, enrolment: Enrolment) -> datetime | None:
    """Until when the user has the case open in an emergency, if so."""
    live = EmergencyAccess.objects.live_at(timezone.now()).filter(user=user, enrolment=enrolment)
    return live.order_by("-until").values_list("until", flat=True).first()


# --- Those who are told ---------------------------------------------------------------------------------------------


def unseen_notices(scope: Scope) -> list[EmergencyNotice]:
    """What the user is to know of, the latest first, whatever has become of the case since. One query.

    Each carries as `is_readable` whether the user may still read the case, or reaches it among the wrongly registered.
    """
    readable = Enrolment.objects.own_with_void_to(scope).filter(pk=OuterRef("opening__enrolment"))
    user = scope.user
    rows = EmergencyNotice.objects.filter(user=user, seen_at=None, opening__owner=user.organisation_id)
    rows = rows.annotate(is_readable=Exists(readable))  # type: ignore[no-redef]
    people = ("opening__user", "opening__reason", "opening__enrolment__participant__identity")
    return list(rows.select_related(*people).order_by("-opening__recorded_at"))


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice as the start page says it."""

    key: str
    text: str
    reason: str
    person: str
    url: str

    @classmethod
    def of(cls, notice: EmergencyNotice, on: date) -> "NoticeLine":
        """«Hanna Lindqvist öppnade ett ärende i nödläge i dag 13.32»; why, and whose, where the case may be read."""
        opening = notice.opening
        case, is_readable = opening.enrolment, notice.is_readable
        return cls(
            key=str(notice.public_id),
            text=f"{opening.user} öppnade ett ärende i nödläge {_moment(opening.recorded_at, on)}",
            reason=opening.reason.text if is_readable else "",
            person=case.participant.identity.full_name if is_readable else "",
            url=case.get_absolute_url() if is_readable else "",
        )


def _moment(moment: datetime, on: date) -> str:
    """«i dag 13.32», «22 november 2026 13.32»."""
    that_day = stockholm_day(moment)
    near = day_relative(that_day, on) if abs((on - that_day).days) < 2 else day(that_day)
    return f"{near} {moment.astimezone(STOCKHOLM):%H.%M}"


@action
def see_notice(*, notice: EmergencyNotice, by: User) -> None:
    """Take it off the user's start page."""
    EmergencyNotice.objects.filter(pk=notice.pk, user=by, seen_at=None).update(seen_at=stamp())
    log_change(by=by, part="emergency_seen", persons=[notice.opening.enrolment.participant.public_id])
