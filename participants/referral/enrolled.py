"""A referral that turns out to have led to an enrolment, or whose enrolment doesn't count any more."""

from collections.abc import Collection

from django.db.models import F

from accounts.models import User
from participants.enums import ReferralState
from participants.models import Enrolment, Participant, Referral
from participants.referral.versions import name_nobody, succeed


def accept_enrolled(person: Participant, by: User) -> None:
    """Let what waits for the person say that it has led to the enrolment that goes on in its project; part of the
    action by which the two came together. One query, and three for each that waits."""
    rows = Referral.objects.waiting().filter(participant=person).select_for_update(no_key=True)
    for waiting in rows.order_by("pk"):
        cases = Enrolment.objects.counted().filter(participant=person, project=waiting.project_id, exited_on=None)
        if case := cases.order_by("pk").first():
            succeed(waiting, by, state=ReferralState.ACCEPTED, enrolment=case)


def release_referral(enrolment: Enrolment, by: User) -> None:
    """Let the referral that led to a wrong registration wait again, if it ever waited: somebody was referred, and isn't
    enrolled. Part of the action that confirms it."""
    accepted = Referral.objects.current().filter(enrolment=enrolment, state=ReferralState.ACCEPTED).first()
    if accepted is None or not any(row.is_waiting for row in Referral.objects.versions_of(accepted)):
        return
    succeed(accepted, by, state=ReferralState.WAITING, enrolment=None)
    if accepted.participant and accepted.participant.is_protected:
        # With its person nobody would see it, and nobody could end it.
        name_nobody(accepted.participant, by)


def let_go_of_others(people: Collection[Participant], by: User) -> None:
    """Let referrals wait again that say they led to an enrolment of somebody else: two were one person for a while.
    Part of the action that makes them two. One query, and four for each."""
    rows = Referral.objects.current().filter(participant__in=people, state=ReferralState.ACCEPTED)
    wrong = rows.exclude(enrolment=None).exclude(enrolment__participant=F("participant"))
    for referral in wrong.select_for_update(of=("self",), no_key=True).order_by("pk"):
        succeed(referral, by, state=ReferralState.WAITING, enrolment=None)
