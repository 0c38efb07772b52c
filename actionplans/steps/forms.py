"""The part of the meeting page where a step is judged: its questions, and the judgement that the answers make."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import BigIntegerField, DateField, Exists, OuterRef, QuerySet, Subquery

from actionplans.enums import CriterionOutcome, Outcome
from actionplans.models import StepClock
from actionplans.steps.judgement import Answer, StepJudgement, propose, rule_in_words
from core.forms.fields import DayField, TextWhenAsked, WhenAsked
from core.prepared.questions import prepared
from participants.models import Enrolment, SickListing
from projects.models import Ladder, Step, StepCriterion

AS_PROPOSED = "as_proposed"
FULL_TIME_SICK = "Sjukskriven på heltid"
_YES_NO = {"yes": True, "no": False}


class DayWhenAsked(WhenAsked, DayField):
    """A day that some answers call for."""


class StepSelect(forms.RadioSelect):
    """Marks the steps about self-support, so that the page can ask about other support for them alone."""

    self_support: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.self_support:
            option["attrs"]["data-self-support"] = True
        return option


def steps_of(enrolment: Enrolment) -> list[Step]:
    """The steps of the ladder that the enrolment belongs to, with their criteria; each knows as `is_held` whether it is
    cleared already. Two queries."""
    key = {"project": enrolment.project_id, "on": enrolment.enrolled_on}
    steps, found = _steps.ask(enrolment=enrolment.pk, **key), _criteria.ask(**key)
    for step in steps:
        # As prefetching leaves them, which no prepared question does.
        criteria = step.criteria.all()
        criteria._result_cache = [criterion for criterion in found if criterion.step_id == step.pk]
        step._prefetched_objects_cache = {"criteria": criteria}
    return steps


@prepared(project=BigIntegerField(), on=DateField(), enrolment=BigIntegerField())
def _steps(*, project: Any, on: Any, enrolment: Any) -> QuerySet:
    steps = Step.objects.filter(ladder=Subquery(_in_force(project, on))).select_related("ladder")
    held = StepClock.objects.filter(enrolment=enrolment, step_number=OuterRef("number"), holds_now=True)
    return steps.annotate(is_held=Exists(held))


@prepared(project=BigIntegerField(), on=DateField())
def _criteria(*, project: Any, on: Any) -> QuerySet:
    return StepCriterion.objects.filter(step__ladder=Subquery(_in_force(project, on)))


def _in_force(project: Any, on: Any) -> QuerySet:
    return Ladder.objects.filter(project=project).in_force(on).values("pk")[:1]


def step_choices(steps: Sequence[Any]) -> list[tuple[str, str]]:
    """The steps that can be judged, as `steps_of` gives them: «2 Tar ansvar (klarat)»."""
    return [(str(step.number), f"{step} (klarat)" if step.is_held else str(step)) for step in steps]


def propose_step(field: forms.Field, steps: Sequence[Step], proposed: str) -> None:
    """Have the field open with a step, by its number, where the ladder has it; and know those about self-support."""
    field.initial = proposed if proposed in [str(step.number) for step in steps] else ""
    cast(StepSelect, field.widget).self_support = frozenset(str(step.number) for step in steps if step.self_support)


def is_full_time_sick(enrolment: Enrolment, on: date) -> bool:
    """Whether the participant is sick-listed full time on the day."""
    return bool(_full_time.ask(enrolment=enrolment.pk, on=on))


@prepared(enrolment=BigIntegerField(), on=DateField())
def _full_time(*, enrolment: Any, on: Any) -> QuerySet[SickListing, Any]:
    return SickListing.objects.filter(enrolment=enrolment).full_time().on(on).values_list("pk")


@dataclass(frozen=True, slots=True)
class Situation:
    """A case on a day, as far as the page of steps needs it. Read in one query."""

    is_sick: bool
    next_step: int | None
    next_step_on: date | None

    @classmethod
    def of(cls, enrolment: Enrolment, on: date) -> "Situation":
        """The next step that has a day of its own; steps about self-support are targets for the group."""
        ahead = StepClock.objects.filter(
            enrolment=OuterRef("pk"), due_on__gt=on, reached_on=None, target__exclusive=False
        ).order_by("due_on", "step_number")
        sick = SickListing.objects.filter(enrolment=OuterRef("pk")).full_time().on(on)
        found = Enrolment.objects.filter(pk=enrolment.pk).values_list(
            Exists(sick), Subquery(ahead.values("step_number")[:1]), Subquery(ahead.values("due_on")[:1])
        )
        return cls(*found.get())


# For those who may not read of steps and sick-listing: nothing is proposed by them.
NOTHING_KNOWN = Situation(is_sick=False, next_step=None, next_step_on=None)


def criterion_fields(criterion: StepCriterion, *, is_sick: Callable[[], bool]) -> dict[str, forms.Field]:
    """The questions about one criterion, by name. Whether the participant is sick is asked where an answer is filled in
    by it."""
    may_be_exempt = criterion.exempts_full_time_sick
    fields: dict[str, forms.Field] = {
        f"criterion_{criterion.pk}": forms.ChoiceField(
            label=criterion.text,
            required=False,
            choices=CriterionOutcome.choices,
            widget=forms.RadioSelect,
            initial=(lambda: CriterionOutcome.NOT_APPLICABLE if is_sick() else None) if may_be_exempt else None,
        ),
        f"why_{criterion.pk}": TextWhenAsked(
            label="Varför det inte gäller",
            max_length=500,
            says_who=False,
            initial=(lambda: FULL_TIME_SICK if is_sick() else "") if may_be_exempt else "",
        ),
    }
    if criterion.supervisor_required:
        fields[f"supervisor_{criterion.pk}"] = TextWhenAsked(
            label="Handledare på platsen", max_length=120, says_who=True
        )
    return fields


def section(form: forms.Form, step: Step) -> dict[str, Any]:
    """A step with its criteria as bound fields, for the page."""
    criteria = [
        {
            "field": form[f"criterion_{criterion.pk}"],
            "why": form[f"why_{criterion.pk}"],
            "supervisor": form[f"supervisor_{criterion.pk}"] if criterion.supervisor_required else None,
        }
        for criterion in step.criteria.all()
    ]
    return {"step": step, "criteria": criteria}


def judgement(step: Step, data: Mapping[str, Any], *, assessed_on: date, is_sick: bool) -> StepJudgement:
    """The judgement of a step in the form. The choice «According to the proposal» becomes what the answers propose."""
    answers = _answers(step, data, is_sick=is_sick)
    chosen = data.get("outcome") or AS_PROPOSED
    as_proposed = chosen == AS_PROPOSED
    outcome = propose(step, list(step.criteria.all()), answers) if as_proposed else Outcome(chosen)
    is_cleared = outcome == Outcome.CLEARED
    return StepJudgement(
        step=step,
        outcome=outcome,
        cleared_on=(data.get("cleared_on") or assessed_on) if is_cleared else None,
        answers=answers,
        departure="" if as_proposed else data.get("departure", ""),
        late_reason=data.get("late_reason", "") if is_cleared else "",
        other_support=_YES_NO.get(data.get("other_support", "")) if is_cleared and step.self_support else None,
    )


def proposal_so_far(steps: Sequence[Step], data: Mapping[str, Any], *, is_sick: bool) -> dict[str, Any]:
    """The proposal of the answers so far, and how many answers are missing; asked for while the page is being filled
    in. Before the first answer (`is_begun`) there is only the rule to tell."""
    step = next((step for step in steps if str(step.number) == data.get("step")), None)
    if step is None:
        return {}
    criteria = list(step.criteria.all())
    answers = _answers(step, data, is_sick=is_sick)
    return {
        "step": step,
        "is_begun": bool(answers) or not criteria,
        "left": len(criteria) - len(answers),
        "is_cleared": propose(step, criteria, answers) == Outcome.CLEARED,
        "rule": rule_in_words(step),
    }


def not_asked(steps: Sequence[Step], data: Mapping[str, Any]) -> Iterator[str]:
    """Names of the fields about steps that the answers don't ask for: everything about a step that isn't judged, and
    what another outcome, or another answer to its criterion, would call for."""
    chosen = next((step for step in steps if str(step.number) == data.get("step")), None)
    outcome = data.get("outcome") or AS_PROPOSED
    if chosen is None:
        yield from ("outcome", "departure", "cleared_on", "late_reason", "other_support")
    elif outcome in (Outcome.NOT_CLEARED, Outcome.LOST):
        yield from ("cleared_on", "late_reason", "other_support")
    elif not chosen.self_support:
        yield "other_support"
    if chosen and outcome == AS_PROPOSED:
        yield "departure"
    for step in steps:
        yield from _not_asked_of(step, data if step is chosen else None)


def _not_asked_of(step: Step, data: Mapping[str, Any] | None) -> Iterator[str]:
    """Of the criteria of a step; `data` is None where it isn't the one that is judged."""
    for criterion in step.criteria.all():
        name = f"criterion_{criterion.pk}"
        answer = data.get(name) if data is not None else None
        if data is None:
            yield name
        if answer != CriterionOutcome.NOT_APPLICABLE:
            yield f"why_{criterion.pk}"
        if answer != CriterionOutcome.MET:
            yield f"supervisor_{criterion.pk}"


def _answers(step: Step, data: Mapping[str, Any], *, is_sick: bool) -> dict[int, Answer]:
    found = {criterion.pk: _answer(criterion, data, is_sick=is_sick) for criterion in step.criteria.all()}
    return {key: answer for key, answer in found.items() if answer is not None}


def _answer(criterion: StepCriterion, data: Mapping[str, Any], *, is_sick: bool) -> Answer | None:
    """The answer to one criterion. A person who is sick-listed full time on the day is exempt, also if something else
    was chosen."""
    why = data.get(f"why_{criterion.pk}") or ""
    if is_sick and criterion.exempts_full_time_sick:
        return Answer(CriterionOutcome.NOT_APPLICABLE, why=why or FULL_TIME_SICK)
    given = data.get(f"criterion_{criterion.pk}")
    if given not in CriterionOutcome.values:
        return None
    outcome = CriterionOutcome(given)
    supervisor = (data.get(f"supervisor_{criterion.pk}") or "").strip()
    return Answer(
        outcome,
        why=why if outcome == CriterionOutcome.NOT_APPLICABLE else "",
        supervisor=supervisor if outcome == CriterionOutcome.MET else "",
    )
