"""Writing reviews of the access log: a sample is drawn, then signed off once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError

from accounts.enums import LogRisk, LogVerdict
from accounts.log.access import log_change
from accounts.log.unusual import unusual_log_ins
from accounts.models import LogReview, LogReviewItem, User
from core.actions import action, stamp
from core.models import TextBody


@dataclass(frozen=True, slots=True)
class DrawnReading:
    """A reading for the sample."""

    event: int
    person: UUID
    times: int
    risks: Sequence[LogRisk]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The reviewer's verdict on one reading, with a note."""

    verdict: LogVerdict
    note: str = ""


@action
def store_sample(*, month: date, seed: int, readings: int, drawn: Sequence[DrawnReading], by: User) -> LogReview:
    """Keep the sample as it was drawn, so that the page shows the same one whenever it is opened.

    What is unusual about the month's log-ins is kept with it.
    """
    review = LogReview.objects.create(
        organisation=by.own_organisation,
        reviewer=by,
        month=month,
        seed=seed,
        readings_count=readings,
        log_ins=[log_in.stored() for log_in in unusual_log_ins(month, by)],
        drawn_at=stamp(),
    )
    LogReviewItem.objects.bulk_create(
        LogReviewItem(
            review=review,
            position=place,
            event_id=reading.event,
            person=reading.person,
            times=reading.times,
            risks=list(reading.risks),
        )
        for place, reading in enumerate(drawn, start=1)
    )
    log_change(by=by, part="log_review_draw")
    return review


@action
def sign_off(*, review: LogReview, verdicts: Mapping[int, Verdict], by: User) -> LogReview:
    """Finish a review. Every reading gets its verdict, by the item's own number; none can be changed afterwards.

    Raises ValidationError for the form where the review is finished already, or where a reading has no verdict, or no
    note to a question.
    """
    locked = LogReview.objects.select_for_update(no_key=True).visible_to(by).get(pk=review.pk)
    if locked.finished_at:
        raise ValidationError("Granskningen är redan avslutad.")
    items = list(locked.items.exclude(event__user=by).select_related("event"))
    for item in items:
        said = verdicts.get(item.pk)
        if said is None or (said.verdict == LogVerdict.ASK and not said.note.strip()):
            raise ValidationError("Varje läsning ska ha ett svar, och det du vill fråga om en anteckning.")
        item.verdict = said.verdict
        item.note = TextBody.objects.write(said.note) if said.note.strip() else None
    LogReviewItem.objects.bulk_update(items, ["verdict", "note"])
    locked.finished_at = stamp()
    locked.save(update_fields=["finished_at"])
    log_change(by=by, part="log_review_finish", persons=persons_of(items))
    return locked


def persons_of(items: Iterable[LogReviewItem]) -> list[UUID]:
    """The persons whom these items name; the items must be read with their events."""
    return [item.person for item in items if not item.is_at_once]
