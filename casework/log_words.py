"""Plain Swedish names of this app's pages and actions, for the access log."""

# Each stands after "läste", "ändrade" and the like.
PARTS = {
    "draft_list": "egna utkast",
    "home": "Att göra",
    "participant_list": "listan med deltagare",
    "participant_shared": "listan med delade ärenden",
    "participant_detail": "deltagarens sida",
    "participant_assign": "vem som är ansvarig",
    "enrolment_detail": "deltagarens sida",
    "case_sheet": "överlämningsbladet",
    "case_sheet_pdf": "överlämningsbladet som PDF",
}
