"""Each deadline by itself, in the safe version."""

from dataclasses import replace

from reports.figures.each_deadline import DeadlineBook, DeadlineRow, each_deadline
from reports.safe.beside_own import shown_beside
from reports.safe.ground import SafeGround
from reports.statistics.deadlines import DeadlineCounts
from reports.statistics.proportions import is_publishable


def safe_each(safe: SafeGround) -> DeadlineBook:
    """The two counts, due and in time, of each row with a base of at least ten. How the others divide between late and
    not done is hidden."""
    book = each_deadline(safe.ground)
    return replace(book, rows=tuple(_safe(row) for row in book.rows))


def _safe(row: DeadlineRow) -> DeadlineRow:
    is_large = row.counts is not None and is_publishable(row.counts.due)
    return replace(row, counts=_both_counts(row.counts) if is_large else None)


def _both_counts(counts: DeadlineCounts | None) -> DeadlineCounts | None:
    return counts and replace(
        counts, done_late=None, not_done=None, not_yet_due=None, left_before=None, median_days=None
    )


def each_beside_own(book: DeadlineBook, others: DeadlineBook) -> DeadlineBook:
    """Both counts of each row where the base of `others` is empty or large enough by itself."""
    rows = (
        replace(row, counts=shown_beside(_both_counts(row.counts), other.counts))
        for row, other in zip(book.rows, others.rows, strict=True)
    )
    return replace(book, rows=tuple(rows))
