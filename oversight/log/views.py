"""The log reviewer's pages: earlier reviews, and the sample that is signed off."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.enums import Duty, LogVerdict
from accounts.guards import require_duty
from accounts.log.reviews import persons_of, sign_off
from accounts.log.unusual import UnusualLogIn
from accounts.models import LogReview
from core.days.dates import today
from core.forms.saving import saved
from oversight.log.forms import BEGUN, LogMonthForm, LogReviewForm, month_in_words
from oversight.log.lines import lines_of
from oversight.log.sample import draw_sample
from oversight.log.shared_facts import log_review
from participants.http import Request


@require_duty(Duty.LOG_REVIEWER)
def log_review_list(request: Request) -> HttpResponse:
    """Page of earlier reviews, where a sample of a month is drawn."""
    reviews = LogReview.objects.visible_to(request.user).select_related("reviewer")
    begun = reviews.filter(reviewer=request.user, finished_at=None)
    form = LogMonthForm(request.POST or None, on=today(), begun=begun, draw=partial(draw_sample, by=request.user))
    made = saved(request, form, lambda: form.sample.store(by=request.user).public_id)
    if made:
        is_there = LogReview.objects.visible_to(request.user).filter(public_id=made).exists()
        return redirect("log_review_detail", made) if is_there else redirect("log_review_list")
    if form.earlier:
        messages.info(request, BEGUN)
        return redirect(form.earlier)
    rows = [(review, month_in_words(review.month)) for review in reviews]
    return render(request, "oversight/log/log_review_list.html", {"form": form, "reviews": rows})


@require_duty(Duty.LOG_REVIEWER)
def log_review_detail(request: Request, public_id: UUID) -> HttpResponse:
    """Page of a sample: with fields to answer, or with the answers once the review is finished."""
    reviews = LogReview.objects.visible_to(request.user).select_related("reviewer", "organisation")
    review = get_object_or_404(reviews, public_id=public_id)
    of_others = review.items.exclude(event__user=request.user)
    items = list(of_others.select_related("event__user", "event__note__body", "note"))
    form = None
    # The slower user's answers are shown beside the stored ones.
    if request.method == "POST" or not review.finished_at:
        form = LogReviewForm(request.POST or None, items=items, shared=log_review(review, items))
    told = "Granskningen är avslutad. Den kan inte ändras mer."
    if form and saved(request, form, lambda: _sign_off(request, review, form), told):
        return redirect(review)
    request.access.declare(persons_of(items))
    context = {
        "review": review,
        "month": month_in_words(review.month),
        "lines": lines_of(items, request.user, form),
        "form": form,
        "log_ins": [UnusualLogIn.read(stored) for stored in review.log_ins],
        "to_ask": sum(item.verdict == LogVerdict.ASK for item in items),
    }
    return render(request, "oversight/log/log_review_detail.html", context)


def _sign_off(request: Request, review: LogReview, form: LogReviewForm) -> UUID:
    return sign_off(review=review, verdicts=form.verdicts, by=request.user).public_id
