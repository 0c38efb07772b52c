"""What the registerutdrag calls each kind of row and each field, in the order that they stand in it.

Every classified field has its words here; a test fails for one that is left out.
"""

from collections.abc import Mapping

TITLES: Mapping[str, str] = {
    "Participant": "Personen",
    "PersonIdentity": "Namn och kontakt",
    "PersonalNumber": "Personnummer och samordningsnummer",
    "Referral": "Anvisningar",
    "Enrolment": "Inskrivningar",
    "EnrolmentEntry": "Hur inskrivningen började",
    "Exit": "Avslut",
    "CaseAssignment": "Vilka som arbetar med ärendet",
    "LegalGround": "Rättslig grund",
    "Consent": "Svar på frågor om samtycke",
    "ConsentGrant": "Vad samtycken gäller",
    "ConsentWithdrawal": "Återkallade samtycken",
    "LivelihoodRecord": "Försörjning",
    "LivelihoodSource": "Försörjning, del för del",
    "SickListing": "Sjukskrivningar",
    "Assessment": "Kartläggningar",
    "ActionPlan": "Handlingsplaner",
    "PlanRevision": "Handlingsplanens versioner",
    "Milestone": "Delmål",
    "MilestoneStatus": "Delmålens lydelse och läge",
    "Meeting": "Möten",
    "MeetingParty": "Med på möten",
    "MeetingParagraph": "Anteckningar från möten",
    "KeptNote": "Texter ur formulär som inte gick att spara",
    "StepAssessment": "Bedömningar av steg",
    "CriterionResult": "Svar på kriterier",
    "StepClock": "Uträknat om stegen",
    "EmergencyAccess": "Nödöppningar",
    "EmergencyNotice": "Vilka som fick veta om nödöppningar",
    "TextToCheck": "Texter att gå igenom sedan uppgifterna skyddades",
}
# The same word wherever the field has this name.
_COMMON: Mapping[str, str] = {
    "enrolment": "Inskrivning",
    "participant": "Person",
    "organisation": "Organisation",
    "project": "Projekt",
    "user": "Användare",
    "concerns_on": "Dag",
    "valid_from": "Från",
    "valid_until": "Till",
    "valid_through": "Till och med",
    "until": "Till",
    "note": "Anteckning",
    "is_imported": "Från ett inläst register",
    "source": "Anvisad från",
    "applied_on": "Ansökan",
    "referred_on": "Anvisningsdag",
    "enrolled_on": "Inskriven",
    "exited_on": "Avslutad",
    "exit_reason": "Avslutsorsak",
    "is_void": "Felregistrerad",
    "kind": "Slag",
    "state": "Läge",
    "reason": "Skäl",
    "form": "Lämnat",
    "percent": "Procent",
    "outcome": "Bedömning",
    "assessed_on": "Kartlagd",
    "due_on": "Senast",
    "consent": "Samtycke",
    "meeting": "Möte",
    "plan": "Handlingsplan",
    "why": "Varför",
    "role": "Uppgift i ärendet",
    "purpose": "Ändamål",
    "sort_key": "Sorteringsnyckel, gjord av namnet",
}
_OWN: Mapping[str, Mapping[str, str]] = {
    "Participant": {
        "sex": "Kön",
        "birth_date": "Född",
        "language": "Språk",
        "needs_interpreter": "Behöver tolk",
        "protection": "Skyddade personuppgifter",
        "alias": "Namn där det riktiga inte får visas",
        "created_at": "Inskriven i programmet",
    },
    "PersonIdentity": {
        "given_name": "Förnamn",
        "family_name": "Efternamn",
        "phone": "Telefon",
        "email": "E-post",
        "search_key": "Söknyckel, gjord av namnet",
    },
    "PersonalNumber": {"value": "Nummer"},
    "Referral": {"first_contact_by": "Första kontakten togs av"},
    "Enrolment": {
        "owner": "Organisation",
        "is_known_before": "Känd sedan tidigare",
        "planned_on": "Planen komplett",
        "next_contact_on": "Nästa kontakt senast",
    },
    "Exit": {"comment": "Kommentar", "reason": "Orsak"},
    "LegalGround": {"ground": "Grund"},
    "Consent": {"answer": "Svar", "received_by": "Mottaget av", "renews": "Förnyar"},
    "ConsentGrant": {"category": "Slag av uppgift", "withdrawal": "Återkallat genom"},
    "LivelihoodRecord": {"moment": "När"},
    "LivelihoodSource": {"record": "Hör till"},
    "Assessment": {"summary": "Sammanfattning"},
    "PlanRevision": {
        "number": "Version",
        "main_activity": "Huvudsaklig aktivitet",
        "schedule": "Veckoschema",
        "next_follow_up_on": "Nästa uppföljning",
        "is_complete": "Komplett",
    },
    "MilestoneStatus": {"milestone": "Delmål", "text": "Lydelse"},
    "Meeting": {"next_meeting_on": "Nästa möte", "participant_present": "Deltagaren var med"},
    "MeetingParty": {"name": "Namn på den som saknar konto"},
    "MeetingParagraph": {
        "author": "Skriven av",
        "reader_level": "Kan läsas av",
        "version": "Version",
        "body": "Text",
    },
    "KeptNote": {"body": "Text"},
    "StepAssessment": {
        "step": "Steg",
        "cleared_on": "Klarat",
        "proposal": "Programmets förslag",
        "other_support": "Annat stöd den månaden",
        "departure": "Varför bedömningen skiljer sig från förslaget",
        "late_reason": "Varför den är sen",
        "origin": "Kommer från",
    },
    "CriterionResult": {
        "assessment": "Bedömning av",
        "criterion": "Kriterium",
        "outcome": "Svar",
        "supervisor": "Handledare",
    },
    "EmergencyNotice": {"opening": "Nödöppning", "seen_at": "Sett"},
    "TextToCheck": {
        "body": "Text",
        "owner": "Organisation",
        "spans": "Ställen i texten",
        "checked_at": "Genomgången",
        "checked_by": "Genomgången av",
    },
    "StepClock": {
        "step_number": "Steg",
        "target": "Mål",
        "due_on": "Målets dag",
        "cleared_on": "Klarat",
        "reached_on": "Nått det här steget eller ett högre",
        "assessed_on": "Först bedömt",
        "held_on_due": "Kvar på steget på målets dag",
        "holds_now": "Kvar på steget nu",
    },
}


def title_of(model: str) -> str:
    """What rows of a model are called together."""
    return TITLES.get(model, model)


def label_of(model: str, field: str) -> str | None:
    """What a field is called; None if it has no words."""
    return _OWN.get(model, {}).get(field) or _COMMON.get(field)
