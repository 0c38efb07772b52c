"""The proposal that the answers to a step's criteria make. People make the judgement; the criteria only support it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from actionplans.enums import CriterionOutcome, Outcome
from projects.enums import StepRule
from projects.models import Step, StepCriterion

# A step cleared longer than this before its assessment takes a reason.
LATE_AFTER_DAYS = 14


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one criterion."""

    outcome: CriterionOutcome
    why: str = ""
    supervisor: str = ""


def propose(step: Step, criteria: Sequence[StepCriterion], answers: Mapping[int, Answer]) -> Outcome:
    """The proposal of the answers: cleared or not yet. `answers` is by the criterion's primary key.

    A required criterion must be met, unless it is one that a full-time sick-listing lifts.
    """
    applying = [criterion for criterion in criteria if _outcome(answers, criterion) != CriterionOutcome.NOT_APPLICABLE]
    met = [criterion for criterion in applying if _outcome(answers, criterion) == CriterionOutcome.MET]
    lifted = [criterion for criterion in criteria if criterion not in applying and criterion.exempts_full_time_sick]
    if any(criterion.is_required and criterion not in met and criterion not in lifted for criterion in criteria):
        return Outcome.NOT_CLEARED
    enough = len(applying) if step.rule == StepRule.ALL else step.at_least
    return Outcome.CLEARED if met and len(met) >= enough else Outcome.NOT_CLEARED


def _outcome(answers: Mapping[int, Answer], criterion: StepCriterion) -> CriterionOutcome | None:
    answer = answers.get(criterion.pk)
    return answer.outcome if answer else None


def rule_in_words(step: Step) -> str:
    """How the proposal comes about, for the page."""
    if step.rule == StepRule.ALL:
        return "Steget föreslås som klarat när alla kriterier som gäller är uppfyllda."
    required = [criterion.text.lower() for criterion in step.criteria.all() if criterion.is_required]
    among = f", bland dem «{required[0]}»" if required else ""
    return f"Steget föreslås som klarat när {step.fewest_in_words}{among}."


@dataclass(frozen=True, slots=True, kw_only=True)
class StepJudgement:
    """A step assessment on its way in."""

    step: Step
    outcome: Outcome
    cleared_on: date | None = None
    answers: Mapping[int, Answer]
    departure: str = ""
    late_reason: str = ""
    other_support: bool | None = None

    def faults(self, *, assessed_on: date, enrolled_on: date, exited_on: date | None, holds: bool) -> dict[str, str]:
        """Faults of an assessment, by field, each with what to do about it; empty when it can be saved."""
        return {
            **self._answer_faults(),
            **self._outcome_faults(holds),
            **(self._clearing_faults(assessed_on, enrolled_on, exited_on) if self.outcome == Outcome.CLEARED else {}),
        }

    @property
    def proposal(self) -> Outcome:
        """The proposal that the answers make."""
        return propose(self.step, list(self.step.criteria.all()), self.answers)

    def _answer_faults(self) -> dict[str, str]:
        faults = {}
        for criterion in self.step.criteria.all():
            answer = self.answers.get(criterion.pk)
            if answer is None:
                if self.outcome != Outcome.LOST:
                    faults[f"criterion_{criterion.pk}"] = "Svara ja, nej eller gäller inte."
            elif answer.outcome == CriterionOutcome.NOT_APPLICABLE and not answer.why.strip():
                faults[f"why_{criterion.pk}"] = f"Skriv varför «{criterion.text}» inte gäller."
            elif answer.outcome == CriterionOutcome.MET and criterion.supervisor_required and not answer.supervisor:
                faults[f"supervisor_{criterion.pk}"] = f"Skriv vem som är handledare för «{criterion.text}»."
        return faults

    def _outcome_faults(self, holds: bool) -> dict[str, str]:
        if self.outcome == Outcome.LOST:
            if not holds:
                return {"outcome": "Steget var inte klarat den dagen, så det kan inte ha gått förlorat."}
            return {} if self.departure.strip() else {"departure": "Skriv varför steget inte längre är klarat."}
        if self.outcome != self.proposal and not self.departure.strip():
            return {"departure": "Bedömningen skiljer sig från förslaget. Skriv varför."}
        return {}

    def _clearing_faults(self, assessed_on: date, enrolled_on: date, exited_on: date | None) -> dict[str, str]:
        faults = {}
        if self.cleared_on is None:
            faults["cleared_on"] = "Skriv vilken dag steget blev klarat."
        elif self.cleared_on > assessed_on:
            faults["cleared_on"] = "Steget kan inte vara klarat efter mötesdagen."
        elif self.cleared_on < enrolled_on:
            faults["cleared_on"] = "Steget kan inte vara klarat före inskrivningen."
        elif exited_on and self.cleared_on > exited_on:
            faults["cleared_on"] = "Steget kan inte vara klarat efter avslutet."
        elif (assessed_on - self.cleared_on).days > LATE_AFTER_DAYS and not self.late_reason.strip():
            faults["late_reason"] = f"Dagen ligger mer än {LATE_AFTER_DAYS} dagar före mötet. Skriv varför."
        return {**faults, **self._support_faults()}

    def _support_faults(self) -> dict[str, str]:
        if not self.step.self_support:
            return {}
        if self.other_support is None:
            return {"other_support": "Svara om deltagaren har annat stöd den månaden."}
        highest = not self.step.ladder.steps.filter(self_support=True, number__gt=self.step.number).exists()
        if highest and self.other_support:
            return {"other_support": "Den som också har stöd försörjer sig delvis själv: bedöm det lägre steget."}
        if not highest and not self.other_support:
            return {"other_support": "Den som klarar sig utan stöd försörjer sig helt själv: bedöm det högre steget."}
        return {}
