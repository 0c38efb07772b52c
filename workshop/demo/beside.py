"""Support that others give the demo's persons: talks with a psychologist, and a SIP that the region holds."""

from datetime import date, timedelta
from typing import Final

from accounts.models import User
from participants.enums import PlanHolder, TalkHolder
from participants.models import Enrolment
from participants.scope.scope import Scope
from participants.sip.actions import SIPS, SipRecord
from participants.talks.actions import TALKS, TalkRecord

# So many days ago a talk was, and how many minutes it took.
_TALKS: Final = ((33, 60), (19, 45), (5, 45))
_SIP_IS_OLD: Final = 140


def give_support(users: dict[str, User], day: date) -> None:
    """The one of hanna's persons who has been there longest, of those who go on, has talks and a SIP."""
    hanna = users["hanna"]
    cases = Enrolment.objects.assigned_to(Scope.of(hanna, day)).on_or_after(day).filter(owner=hanna.organisation_id)
    case = cases.filter(exited_on=None).order_by("enrolled_on", "pk").first()
    if case is None:
        return
    for ago, minutes in _TALKS:
        talk = TalkRecord(held_by=TalkHolder.PSYCHOLOGIST, minutes=minutes, on=day - timedelta(days=ago))
        TALKS.record(enrolment=case, record=talk, by=hanna)
    on = day - timedelta(days=_SIP_IS_OLD)
    sip = SipRecord(holder=PlanHolder.REGION, contact="Mariam Ek, vuxenpsykiatrin, 08-465 004 90", on=on)
    SIPS.record(enrolment=case, record=sip, by=hanna)
