"""Persons, how they came, and their enrolments."""

from participants.models.assessment import Assessment
from participants.models.assignment import CaseAssignment
from participants.models.background import LivelihoodRecord, LivelihoodSource, SickListing
from participants.models.consent import Consent, ConsentGrant, ConsentWithdrawal, LegalGround
from participants.models.emergency import EmergencyAccess, EmergencyNotice
from participants.models.enrolment import CountedOnly, Enrolment, EnrolmentEntry, Exit
from participants.models.identity import IdentityVersion
from participants.models.joining import SamePersonAnswer
from participants.models.kept_note import KeptNote
from participants.models.participant import Participant, PersonalNumber, PersonIdentity
from participants.models.placement import PlacementPeriod
from participants.models.protection import ProtectedNotice, ProtectedNumber, TextToCheck
from participants.models.referral import Referral
from participants.models.self_enrolment import SelfEnrolment
from participants.models.void import Voiding

__all__ = [
    "Assessment",
    "CaseAssignment",
    "Consent",
    "ConsentGrant",
    "ConsentWithdrawal",
    "CountedOnly",
    "EmergencyAccess",
    "EmergencyNotice",
    "Enrolment",
    "EnrolmentEntry",
    "Exit",
    "IdentityVersion",
    "KeptNote",
    "LegalGround",
    "LivelihoodRecord",
    "LivelihoodSource",
    "Participant",
    "PersonIdentity",
    "PersonalNumber",
    "PlacementPeriod",
    "ProtectedNotice",
    "ProtectedNumber",
    "Referral",
    "SamePersonAnswer",
    "SelfEnrolment",
    "SickListing",
    "TextToCheck",
    "Voiding",
]
