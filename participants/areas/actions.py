"""Answering the areas of a kartläggning, and saying that it is complete."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp_day
from core.enums import Category
from core.facts import supersede
from core.forms.concurrency import ChangedMeanwhile
from core.forms.saving import NothingToSave
from core.models import TextBody
from participants.amending.versions import lock_version
from participants.areas.page import answers_now, in_numbers, missing_areas, work_under_way
from participants.assessment.actions import record_assessment
from participants.locking import lock_case
from participants.models import AreaAnswer, Assessment, AssessmentWork, Enrolment, OwnWords
from projects.enums import AssessmentArea

NOTHING_WRITTEN: Final = "Skriv i minst ett område, eller kryssa för att deltagaren inte vill svara."
NOTHING_NEW: Final = "Inget hade ändrats sedan det sparades."


@dataclass(frozen=True, slots=True)
class AreaReply:
    """The answer of an area on its way in: words, or that the participant doesn't want to answer; or nothing yet."""

    text: str = ""
    declines: bool = False

    @property
    def columns(self) -> dict[str, Any]:
        """As a new answer has them."""
        return {"answer": TextBody.objects.write(self.text) if self.text else None, "declines": self.declines}

    @classmethod
    def of(cls, answer: AreaAnswer | None) -> "AreaReply":
        """The stored answer as a reply; an empty one where there is none."""
        return cls(str(answer.answer or ""), answer.declines) if answer else cls()


@action
def save_areas(
    *, enrolment: Enrolment, replies: Mapping[AssessmentArea, AreaReply], own_words: str = "", by: User
) -> AssessmentWork:
    """Save answers of these areas in the kartläggning that is under way, or begin one. Other areas stay as they are.

    `own_words` are the participant's, and are added to those that were written before. Raises NothingToSave where
    nothing is new, and ValidationError for the form where nothing is begun by it.
    """
    case = lock_case(enrolment)
    work = work_under_way(case)
    now = answers_now(work) if work else {}
    new = {area: reply for area, reply in replies.items() if reply != AreaReply.of(now.get(area))}
    if not new and not own_words:
        if work:
            raise NothingToSave(work.public_id, NOTHING_NEW)
        raise ValidationError(NOTHING_WRITTEN)
    work = work or AssessmentWork.objects.create(**_of(case, by))
    for area, reply in new.items():
        _answer(work, area, reply, now.get(area), **_of(case, by))
    if own_words:
        OwnWords.objects.create(work=work, words=TextBody.objects.write(own_words), **_of(case, by))
    log_change(by=by, part="assessment_create", persons=[case.participant.public_id])
    return work


@action
def complete_assessment(*, work: AssessmentWork, completed_on: date, summary: str = "", by: User) -> Assessment:
    """Say that the kartläggning is complete: from now on it counts, as of its day.

    Raises ChangedMeanwhile where it is no longer under way, ValidationError for the form while an area has no answer,
    and for `completed_on` before the enrolment.
    """
    case, now = lock_version(work)
    if missing := missing_areas(answers_now(now)):
        raise ValidationError(f"Svar saknas i {in_numbers(missing)}.")
    supersede(now)
    return record_assessment(enrolment=case, completed_on=completed_on, summary=summary, work=now, by=by)


@action
def add_own_words(*, assessment: Assessment, words: str, by: User) -> OwnWords:
    """Add what the participant says of a complete kartläggning, to what was said before.

    Raises ChangedMeanwhile where its version is no longer the one that stands, or it has no areas.
    """
    case, now = lock_version(assessment)
    if now.work is None:
        raise ChangedMeanwhile
    added = OwnWords.objects.create(work=now.work, words=TextBody.objects.write(words), **_of(case, by))
    log_change(by=by, part="assessment_own_words", persons=[case.participant.public_id])
    return added


def _answer(work: AssessmentWork, area: AssessmentArea, reply: AreaReply, old: AreaAnswer | None, **of: Any) -> None:
    """Write the answer in place of the old one; an empty one only takes the old one's place."""
    if old:
        supersede(old)
    if reply != AreaReply():
        chain = {"first_id": old.root_id, "corrects": old} if old else {}
        kind = Category.HEALTH if area == AssessmentArea.HEALTH else Category.ASSESSMENT
        AreaAnswer.objects.create(work=work, area=area, category=kind, **reply.columns, **chain, **of)


def _of(case: Enrolment, by: User) -> dict[str, Any]:
    return {"enrolment": case, "owner": case.owner, "recorded_by": by, "concerns_on": stamp_day()}
