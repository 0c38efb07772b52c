"""All kinds of entries on a timeline. A new kind is a class in the `timeline.py` of its subject, and a line here."""

from typing import Final

from actionplans.activities.timeline import ActivityEntries
from actionplans.meetings.timeline import MeetingEntries, NoteEntries
from actionplans.plans.timeline import MilestoneEntries, PlanEntries
from actionplans.signatures.timeline import SignatureEntries
from actionplans.steps.timeline import StepEntries
from actionplans.workplace_sheets.timeline import SheetEntries
from participants.abilities.timeline import AbilityEntries
from participants.areas.timeline import WorkEntries
from participants.assessment.timeline import AssessmentEntries
from participants.assignment.timeline import ResponsibleEntries
from participants.certificates.timeline import CertificateEntries
from participants.employment.timeline import EmploymentEntries
from participants.enrolment.timeline import BeginningEntries
from participants.exits.timeline import ExitEntries
from participants.grouping.timeline import GroupingEntries, GroupingLineEntries
from participants.identity.timeline import IdentityEntries
from participants.livelihood.timeline import LivelihoodEntries, SourceEntries
from participants.misplaced.timeline import MisplacementEntries
from participants.outcomes.timeline import OutcomeEntries
from participants.papers.timeline import PaperEntries
from participants.placement.timeline import PlacementEntries
from participants.sick_listing.timeline import SickListingEntries
from participants.sip.timeline import SipEntries
from participants.stale_forms.timeline import KeptNoteEntries
from participants.talks.timeline import TalkEntries
from participants.timeline.entries import Entries
from participants.void.timeline import VoidingEntries

# Entries of one day that were written at one moment are shown in this order.
KINDS: Final[tuple[Entries, ...]] = (
    MeetingEntries(),
    NoteEntries(),
    StepEntries(),
    AssessmentEntries(),
    WorkEntries(),
    PlanEntries(),
    MilestoneEntries(),
    SignatureEntries(),
    PaperEntries(),
    CertificateEntries(),
    SheetEntries(),
    ActivityEntries(),
    KeptNoteEntries(),
    MisplacementEntries(),
    PlacementEntries(),
    EmploymentEntries(),
    GroupingEntries(),
    GroupingLineEntries(),
    LivelihoodEntries(),
    SourceEntries(),
    SickListingEntries(),
    TalkEntries(),
    SipEntries(),
    AbilityEntries(),
    VoidingEntries(),
    ResponsibleEntries(),
    OutcomeEntries(),
    ExitEntries(),
    BeginningEntries(),
    IdentityEntries(),
)
