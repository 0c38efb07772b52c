"""The helping questions of a project, area by area."""

from collections.abc import Mapping
from typing import Any

from django import forms

from core.forms.concurrency import Shared, SharedForm
from core.forms.fields import TextField
from projects.enums import AssessmentArea
from projects.models import Project
from projects.questions.page import questions_of


class QuestionsForm(SharedForm):
    """One box for each area, with a question on each line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for area in AssessmentArea:
            self.fields[area.value] = TextField(
                label=area.numbered, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 6})
            )

    @property
    def questions(self) -> dict[AssessmentArea, str]:
        """The questions about each area, without lines that are empty. The form must be valid."""
        return {area: _lines(self.cleaned_data[area.value]) for area in AssessmentArea}


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def questions_facts(project: Project) -> Shared:
    """The questions, which another project leader may be wording too."""

    def read() -> Mapping[str, Any]:
        return {area.value: text for area, text in questions_of(project).items()}

    return Shared([Project.objects.filter(pk=project.pk)], read)
