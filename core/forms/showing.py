"""The mark of a form's page: whom it was shown to, at which address and about which case; signed, in each form."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Self

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

NAME = "page"
# Names of answers that say who somebody is: kept in no draft, where no protection of an identity would find them. Each
# app joins its own at start.
never_kept: set[str] = set()
# As long as a draft is kept: somebody comes back on Monday to a page that has stood open since Friday.
KEPT_SECONDS = 14 * 24 * 3600
# Another salt whenever the fields change: a page that is open meanwhile carries the old ones.
_SALT = "form-page-2"


class ShownToAnother(Exception):
    """A form was sent by another user than its page was shown to: nothing of it is saved, or shown to the sender."""


@dataclass(slots=True)
class Showing:
    """The page that is being made: for whom (public id), its address, and the public id of the case it is about."""

    user: str = ""
    address: str = ""
    subject: str = ""


_now: ContextVar[Showing | None] = ContextVar("showing", default=None)


def showing() -> Showing:
    """The page that is being made; one of nobody outside a request."""
    return _now.get() or Showing()


@contextmanager
def shown(page: Showing) -> Iterator[Showing]:
    """Let forms that are made within this know the page that they are on."""
    token = _now.set(page)
    try:
        yield page
    finally:
        _now.reset(token)


class ShowingMiddleware:
    """Every form of a request knows whom its page is shown to and where."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = str(request.user.public_id) if request.user.is_authenticated else ""
        with shown(Showing(user, request.path)):
            return self.get_response(request)


@dataclass(frozen=True, slots=True)
class FormPage:
    """Signed, so that nobody makes one: whose page a form stands on, where, about which case, when it was shown (ISO),
    which of the page's forms it is, what it calls the answers that take words, the names of answers that are never
    kept, the token of the draft that it was filled in from ("" where there was none), and by the name of each answer
    that the page asks for a digest of how it opened ("" where it opened empty)."""

    user: str
    address: str
    subject: str
    form: str
    shown_at: str = field(default_factory=lambda: timezone.now().isoformat())
    words: dict[str, str] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)
    draft: str = ""
    opened: dict[str, str] = field(default_factory=dict)

    def signed(self) -> str:
        """The mark as text for a hidden input."""
        return signing.dumps(asdict(self), salt=_SALT, compress=True)

    @property
    def moment(self) -> datetime:
        """When the page was shown (aware)."""
        return datetime.fromisoformat(self.shown_at)

    @classmethod
    def read(cls, data: Mapping[str, str]) -> Self | None:
        """From a form as it was sent; None where it carries none of ours, or one that is too old."""
        try:
            return cls(**signing.loads(data.get(NAME, ""), salt=_SALT, max_age=KEPT_SECONDS))
        except (signing.BadSignature, ValueError, TypeError):
            return None
