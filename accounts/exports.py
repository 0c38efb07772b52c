"""How many files one user may take out of the program: so many within an hour, of any kind."""

from datetime import datetime, timedelta

from django.conf import settings

from accounts.enums import AccessKind
from accounts.models import AccessEvent, User

WITHIN = timedelta(hours=1)


class TooManyExportsError(Exception):
    """The user has taken out as many files as anybody may. Says when there is room for one more."""

    def __init__(self, count: int, opens_at: datetime) -> None:
        super().__init__(f"{count} exports within {WITHIN}")
        self.count = count
        self.opens_at = opens_at


class StrayFileError(Exception):
    """A page answered with a file that didn't go by projects.exports: a fault in the program."""


def refuse_beyond_limit(user: User, *, at: datetime) -> None:
    """Raises TooManyExportsError if the user has taken out the hour's files. One query, by an index of its own."""
    lately = AccessEvent.objects.filter(user=user, kind=AccessKind.EXPORT, at__gt=at - WITHIN)
    times = list(lately.order_by("-at").values_list("at", flat=True)[: settings.EXPORTS_AN_HOUR])
    if len(times) >= settings.EXPORTS_AN_HOUR:
        raise TooManyExportsError(len(times), times[-1] + WITHIN)
