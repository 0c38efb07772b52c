"""Two people saved from the same starting point: the second gets both texts side by side."""

from core.forms.concurrency import Conflict
from core.swedish.words import moment
from projects.ladder.version_form import ComparedForm, differences
from projects.models import Version

__all__ = ["Conflict", "conflict"]


def conflict(*, mine: ComparedForm, stored: ComparedForm, theirs: Version | None = None) -> Conflict:
    """What differs between one's own answers and the stored ones; `theirs` is the version that tells who and when."""
    saved_by = f"{theirs.recorded_by} sparade {moment(theirs.recorded_at)}." if theirs else ""
    return Conflict(saved_by, differences(mine, stored))
