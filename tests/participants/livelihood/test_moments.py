"""When somebody's situation is asked for, and how it is said."""

from datetime import date

import pytest

from core.enums import Category
from participants.enums import LivelihoodKind, LivelihoodMoment
from participants.livelihood.moments import day_of, moment_due
from participants.livelihood.timeline import LivelihoodEntries, LivelihoodRow, SourceRow
from participants.livelihood.words import LivingSituation, Share, sum_in_words
from projects.enums import ListKind
from projects.lists.model_lists import model_lines
from tests.world.histories import history, row

ENROLMENT, EXIT, THREE, SIX, TWELVE = LivelihoodMoment
BEGAN = date(2026, 1, 12)


@pytest.mark.parametrize(
    ("exited_on", "three", "six", "twelve"),
    [
        (date(2026, 3, 15), date(2026, 6, 15), date(2026, 9, 15), date(2027, 3, 15)),
        # Month ends: the last day of a shorter month, counted from the exit each time.
        (date(2026, 11, 30), date(2027, 2, 28), date(2027, 5, 30), date(2027, 11, 30)),
        (date(2027, 11, 30), date(2028, 2, 29), date(2028, 5, 30), date(2028, 11, 30)),
        (date(2026, 8, 31), date(2026, 11, 30), date(2027, 2, 28), date(2027, 8, 31)),
        (date(2026, 12, 31), date(2027, 3, 31), date(2027, 6, 30), date(2027, 12, 31)),
        # From a leap day.
        (date(2028, 2, 29), date(2028, 5, 29), date(2028, 8, 29), date(2029, 2, 28)),
    ],
)
def test_the_days_are_calendar_months_from_the_exit(exited_on, three, six, twelve) -> None:
    days = [day_of(moment, BEGAN, exited_on) for moment in LivelihoodMoment]
    assert days == [BEGAN, exited_on, three, six, twelve]


@pytest.mark.parametrize(
    ("recorded", "exited_on", "on", "expected"),
    [
        ([], None, date(2026, 1, 11), None),
        ([], None, BEGAN, (ENROLMENT, BEGAN)),
        ([ENROLMENT], None, date(2026, 9, 1), None),
        ([ENROLMENT], date(2026, 11, 30), date(2026, 11, 29), None),
        ([ENROLMENT], date(2026, 11, 30), date(2026, 11, 30), (EXIT, date(2026, 11, 30))),
        # What wasn't asked at the enrolment can't be answered at the exit.
        ([], date(2026, 11, 30), date(2026, 12, 1), (EXIT, date(2026, 11, 30))),
        ([EXIT], date(2026, 11, 30), date(2027, 2, 27), None),
        ([EXIT], date(2026, 11, 30), date(2027, 2, 28), (THREE, date(2027, 2, 28))),
        ([EXIT], date(2026, 11, 30), date(2027, 5, 29), (THREE, date(2027, 2, 28))),
        # A later moment takes its place.
        ([EXIT], date(2026, 11, 30), date(2027, 5, 30), (SIX, date(2027, 5, 30))),
        ([SIX], date(2026, 11, 30), date(2027, 6, 1), None),
        ([THREE], date(2026, 11, 30), date(2029, 1, 1), (TWELVE, date(2027, 11, 30))),
        ([TWELVE], date(2026, 11, 30), date(2029, 1, 1), None),
    ],
)
def test_the_latest_moment_waits_until_it_or_a_later_one_is_recorded(recorded, exited_on, on, expected) -> None:
    due = moment_due(recorded, BEGAN, exited_on, on)
    assert (due and (due.moment, due.due_on)) == expected


@pytest.mark.parametrize(
    ("percents", "said"),
    [
        ([], ""),
        ([None], ""),
        ([None, None], ""),
        ([100], ""),
        ([60, 40], ""),
        ([60, None], ""),
        ([60], "Andelarna är tillsammans 60 %, inte 100 %."),
        ([60, 20], "Andelarna är tillsammans 80 %, inte 100 %."),
        ([60, 60], "Andelarna är tillsammans 120 %, inte 100 %."),
        # Nothing is left for the share that nobody knows.
        ([100, None], "Andelarna är redan 100 %, så det finns inget kvar till den som saknar procent."),
    ],
)
def test_a_sum_that_cannot_be_right_is_said(percents, said) -> None:
    assert sum_in_words(percents) == said


def test_the_kinds_of_registers_are_the_models_list() -> None:
    lines = {line["code"]: line for line in model_lines() if line["kind"] == ListKind.SUPPORT}
    kinds = set(LivelihoodKind) - {LivelihoodKind.NOT_REACHED}
    assert {(kind.value, kind.label, kind.is_public) for kind in kinds} == {
        (code, line["name"], line["is_public_support"]) for code, line in lines.items()
    }
    private = {"parental_benefit", "pension", "wage", "study_support", "own_business", "somebody_else"}
    assert not any(LivelihoodKind(code).is_public for code in private)


def record(**fields) -> LivelihoodRow:
    said = {**dict.fromkeys(("occupation", "education"), ""), "is_occupied_by_health": False}
    own = {"public_id": None, "moment": ENROLMENT, "not_reached": False, "months_before": None}
    return row(LivelihoodRow, **{**own, **said, **fields})


def source(line: str, percent: int | None, **fields) -> SourceRow:
    own = {"record": 1, "line": line, "code": "", "percent": percent, "is_public": True, "is_line_of_health": False}
    return row(SourceRow, **{**own, **fields})


@pytest.mark.parametrize(
    ("fields", "sources", "said"),
    [
        ({}, [source("Sjukpenning", None)], "Sjukpenning."),
        ({}, [source("Sjukpenning", 50), source("Lön", 50)], "Sjukpenning 50 %, lön 50 %."),
        ({}, [source("Lön", 30)], "Lön 30 %. Andelarna är tillsammans 30 %, inte 100 %."),
        ({}, [source("", None, code="wage")], "Lön."),
        ({}, [source("Lön", None), source("Annans", None, record=2)], "Lön."),
        ({"not_reached": True}, [], "Inte nådd."),
        (
            {"occupation": "Studerar", "education": "Gymnasium", "months_before": 1},
            [source("Studiestöd", None)],
            "Studiestöd. Sysselsättning: studerar. Utbildning: gymnasium. 1 månad med stöd före starten.",
        ),
    ],
)
def test_the_timeline_says_the_situation(fields, sources, said) -> None:
    (entry,) = LivelihoodEntries().entries(history(record(**fields), *sources, shares=Category.SUPPORT))
    assert (entry.title, entry.text.replace("\xa0", " ")) == ("Försörjning vid inskrivning", said)
    assert entry.is_shared


def test_one_that_was_taken_back_says_only_that() -> None:
    (entry,) = LivelihoodEntries().entries(history(record(taken_back=True, occupation="Studerar")))
    assert (entry.title, "studerar" in entry.text) == ("Försörjning vid inskrivning (återtagen)", False)


def test_a_situation_names_its_public_support() -> None:
    shares = [Share("Försörjningsstöd", 60, is_public=True), Share("Lön", 40, is_public=False)]
    assert LivingSituation(shares).support == "Försörjningsstöd 60 %, lön 40 %"
