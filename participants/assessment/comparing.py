"""Two kartläggningar of a case side by side, area by area, of what the user may read."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from core.swedish.words import NOTHING
from participants.areas.told import told_areas
from participants.models import Assessment
from participants.scope.scope import Scope
from projects.enums import AssessmentArea


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing as two versions say it, the earlier first: of a kartläggning, and of a plan."""

    label: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether they say different things."""
        return self.before != self.after


def others_of(assessment: Assessment, scope: Scope) -> list[Assessment]:
    """The other kartläggningar of the case that stand, the latest first. One query."""
    rows = Assessment.objects.visible_to(scope).filter(enrolment=assessment.enrolment_id).current()
    return list(rows.exclude(pk=assessment.pk).select_related("summary").order_by("-concerns_on", "-pk"))


def nearest(assessment: Assessment, others: Sequence[Assessment]) -> Assessment:
    """The one that came before it; of the first, the one that came after."""
    earlier = (other for other in others if _order(other) < _order(assessment))
    return next(earlier, others[-1])


def side_by_side(assessments: Sequence[Assessment], scope: Scope) -> list[Beside]:
    """The answers of two kartläggningar, given the earlier first. Areas that the user reads in neither aren't there.
    Two queries."""
    said = [_said(assessment, scope) for assessment in assessments]
    labels = [area.numbered for area in AssessmentArea] + ["Sammanfattning"]
    known = set(chain.from_iterable(said))
    return [Beside(label, *(words.get(label, NOTHING) for words in said)) for label in labels if label in known]


def in_order(assessment: Assessment, other: Assessment) -> list[Assessment]:
    """The earlier first."""
    return sorted([assessment, other], key=_order)


def _said(assessment: Assessment, scope: Scope) -> dict[str, str]:
    areas = told_areas(assessment.work_id, scope) if assessment.work_id else []
    said = {told.area.numbered: told.answer.in_words for told in areas}
    return said | ({"Sammanfattning": assessment.summary.text} if assessment.summary else {})


def _order(assessment: Assessment) -> tuple[object, int]:
    return assessment.concerns_on, assessment.pk
