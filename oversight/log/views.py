"""The log reviewer's pages: earlier reviews, and the sample that is signed off."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.enums import Duty, LogVerdict
from accounts.guards import require_duty
from accounts.log.reviews import sign_off
from accounts.log.unusual import UnusualLogIn
from accounts.models import LogReview
from core.days.dates import today
from core.forms.concurrency import save_form
from core.forms.saving import add_faults
from oversight.log.forms import LogMonthForm, LogReviewForm, month_in_words
from oversight.log.lines import lines_of
from oversight.log.sample import draw_sample
from participants.http import Request
from participants.shared_facts import log_review


@require_duty(Duty.LOG_REVIEWER)
def log_review_list(request: Request) -> HttpResponse:
    """Draw a sample of a month; open one that has been drawn."""
    form = LogMonthForm(request.POST or None, on=today())
    reviews = LogReview.objects.visible_to(request.user).select_related("reviewer")
    if request.method == "POST" and form.is_valid():
        begun = reviews.filter(reviewer=request.user, month=form.cleaned_data["month"], finished_at=None).first()
        if begun and not form.already_made(request.user):
            # Who could draw again would choose what to look at.
            messages.info(request, "Ett urval ur den månaden är redan framtaget. Gör klart det först.")
            return redirect(begun)
        return redirect("log_review_detail", form.already_made(request.user) or _drawn(request, form))
    rows = [(review, month_in_words(review.month)) for review in reviews]
    return render(request, "oversight/log/log_review_list.html", {"form": form, "reviews": rows})


@require_duty(Duty.LOG_REVIEWER)
def log_review_detail(request: Request, public_id: UUID) -> HttpResponse:
    """The sample: with fields to answer, or with the answers once it is finished."""
    reviews = LogReview.objects.visible_to(request.user).select_related("reviewer", "organisation")
    review = get_object_or_404(reviews, public_id=public_id)
    of_others = review.items.exclude(event__user=request.user)
    items = list(of_others.select_related("event__user", "event__note__body", "note"))
    form = None
    # Who was slower has written something too: it is shown beside what stands.
    if request.method == "POST" or not review.finished_at:
        form = LogReviewForm(request.POST or None, items=items, shared=log_review(review, items))
    if request.method == "POST" and form and _is_signed_off(request, review, form):
        return redirect(review)
    request.access.shown(item.person for item in items)
    context = {
        "review": review,
        "month": month_in_words(review.month),
        "lines": lines_of(items, request.user, form),
        "form": form,
        "log_ins": [UnusualLogIn.read(stored) for stored in review.log_ins],
        "to_ask": sum(item.verdict == LogVerdict.ASK for item in items),
    }
    return render(request, "oversight/log/log_review_detail.html", context)


def _drawn(request: Request, form: LogMonthForm) -> UUID:
    """Draw first, then store: the database waits for nobody who counts."""
    sample = draw_sample(month=form.cleaned_data["month"], by=request.user)
    return save_form(
        form=form,
        user=request.user,
        save=lambda: sample.store(by=request.user).public_id,
    )


def _is_signed_off(request: Request, review: LogReview, form: LogReviewForm) -> bool:
    if form.already_made(request.user):
        return True
    if not form.is_valid():
        return False
    try:
        save_form(
            form=form,
            user=request.user,
            save=lambda: sign_off(review=review, verdicts=form.verdicts, by=request.user).public_id,
        )
    except ValidationError as error:
        add_faults(form, error)
        return False
    messages.success(request, "Granskningen är avslutad. Den kan inte ändras mer.")
    return True
