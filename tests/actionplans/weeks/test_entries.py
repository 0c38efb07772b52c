"""A week as text: how it is kept, how it is typed, and how long it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplans.weeks.entries import (
    DAY_IN_MINUTES,
    Entry,
    FaultyLine,
    Week,
    hours_in_words,
    in_order,
    overlaps,
    plain,
    read_day,
    read_lines,
    read_time,
)

words = st.text(max_size=30).map(plain)


@st.composite
def weeks(draw) -> Week:
    """Weeks as forms make them."""
    found: list[Entry] = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, DAY_IN_MINUTES - 1))
        end = draw(st.integers(start + 1, DAY_IN_MINUTES))
        entry = Entry(draw(st.integers(0, 6)), start, end, draw(words), draw(words))
        if not overlaps([*found, entry]):
            found.append(entry)
    return Week(tuple(sorted(found, key=in_order)))


@given(weeks())
def test_a_week_is_read_as_it_was_kept(week) -> None:
    assert Week.of(str(week)) == week


def test_a_week_reads_aloud() -> None:
    week = Week(
        (Entry(0, 540, 750, "Arbetsträning", "Återbruket"), Entry(1, 510, 720, "", "Hemma"), Entry(4, 540, 600))
    )
    assert str(week).splitlines() == [
        "Måndag 9.00–12.30 · Arbetsträning · Återbruket",
        "Tisdag 8.30–12.00 · – · Hemma",
        "Fredag 9.00–10.00",
    ]
    assert week.total == "8 timmar i veckan"


@pytest.mark.parametrize("text", ["", "Måndag–torsdag 9–13", "Måndag 9–13", "Måndag 9.00–13.00\nefter lunch", "Ledig"])
def test_words_are_no_week(text) -> None:
    assert not Week.of(text)


def test_a_name_taken_out_of_a_week_leaves_it_a_week() -> None:
    kept = "Måndag 9.00–12.00 · Deltagare 7 bakar · Hos Deltagare 7"
    assert Week.of(kept).entries[0].where == "Hos Deltagare 7"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("måndag 9-13", "Måndag 9.00–13.00"),
        ("mån. kl. 9 till 13:30, bakar, Solgården", "Måndag 9.00–13.30 · bakar · Solgården"),
        ("to 0900–1000 samtal", "Torsdag 9.00–10.00 · samtal"),
        ("sön 22-24 · vakt", "Söndag 22.00–24.00 · vakt"),
        ("tisdag 9–10\n\nmåndag 9–10", "Måndag 9.00–10.00\nTisdag 9.00–10.00"),
    ],
)
def test_lines_are_typed_as_people_write_them(typed, kept) -> None:
    assert str(Week(read_lines(typed))) == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("måndag 9–13\nmåndag–torsdag 9–13", "Rad 2: börja med en dag, till exempel måndag 9–13."),
        ("t 9–13", "Rad 1: börja med en dag, till exempel måndag 9–13."),
        ("tisdag förmiddag", "Rad 1: skriv från och till, till exempel måndag 9–13."),
        ("tisdag 13–9", "Rad 1: till ska vara efter från."),
        ("tisdag 9–25", "Rad 1: skriv tiden som 9 eller 9.30."),
        ("\ntisdag 9–13\ntisdag 12–14", "Rad 3: tiden går in i rad 2, samma dag."),
        (
            "\n".join(f"tisdag {n // 2}.{n % 2 * 30:02}–{n // 2}.{n % 2 * 30 + 29}" for n in range(29)),
            "Rad 29: en vecka har högst 28 tider.",
        ),
        (f"tisdag 9–13 {'x' * 121}", "Rad 1: skriv högst 120 tecken om vad och lika många om var."),
    ],
)
def test_a_line_that_is_no_time_is_named(typed, said) -> None:
    with pytest.raises(FaultyLine) as fault:
        read_lines(typed)
    assert str(fault.value) == said


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        *(("9", 540), ("9.30", 570), ("09:30", 570), ("0930", 570), ("9,30", 570), ("kl. 9", 540), ("KL 9", 540)),
        *(("0", 0), ("24", 1440), ("24.01", None), ("9.60", None), ("25", None), ("nio", None), ("", None)),
    ],
)
def test_times_are_read_as_people_write_them(typed, minutes) -> None:
    assert read_time(typed) == minutes


def test_days_are_known_by_their_beginning() -> None:
    assert [read_day(word) for word in ("Måndag", "ti", "ONS", "tors.", "fr", "lör", "sö")] == list(range(7))
    assert [read_day(word) for word in ("t", "", "månad", "torsdagar")] == [None] * 4


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (60, "1 timme"),
        (90, "1,5 timmar"),
        (1080, "18 timmar"),
        (45, "45 minuter"),
        (645, "10 tim 45 min"),
        (30, "30 minuter"),
    ],
)
def test_hours_are_said_in_words(minutes, said) -> None:
    assert hours_in_words(minutes) == said


@pytest.mark.parametrize("wrong", [(0, 540, 540, "", ""), (0, 540, 600, "a · b", ""), (0, 540, 600, " a", "")])
def test_no_entry_is_made_that_a_line_can_t_hold(wrong) -> None:
    with pytest.raises(ValueError, match="Måndag"):
        Entry(*wrong)


def test_times_that_meet_don_t_overlap() -> None:
    one, two, three = Entry(0, 540, 600), Entry(0, 600, 660), Entry(1, 540, 660)
    assert overlaps([one, two, three]) == []
    assert overlaps([one, two, Entry(0, 500, 700)]) == [(2, 0)]
