"""Two people saved from the same starting point: the second gets both texts side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from projects.forms.versions import ComparedForm, Difference, differences
from projects.models import Version


@dataclass(frozen=True, slots=True)
class Conflict:
    """What somebody saved while one was writing: the page shows it beside what one wrote oneself."""

    differences: Sequence[Difference]
    theirs: Version | None = None


def conflict(*, mine: ComparedForm, stored: ComparedForm, theirs: Version | None = None) -> Conflict:
    """What differs between one's own answers and the stored ones; `theirs` is the version that tells who and when."""
    return Conflict(differences(mine, stored), theirs)
