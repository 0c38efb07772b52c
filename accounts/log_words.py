"""The access log's Swedish words for the pages of this app."""

# Each stands after "läste", "ändrade" and the like.
PARTS = {"account_phone": "den egna telefonen"}
