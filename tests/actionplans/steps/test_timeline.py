"""Judgements of steps on the timeline, from rows alone."""

from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse

from actionplans.enums import Origin, Outcome
from actionplans.steps.timeline import StepEntries, StepRow
from core.enums import Category
from tests.actionplans.meetings.test_timeline import meeting
from tests.world.histories import ON, SAID, history, noon, row


def step(**fields) -> StepRow:
    said = {"number": 1, "name": "Deltar", "outcome": Outcome.CLEARED, "cleared_on": ON, "departure": ""}
    more = {"late_reason": "", "origin": Origin.MEETING, "met": 5, "applying": 6, "meeting": UUID(int=7)}
    return row(StepRow, **{**said, **more, **fields})


def test_a_cleared_step_says_on_which_day_and_by_how_many_criteria() -> None:
    case = history(step(departure="Undantag."), meeting(meeting=UUID(int=7)), shares=Category.STEPS)
    (entry,) = StepEntries().entries(case)
    assert (entry.title, entry.kind, entry.when) == ("Steg 1, deltar: klarat", "step", SAID)
    assert entry.text.replace("\xa0", " ") == "Dag 10 · 5 av 6 kriterier uppfyllda\n\nUndantag."
    assert entry.url == reverse("meeting_detail", args=[UUID(int=7)])
    assert entry.readers == "Vuxenenheten · Af till maj"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"cleared_on": date(2026, 3, 5)}, "Sedan 5 mars 2026, dag 4 · 5 av 6 kriterier uppfyllda"),
        ({"outcome": Outcome.NOT_CLEARED, "cleared_on": None}, "5 av 6 kriterier uppfyllda"),
        ({"applying": 0, "met": 0}, "Dag 10"),
    ],
)
def test_how_it_was_cleared(fields: dict, said: str) -> None:
    (entry,) = StepEntries().entries(history(step(**fields)))
    assert entry.text.replace("\xa0", " ") == said


def test_what_a_register_said_has_no_author_and_no_meeting() -> None:
    (entry,) = StepEntries().entries(history(step(origin=Origin.REGISTER, meeting=None)))
    assert entry.when.replace("\xa0", " ") == "11 mars 2026 · från register"
    assert entry.url == ""


def test_one_that_was_taken_back_stands_with_who_and_why() -> None:
    taken_back = step(superseded_at=noon(ON))
    withdrawal = step(fact=2, corrects=1, departure="Fel person.", by="Jonas Ek")
    (entry,) = StepEntries().entries(history(taken_back, withdrawal))
    assert (entry.title, entry.kind) == ("Steg 1, deltar: klarat (återtaget)", "quiet")
    assert entry.text.replace("\xa0", " ").endswith("Återtaget 11 mars 2026 av Jonas Ek: Fel person.")
