"""The one way for a file out of the program: a right for its format, a reason where it is about persons, a limit.

The access log refuses an answer that is a file and didn't go by here (accounts/middleware.py).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone

from accounts.enums import ExportReason
from accounts.exports import refuse_beyond_limit
from core.dates import today
from projects.access import can
from projects.enums import Permission
from projects.http import Request


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file, and the permission that it takes."""

    permission: Permission
    content_type: str
    ending: str


PDF = Format(Permission.EXPORT_PDF, "application/pdf", "pdf")
JSON = Format(Permission.EXPORT_JSON, "application/json; charset=utf-8", "json")


def may_export(request: Request, wanted: Format) -> bool:
    """Whether the user may take out such files, in the project of the page."""
    return can(request.user, wanted.permission, request.project, on=today())


def export(
    request: Request,
    wanted: Format,
    *,
    name: str,
    make: Callable[[], bytes],
    reason: ExportReason | None = None,
    words: str = "",
) -> HttpResponse:
    """Answer with the file that `make` gives. Call it once the page's persons are declared; `name` is without ending.

    Raises PermissionDenied without the right, ValueError when persons are in the file and no reason is given, and
    TooManyExportsError at the limit, which becomes a page of its own; then nothing has been made.
    """
    if not may_export(request, wanted):
        raise PermissionDenied
    if request.access.persons and reason is None:
        raise ValueError("A file about persons needs a reason.")
    refuse_beyond_limit(request.user, at=timezone.now())
    content = make()
    request.access.exported(reason, words)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{wanted.ending}"'}
    return HttpResponse(content, content_type=wanted.content_type, headers=headers)
