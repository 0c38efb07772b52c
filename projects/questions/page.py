"""The helping questions of a project: its own where it has worded them, else the model's."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from projects.enums import AssessmentArea
from projects.models import AreaQuestions, Project

_MODEL = Path(__file__).parent / "data" / "model.json"


def questions_of(project: Project) -> dict[AssessmentArea, str]:
    """The questions about each area, one on each line. One query."""
    own = dict(AreaQuestions.objects.filter(project=project).values_list("area", "text"))
    return {area: own.get(area, model) for area, model in model_questions().items()}


@cache
def model_questions() -> Mapping[AssessmentArea, str]:
    """The questions that every project begins with."""
    said = json.loads(_MODEL.read_text(encoding="utf-8"))
    return {area: "\n".join(said[area.value]) for area in AssessmentArea}
