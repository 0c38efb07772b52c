"""Support that others give the demo's persons: talks with a psychologist, and a SIP that the region holds; and the
activities of their plans."""

from datetime import date, timedelta
from typing import Final

from accounts.models import User
from actionplans.activities.actions import ACTIVITIES, ActivityRecord, end_activity, offered_helpers
from core.days.periods import Period
from participants.enums import PlanHolder, TalkHolder
from participants.models import Enrolment
from participants.scope.scope import Scope
from participants.sip.actions import SIPS, SipRecord
from participants.talks.actions import TALKS, TalkRecord
from projects.enums import ListKind
from projects.models import Listed

# So many days ago a talk was, and how many minutes it took.
_TALKS: Final = ((33, 60), (19, 45), (5, 45))
_SIP_IS_OLD: Final = 140
# Activities of one case after another: the code in the model's list, how many days from today it begins, for how many
# days it goes on (0: until further notice), when in words, who helps by the beginning of the name, and more about it.
_ACTIVITIES: Final = (
    (
        ("physical", -40, 0, "tisdagar och torsdagar 10–11", "", "Gymmet vid torget"),
        ("psychologist", -33, 0, "varannan onsdag", "", ""),
        ("workplace_visit", 9, 1, "13–15", "", "Återbruket"),
    ),
    (
        ("applications", -20, 0, "måndagar 9–11", "", "Datorn på biblioteket"),
        ("employment_service_visit", 5, 1, "10.30", "Arbetsförmedlingen", ""),
    ),
    (("physical", -60, 32, "fredagar 9–10", "", "Promenad med gruppen"), ("applications", -10, 0, "", "", "")),
)
# So many days ago the last of them ended by a press of its own.
_ENDED: Final = 3


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


def give_activities(users: dict[str, User], day: date) -> None:
    """Persons of hanna's who go on and have a plan, the earliest enrolled first, have activities beside it."""
    hanna = users["hanna"]
    cases = Enrolment.objects.assigned_to(Scope.of(hanna, day)).on_or_after(day).filter(owner=hanna.organisation_id)
    planned = cases.filter(exited_on=None).exclude(planned_on=None).order_by("enrolled_on", "pk")
    for case, rows in zip(planned, _ACTIVITIES, strict=False):
        for row in rows:
            _activity(case, row, day, hanna)
    last = ACTIVITIES.model.objects.current().filter(until=None, enrolment__in=cases).order_by("pk").last()
    if last:
        end_activity(activity=last, last=day - timedelta(days=_ENDED), by=hanna)


def _activity(case: Enrolment, row: tuple[str, int, int, str, str, str], day: date, by: User) -> None:
    code, begins, lasts, rhythm, helper, note = row
    first = max(case.enrolled_on, day + timedelta(days=begins))
    parties = [party for party in offered_helpers(case) if helper and party.name.startswith(helper)]
    record = ActivityRecord(
        kind=Listed.objects.get(project=case.project_id, kind=ListKind.ACTIVITY, code=code),
        rhythm=rhythm,
        helper=parties[0] if parties else None,
        note=note,
        period=Period(first, first + timedelta(days=lasts - 1) if lasts else None),
    )
    ACTIVITIES.record(enrolment=case, record=record, by=by)
