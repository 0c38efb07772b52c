"""Putting the areas of a kartläggning right: an answer anew, or all of what was begun taken back."""

from typing import Final

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action
from core.forms.concurrency import ChangedMeanwhile
from participants.amending.versions import last_version, lock_version, next_version, require_author
from participants.amending.words import Noun
from participants.areas.actions import AreaReply
from participants.areas.page import completed_as
from participants.areas.whose import supersede_answers
from participants.models import AreaAnswer, AssessmentWork

ANSWER: Final = Noun("svaret", "återtaget", "rättat")
WORK: Final = Noun("den påbörjade kartläggningen", "återtagen", "ändrad")


@action
def correct_area(*, answer: AreaAnswer, reply: AreaReply, why: str, by: User) -> AreaAnswer:
    """A new version of the answer in one area of a complete kartläggning; the one before stays in the history.

    Raises ChangedMeanwhile where the version is no longer the one that stands, or the kartläggning isn't complete.
    """
    case, old = lock_version(answer)
    if completed_as(old.work) is None:
        raise ChangedMeanwhile
    new = next_version(old, why, by, **reply.columns)
    log_change(by=by, part="area_edit", persons=[case.participant.public_id])
    return new


@action
def take_back_work(*, work: AssessmentWork, reason: str, by: User) -> AssessmentWork:
    """Take back a kartläggning that was begun, with all that was answered in it; the next one begins anew.

    Raises PermissionDenied for others than who began it and the coordinators, ChangedMeanwhile where it is no longer
    under way.
    """
    case, old = lock_version(work)
    require_author(old, case, by)
    end = last_version(old, reason, by)
    supersede_answers(old)
    log_change(by=by, part="assessment_work_take_back", persons=[case.participant.public_id])
    return end
