"""The proposal that the criteria make, and what a judgement must say before it can be saved."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from actionplans.enums import CriterionOutcome, Outcome
from actionplans.steps.judgement import Answer, StepJudgement, propose, rule_in_words
from core.days.dates import today
from projects.actions import ladder_on
from tests.world.worlds import model_project

YES, NO, NA = CriterionOutcome.MET, CriterionOutcome.NOT_MET, CriterionOutcome.NOT_APPLICABLE
MARKS = {"j": YES, "n": NO, "-": NA}
MET_ON, ENROLLED_ON = date(2026, 5, 4), date(2026, 1, 12)


@pytest.fixture
def steps(db):
    return {step.number: step for step in ladder_on(model_project(), today()).steps.all()}


def answers(step, marks: str) -> dict[int, Answer]:
    """«jn-» answers the first criterion yes, the second no, the third doesn't apply; «.» leaves one unanswered."""
    pairs = zip(step.criteria.all(), marks, strict=True)
    return {
        criterion.pk: Answer(MARKS[mark], why="Därför" if mark == "-" else "", supervisor="Kim" if mark == "j" else "")
        for criterion, mark in pairs
        if mark != "."
    }


def judge(step, marks: str, outcome: Outcome = Outcome.CLEARED, **fields) -> StepJudgement:
    fields.setdefault("cleared_on", MET_ON if outcome == Outcome.CLEARED else None)
    return StepJudgement(step=step, outcome=outcome, answers=answers(step, marks), **fields)


def faults(judgement: StepJudgement, **situation) -> dict[str, str]:
    common = {"assessed_on": MET_ON, "enrolled_on": ENROLLED_ON, "exited_on": None, "holds": False}
    return judgement.faults(**{**common, **situation})


# By the model ladder: step 1 all that apply, step 2 two with the third («ser till att …») among them, 3–5 one.
PROPOSALS = [
    (1, "jjjjjj", True),
    (1, "jjjjj-", True),
    (1, "jjjjjn", False),
    (1, "njjjjj", False),
    (1, "jjjjj.", False),
    (1, "j-----", True),
    (1, "------", False),
    (2, "j.j..", True),
    (2, "jjjnn", True),
    (2, "nnj-j", True),
    (2, "jjnjj", False),
    (2, "jj-jj", False),
    (2, "nnjnn", False),
    (2, ".....", False),
    (3, "jnn", True),
    (3, "nnj", True),
    (3, "nnn", False),
    (3, "---", False),
    (4, "jn", True),
    (4, "nn", False),
    (5, "nnnnj", True),
    (5, "nnnnn", False),
]


@pytest.mark.parametrize(("number", "marks", "cleared"), PROPOSALS)
def test_the_criteria_propose(steps, number, marks, cleared) -> None:
    step = steps[number]
    expected = Outcome.CLEARED if cleared else Outcome.NOT_CLEARED
    assert propose(step, list(step.criteria.all()), answers(step, marks)) == expected


def test_a_required_criterion_that_a_sick_listing_lifts_is_not_required_then(steps) -> None:
    criteria = list(steps[2].criteria.all())
    criteria[2].exempts_full_time_sick = True
    assert propose(steps[2], criteria, answers(steps[2], "jj-nn")) == Outcome.CLEARED


def test_the_rule_is_told_in_words(steps) -> None:
    assert "alla kriterier som gäller" in rule_in_words(steps[1])
    assert "minst två kriterier är uppfyllda" in rule_in_words(steps[2])
    assert "tar ansvar för att aktiviteter utförs" in rule_in_words(steps[2])


