"""Facts about the invented cases that a register doesn't hold: who is responsible, notes, next contacts, consents."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from accounts.models import User
from actionplans.enums import MeetingKind
from actionplans.models import Meeting, MeetingParagraph, MeetingParty
from actionplans.plans.firsts import refresh_first_days
from core.batches import IN_A_QUESTION, bulk
from core.models import TextBody
from participants.enrolment.deadlines import refresh_first_due
from participants.enums import CaseRole, ProtectionLevel
from participants.models import CaseAssignment, Enrolment, Participant, PlacementPeriod
from workshop.scale.people import World
from workshop.scale.sharing import share

_NOTE = "Trivs på placeringen och kommer i tid. Vi kom överens om två studiebesök före nästa gång."


def give_life(world: World, later: int) -> None:
    """Add facts that a register doesn't hold: who is responsible, notes, next contacts, consents, a few protected
    identities. The next contact is `later` days later, as much as copies lie earlier: in all a fifth are late."""
    chance = random.Random(2)  # noqa: S311 - invented people, not secrets
    cases = list(Enrolment.objects.exclude(pk=world.case.pk).order_by("pk"))
    _assign([case for case in cases if chance.random() > 0.03], world.case_workers, world)
    noted = [case for case in cases if chance.random() < 0.5]
    meet([(case, case.enrolled_on + timedelta(days=28)) for case in noted], world)
    _begin(cases, world)
    share(world.project, cases, world.on)
    for case in cases:
        if case.exited_on is None:
            case.next_contact_on = world.on + timedelta(days=later + chance.randrange(-10, 40))
    Enrolment.objects.bulk_update(cases, ["next_contact_on"], batch_size=IN_A_QUESTION)
    refresh_first_days(case.pk for case in cases)
    refresh_first_due(case.pk for case in cases)
    protected = [case.participant_id for case in cases if chance.random() < 0.002]
    Participant.objects.filter(pk__in=protected).update(protection=ProtectionLevel.PROTECTED_REGISTRATION)


def _assign(cases: Sequence[Enrolment], workers: Sequence[User], world: World) -> None:
    bulk(
        CaseAssignment,
        [
            CaseAssignment(
                enrolment=case,
                organisation=world.project.host,
                user=workers[place % len(workers)],
                role=CaseRole.RESPONSIBLE,
                valid_from=case.enrolled_on,
                recorded_by=world.coordinator,
            )
            for place, case in enumerate(cases)
        ],
    )


def _begin(cases: Sequence[Enrolment], world: World) -> None:
    """Write the first meeting and placement of each case, and a talk after its plan, without words: else everybody
    would be late. Copies lie at other weekends, which doesn't matter once the thing is done."""
    facts = {"owner": world.project.host, "recorded_by": world.case_worker}
    rows = [(case, MeetingKind.FIRST, case.enrolled_on) for case in cases]
    rows += [(case, MeetingKind.PHONE, case.planned_on + timedelta(days=10)) for case in cases if case.planned_on]
    bulk(
        Meeting,
        [
            Meeting(enrolment=case, project=world.project, kind=kind, concerns_on=day, **facts)
            for case, kind, day in rows
            if day <= (case.exited_on or world.on)
        ],
    )
    place = TextBody.objects.write("Servicegruppen")
    bulk(
        PlacementPeriod,
        [
            PlacementPeriod(
                enrolment=case,
                place=place,
                supervisor=world.supervisor,
                concerns_on=case.enrolled_on,
                until=case.enrolled_on + timedelta(days=60),
                **facts,
            )
            for case in cases
        ],
    )


def meet(held: Sequence[tuple[Enrolment, date]], world: World) -> None:
    """Write a meeting with a note in a case on a day, for each."""
    facts = {"owner": world.project.host, "recorded_by": world.case_worker}
    meetings = bulk(
        Meeting,
        [
            Meeting(enrolment=case, project=world.project, kind=MeetingKind.FOLLOW_UP, concerns_on=day, **facts)
            for case, day in held
        ],
    )
    bodies = TextBody.objects.create_all([_NOTE] * len(held))
    MeetingParty.objects.bulk_create([MeetingParty(meeting=meeting, user=world.case_worker) for meeting in meetings])
    bulk(
        MeetingParagraph,
        [
            MeetingParagraph(
                enrolment=meeting.enrolment,
                meeting=meeting,
                concerns_on=meeting.concerns_on,
                author=world.case_worker,
                body=body,
                **facts,
            )
            for meeting, body in zip(meetings, bodies, strict=True)
        ],
    )
