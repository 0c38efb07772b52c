"""Ladders: their steps, with the criteria of each."""

from django.db import models

from core.swedish.words import in_letters
from projects.enums import StepRule
from projects.models.project import Project
from projects.models.version import Version, one_current_per_day


class Ladder(Version):
    """One version of a project's ladder of steps."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="ladders")

    class Meta(Version.Meta):
        constraints = (one_current_per_day("ladder_one_current_per_day"),)

    def __str__(self) -> str:
        return f"Stege från {self.valid_from}"


class Step(models.Model):
    """A step of one ladder version. Steps measure; they lock nothing."""

    ladder = models.ForeignKey(Ladder, models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField("nummer")
    name = models.CharField("namn", max_length=60)
    meaning = models.CharField("innebär", max_length=300, blank=True)
    rule = models.CharField("förslagsregel", max_length=10, choices=StepRule.choices)
    at_least = models.PositiveSmallIntegerField("minst antal", default=1)
    self_support = models.BooleanField(
        "handlar om egen försörjning", default=False, help_text="Varje inskrivning räknas på det högsta av dessa steg."
    )

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["ladder", "number"], name="step_number_once_per_ladder"),)

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def fewest_in_words(self) -> str:
        """«minst ett kriterium är uppfyllt» or «minst två kriterier är uppfyllda»: what its rule calls for."""
        what = "kriterium är uppfyllt" if self.at_least == 1 else "kriterier är uppfyllda"
        return f"minst {in_letters(self.at_least)} {what}"


class StepCriterion(models.Model):
    """A criterion that supports the judgement of a step."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField("ordning")
    text = models.CharField("kriterium", max_length=200)
    is_required = models.BooleanField("måste vara uppfyllt", default=False)
    exempts_full_time_sick = models.BooleanField("gäller inte den som är sjukskriven på heltid", default=False)
    supervisor_required = models.BooleanField("kräver handledare", default=False)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["step", "position"], name="criterion_position_once_per_step"),)

    def __str__(self) -> str:
        return self.text
