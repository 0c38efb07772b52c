"""What the access log calls the pages of this app, in plain Swedish."""

# Each stands after "läste", "ändrade" and the like.
PARTS = {
    "draft_save": "ett eget utkast",
    "draft_drop": "ett eget utkast",
    "draft_detail": "ett eget utkast",
}
