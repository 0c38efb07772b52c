"""The one way for a file out of the program: a right for its format, a reason where it is about persons, a limit.

The access log refuses an answer that is a file and didn't go by here (accounts/middleware.py).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header

from accounts.enums import AccessKind, ExportReason
from accounts.exports import refuse_beyond_limit
from accounts.log.access import log_access
from core.operation.places import NoPlaceError, Places
from core.swedish.typed import clean_line
from projects.enums import Permission
from projects.http import ProjectRequest

# Files that are made at the same moment, however many processes serve the pages.
FILES = Places("files", 2)
NOT_MADE = "Filen blev inte gjord"
_SECONDS_TO_WAIT = 10
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u2028\u2029]")
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file, and the permission that it takes."""

    permission: Permission
    content_type: str
    ending: str


PDF = Format(Permission.EXPORT_PDF, "application/pdf", "pdf")
XLSX = Format(Permission.IMPORT, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
JSON = Format(Permission.EXPORT_JSON, "application/json; charset=utf-8", "json")


def may_export(request: ProjectRequest, wanted: Format) -> bool:
    """Whether the user may take out such files, in the project of the page."""
    return wanted.permission in request.roles.permissions(request.project)


def export(
    request: ProjectRequest,
    wanted: Format,
    *,
    name: str,
    make: Callable[[], bytes],
    reason: ExportReason | None = None,
    words: str = "",
) -> HttpResponse:
    """Answer with the file that `make` gives, or with a page that says to wait where others are being made.

    Call it once the page's persons are declared; `name` is in words, without ending, and names no person: it stands in
    lists of files that others see. Raises PermissionDenied without the right,
    ValueError when persons are in the file and no reason is given, and TooManyExportsError at the limit, which becomes
    a page of its own; then nothing has been made. What `make` raises goes on, and counts as a file.
    """
    if not may_export(request, wanted):
        raise PermissionDenied
    if request.access.persons and reason is None:
        raise ValueError("A file about persons needs a reason.")
    refuse_beyond_limit(request.user, at=timezone.now())
    try:
        with FILES.hold(str(request.user.pk)):
            content = _made(request, make)
    except NoPlaceError as full:
        return _wait(request, full)
    request.access.declare_export(reason, words)
    named = content_disposition_header(as_attachment=True, filename=file_name(name, wanted.ending))
    return HttpResponse(content, content_type=wanted.content_type, headers={"Content-Disposition": named or ""})


def file_name(words: str, ending: str) -> str:
    """The name of a file in a person's words: without signs that some system has no room for, and not too long."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", clean_line(words)).split())
    return f"{plain[:_LONGEST_NAME].strip(' .')}.{ending}"


def _made(request: ProjectRequest, make: Callable[[], bytes]) -> bytes:
    """The file; one that fails has taken as much as one that doesn't, and is counted with them. It tells of nobody."""
    try:
        return make()
    except Exception:
        match = request.resolver_match
        part = match.url_name or "" if match else ""
        log_access(user=request.user, kind=AccessKind.EXPORT, part=part, reason=NOT_MADE)
        raise


def _wait(request: ProjectRequest, full: NoPlaceError) -> HttpResponse:
    """Page that waits and then sends the posted form again, by one press."""
    sent = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    kept = [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"]
    response = render(request, "file_waits.html", {"is_own": full.is_own, "sent": kept}, status=503)
    response["Retry-After"] = str(_SECONDS_TO_WAIT)
    return response
