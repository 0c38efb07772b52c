"""How an enrolment began and ended, on the timeline, from rows alone."""

from datetime import date, timedelta

import pytest

from core.enums import Category
from participants.enrolment.timeline import (
    BeginningEntries,
    BeginningRow,
    source_in_words,
)
from participants.enums import ExitReason, ReferralSource
from participants.exits.timeline import ExitEntries, ExitRow, reopening_entry
from tests.world.histories import BEGAN, ON, SAID, history, noon, row


def beginning(**fields) -> BeginningRow:
    return row(BeginningRow, **{"on": BEGAN, **fields})


def ended(reason: ExitReason, **fields) -> ExitRow:
    return row(ExitRow, reason=reason, **{"comment": "", **fields})


def texts(entries) -> list[tuple[str, str]]:
    return [(entry.title, entry.text.replace("\xa0", " ")) for entry in entries]


def test_says_how_it_began_and_the_referral_on_its_own_day() -> None:
    sent = beginning(source=ReferralSource.SOCIAL_SERVICES, referred_on=date(2026, 2, 20), note="Ring först.")
    entries = list(BeginningEntries().entries(history(sent, applied_on=date(2026, 2, 10))))
    assert texts(entries) == [
        ("Inskriven", "Ring först."),
        ("Anvisad från socialtjänsten", "Ansökan gjordes 10 februari 2026."),
    ]
    assert [(entry.on, entry.kind, entry.readers) for entry in entries] == [
        (BEGAN, "quiet", ""),
        (date(2026, 2, 20), "quiet", ""),
    ]


def test_without_the_right_to_know_who_sent_the_person_nothing_is_said_of_it() -> None:
    assert texts(BeginningEntries().entries(history(beginning()))) == [("Inskriven", "")]


def test_a_corrected_beginning_says_what_stood() -> None:
    before = beginning(superseded_at=noon(ON), source=ReferralSource.SOCIAL_SERVICES)
    now = beginning(fact=2, corrects=1, on=date(2026, 3, 3))
    assert texts(BeginningEntries().entries(history(before, now))) == [
        (
            "Inskriven",
            "Rättat 3 mars 2026 av Hanna Handläggare. Förut stod: Inskriven, anvisad från socialtjänsten, 1 mars 2026.",
        )
    ]


def test_an_imported_beginning_has_no_author() -> None:
    (entry,) = BeginningEntries().entries(history(beginning(), is_imported=True))
    assert entry.when.replace("\xa0", " ") == "1 mars 2026 · från register"


def test_an_exit_says_why_and_a_corrected_one_is_told_with_its_correction() -> None:
    before = ended(ExitReason.MOVED, superseded_at=noon(ON), on=date(2026, 3, 9))
    entries = list(ExitEntries().entries(history(before, ended(ExitReason.WORK, fact=2, corrects=1, comment="Bra."))))
    assert texts(entries) == [
        (
            "Avslut: arbete",
            "Bra.\n\nRättat 11 mars 2026 av Hanna Handläggare. Förut stod: Avslut: flyttat, 9 mars 2026.",
        )
    ]
    assert (entries[0].when, entries[0].kind) == (SAID, "quiet")


def test_the_readers_of_steps_read_exits() -> None:
    (entry,) = ExitEntries().entries(history(ended(ExitReason.WORK), shares=Category.STEPS))
    assert entry.readers == "Vuxenenheten · Af till maj"


def test_an_exit_that_was_taken_back_says_so() -> None:
    taken_back = ended(ExitReason.WORK, superseded_at=noon(ON))
    assert ExitEntries().entry(taken_back, history(taken_back)).title == "Avslut: arbete (återtaget)"


def test_one_that_was_taken_back_says_by_whom_and_why() -> None:
    exits = [
        ended(ExitReason.WORK, superseded_at=noon(ON), comment="Fick jobb.", is_told=False),
        ended(ExitReason.WORK, fact=2, corrects=1, superseded_at=noon(ON), taken_back=True, why="Fel person."),
    ]
    entries = list(ExitEntries().entries(history(*exits)))
    assert texts(entries) == [
        ("Avslut (återtaget)", ""),
        ("Inskrivningen pågår igen", "Avslutet togs tillbaka.\n\nFel person."),
    ]


@pytest.mark.parametrize(("after", "by"), [(0, " · Kim Ek"), (300, " · Kim Ek"), (301, ""), (-1, "")])
def test_the_log_tells_who_took_an_exit_back_where_it_says_so_right_after(after: int, by: str) -> None:
    entry = reopening_entry(noon(ON), [(noon(ON) + timedelta(seconds=after), "Kim Ek")])
    assert entry.when.replace("\xa0", " ") == f"11 mars 2026{by}"
    assert (entry.title, entry.text) == ("Inskrivningen pågår igen", "Avslutet togs tillbaka.")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", ""),
        (ReferralSource.UNKNOWN, ""),
        (ReferralSource.OWN_APPLICATION, "egen anmälan"),
        (ReferralSource.SOCIAL_SERVICES, "anvisad från socialtjänsten"),
        (ReferralSource.EMPLOYMENT_SERVICE, "anvisad från Arbetsförmedlingen"),
    ],
)
def test_how_somebody_came_in_words(source: str, said: str) -> None:
    assert source_in_words(source) == said
