"""Facts that the form of a log review shows and replaces, to notice two who save at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from accounts.models import LogReview, LogReviewItem
from core.forms.concurrency import Shared
from core.swedish.words import moment


def log_review(review: LogReview, items: Sequence[LogReviewItem]) -> Shared:
    """The verdicts of a review, and whether it is finished."""
    rows = LogReview.objects.filter(pk=review.pk)

    def read() -> Mapping[str, Any]:
        finished = rows.get().finished_at
        said = {"Granskningen": f"avslutad {moment(finished)} och kan inte ändras mer" if finished else ""}
        for item in LogReviewItem.objects.filter(pk__in=[item.pk for item in items]).select_related("note"):
            said[f"verdict_{item.position}"] = item.verdict
            said[f"note_{item.position}"] = item.note.text if item.note else ""
        return said

    return Shared([rows], read)