class TestFaults:
    def test_a_judgement_by_the_proposal_has_none(self, steps) -> None:
        assert faults(judge(steps[1], "jjjjjj")) == {}
        assert faults(judge(steps[1], "jjjjjn", Outcome.NOT_CLEARED)) == {}

    def test_each_criterion_is_answered(self, steps) -> None:
        last = steps[1].criteria.all()[5]
        found = faults(judge(steps[1], "jjjjj.", Outcome.NOT_CLEARED))
        assert list(found) == [f"criterion_{last.pk}"]

    def test_what_does_not_apply_says_why(self, steps) -> None:
        criterion = steps[1].criteria.all()[0]
        judgement = judge(steps[1], "-jjjjj")
        judgement.answers[criterion.pk] = Answer(NA, why="  ")
        assert list(faults(judgement)) == [f"why_{criterion.pk}"]

    @pytest.mark.parametrize("place", [0, 1])
    def test_praktik_has_a_supervisor(self, steps, place) -> None:
        criterion = steps[3].criteria.all()[place]
        judgement = judge(steps[3], "jjn")
        judgement.answers[criterion.pk] = Answer(YES)
        assert list(faults(judgement)) == [f"supervisor_{criterion.pk}"]

    def test_a_course_needs_none(self, steps) -> None:
        judgement = judge(steps[3], "nnj")
        judgement.answers[steps[3].criteria.all()[2].pk] = Answer(YES)
        assert faults(judgement) == {}

    @pytest.mark.parametrize(("marks", "outcome"), [("jjjjjn", Outcome.CLEARED), ("jjjjjj", Outcome.NOT_CLEARED)])
    def test_departing_from_the_proposal_takes_a_reason(self, steps, marks, outcome) -> None:
        bare = judge(steps[1], marks, outcome)
        assert list(faults(bare)) == ["departure"]
        assert list(faults(replace(bare, departure="  "))) == ["departure"]
        assert faults(replace(bare, departure="Vi är överens om det.")) == {}

    def test_a_step_that_was_not_held_cannot_be_lost(self, steps) -> None:
        lost = judge(steps[1], "......", Outcome.LOST, departure="Kommer inte längre.")
        assert list(faults(lost)) == ["outcome"]
        assert faults(lost, holds=True) == {}

    def test_losing_a_step_takes_a_reason_but_no_answers(self, steps) -> None:
        assert list(faults(judge(steps[1], "......", Outcome.LOST), holds=True)) == ["departure"]


class TestTheDayOfClearing:
    @pytest.mark.parametrize(
        ("day", "situation", "field"),
        [
            (MET_ON, {}, None),
            (MET_ON + timedelta(days=1), {}, "cleared_on"),
            (ENROLLED_ON, {"assessed_on": ENROLLED_ON}, None),
            (ENROLLED_ON - timedelta(days=1), {}, "cleared_on"),
            (MET_ON, {"exited_on": MET_ON}, None),
            (MET_ON, {"exited_on": MET_ON - timedelta(days=1)}, "cleared_on"),
            (None, {}, "cleared_on"),
            (MET_ON - timedelta(days=14), {}, None),
            (MET_ON - timedelta(days=15), {}, "late_reason"),
        ],
    )
    def test_lies_within_the_enrolment_and_not_after_the_assessment(self, steps, day, situation, field) -> None:
        found = faults(judge(steps[1], "jjjjjj", cleared_on=day), **situation)
        assert list(found) == ([field] if field else [])

    def test_may_be_long_ago_with_a_reason(self, steps) -> None:
        early = judge(steps[1], "jjjjjj", cleared_on=MET_ON - timedelta(days=60), late_reason="Mötet ställdes in.")
        assert faults(early) == {}


class TestSelfSupport:
    """Steps 4 and 5 are told apart by other support."""

    @pytest.mark.parametrize(
        ("number", "marks", "other_support", "wrong"),
        [
            (4, "jn", True, False),
            (4, "jn", False, True),
            (4, "jn", None, True),
            (5, "jnnnn", False, False),
            (5, "jnnnn", True, True),
            (5, "jnnnn", None, True),
            (3, "nnj", None, False),
        ],
    )
    def test_the_answer_fits_the_step(self, steps, number, marks, other_support, wrong) -> None:
        found = faults(judge(steps[number], marks, other_support=other_support))
        assert list(found) == (["other_support"] if wrong else [])

    def test_is_not_asked_where_the_step_is_not_cleared(self, steps) -> None:
        assert faults(judge(steps[5], "nnnnn", Outcome.NOT_CLEARED)) == {}
