"""Facts that go with a kartläggning: its areas and the participant's own words, taken back or moved with it."""

from collections.abc import Iterator
from itertools import chain

from django.db.models import QuerySet

from core.actions import stamp
from core.facts import Fact
from participants.amending.moving import Move, carry
from participants.amending.wordings import Wording, in_words
from participants.models import AreaAnswer, AssessmentWork, OwnWords
from participants.scope.scope import Scope


def supersede_answers(work: AssessmentWork) -> None:
    """Let nothing of the areas hold any longer."""
    for model in (AreaAnswer, OwnWords):
        model._default_manager.filter(work=work.root_id).current().update(superseded_at=stamp())


def earlier_answers(work: AssessmentWork, scope: Scope) -> list[Wording]:
    """The own organisation's answers in the areas that say something else than the standing ones. Three queries."""
    answers = AreaAnswer.objects.visible_to(scope).filter(work=work.root_id)
    return in_words(answers, list(answers.current()), scope, but=frozenset({"concerns_on"}))


def carry_areas(move: Move, root: int) -> list[Fact]:
    """Let all that was said in the areas stand in the right case too, or nowhere, and the begun kartläggning with key
    `root` with it. Gives these facts."""
    works = AssessmentWork.objects.filter(pk=root)
    kinds = [list(rows) for rows in (works, *_rows(root))]
    for rows in kinds:
        carry(move, rows)
    return list(chain.from_iterable(kinds))


def _rows(root: int) -> Iterator[QuerySet]:
    for model in (AreaAnswer, OwnWords):
        yield model._default_manager.placed().filter(work=root).order_by("pk")
