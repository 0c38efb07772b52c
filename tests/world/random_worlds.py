"""Random worlds of who works with whom; who may read what in them is worked out in `tests/world/reading_rule.py`."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.enums import Duty
from accounts.models import Organisation, User
from actionplans.enums import Attendance, MeetingKind, ReaderLevel
from actionplans.models import (
    ActionPlan,
    CaseActivity,
    Meeting,
    MeetingParagraph,
    PlanRevision,
    PlanSignature,
    WorkplaceSheet,
)
from core.days.dates import today
from core.enums import Category
from core.facts import Fact
from core.models import StoredFile, TextBody
from participants.abilities.parties import ANSWERS, AbilityParty
from participants.enums import (
    CaseRole,
    ExitReason,
    LivelihoodMoment,
    PaperAbout,
    PlanHolder,
    ProtectionLevel,
    TalkHolder,
)
from participants.models import (
    AbilityStatement,
    AreaAnswer,
    Assessment,
    AssessmentWork,
    CaseAssignment,
    CaseGrouping,
    CaseOutcome,
    CoordinatedPlan,
    EmploymentPeriod,
    Enrolment,
    KeptNote,
    LivelihoodRecord,
    Participant,
    PlacementCertificate,
    PlacementPeriod,
    SignedPaper,
    SupportTalk,
)
from projects.enums import AssessmentArea, ListKind, Role
from projects.models import Project
from tests.world import consent_rows as consents
from tests.world.factories import (
    EnrolmentFactory,
    MembershipFactory,
    OrganisationFactory,
    ProjectFactory,
    UserFactory,
)
from tests.world.factories.background import ListedFactory

FACTS = (
    *(Assessment, AreaAnswer, PlanRevision, Meeting, MeetingParagraph, KeptNote, PlacementPeriod),
    *(EmploymentPeriod, LivelihoodRecord, CaseOutcome, SupportTalk, CoordinatedPlan, AbilityStatement),
    *(CaseActivity, CaseGrouping, PlanSignature, SignedPaper, PlacementCertificate),
    WorkplaceSheet,
)


@dataclass(slots=True)
class World:
    """Everything there is, as lists to look through."""

    projects: list[Project]
    organisations: list[Organisation]
    users: list[User]
    cases: list[Enrolment]


def build(seed: int) -> World:
    """Two projects, four organisations, a dozen users and cases, whatever chance says between them."""
    chance = random.Random(seed)
    organisations = [OrganisationFactory() for _ in range(4)]
    projects = [ProjectFactory(host=organisations[0]), ProjectFactory(host=organisations[1])]
    users = [_user(chance, organisations, projects) for _ in range(8)]
    cases = [_case(chance, organisations, projects, users) for _ in range(8)]
    return World(projects, organisations, users, cases)


def _user(chance: random.Random, organisations: list[Organisation], projects: list[Project]) -> User:
    duty = chance.choice([Duty.CASE_WORK] * 6 + [Duty.ADMINISTRATOR, Duty.LOG_REVIEWER])
    user = UserFactory(organisation=chance.choice(organisations), duty=duty, is_active=chance.random() > 0.1)
    for project in projects:
        likely = [*Role, Role.CASE_WORKER, Role.CASE_WORKER, Role.COORDINATOR]
        drawn = {*chance.sample(likely, chance.choice([0, 1, 1, 2])), *chance.choice([[], [Role.SUPERVISOR]])}
        for role in sorted(drawn):
            start = today() + timedelta(days=chance.choice([-30, -30, 0, 1]))
            until = chance.choice([None, None, today(), today() + timedelta(days=1)])
            if until is None or until >= start:
                MembershipFactory(user=user, project=project, role=role, valid_from=start, valid_until=until)
    return user


def _case(
    chance: random.Random, organisations: list[Organisation], projects: list[Project], users: list[User]
) -> Enrolment:
    owner = chance.choice(organisations)
    start = today() - timedelta(days=40)
    case = EnrolmentFactory(project=chance.choice(projects), owner=owner, enrolled_on=start)
    if chance.random() < 0.25:
        Participant.objects.filter(pk=case.participant_id).update(protection=ProtectionLevel.CONFIDENTIALITY_MARK)
        case.participant.protection = ProtectionLevel.CONFIDENTIALITY_MARK
    if chance.random() < 0.1:
        Enrolment.objects.filter(pk=case.pk).update(is_void=True)
        case.is_void = True
    for user in chance.sample(users, chance.choice([1, 2, 3, 4])):
        _assign(chance, case, user.organisation, user)
    for organisation in chance.sample(organisations, chance.choice([0, 0, 1])):
        _assign(chance, case, organisation, None)
    for organisation in organisations:
        _facts(chance, case, organisation, users[0])
    for user in chance.sample(users, chance.choice([1, 2, 4])):
        _placement(chance, case, user)
    if chance.random() < 0.1:
        ended = today() + timedelta(days=chance.choice([0, 1]))
        Enrolment.objects.filter(pk=case.pk).update(exited_on=ended, exit_reason=ExitReason.WORK)
        case.exited_on = ended
    for _ in range(chance.choice([0, 1, 2, 3])):
        _consent(chance, case, organisations, users[0])
    return case


def _assign(chance: random.Random, case: Enrolment, organisation: Organisation, user: User | None) -> None:
    CaseAssignment.objects.create(
        enrolment=case,
        user=user,
        organisation=organisation,
        role=CaseRole.CONTACT,
        valid_from=today() + timedelta(days=chance.choice([-10, -10, 0, 1])),
        valid_until=chance.choice([None, None, today() + timedelta(days=1), today() + timedelta(days=2)]),
        recorded_by=User.objects.system(),
    )


def _placement(chance: random.Random, case: Enrolment, supervisor: User) -> None:
    start = today() + timedelta(days=chance.choice([-10, -10, -10, 0, 1]))
    PlacementPeriod.objects.create(
        enrolment=case,
        place=TextBody.objects.write(f"Plats {case.public_id}"),
        supervisor=supervisor,
        concerns_on=start,
        until=chance.choice([None, None, None, max(start, today()) + timedelta(days=1), start + timedelta(days=1)]),
        owner=case.owner,
        recorded_by=supervisor,
        superseded_at=chance.choice([None, None, None, timezone.now()]),
    )


def _facts(chance: random.Random, case: Enrolment, organisation: Organisation, by: User) -> None:
    common = {"enrolment": case, "concerns_on": case.enrolled_on, "owner": organisation, "recorded_by": by}
    if organisation == case.owner:
        is_complete = case.pk % 3 > 0
        work = AssessmentWork.objects.create(superseded_at=timezone.now() if is_complete else None, **common)
        Assessment.objects.create(work=work if is_complete else None, **common)
        for area, kind in ((AssessmentArea.OWN_VIEW, Category.ASSESSMENT), (AssessmentArea.HEALTH, Category.HEALTH)):
            AreaAnswer.objects.create(work=work, area=area, category=kind, declines=True, **common)
        plan = ActionPlan.objects.create(enrolment=case)
        PlanRevision.objects.create(plan=plan, number=1, **common)
        EmploymentPeriod.objects.create(form=ListedFactory(project=case.project), **common)
        LivelihoodRecord.objects.create(moment=LivelihoodMoment.ENROLMENT, **common)
        line = ListedFactory(project=case.project, kind=ListKind.OUTCOME, code="work", name="Arbete")
        CaseOutcome.objects.create(outcome=line, is_main=True, **common)
        PlanSignature.objects.create(number=1, **common)
        words = {"place": TextBody.objects.write("Intygat"), "tasks": TextBody.objects.write("Packat")}
        WorkplaceSheet.objects.create(place=TextBody.objects.write("Lagret"), **common)
        PlacementCertificate.objects.create(first_day=case.enrolled_on, **words, **common)
        for number in (None, 1):
            about = PaperAbout.CONSENT if number is None else PaperAbout.PLAN
            words = str(case.participant.identity)
            file = StoredFile.objects.keep(words.encode(), 1)
            SignedPaper.objects.create(about=about, number=number, file=file, **common)
        for code in ("physical", "psychologist"):
            kind = ListedFactory(project=case.project, kind=ListKind.ACTIVITY, code=code, name=code)
            CaseActivity.objects.create(kind=kind, **common)
        kind = ListedFactory(project=case.project, kind=ListKind.GROUP_ACTIVITY, code="seminar", name="seminar")
        CaseActivity.objects.create(kind=kind, attendance=Attendance.ATTENDED, **common)
        SupportTalk.objects.create(held_by=TalkHolder.PSYCHOLOGIST, minutes=45, **common)
        CoordinatedPlan.objects.create(holder=PlanHolder.REGION, **common)
        day = case.enrolled_on
        for category in (Category.SUPPORT, Category.HEALTH):
            CaseGrouping.objects.create(**common | {"category": category, "concerns_on": day})
            day += timedelta(days=1)
        for party in (AbilityParty.SOCIAL_SERVICES, AbilityParty.HEALTH_CARE):
            said = {"party": party, "answer": ANSWERS[party][0], "category": party.category}
            AbilityStatement.objects.create(**said, **common)
    if organisation == case.owner or chance.random() < 0.35:
        meeting = Meeting.objects.create(project=case.project, kind=MeetingKind.FOLLOW_UP, **common)
        level = chance.choice(list(ReaderLevel))
        body = TextBody.objects.write("Ord")
        MeetingParagraph.objects.create(meeting=meeting, author=by, body=body, reader_level=level, **common)
    if chance.random() < 0.2:
        KeptNote.objects.create(body=TextBody.objects.write("Ord"), **common)


def _consent(chance: random.Random, case: Enrolment, organisations: list[Organisation], by: User) -> None:
    first = today() + timedelta(days=chance.choice([-20, -20, -20, 0, 1]))
    last = max(first, today() + timedelta(days=chance.choice([-1, 0, 30])))
    categories = chance.sample(list(Category), chance.choice([1, 2, 4]))
    parties = chance.sample(organisations, chance.choice([1, 2, 3]))
    consent = consents.give(case, parties, categories, by=by, valid_from=first, valid_through=last)
    if chance.random() < 0.2:
        consents.take_back(consent)
    elif chance.random() < 0.3:
        consents.withdraw(consent, *chance.sample(categories, chance.choice(range(1, len(categories) + 1))))


def all_facts() -> Iterator[Fact]:
    for model in FACTS:
        yield from model.objects.select_related("enrolment__participant")
