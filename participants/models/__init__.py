"""Persons, how they came, and their enrolments."""

from participants.models.assessment import AbilityStatement, AreaAnswer, Assessment, AssessmentWork, OwnWords
from participants.models.assignment import CaseAssignment, EmergencyAccess, EmergencyNotice
from participants.models.background import LivelihoodRecord, LivelihoodSource, SickListing
from participants.models.beside import CoordinatedPlan, KeptNote, Misplacement, SignedPaper, SupportTalk
from participants.models.consent import Consent, ConsentGrant, ConsentWithdrawal, LegalGround
from participants.models.enrolment import CountedOnly, Enrolment
from participants.models.entry import CaseOutcome, EnrolmentEntry, Exit, Voiding
from participants.models.identity import IdentityVersion, JoinKeepsake, NamePart, SamePersonAnswer, SelfEnrolment
from participants.models.participant import Participant, PersonalNumber, PersonIdentity
from participants.models.placement import EmploymentPeriod, PlacementCertificate, PlacementPeriod
from participants.models.protection import ProtectedNotice, ProtectedNumber, TextToCheck
from participants.models.referral import CaseGrouping, CaseGroupingLine, Referral

__all__ = [
    "AbilityStatement",
    "AreaAnswer",
    "Assessment",
    "AssessmentWork",
    "CaseAssignment",
    "CaseGrouping",
    "CaseGroupingLine",
    "CaseOutcome",
    "Consent",
    "ConsentGrant",
    "ConsentWithdrawal",
    "CoordinatedPlan",
    "CountedOnly",
    "EmergencyAccess",
    "EmergencyNotice",
    "EmploymentPeriod",
    "Enrolment",
    "EnrolmentEntry",
    "Exit",
    "IdentityVersion",
    "JoinKeepsake",
    "KeptNote",
    "LegalGround",
    "LivelihoodRecord",
    "LivelihoodSource",
    "Misplacement",
    "NamePart",
    "OwnWords",
    "Participant",
    "PersonIdentity",
    "PersonalNumber",
    "PlacementCertificate",
    "PlacementPeriod",
    "ProtectedNotice",
    "ProtectedNumber",
    "Referral",
    "SamePersonAnswer",
    "SelfEnrolment",
    "SickListing",
    "SignedPaper",
    "SupportTalk",
    "TextToCheck",
    "Voiding",
]
