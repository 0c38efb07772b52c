"""The access log's Swedish words for the pages of this app."""

# Each stands after "läste", "ändrade" and the like.
PARTS = {
    "day_read": "en dag i ett formulär",
    "draft_save": "ett eget utkast",
    "draft_detail": "ett eget utkast",
}
