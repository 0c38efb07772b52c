"""The areas of a kartläggning as its page tells them: of what the user may read."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from participants.models import AreaAnswer, OwnWords
from participants.scope.scope import Scope
from projects.enums import AssessmentArea


@dataclass(frozen=True, slots=True)
class ToldArea:
    """An area with its present answer, and for the own organisation what was written in its stead before."""

    area: AssessmentArea
    answer: AreaAnswer
    corrected: Sequence[AreaAnswer]
    is_own: bool


def told_areas(work: int, scope: Scope) -> list[ToldArea]:
    """The areas of a kartläggning (its key) in their order; of others' those that consent opens. One query.

    Versions that were written while it was under way aren't told: they were no statement yet.
    """
    rows = AreaAnswer.objects.visible_to(scope).filter(work=work).select_related("answer", "why", "recorded_by")
    versions: dict[AssessmentArea, list[AreaAnswer]] = defaultdict(list)
    for row in rows.order_by("pk"):
        versions[AssessmentArea(row.area)].append(row)
    return [_told(area, versions[area], scope) for area in AssessmentArea if area in versions]


def _told(area: AssessmentArea, versions: Sequence[AreaAnswer], scope: Scope) -> ToldArea:
    """The last version, after those that it or one between them corrects."""
    is_own = versions[-1].owner_id == scope.user.organisation_id
    first = next((place for place, row in enumerate(versions) if row.why_id), len(versions))
    return ToldArea(area, versions[-1], versions[first - 1 :] if is_own and first < len(versions) else (), is_own)


def own_words_told(work: int, scope: Scope) -> list[OwnWords]:
    """The participant's own words in a kartläggning (its key), in the order of writing. One query."""
    rows = OwnWords.objects.visible_to(scope).filter(work=work)
    return list(rows.select_related("words", "recorded_by").order_by("pk"))
