"""The door of the pages about one referral."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from core.forms.showing import showing
from participants.http import Request
from participants.models import Referral
from participants.referral.locking import ENDED, WAITS
from projects.address import enter

View = Callable[..., HttpResponse]


def referral_page(*, waiting: bool | None = None) -> Callable[[View], View]:
    """Guard a page about one referral, which the view gets in place of its id: the version in force, whichever one the
    address names; the log is told. One that has led to an enrolment leads to the case; one that waits, or has ended,
    leads to its own page where the page is only for referrals that are `waiting`, or aren't.

    Raises Http404 for a referral that the user doesn't receive.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, public_id: UUID) -> HttpResponse:
            # The last version of all, then whether that is theirs: one before it may name somebody, or wait still.
            last = Referral.objects.latest_version(public_id)
            visible = Referral.objects.visible_to(request.scope).with_person()
            referral = visible.filter(pk=last.pk if last else 0).first()
            if referral is None:
                led = Referral.objects.received_by(request.scope).exclude(enrolment=None)
                if last is None or not led.filter(pk=last.pk).exists():
                    raise Http404
                # It led to somebody who may not be seen.
                messages.info(request, ENDED)
                return redirect("referral_list")
            enter(request, referral.project)
            request.project = referral.project
            if referral.participant:
                request.access.declare([referral.participant])
                showing().subject = str(referral.participant.public_id)
            # What somebody has typed is theirs to see again: the form says that it came too late.
            if request.method != "POST" and (referral.enrolment or waiting not in (None, referral.is_waiting)):
                if waiting is not None:
                    messages.info(request, ENDED if waiting else WAITS)
                return redirect(referral.enrolment or referral)
            return view(request, referral)

        return guarded

    return decorate
