"""Days as people write them, and the bounds of each kind of day."""

from datetime import date

import pytest

from core.days.kinds import CHECK_YEAR, DayKind, Leaning, fault_before
from core.days.typed import UncertainDay, UncertainYear, read_day

# A Saturday.
ON = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-03", date(2026, 12, 3)),
        ("2026/12/3", date(2026, 12, 3)),
        ("20261203", date(2026, 12, 3)),
        ("261203", date(2026, 12, 3)),
        ("3/12", date(2026, 12, 3)),
        ("3/12 2026", date(2026, 12, 3)),
        ("3/12-26", date(2026, 12, 3)),
        ("3.12.2026", date(2026, 12, 3)),
        ("3.12", date(2026, 12, 3)),
        ("20/11/26", date(2026, 11, 20)),
        ("20-11-2026", date(2026, 11, 20)),
        ("3 dec", date(2026, 12, 3)),
        ("3 dec. 2026", date(2026, 12, 3)),
        ("den 3:e december", date(2026, 12, 3)),
        ("Torsdag 3 december 2026", date(2026, 12, 3)),
        ("3 december 2026", date(2026, 12, 3)),
        ("i dag", ON),
        ("idag", ON),
        ("I morgon", date(2026, 11, 29)),
        ("i går", date(2026, 11, 27)),
        ("om 2 veckor", date(2026, 12, 12)),
        ("om två veckor", date(2026, 12, 12)),
        ("om en månad", date(2026, 12, 28)),
        ("för 3 dagar sedan", date(2026, 11, 25)),
        ("3\N{MINUS SIGN}12\N{MINUS SIGN}2026", date(2026, 12, 3)),
        ("2026\N{EM DASH}12\N{EM DASH}03", date(2026, 12, 3)),
        ("2026\N{HYPHEN}12\N{HYPHEN}03", date(2026, 12, 3)),
        ("på torsdag", date(2026, 12, 3)),
        ("på lördag", date(2026, 12, 5)),
        ("i torsdags", date(2026, 11, 26)),
    ],
)
def test_understood(text, day):
    assert read_day(text, ON) == day


@pytest.mark.parametrize(
    ("text", "past", "coming"),
    [
        ("3/12", None, date(2026, 12, 3)),
        ("20 nov", date(2026, 11, 20), None),
        ("28/1", date(2026, 1, 28), date(2027, 1, 28)),
        ("29/2", None, date(2028, 2, 29)),
        ("28/11", ON, ON),
        ("torsdag", date(2026, 11, 26), date(2026, 12, 3)),
        # These say which way themselves.
        ("på torsdag", date(2026, 12, 3), date(2026, 12, 3)),
        ("20/11/26", date(2026, 11, 20), date(2026, 11, 20)),
    ],
)
def test_without_a_year_the_kind_of_day_decides_or_the_year_is_asked_for(text, past, coming):
    for leaning, day in ((Leaning.PAST, past), (Leaning.COMING, coming)):
        if day:
            assert read_day(text, ON, leaning) == day
        else:
            with pytest.raises(UncertainYear):
                read_day(text, ON, leaning)


@pytest.mark.parametrize(
    ("text", "on", "day"),
    [
        # Nearer in the calendar is that of next year, but what is written down has begun.
        ("1 februari", ON, date(2026, 2, 1)),
        ("1/1", ON, date(2026, 1, 1)),
        ("1 nov", ON, date(2026, 11, 1)),
        ("29 dec", ON, date(2026, 12, 29)),
        ("30 dec", ON, None),
        ("1 december", ON, date(2026, 12, 1)),
        ("10 januari", date(2026, 12, 20), date(2027, 1, 10)),
        ("20 dec", date(2027, 1, 5), date(2026, 12, 20)),
        # The last one is nearly a year ago, in another year: the year is asked for.
        ("1 mars", date(2027, 1, 5), None),
        ("1 februari 2027", ON, date(2027, 2, 1)),
    ],
)
def test_an_employment_has_begun_or_begins_within_a_month(text, on, day):
    leaning = DayKind.EMPLOYED_FROM.bounds.leaning
    if day:
        assert read_day(text, on, leaning) == day
    else:
        with pytest.raises(UncertainYear):
            read_day(text, on, leaning)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31/11", "Det finns ingen 31 november."),
        ("31 nov", "Det finns ingen 31 november."),
        ("261131", "Det finns ingen 31 november det året."),
        ("20261131", "Det finns ingen 31 november 2026."),
        ("29/2 2027", "Det finns ingen 29 februari 2027."),
        ("den 30 februari", "Det finns ingen 30 februari."),
        ("onsdag 3 december 2026", "Kontrollera dagen: det blir torsdag 3\u00a0december 2026."),
        ("Nästa tisdag", "Nästa tisdag kan vara 1\u00a0dec eller 8\u00a0dec. Skriv datumet."),
        ("nästa lördag", "Nästa lördag kan vara 5\u00a0dec eller 12\u00a0dec. Skriv datumet."),
    ],
)
def test_what_is_nearly_a_day_is_told(text, said):
    with pytest.raises(UncertainDay) as caught:
        read_day(text, ON)
    assert str(caught.value) == said


