"""Wording the helping questions of a project."""

from collections.abc import Mapping

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action
from projects.enums import AssessmentArea
from projects.models import AreaQuestions, Project


@action
def word_questions(*, project: Project, questions: Mapping[AssessmentArea, str], by: User) -> Project:
    """Let these be the questions about each area. They help who asks; what has been answered stays as it is."""
    for area, text in questions.items():
        AreaQuestions.objects.update_or_create(project=project, area=area, defaults={"text": text})
    log_change(by=by, part="questions_edit")
    return project
