"""Forms whose sender is another user by now, or nobody: their words are kept."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, RejectRequest
from django.shortcuts import redirect, render
from django.urls import reverse

from core.drafts.store import DraftTooLong, keep
from core.forms.showing import FormPage, ShownToAnother
from core.http import by_script, is_piece

logger = logging.getLogger(__name__)
KEPT = "Du var utloggad när du sparade. Det du skrev är kvar som utkast: logga in, så står det på sidan."


class PieceMiddleware:
    """A script gets the piece of the page that it asked for, or no page at all.

    It would follow to where others are led, and put what stands there, the log-in with its password, into the form that
    somebody is writing in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if by_script(request) and 300 <= response.status_code < 400:
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED, content_type="text/plain")
        return response


class FormCsrfMiddleware(CsrfViewMiddleware):
    """A form of a page that was shown to its sender before another log-in is as good as one that is shown now.

    At each log-in the token of the browser is changed. The mark of a form's page is signed for its user, so it proves
    more than the token does. The request must still come from a page of the program's own host.
    """

    def _check_token(self, request: HttpRequest) -> None:
        try:
            super()._check_token(request)  # type: ignore[misc]
        except RejectRequest:
            page = sent_page(request)
            if page is None or not _proves(page, request):
                raise


class KeepWordsMiddleware:
    """Keep the words of a form that can't reach its view: sent by nobody, by another user, or met by a fault of ours.

    A page that was shown to one user is never saved by another who has logged in meanwhile in the same browser.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Keep what nobody sends; the log-in comes next. What another user sends is refused where it would be saved."""
        page = sent_page(request) if _is_form(request) else None
        if page and not request.user.is_authenticated and keep_typed(request, page):
            messages.info(request, KEPT)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Keep what was typed, for whom the page was shown to. The ordinary answer follows, but to another's form."""
        page = sent_page(request) if _is_form(request) else None
        is_kept = page is not None and keep_typed(request, page)
        if isinstance(exception, ShownToAnother):
            return _of_another(request, is_kept)
        return None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was sent from a page that is too old, or from elsewhere. What was typed in one of ours is kept."""
    page = sent_page(request)
    is_kept = page is not None and not is_piece(request) and keep_typed(request, page)
    if is_kept and not request.user.is_authenticated:
        messages.info(request, KEPT)
        return redirect(request.path)
    if page and page.user != _user_of(request):
        return _of_another(request, is_kept)
    return render(request, "403_csrf.html", {"is_kept": is_kept}, status=403)


def _of_another(request: HttpRequest, is_kept: bool) -> HttpResponse:
    return render(request, "core/form_of_another.html", {"is_kept": is_kept}, status=403)


def sent_page(request: HttpRequest) -> FormPage | None:
    """The mark that a form was sent with."""
    return FormPage.read(request.POST) if request.method == "POST" else None


def keep_typed(request: HttpRequest, page: FormPage) -> bool:
    """Keep what was sent, for whom the page was shown to. Whether it could be."""
    try:
        return keep(page, request.POST) is not None
    except (DraftTooLong, DatabaseError):
        logger.exception("what was typed in %s could not be kept", page.form)
        return False


def _proves(page: FormPage, request: HttpRequest) -> bool:
    """Whether the mark may stand for a token: on its own page for its own user, and to keep a draft, which belongs to
    the author even where another user is logged in by now."""
    is_own = page.address == request.path and page.user == _user_of(request)
    return is_own or request.path == reverse("draft_save")


def _is_form(request: HttpRequest) -> bool:
    return request.method == "POST" and not is_piece(request)


def _user_of(request: HttpRequest) -> str:
    return str(request.user.public_id) if request.user.is_authenticated else ""
