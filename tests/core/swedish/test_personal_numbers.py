"""Personal numbers are read in every spelling, kept in one, and refused in words."""

import string
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.swedish.personal_numbers import NumberKind, parse

DAY = date(2011, 6, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "19790214-2327",
        "197902142327",
        "790214-2327",
        "7902142327",
        " 790214 2327 ",
        "790214\u00a02327",
        "19790214 - 2327",
        "790214–2327",
        "19790214+2327",
        197902142327,
        197902142327.0,
        7902142327.0,
    ],
)
def test_the_same_person_in_any_spelling_is_one_number(typed: str | int | float) -> None:
    number = parse(typed, on=DAY)
    assert (number.value, number.formatted) == ("197902142327", "19790214-2327")
    assert (number.kind, number.birth_date, number.sex) == (NumberKind.PERSONAL, date(1979, 2, 14), "female")


def test_a_coordination_number_has_sixty_added_to_the_day() -> None:
    number = parse("195802662378", on=DAY)
    assert (number.value, number.kind) == ("195802662378", NumberKind.COORDINATION)
    assert (number.birth_date, number.sex) == (date(1958, 2, 6), "male")


@pytest.mark.parametrize(
    ("typed", "on", "birth_date"),
    [
        ("110228-2389", date(2011, 2, 28), date(2011, 2, 28)),
        ("110228-2389", date(2011, 2, 27), date(1911, 2, 28)),
        ("110228+2389", date(2011, 2, 28), date(1911, 2, 28)),
        # The sign changes with the year, before the hundredth birthday.
        ("110228+2389", date(2011, 1, 1), date(1911, 2, 28)),
        ("790214+2327", DAY, date(1879, 2, 14)),
        ("790214-2327", DAY, date(1979, 2, 14)),
        # Coordination numbers too are dated without the sixty.
        ("110288-2394", date(2011, 2, 28), date(2011, 2, 28)),
        ("110288-2394", date(2011, 2, 27), date(1911, 2, 28)),
    ],
)
def test_the_century_of_ten_digits_is_decided_by_the_sign_and_the_day(typed: str, on: date, birth_date: date) -> None:
    assert parse(typed, on=on).birth_date == birth_date


def test_a_leap_day_that_only_one_century_has_is_no_date_in_the_other() -> None:
    assert parse("000229-2381", on=DAY).birth_date == date(2000, 2, 29)
    with pytest.raises(ValueError, match="datum som finns"):
        parse("000229+2381", on=DAY)


def test_a_numeric_cell_has_lost_its_leading_zeros() -> None:
    assert parse(2292381.0, on=DAY).value == "200002292381"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "tio eller tolv siffror"),
        ("79021423", "tio eller tolv siffror"),
        ("1979-02-14-2327", "tio eller tolv siffror"),
        ("19790214-T327", "reservnummer, och sådana kan inte sparas. Lämna numret tomt"),
        ("790214t327", "reservnummer"),
        ("19790214-TF12", "reservnummer"),
        ("790214-23T", "tio eller tolv siffror"),
        ("7902T4-2327", "tio eller tolv siffror"),
        ("".join(chr(0x0660 + int(digit)) for digit in "7902142327"), "tio eller tolv siffror"),
        ("".join(chr(0xFF10 + int(digit)) for digit in "7902142327"), "tio eller tolv siffror"),
        (197902142327.5, "tio eller tolv siffror"),
        (float("nan"), "tio eller tolv siffror"),
        (float("inf"), "tio eller tolv siffror"),
        (True, "tio eller tolv siffror"),
        (-197902142327, "tio eller tolv siffror"),
        ("790230-2327", "datum som finns"),
        ("791301-2327", "datum som finns"),
        ("790200-2327", "datum som finns"),
        ("790260-2327", "datum som finns"),
        ("790292-2327", "datum som finns"),
        ("179902142327", "datum som finns"),
        ("790214-2328", "Kontrollsiffran"),
        ("790214-0007", "Kontrollsiffran"),
        ("201202142327", "inte var född 2011-06-01"),
    ],
)
def test_what_is_no_number_is_refused_with_what_is_wrong(typed: str | int | float, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse(typed, on=DAY)


number_like = st.text(alphabet=string.digits + "-+ –T\u0663\uff17\u00a0", max_size=16)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@settings(max_examples=1000)
@given(value=st.one_of(number_like, st.text(), st.integers(), st.floats()), on=days)
def test_nothing_but_a_value_error_ever_comes_out(value: str | int | float, on: date) -> None:
    try:
        number = parse(value, on=on)
    except ValueError:
        return
    assert number.value.isascii()
    assert number.value.isdigit()
    assert number.birth_date <= on


@given(
    born=st.dates(date(1900, 1, 1), date(2011, 5, 31)),
    serial=st.integers(1, 999),
    offset=st.sampled_from([0, 60]),
)
def test_what_is_read_back_from_its_own_form_is_the_same_number(born: date, serial: int, offset: int) -> None:
    digits = f"{born:%Y%m}{born.day + offset:02}{serial:03}"
    digits += _check_digit(digits[2:])
    number = parse(digits, on=DAY)
    assert number.birth_date == born
    assert parse(number.formatted, on=DAY) == number
    sign = "+" if DAY.year - born.year >= 100 else "-"
    assert parse(f"{digits[2:8]}{sign}{digits[8:]}", on=DAY) == number


def _check_digit(nine: str) -> str:
    doubled = [int(digit) * (2, 1)[place % 2] for place, digit in enumerate(nine)]
    return str(-sum(number // 10 + number % 10 for number in doubled) % 10)
