"""Consent in words."""

from datetime import date

import pytest

from core.enums import Category
from participants.consent.words import (
    KINDS,
    YOURS,
    Term,
    kinds,
    listed,
    open_to,
    opened_until,
    parties,
    past_sentences,
    period,
    phrase,
    question,
    read_aloud,
    sentences,
)

AF, FK, VUX = "Arbetsförmedlingen", "Försäkringskassan", "Vuxam"
PLAN, ASSESSMENT, HEALTH, STEPS = Category.PLAN, Category.ASSESSMENT, Category.HEALTH, Category.STEPS
TODAY, LAST = date(2026, 11, 22), date(2027, 6, 30)


def term(first=TODAY, last=LAST, purpose="planera praktik") -> Term:
    return Term(purpose, first, last)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_sentence_that_everything_is_for() -> None:
    cells = [(name, kind) for name in (VUX, AF) for kind in (PLAN, ASSESSMENT)]
    assert [plain(sentence) for sentence in sentences(cells, term(), on=TODAY)] == [
        "Arbetsförmedlingen och Vuxam får läsa kartläggning och plan till och med 30 juni 2027 för att planera praktik."
    ]


def test_parties_that_may_read_different_things_get_a_sentence_each() -> None:
    cells = [(AF, PLAN), (FK, PLAN), (FK, HEALTH), (VUX, PLAN)]
    assert [plain(sentence).partition(" till och")[0] for sentence in sentences(cells, term(), on=TODAY)] == [
        "Arbetsförmedlingen och Vuxam får läsa plan",
        "Försäkringskassan får läsa uppgifter om hälsa och plan",
    ]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a och b"),
        (["a", "b", "c"], "a, b och c"),
        (["a", "b och c"], "a samt b och c"),
        (["a", "b och c", "d"], "a, b och c samt d"),
    ],
)
def test_lists(parts, text) -> None:
    assert listed(parts) == text


def test_every_kind_has_its_words_and_its_place() -> None:
    assert set(KINDS) == set(YOURS) == set(Category)
    assert kinds([STEPS, PLAN, ASSESSMENT]) == "kartläggning, plan samt steg och utfall"
    assert parties(["Öppenvården", "Aktiviteten", "Åsens skola"]) == "Aktiviteten, Åsens skola och Öppenvården"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (TODAY, LAST, "till och med 30 juni 2027"),
        (date(2026, 1, 1), LAST, "till och med 30 juni 2027"),
        (date(2026, 12, 1), LAST, "från och med 1 december 2026 till och med 30 juni 2027"),
        (TODAY, TODAY, "bara den 22 november 2026"),
    ],
)
def test_periods(first, last, text) -> None:
    assert plain(period(first, last, on=TODAY)) == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [("Planera praktik.", "planera praktik"), ("för att planera", "planera"), ("KBT tillsammans", "KBT tillsammans")],
)
def test_phrases(typed, text) -> None:
    assert phrase(typed) == text


def test_what_was_and_what_never_came_to_be() -> None:
    def said(**days: date) -> str:
        return plain(past_sentences([(AF, PLAN)], term(**days))[0])

    start = "Arbetsförmedlingen fick läsa plan"
    assert said() == f"{start} från och med 22 november 2026 till och med 30 juni 2027 för att planera praktik."
    assert said(last=TODAY) == f"{start} den 22 november 2026 för att planera praktik."
    assert said(first=LAST, last=TODAY) == "Arbetsförmedlingen skulle få läsa plan för att planera praktik."


def test_a_question_keeps_what_was_asked() -> None:
    assert question([AF], [PLAN], "Planera praktik.") == "Arbetsförmedlingen får läsa plan för att planera praktik"


def test_to_one_party_it_isn_t_said_in_plural() -> None:
    text = plain(read_aloud([AF], [PLAN, STEPS], term(), project="Vägar", on=TODAY)[0])
    assert text == (
        "Arbetsförmedlingen får läsa din plan samt dina steg och hur det gick i Vägar, till och med 30 juni 2027. "
        "Det är för att planera praktik, inte för något annat."
    )


@pytest.mark.parametrize(
    ("grants", "text"),
    [
        ([], "Ingen annan part kan läsa."),
        ([(AF, TODAY), (AF, LAST)], "1 part kan läsa, till och med 30 juni 2027."),
        ([(AF, LAST), (FK, LAST)], "2 parter kan läsa, till och med 30 juni 2027."),
        ([(AF, LAST), (FK, TODAY)], "2 parter kan läsa, som längst till och med 30 juni 2027."),
    ],
)
def test_the_line_on_the_case_page(grants, text) -> None:
    assert plain(open_to(grants)) == text


@pytest.mark.parametrize(
    ("grants", "text"),
    [
        ([], ""),
        ([(Category.PLAN, date(2027, 5, 29))], "handlingsplan och delmål till och med 29 maj 2027"),
        (
            [(Category.MEETINGS, date(2027, 5, 29)), (Category.IDENTITY, date(2027, 5, 29))],
            "namn och kontakt samt möten till och med 29 maj 2027",
        ),
        (
            [(Category.MEETINGS, date(2027, 6, 3)), (Category.IDENTITY, date(2027, 5, 29))],
            "namn och kontakt till och med 29 maj 2027 samt möten till och med 3 juni 2027",
        ),
        (
            [(Category.MEETINGS, date(2027, 6, 3)), (Category.MEETINGS, date(2027, 1, 2))],
            "möten till och med 3 juni 2027",
        ),
    ],
)
def test_what_a_party_reads_is_said_with_its_last_day(grants, text) -> None:
    assert plain(opened_until(grants)) == text
