"""Organisations, users, the access log with its reviews, and letters on their way."""

from accounts.models.access_log import AccessEvent, AccessHead, AccessNote, AccessSubject
from accounts.models.log_review import LogReview, LogReviewItem
from accounts.models.organisation import Organisation
from accounts.models.outgoing_mail import OutgoingMail
from accounts.models.user import User

__all__ = [
    "AccessEvent",
    "AccessHead",
    "AccessNote",
    "AccessSubject",
    "LogReview",
    "LogReviewItem",
    "Organisation",
    "OutgoingMail",
    "User",
]
