"""Plain Swedish names of this app's pages and actions, for the access log."""

# Each stands after "läste", "ändrade" and the like.
PARTS = {
    "log_review_list": "granskningen av åtkomstloggen",
    "log_review_detail": "granskningen av åtkomstloggen",
    "log_review_draw": "granskningen av åtkomstloggen",
    "log_review_finish": "granskningen av åtkomstloggen",
    "participant_readers": "vem som har läst",
    "participant_extract": "registerutdraget",
    "participant_extract_pdf": "registerutdraget",
    "participant_extract_json": "registerutdraget",
}
