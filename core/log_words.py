"""The access log's Swedish words for the pages of this app."""

# Each stands after "läste", "ändrade" and the like.
PARTS = {
    "draft_save": "ett eget utkast",
    "draft_drop": "ett eget utkast",
    "draft_detail": "ett eget utkast",
}