@pytest.mark.parametrize("text", ["13/13", "0/12", "32 jan", "2026-13-01", "nästa vecka", "nästa vår"])
def test_nothing_is_said_of_what_could_be_anything(text):
    with pytest.raises(ValueError) as caught:
        read_day(text, ON)
    assert not isinstance(caught.value, UncertainDay)


def test_a_birth_is_never_guessed():
    with pytest.raises(UncertainYear):
        read_day("12 mars", ON, Leaning.BIRTH)


def test_a_birth_has_the_century_behind():
    assert read_day("710312", ON, Leaning.BIRTH) == date(1971, 3, 12)


@pytest.mark.parametrize(
    "text",
    ["", "nästa vår", "2026-02-30", "31/2", "20-11-26", "onsdag 3 december 2026", "om många veckor", "om 2 fötter",
     "\u0662\u0660\u0662\u0666-12-03", "på låtsas", "3 12", "12/2026", "0000-01-01", "i", "för 3 dagar", "9" * 400],
)  # fmt: skip
def test_what_is_no_day_or_not_certain(text):
    with pytest.raises(ValueError):
        read_day(text, ON)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2011, 5, 1), ""),
        (
            date(2011, 4, 30),
            f"Dagen kan inte ligga före projektets första dag, 1\N{NO-BREAK SPACE}maj 2011. {CHECK_YEAR}",
        ),
        (
            date(1979, 1, 1),
            f"Dagen kan inte ligga före projektets första dag, 1\N{NO-BREAK SPACE}maj 2011. {CHECK_YEAR}",
        ),
    ],
)
def test_a_day_comes_after_those_that_must_have_been(day, expected):
    assert fault_before(day, {"födelsen": date(1980, 1, 1), "projektets första dag": date(2011, 5, 1)}) == expected
    assert fault_before(day, {"födelsen": None}) == ""


@pytest.mark.parametrize("kind", DayKind)
@pytest.mark.parametrize("day", [date(26, 11, 20), date(226, 11, 20), date(1890, 1, 1), date(2062, 1, 1), date.max])
def test_no_kind_of_day_takes_a_mistyped_year(kind, day):
    assert kind.fault(day, ON).endswith(CHECK_YEAR)


@pytest.mark.parametrize("kind", [kind for kind in DayKind if kind != DayKind.BORN])
def test_only_births_are_of_a_hundred_years_ago(kind):
    assert kind.fault(date(1926, 12, 3), ON).endswith(CHECK_YEAR)


@pytest.mark.parametrize("kind", DayKind)
def test_today_is_any_kind_of_day(kind):
    assert kind.fault(ON, ON) == ""


def test_a_little_ahead_of_what_has_happened_is_the_future():
    assert DayKind.HAPPENED.fault(date(2026, 12, 1), ON) == "Dagen kan inte ligga i framtiden."
    assert DayKind.HAPPENED.fault(date(2062, 12, 1), ON) == f"Dagen kan inte ligga i framtiden. {CHECK_YEAR}"


def test_a_next_meeting_is_within_a_year():
    assert DayKind.NEXT_MEETING.fault(date(2027, 11, 28), ON) == ""
    assert DayKind.NEXT_MEETING.fault(date(2027, 11, 29), ON) == CHECK_YEAR
