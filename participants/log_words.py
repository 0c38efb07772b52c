"""The access log in plain Swedish: what somebody did, and with which part."""

from accounts.account_log import PARTS as ACCOUNT_PARTS
from accounts.enums import AccessKind

# By address, and by what an action calls itself in the log. Each stands after "läste", "ändrade" and the like.
PARTS = {
    "home": "Att göra",
    "participant_list": "listan med deltagare",
    "participant_shared": "listan med delade ärenden",
    "participant_create": "inskrivningen",
    "number_lookup": "vem som har personnumret",
    "participant_detail": "deltagarens sida",
    "participant_assign": "vem som är ansvarig",
    "participant_correct": "namn, nummer och kontakt",
    "enrolment_detail": "deltagarens sida",
    "enrolment_exit": "avslutet",
    "enrolment_reopen": "avslutet",
    "enrolment_correct": "hur inskrivningen började",
    "enrolment_assign": "vem som är ansvarig",
    "caseload_hand_over": "ärenden som lämnades över",
    "caseload_receipt": "ärenden som lämnades över",
    "emergency_open": "en öppning i nödläge",
    "emergency_seen": "beskedet om en öppning i nödläge",
    "case_people": "vilka som arbetar med ärendet",
    "case_substitute": "vilka som arbetar med ärendet",
    "case_contact": "vilka som arbetar med ärendet",
    "case_person_end": "vilka som arbetar med ärendet",
    "placement_list": "listan över dem som är på placeringen",
    "placement_create": "placeringen",
    "placement_edit": "placeringen",
    "placement_remove": "placeringen",
    "assessment_create": "kartläggningen",
    "sick_listing_create": "sjukskrivningen",
    "plan_detail": "handlingsplanen",
    "plan_edit": "handlingsplanen",
    "meeting_create": "ett möte",
    "meeting_proposal": "bedömningen av ett steg",
    "meeting_detail": "anteckningar från ett möte",
    "meeting_correct": "anteckningar från ett möte",
    "protected_notice": "personnumret",
    "protected_notice_seen": "beskedet om skydd",
    "kept_note": "en text ur ett formulär som inte gick att spara",
    "step_assess": "bedömningen av ett steg",
    "step_withdraw": "bedömningen av ett steg",
    "import": "register som lästes in",
    "import_upload": "register som läses in",
    "import_preview": "register som läses in",
    "import_receipt": "register som lästes in",
    "result": "resultatet",
    "result_persons": "vilka som står bakom en siffra",
    "log_review_list": "granskningen av åtkomstloggen",
    "log_review_detail": "granskningen av åtkomstloggen",
    "log_review_draw": "granskningen av åtkomstloggen",
    "log_review_finish": "granskningen av åtkomstloggen",
    "participant_readers": "vem som har läst",
    "participant_extract": "registerutdraget",
    "participant_extract_pdf": "registerutdraget",
    "participant_extract_json": "registerutdraget",
    "consent_list": "samtyckena",
    "consent_create": "ett samtycke",
    "consent_refuse": "ett nej till samtycke",
    "consent_renew": "ett samtycke",
    "consent_withdraw": "ett samtycke",
    "consent_meeting": "ett samtycke för ett möte",
    "consent_ground": "den rättsliga grunden",
    "consent_paper": "samtycket att skriva under",
    "participant_protect": "skyddet av uppgifterna",
    "participant_redact": "texter där deltagaren kunde kännas igen",
    "note_redact": "ett skäl i loggen",
    "enrolment_texts": "texter där deltagaren kunde kännas igen",
    "participant_create_protected": "inskrivningen",
    "counted_only_create": "räkningen av den som inte registreras",
    "user_list": "användarna",
    "user_create": "en användare",
    "user_detail": "en användare",
    "user_edit": "en användare",
    "user_close": "en användare",
    "user_link": "en användares länk för lösenord",
    "user_reopen": "en användare",
    "proposal_role": "ett förslag om en roll",
    "proposal_duty": "ett förslag om ett uppdrag",
    "proposal_link": "en begäran om en länk för lösenord",
    "proposal_list": "det som väntar på en person till",
    "proposal_detail": "det som väntar på en person till",
    "proposal_accept": "det som väntar på en person till",
    "proposal_decline": "det som väntar på en person till",
    "proposal_withdraw": "det som väntar på en person till",
    "coordinator_appoint": "projektets första samordnare",
    "membership_create": "en användares roller",
    "membership_end": "en användares roller",
    "project_create": "projektet",
    "project_detail": "projektet",
    "project_edit": "projektet",
    "project_choose": "projektet",
    "ladder_edit": "projektets stege",
    "targets_edit": "projektets mål",
    "report_list": "rapporterna",
    "report_create": "en rapport",
    "report_detail": "en rapport",
    "report_edit": "en rapport",
    "report_adopt": "en rapport",
    "report_pdf": "en rapport",
    "report_release": "en rapport",
}
# What isn't a change of something that was there.
_DONE = {
    "emergency_open": "Öppnade ärendet i nödläge",
    "emergency_seen": "Såg beskedet om en öppning i nödläge",
    "protected_notice": "Ville skriva in personnumret och fick veta att personen finns med skydd",
    "protected_notice_seen": "Såg beskedet att någon ville skriva in personnumret",
    "note_redact": "Tog bort ett namn ur ett skäl i loggen",
    "kept_note": "Sparade en text ur ett formulär när ärendet hade stängts",
}
_SOUGHT = {"number_lookup": "Skrev in personnumret, utan att se vems det är"}
_UNKNOWN = "en sida i programmet"
_VERBS = {
    AccessKind.READ: "Läste",
    AccessKind.SEARCH: "Fick fram vid sökning i",
    AccessKind.EXPORT: "Hämtade ut",
    AccessKind.CHANGE: "Ändrade",
    AccessKind.REFUSED: "Nekades",
}


def in_words(kind: str, part: str) -> str:
    """«Läste anteckningar från ett möte»."""
    if kind == AccessKind.ACCOUNT:
        return ACCOUNT_PARTS.get(part, _UNKNOWN)
    if kind == AccessKind.CHANGE and part in _DONE:
        return _DONE[part]
    if kind == AccessKind.SEARCH and part in _SOUGHT:
        return _SOUGHT[part]
    return f"{_VERBS[AccessKind(kind)]} {PARTS.get(part, _UNKNOWN)}"
