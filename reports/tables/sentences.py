"""The figures in words: page and paper have identical sentences."""

from collections.abc import Sequence

from core.swedish.words import in_letters, limits, listed
from projects.enums import ExitReason
from projects.models import Project
from reports.datasets import DeadlineRules
from reports.figures.edition import Edition
from reports.figures.steps import TargetOutcome
from reports.statistics.proportions import Status, TargetStanding, standing
from reports.statistics.steps import TargetResult


def verdict(rows: Sequence[TargetOutcome], edition: Edition) -> tuple[str, ...]:
    """The whole in sentences, the answer first: «Två av fem mål är nådda.», «Steg 1 ligger under målet också när
    osäkerheten räknas in.» `rows` are the targets that the project has set: one for two steps together stands beside
    theirs and isn't counted once more."""
    sentences = (_reached(rows), _clearly_below(rows), _too_early(rows, edition), _hidden(rows, edition))
    return tuple(sentence for sentence in sentences if sentence)


def met_of_judged(rows: Sequence[TargetOutcome]) -> tuple[int, int]:
    """How many targets are met, and how many anything can be said of: not those that are hidden or too early."""
    judged = _judged(rows)
    return sum(1 for row in judged if row.result and row.result.status == Status.MET), len(judged)


def _judged(rows: Sequence[TargetOutcome]) -> list[TargetOutcome]:
    return [row for row in rows if row.result and row.result.status != Status.TOO_EARLY]


def _reached(rows: Sequence[TargetOutcome]) -> str:
    met, judged = met_of_judged(rows)
    if not judged:
        return ""
    if judged == 1:
        return f"{_judged(rows)[0].name}: målet är {'' if met else 'inte '}nått."
    if met in (0, judged):
        return f"{'Alla' if met else 'Inget av'} {in_letters(judged)} mål är {'nådda' if met else 'nått'}."
    return f"{in_letters(met).capitalize()} av {in_letters(judged)} mål är {'nått' if met == 1 else 'nådda'}."


def _clearly_below(rows: Sequence[TargetOutcome]) -> str:
    below = [
        row.target.step
        for row in rows
        if row.result and standing(row.result.interval, row.target.percent) is TargetStanding.BELOW
    ]
    if not below:
        return ""
    return f"Steg {_step_numbers(below)} ligger under målet också när osäkerheten räknas in."


def _too_early(rows: Sequence[TargetOutcome], edition: Edition) -> str:
    early = [row.target.step for row in rows if row.result and row.result.status == Status.TOO_EARLY]
    if not early:
        return ""
    if edition.is_at_end:
        return f"Steg {_step_numbers(early)} går inte att pröva: ingens tid hann gå ut."
    return f"För steg {_step_numbers(early)} är det för tidigt att säga något: ingens tid har gått ut än."


def _hidden(rows: Sequence[TargetOutcome], edition: Edition) -> str:
    hidden = [row.target.step for row in rows if row.result is None]
    return f"Steg {_step_numbers(hidden)} visas inte, för det är {small_base(edition)}." if hidden else ""


def small_base(edition: Edition) -> str:
    """«färre än tio i underlaget»; to somebody who knows some of the persons, without those."""
    return "färre än tio i underlaget" + (" utöver dina egna ärenden" if edition.is_beside_own else "")


def not_counted(combined: Sequence[TargetOutcome]) -> str:
    """Words for the row of several targets together, which isn't one more target; empty where there is none."""
    return " ".join(f"Raden {row.name} lägger ihop de målen. Den räknas inte som ett mål till." for row in combined)


def unassessed(result: TargetResult) -> str:
    """«13 inte bedömda: 75,9–100 %», the share if none and if all of them had cleared the step.

    Empty where nobody is left unassessed, and where their number may not be shown.
    """
    if (highest := most(result)) is None:
        return ""
    return f"{result.not_assessed} inte bedömda: {limits(result.share or 0, highest, aim=result.target.percent)}"


def most(result: TargetResult) -> float | None:
    """The share if all of the unassessed had cleared the step; None where nobody is, or their number is hidden."""
    return (result.cleared_in_time + result.not_assessed) / result.due if result.not_assessed else None


def unshown(result: TargetResult) -> str:
    """Words for a bar without a hatched part since the number of the unassessed is hidden; empty where it is known, or
    nobody is due."""
    return "antalet obedömda visas inte" if result.due and result.not_assessed is None else ""


def _step_numbers(steps: Sequence[int]) -> str:
    """1, 2, 2 and 3 → «1, 2 och 3»."""
    return listed([str(step) for step in dict.fromkeys(steps)])


def beyond_control(project: Project) -> str:
    """The reasons that the second figure leaves out, as «avliden eller flyttat»."""
    labels = dict(ExitReason.choices)
    return listed([str(labels.get(reason, reason)).lower() for reason in project.beyond_control], "eller")


def deadline_words(rules: DeadlineRules) -> str:
    """«inom 14 dagar», or each with its own number of days."""
    if rules.assessment_days == rules.plan_days:
        return f"inom {rules.days} dagar"
    return f"kartläggning inom {rules.assessment_days} och plan inom {rules.plan_days} dagar"
