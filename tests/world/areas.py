"""Kartläggningar area by area, by the program's own actions."""

from collections.abc import Collection
from datetime import date

from accounts.models import User
from core.days.dates import today
from participants.areas.actions import AreaReply, complete_assessment, save_areas
from participants.models import Assessment, AssessmentWork, Enrolment
from projects.enums import AssessmentArea


def begun(
    enrolment: Enrolment, by: User, *, text: str = "Svar", but: Collection[AssessmentArea] = (), own_words: str = ""
) -> AssessmentWork:
    """One under way, with words in every area `but` these; the name of the area stands in them."""
    replies = {area: AreaReply(f"{text} {area.value}") for area in AssessmentArea if area not in but}
    return save_areas(enrolment=enrolment, replies=replies, own_words=own_words, by=by)


def mapped(
    enrolment: Enrolment,
    by: User,
    *,
    on: date | None = None,
    summary: str = "",
    text: str = "Svar",
    own_words: str = "",
) -> Assessment:
    """One that is complete."""
    work = begun(enrolment, by, text=text, own_words=own_words)
    return complete_assessment(work=work, completed_on=on or today(), summary=summary, by=by)
