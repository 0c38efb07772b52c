"""The request as the log-in and the access log leave it; only for type checkers."""

from accounts.log.access import PageAccess
from accounts.models import User
from core.http import IdentifiedRequest


class LoggedRequest(IdentifiedRequest):
    """Somebody is logged in, and the page declares whom it shows."""

    user: User
    access: PageAccess
