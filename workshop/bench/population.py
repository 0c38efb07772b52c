"""The data to measure against: a project with many enrolments, their notes and a long access log."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Max

from accounts.models import AccessEvent, AccessHead, AccessSubject, Organisation, User
from actionplans.enums import MeetingKind
from actionplans.models import (
    ActionPlan,
    Meeting,
    MeetingParagraph,
    MeetingParty,
    PlanRevision,
    StepAssessment,
    StepClock,
)
from core.batches import IN_A_QUESTION, bulk
from core.days.dates import STOCKHOLM
from core.models import TextBody
from participants.enrolment.deadlines import refresh_first_due
from participants.enums import CaseRole, ProtectionLevel
from participants.models import (
    Assessment,
    CaseAssignment,
    Consent,
    ConsentGrant,
    Enrolment,
    EnrolmentEntry,
    Exit,
    IdentityVersion,
    Participant,
    PersonalNumber,
    PersonIdentity,
    Referral,
    SickListing,
)
from projects.actions import create_project
from projects.enums import Role
from projects.models import Membership, Project
from workshop.bench.copies import multiply
from workshop.bench.database import no_time_limit, settle
from workshop.bench.sharing import share
from workshop.demo.cases import Story
from workshop.demo.people import People
from workshop.demo.population import generate

# So many are written by the program's own actions; the rest are copies of them.
ORIGINALS = 5_000
CASE_WORKERS = 40
DAYS = 900
# Pages read for each enrolment, so many events in the log.
READINGS = 10
_NOTE = "Trivs på placeringen och kommer i tid. Vi kom överens om två studiebesök före nästa gång."

COPIED = (
    TextBody, Participant, PersonIdentity, PersonalNumber, IdentityVersion, Referral, Enrolment, EnrolmentEntry, Exit,
    SickListing, Assessment, CaseAssignment, Consent, ConsentGrant, ActionPlan, PlanRevision, Meeting, MeetingParty,
    MeetingParagraph, StepAssessment, StepClock,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """The project and its users. `case` has meetings, a plan and steps."""

    project: Project
    coordinator: User
    case_worker: User
    leader: User
    case: Enrolment
    on: date


def build(enrolments: int, *, on: date, tell: Callable[[str], object]) -> World:
    """Fill an empty database with `enrolments` enrolments. Only for a database of one's own: copies aren't made by
    actions."""
    world = _gather(on)
    originals = min(ORIGINALS, enrolments)
    times = -(-enrolments // originals)
    with no_time_limit():
        tell(f"writing {originals} enrolments")
        generate(
            project=world.project,
            owner=world.project.host,
            enrolments=originals,
            seed=1,
            start=on - timedelta(days=DAYS),
            end=on,
        )
        _give_life(world)
        tell(f"copying them {times} times")
        multiply(COPIED, times, {PersonalNumber._meta.get_field("value"): _other_number()})
        tell("writing the access log")
        _write_log(world, originals, times)
        settle()
    return world


def _gather(on: date) -> World:
    host = Organisation.objects.create(name="Vuxenenheten")
    project = create_project(
        name="Mätning",
        register_number="BENCH",
        host=host,
        starts_on=on - timedelta(days=DAYS),
        by=User.objects.system(),
    )
    workers = [_member(project, f"Handläggare {place}", Role.CASE_WORKER) for place in range(CASE_WORKERS)]
    # Born before all others, so that no number is met twice.
    people = People(3, on - timedelta(days=47 * 365))
    case = Story(project, workers[0], people, on).live(on - timedelta(days=400))
    return World(
        project=project,
        coordinator=_member(project, "Samordnare", Role.COORDINATOR),
        case_worker=workers[0],
        leader=_member(project, "Projektledare", Role.PROJECT_LEADER),
        case=case,
        on=on,
    )


def _member(project: Project, name: str, role: Role) -> User:
    email = f"{name.replace(' ', '-').lower()}@example.se"
    user = User.objects.create_user(email, name=name, organisation=project.host)
    Membership.objects.create(user=user, project=project, role=role, valid_from=date(2000, 1, 1))
    return user


def _give_life(world: World) -> None:
    """Add facts that a register doesn't hold: who is responsible, notes, next contacts, consents, a few protected
    identities."""
    chance = random.Random(2)  # noqa: S311 - invented people, not secrets
    cases = list(Enrolment.objects.exclude(pk=world.case.pk))
    workers = list(User.objects.filter(name__startswith="Handläggare"))
    _assign([case for case in cases if chance.random() > 0.03], workers, world)
    _meet([case for case in cases if chance.random() < 0.5], world)
    share(world.project, cases, world.on)
    for case in cases:
        if case.exited_on is None:
            case.next_contact_on = world.on + timedelta(days=chance.randrange(-10, 40))
    Enrolment.objects.bulk_update(cases, ["next_contact_on"], batch_size=IN_A_QUESTION)
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


def _meet(cases: Sequence[Enrolment], world: World) -> None:
    """Write a meeting with a note in each case."""
    facts = {"owner": world.project.host, "recorded_by": world.case_worker}
    days = [case.enrolled_on + timedelta(days=28) for case in cases]
    meetings = bulk(
        Meeting,
        [
            Meeting(enrolment=case, project=world.project, kind=MeetingKind.FOLLOW_UP, concerns_on=day, **facts)
            for case, day in zip(cases, days, strict=True)
        ],
    )
    bodies = TextBody.objects.create_all([_NOTE] * len(cases))
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


def _write_log(world: World, originals: int, times: int) -> None:
    """Write a long access log. Copies aren't chained; nothing measured reads the chain, but every page writes at its
    end."""
    reader = _member(world.project, "Förre samordnaren", Role.COORDINATOR)
    at = datetime.combine(world.on, time(8), tzinfo=STOCKHOLM)
    persons = list(Participant.objects.values_list("public_id", flat=True)[:originals])
    first = [
        AccessEvent(
            user=reader, number=place + 1, organisation_id=reader.organisation_id, at=at - timedelta(minutes=place),
            kind="read", part="enrolment_detail", subjects_count=1, hash=f"{place:064x}",
        )
        for place in range(len(persons))
    ]  # fmt: skip
    events = bulk(AccessEvent, first)
    bulk(
        AccessSubject,
        [AccessSubject(event=event, person=person) for event, person in zip(events, persons, strict=True)],
    )
    step = max(event.pk for event in events)
    multiply(
        (AccessEvent, AccessSubject), times * READINGS, {AccessEvent._meta.get_field("number"): f"number + n * {step}"}
    )
    _write_heads()


def _write_heads() -> None:
    """Let each user's chain end at their last event, the copied events of the originals' authors included."""
    ends = AccessEvent.objects.order_by().values_list("user").annotate(last=Max("number"))
    for user, last in ends:
        AccessHead.objects.update_or_create(user_id=user, defaults={"number": last})


def _other_number() -> str:
    """SQL for the number of a copy: it begins with a century in which nobody was born, so it is nobody's."""
    return "CAST(20 + n AS text) || substr(value, 3)"
