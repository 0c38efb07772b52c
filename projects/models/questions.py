"""The questions that help to talk about each area of a kartläggning, in a project's own words."""

from django.db import models

from projects.enums import AssessmentArea
from projects.models.project import Project


class AreaQuestions(models.Model):
    """A project's helping questions about one area, one on each line; none where it wants none."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="area_questions")
    area = models.CharField("område", max_length=20, choices=AssessmentArea.choices, editable=False)
    text = models.TextField("frågor", blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["project", "area"], name="area_questions_once"),)

    def __str__(self) -> str:
        return self.text
