"""Result targets: how many are to clear which step in how long."""

from collections.abc import Sequence

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from projects.models.project import Project
from projects.models.version import Version, one_current_per_day


class TargetVersion(Version):
    """One version of a project's result targets: for those enrolled from `valid_from` on."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="target_versions")

    class Meta(Version.Meta):
        constraints = (one_current_per_day("targets_one_current_per_day"),)

    def __str__(self) -> str:
        return f"Resultatmål från {self.valid_from}"


class ResultTarget(models.Model):
    """So many per cent shall have cleared a step within so many months."""

    version = models.ForeignKey(TargetVersion, models.CASCADE, related_name="targets")
    step_number = models.PositiveSmallIntegerField("steg")
    months = models.PositiveSmallIntegerField("månader", validators=[MinValueValidator(1), MaxValueValidator(60)])
    percent = models.PositiveSmallIntegerField("procent", validators=[MinValueValidator(1), MaxValueValidator(100)])
    counts_higher = models.BooleanField("ett högre steg räknas också", default=True)
    exclusive = models.BooleanField("räknas bara på det högsta steget", default=False)

    class Meta:
        ordering = ("step_number",)
        constraints = (
            models.UniqueConstraint(fields=["version", "step_number"], name="target_once_per_step"),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100, months__gte=1),
                name="target_in_range",
                violation_error_message="Ange 1–100 procent och minst 1 månad.",
            ),
        )

    def __str__(self) -> str:
        return f"Steg {self.step_number}: {self.percent} % på {self.months} månader"


def lowest_of_group(targets: Sequence[ResultTarget]) -> ResultTarget | None:
    """Of a version's targets the lowest exclusive one, which stands for what the exclusive ones are to reach together.

    None where they aren't a group: where there are fewer than two, or where they share no due day.
    """
    exclusive = [target for target in targets if target.exclusive]
    if len(exclusive) < 2 or len({target.months for target in exclusive}) > 1:
        return None
    return min(exclusive, key=lambda target: target.step_number)
