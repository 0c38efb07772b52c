"""Plain Swedish names of this app's pages and actions, for the access log."""

# Each stands after "läste", "ändrade" and the like.
PARTS = {
    "result": "resultatet",
    "result_persons": "vilka som står bakom en siffra",
    "report_list": "rapporterna",
    "report_create": "en rapport",
    "report_detail": "en rapport",
    "report_edit": "en rapport",
    "report_adopt": "en rapport",
    "report_pdf": "en rapport",
    "report_release": "en rapport",
}
