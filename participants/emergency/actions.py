"""Opening a colleague's case in an emergency: for an hour, with a reason, and those who answer for it are told.

Within the own organisation only. It is the one way to a case that doesn't start from `visible_to`, so it finds by exact
number or name, one case at a time, and never a protected identity.
"""

import re
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from accounts.letters.outbox import tell
from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp, stamp_day
from core.models import TextBody
from participants.emergency.finding import openable
from participants.enums import CaseRole
from participants.locking import lock_person
from participants.models import EmergencyAccess, EmergencyNotice, Enrolment
from projects.access import can
from projects.enums import Permission, Role
from projects.models import Membership

LASTS = timedelta(minutes=60)
SHORTEST_REASON = 15
_FEWEST_LETTERS = 6
_FEWEST_WORDS = 3

# --- The reason -----------------------------------------------------------------------------------------------------


def fault_of_reason(text: str) -> str:
    """The fault of a reason, in words; empty when the reason is good enough. Repeated words and signs count once."""
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


# --- Opening --------------------------------------------------------------------------------------------------------


@action
def open_in_emergency(*, enrolment: Enrolment, reason: str, home: str, by: User) -> EmergencyAccess:
    """Open a case of the own organisation to `by` for an hour, and tell those who answer for it.

    `home` is the address that the mail leads to.

    Raises ValidationError for `reason` that says too little, and for the form where the user may not open the case.
    """
    # Whoever is being protected is so once the wait is over; a wait for the case would read the person as before it.
    lock_person(enrolment)
    locked = (
        openable().filter(owner=by.organisation_id).select_for_update(of=("self",), no_key=True).filter(pk=enrolment.pk)
    )
    case = locked.select_related("participant", "project", "owner").first()
    if case is None or not can(by, Permission.EDIT_CASE, case.project, on=stamp_day()):
        raise ValidationError("Ärendet går inte att öppna så.")
    if fault := fault_of_reason(reason):
        raise ValidationError({"reason": fault})
    opening = EmergencyAccess.objects.create(
        enrolment=case,
        user=by,
        reason=TextBody.objects.write(reason),
        until=stamp() + LASTS,
        concerns_on=stamp_day(),
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
    on = stamp_day()
    assigned = case.assignments.on(on).filter(organisation=case.owner_id).exclude(role=CaseRole.CONTACT)
    members = Membership.objects.filter(project=case.project_id, role=Role.COORDINATOR).on(on)
    whom = Q(pk__in=assigned.values("user")) | Q(pk__in=members.values("user"))
    users = User.objects.filter(whom, organisation=case.owner_id, is_active=True).exclude(pk=by.pk)
    return list(users.order_by("pk"))


def _letter(home: str) -> str:
    """Send a letter that there is something to look at. It says nothing of the case, since mail can be read on its
    way."""
    return f"Du har en uppgift i Samverkan. Logga in för att se den:\n{home}\n"


def open_until(user: User, enrolment: Enrolment) -> datetime | None:
    """Until when the user has the case open in an emergency, if so."""
    live = EmergencyAccess.objects.live_at(timezone.now()).filter(user=user, enrolment=enrolment)
    return live.order_by("-until").values_list("until", flat=True).first()


# --- Those who are told ---------------------------------------------------------------------------------------------
