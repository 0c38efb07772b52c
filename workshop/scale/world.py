"""The data to measure against: a project with many enrolments, their notes and a long access log."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import models
from django.db.models import Max

from actionplans.models import (
    ActionPlan,
    CaseActivity,
    Meeting,
    MeetingParagraph,
    MeetingParty,
    PlanRevision,
    PlanSignature,
    StepAssessment,
    StepClock,
    WorkplaceSheet,
)
from core.models import StoredFile, TextBody
from participants.models import (
    AbilityStatement,
    AreaAnswer,
    Assessment,
    AssessmentWork,
    CaseAssignment,
    CaseGrouping,
    CaseGroupingLine,
    CaseOutcome,
    Consent,
    ConsentGrant,
    CoordinatedPlan,
    EmploymentPeriod,
    Enrolment,
    EnrolmentEntry,
    Exit,
    IdentityVersion,
    LivelihoodRecord,
    LivelihoodSource,
    OwnWords,
    Participant,
    PersonalNumber,
    PersonIdentity,
    PlacementCertificate,
    PlacementPeriod,
    Referral,
    SickListing,
    SignedPaper,
    SupportTalk,
)
from workshop.demo.population import generate
from workshop.scale.access_log import write_log
from workshop.scale.copies import multiply
from workshop.scale.database import no_time_limit, settle
from workshop.scale.life import give_life
from workshop.scale.people import DAYS, World, gather
from workshop.scale.variety import SPREAD, earlier_days, usual_days, vary_names, vary_quarters

# So many are written by the program's own actions; the rest are copies of them.
ORIGINALS = 5_000

COPIED = (
    TextBody, Participant, PersonIdentity, PersonalNumber, IdentityVersion, Referral, Enrolment, EnrolmentEntry, Exit,
    CaseOutcome, SupportTalk, CoordinatedPlan, SickListing, EmploymentPeriod, LivelihoodRecord, LivelihoodSource,
    CaseGrouping, CaseGroupingLine, PlacementPeriod, CaseActivity, AssessmentWork,
    AreaAnswer, OwnWords, Assessment, CaseAssignment, Consent, ConsentGrant, ActionPlan, PlanRevision,
    PlanSignature, StoredFile, SignedPaper, PlacementCertificate, WorkplaceSheet, Meeting,
    MeetingParty, MeetingParagraph, StepAssessment, StepClock, AbilityStatement,
)  # fmt: skip

Tell = Callable[[str], object]


def build(enrolments: int, *, on: date, tell: Tell) -> World:
    """Fill an empty database with `enrolments` enrolments, and do the upkeep of one in operation. Only for a database
    of one's own: copies aren't made by actions."""
    with no_time_limit():
        world = fill(enrolments, on=on, tell=tell)
        settle()
    return world


def fill(enrolments: int, *, on: date, tell: Tell, originals: int = ORIGINALS) -> World:
    """The filling alone. At most `originals` are written by actions."""
    world = gather(on)
    originals = min(originals, enrolments)
    times = -(-enrolments // originals)
    tell(f"writing {originals} enrolments")
    # Copies lie earlier, and none before the project.
    start = on - timedelta(days=DAYS - SPREAD)
    generate(project=world.project, owner=world.project.host, enrolments=originals, seed=1, start=start, end=on)
    give_life(world, later=usual_days(times))
    tell(f"copying them {times} times")
    highest = Participant.objects.aggregate(last=Max("pk"))["last"]
    multiply(COPIED, times, {**_other_numbers(), **earlier_days(COPIED)})
    vary_names(highest)
    vary_quarters()
    tell("writing the access log")
    write_log(world, originals, times)
    return world


def _other_numbers() -> dict[models.Field, str]:
    """SQL for the number of a copy: it begins with a century in which nobody was born, so it is nobody's."""
    other = "CAST(20 + n AS text) || substr({}, 3)"
    return {
        PersonalNumber._meta.get_field("value"): other.format("value"),
        IdentityVersion._meta.get_field("number"): f"CASE number WHEN '' THEN '' ELSE {other.format('number')} END",
    }
