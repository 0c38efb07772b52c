"""Kartläggningar on the timeline, from rows alone."""

from core.enums import Category
from participants.areas.timeline import WorkEntries, WorkRow
from participants.assessment.timeline import AssessmentEntries, AssessmentRow
from tests.world.histories import SAID, history, row


def test_says_on_which_day_it_was_finished() -> None:
    rows = [row(AssessmentRow, summary="Bor ensam.", is_imported=False)]
    (entry,) = AssessmentEntries().entries(history(*rows, shares=Category.ASSESSMENT))
    assert (entry.title, entry.text, entry.when) == ("Kartläggningen är klar", "Dag 10\n\nBor ensam.", SAID)
    assert entry.readers == "Vuxenenheten · Af till maj"


def test_one_from_a_register_has_no_author() -> None:
    (entry,) = AssessmentEntries().entries(history(row(AssessmentRow, summary="", is_imported=True)))
    assert (entry.text, entry.when.replace("\xa0", " ")) == ("Dag 10", "11 mars 2026 · från register")


def test_one_under_way_is_told_as_that_and_one_that_came_to_nothing_with_why() -> None:
    rows = [row(WorkRow), row(WorkRow, taken_back=True, why="Ville vänta.")]
    begun, gone = WorkEntries().entries(history(*rows))
    assert (begun.title, begun.url) == ("Kartläggningen är påbörjad", "")
    assert gone.title == "Kartläggningen påbörjades (återtagen)"
    assert "Ville vänta." in gone.text
