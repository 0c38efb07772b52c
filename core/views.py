"""Pages that belong to no domain."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was sent from a page that is too old, or from elsewhere."""
    return render(request, "403_csrf.html", status=403)


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Answers whether program and database are up; tells nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
