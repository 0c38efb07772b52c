"""The step clock: what every figure about steps reads. Derived from facts; rebuilt by `rebuild_step_clock`."""

from typing import ClassVar, Self

from django.db import models

from core.enums import Category, Disposal
from core.privacy import InExtract
from participants.enums import ExitReason
from participants.models import Enrolment
from participants.scope.scope import Scope
from projects.models import Project, ResultTarget


class StepClockQuerySet(models.QuerySet):
    """Reads of the clock."""

    def visible_to(self, scope: Scope) -> Self:
        """Clocks of cases whose steps the user may read."""
        return self.filter(scope.in_cases(scope.cases_with(Category.STEPS)))

    def to_judge(self) -> Self:
        """Clocks of steps with a day that are neither judged nor covered by a higher one that is cleared. It goes when
        the step is judged, and never unjudged. Steps about self-support have no day for each person: they are targets
        for the group."""
        return self.filter(due_on__isnull=False, reached_on=None, assessed_on=None, target__exclusive=False)


class StepClock(models.Model):
    """One enrolment and one step of its ladder.

    `due_on`        the target's day; none where the project has no target for the step
    `cleared_on`    first day this step itself was cleared
    `reached_on`    first day this step or a higher one was cleared
    `assessed_on`   first day this step was assessed
    `held_on_due`   whether the step was held when the due day ended (any later step counts where the target says so)
    `holds_now`     whether the step itself is held by its latest assessment

    What figures count by, which is nothing new (see actionplans.steps.tally_code):

    `stopped_on`    the day the project ended for them; none where they left for another reason, or haven't
    `code`          how the clock stands to its due day; none where there is no target, or the enrolment isn't counted
    `event_on`      the day on which the target's curve rises; none where it doesn't, or after `stopped_on`
    `rise`          the quarter of that day, and how many days after enrolment it is
    """

    personal_category: ClassVar[Category] = Category.STEPS
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "project": Disposal.CODE,
        "step_number": Disposal.CODE,
        "target": Disposal.CODE,
        "enrolled_on": Disposal.DATE,
        "exited_on": Disposal.DATE,
        "exit_reason": Disposal.CODE,
        "due_on": Disposal.DATE,
        "cleared_on": Disposal.DATE,
        "reached_on": Disposal.DATE,
        "assessed_on": Disposal.DATE,
        "held_on_due": Disposal.CODE,
        "holds_now": Disposal.CODE,
        "stopped_on": Disposal.DATE,
        "code": Disposal.CODE,
        "event_on": Disposal.DATE,
        "rise": Disposal.CODE,
    }
    in_extract = InExtract(
        310,
        "Uträknat om stegen",
        {
            "step_number": "Steg",
            "target": "Mål",
            "due_on": "Målets dag",
            "cleared_on": "Klarat",
            "reached_on": "Nått det här steget eller ett högre",
            "assessed_on": "Först bedömt",
            "held_on_due": "Kvar på steget på målets dag",
            "holds_now": "Kvar på steget nu",
            "stopped_on": "Projektet tog slut",
            "code": "Tal för statistiken: läget på målets dag",
            "event_on": "Räknas som klarat i kurvan",
            "rise": "Tal för statistiken: kvartalet och dagarna till dess",
        },
        codes={"exit_reason": ExitReason},
    )

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="clocks")
    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    step_number = models.PositiveSmallIntegerField()
    target = models.ForeignKey(ResultTarget, models.PROTECT, null=True, related_name="+")
    enrolled_on = models.DateField()
    exited_on = models.DateField(null=True)
    exit_reason = models.CharField(max_length=30, blank=True)
    due_on = models.DateField(null=True)
    cleared_on = models.DateField(null=True)
    reached_on = models.DateField(null=True)
    assessed_on = models.DateField(null=True)
    held_on_due = models.BooleanField(default=False)
    holds_now = models.BooleanField(default=False)
    stopped_on = models.DateField(null=True)
    code = models.IntegerField(null=True)
    event_on = models.DateField(null=True)
    rise = models.IntegerField(null=True)

    objects: ClassVar[StepClockQuerySet] = StepClockQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (models.UniqueConstraint(fields=["enrolment", "step_number"], name="clock_once_per_step"),)
        indexes = (
            # Every figure about steps is counted from these alone, in their order: targets, curves, and who is still on
            # the way.
            models.Index(
                fields=["project", "target", "code", "enrolled_on", "due_on", "stopped_on"],
                condition=models.Q(code__isnull=False),
                name="clock_tallies",
            ),
            models.Index(
                fields=["project", "target", "rise", "enrolled_on", "event_on"],
                condition=models.Q(rise__isnull=False),
                name="clock_rises",
            ),
            models.Index(
                fields=["project", "target", "enrolled_on", "stopped_on", "event_on", "code"],
                condition=models.Q(code__isnull=False),
                name="clock_waiting",
            ),
            # For the participant list's filter by step: who holds which step now.
            models.Index(
                fields=["project", "step_number", "enrolment"], condition=models.Q(holds_now=True), name="clock_held"
            ),
        )

    def __str__(self) -> str:
        return f"Steg {self.step_number}"
