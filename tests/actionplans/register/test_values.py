"""Each cell is understood for certain or refused with what to do."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplans.register.cells.days import Context
from actionplans.register.cells.values import understand
from actionplans.register.reading.fields import STEPS, Field
from actionplans.register.workbook.sheet import Cell, Unreadable
from participants.enums import ExitReason, LivelihoodKind, ReferralSource, Sex

TODAY = date(2012, 6, 30)
CONTEXT = Context(TODAY)
DAYS = (
    Field.APPLIED_ON,
    Field.REFERRED_ON,
    Field.ENROLLED_ON,
    Field.ASSESSED_ON,
    Field.PLANNED_ON,
    Field.EXITED_ON,
    *STEPS,
)


@pytest.mark.parametrize(
    "cell",
    [
        date(2011, 1, 28),
        datetime(2011, 1, 28, 13, 5),
        40571,
        40571.0,
        40571.75,
        110128.0,
        20110128.0,
        "2011-01-28",
        " 2011-01-28 ",
        "2011-1-28",
        "2011/01/28",
        "2011.01.28",
        "2011-01-28 00:00:00",
        "110128",
        "20110128",
        "28/1 2011",
        "28/01 2011",
        "28/1-2011",
        "28/1/2011",
        "28/1 11",
        "28.1.11",
        "28-1-2011",
        "den 28:e januari 2011",
        "fredag 28 januari 2011",
        "28.1.2011",
        "28. 1. 2011",
        "28 jan 2011",
        "28 jan. 2011",
        "28 Januari 2011",
        "28\u00a0jan\u00a02011",
    ],
)
def test_a_day_is_understood_in_every_spelling(cell: Cell) -> None:
    assert understand(Field.ENROLLED_ON, cell, CONTEXT) == date(2011, 1, 28)


MONTHS = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti"]
MONTHS += ["september", "oktober", "november", "december"]


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_its_name(month: int) -> None:
    name = MONTHS[month - 1]
    for word in (name, name[:3]):
        assert understand(Field.EXITED_ON, f"5 {word} 2011", CONTEXT) == date(2011, month, 5)


def test_bare_day_numbers_count_from_1904_where_the_workbook_does() -> None:
    assert understand(Field.ENROLLED_ON, 39109.0, Context(TODAY, date_1904=True)) == date(2011, 1, 28)


@pytest.mark.parametrize(
    "cell",
    [
        "mars 2011",
        "2011",
        "2011-01",
        "v. 4 2011",
        "måndag 28 januari 2011",
        "28 januari",
        "i går",
        "på fredag",
        "28-1-11",
        "28/1",
        "1/28/2011",
        "2011-13-01",
        "2011-02-29",
        "110229",
        "29/2 2011",
        "31.4.2011",
        "28 janvari 2011",
        "ca 2011-01-28",
        "2011-01-28?",
        "2011-01-28 13:05",
        "\u0662\u0660\u0661\u0661-01-28",
        "x",
        "ja",
        True,
        5.0,
        2011.0,
        123456789.0,
        -40571.0,
        "40571",
    ],
)
def test_what_is_no_certain_day_is_refused_and_never_guessed(cell: Cell) -> None:
    with pytest.raises(ValueError, match=r"går inte att läsa som en dag. Skriv dagen så här: 2011-01-28\."):
        understand(Field.ENROLLED_ON, cell, CONTEXT)


@pytest.mark.parametrize("field", DAYS)
def test_a_day_in_the_future_is_refused_in_every_column_of_days(field: Field) -> None:
    assert understand(field, TODAY, CONTEXT) == TODAY
    for cell in (date(2012, 7, 1), "2012-07-01", "991231", date(2032, 1, 5)):
        with pytest.raises(ValueError, match="ligger i framtiden"):
            understand(field, cell, CONTEXT)


def test_a_day_from_another_age_is_a_slip_of_the_pen() -> None:
    with pytest.raises(ValueError, match="för länge sedan"):
        understand(Field.ENROLLED_ON, "1911-01-28", CONTEXT)


@pytest.mark.parametrize("field", Field)
@pytest.mark.parametrize("cell", [None, "", " ", "-", " – ", "—", "\u00a0"])
def test_blank_and_dash_are_empty_in_every_column(field: Field, cell: Cell) -> None:
    assert understand(field, cell, CONTEXT) is None


@pytest.mark.parametrize("field", STEPS)
@pytest.mark.parametrize("cell", ["x", "X", "ja", "Ja", "klart", "OK", "✓", True])
def test_a_step_marked_without_a_day_is_refused_with_that_reason(field: Field, cell: Cell) -> None:
    with pytest.raises(ValueError, match="Steget är markerat utan dag"):
        understand(field, cell, CONTEXT)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("x", True),
        ("X", True),
        ("ja", True),
        ("J", True),
        ("nej", False),
        ("N", False),
        (True, True),
        (False, False),
    ],
)
def test_yes_and_no(cell: Cell, expected: bool) -> None:
    assert understand(Field.FULL_TIME_SICK, cell, CONTEXT) is expected


@pytest.mark.parametrize(
    ("field", "cell", "expected"),
    [
        *((Field.SEX, cell, Sex.FEMALE) for cell in ("K", "k", "Kvinna", " kvinna ")),
        *((Field.SEX, cell, Sex.MALE) for cell in ("M", "m", "Man")),
        *((Field.SOURCE, cell, ReferralSource.SOCIAL_SERVICES) for cell in ("Socialtjänsten", "soc", "IFO")),
        *((Field.SOURCE, cell, ReferralSource.EMPLOYMENT_SERVICE) for cell in ("AF", "Arbetsförmedlingen")),
        *((Field.SOURCE, cell, ReferralSource.SOCIAL_INSURANCE) for cell in ("FK", "Försäkringskassan")),
        *((Field.SOURCE, cell, ReferralSource.HEALTH_CARE) for cell in ("Vårdcentralen", "Hälso- och sjukvården")),
        *((Field.SOURCE, cell, ReferralSource.OWN_APPLICATION) for cell in ("Eget initiativ", "egen anmälan")),
        (Field.EXIT_REASON, "Avliden", ExitReason.DECEASED),
        (Field.EXIT_REASON, "Eget önskemål", ExitReason.OWN_REQUEST),
        (Field.EXIT_REASON, "flyttat", ExitReason.MOVED),
        (Field.EXIT_REASON, "Fo\u0308ra\u0308ldraledig", ExitReason.PARENTAL_LEAVE),
        *((Field.EXIT_REASON, str(reason.label), reason) for reason in ExitReason),
        *((Field.SOURCE, str(source.label), source) for source in ReferralSource),
    ],
)
def test_choices_are_understood_by_their_names_and_the_registers_short_forms(
    field: Field, cell: Cell, expected: Any
) -> None:
    value = understand(field, cell, CONTEXT)
    assert value is expected


SOCIAL, SICK = LivelihoodKind.SOCIAL_ASSISTANCE, LivelihoodKind.SICKNESS_BENEFIT


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Sjukpenning", ((SICK, None),)),
        ("försörjn.stöd", ((SOCIAL, None),)),
        ("Försörjningsstöd 50%, sjukpenning 50%", ((SOCIAL, 50), (SICK, 50))),
        ("försörjningsstöd 25 % och sjukpenning", ((SOCIAL, 25), (SICK, None))),
        ("Ej nådd", ((LivelihoodKind.NOT_REACHED, None),)),
        ("förtidspension", ((LivelihoodKind.SICKNESS_COMPENSATION, None),)),
        ("lön med anställningsstöd 80 %", ((LivelihoodKind.SUPPORTED_WAGE, 80),)),
        ("A-kassa; Lön", ((LivelihoodKind.UNEMPLOYMENT_BENEFIT, None), (LivelihoodKind.WAGE, None))),
        *((str(kind.label), ((kind, None),)) for kind in LivelihoodKind),
    ],
)
def test_means_of_support_may_be_several_with_per_cent(cell: str, expected: Any) -> None:
    assert understand(Field.LIVELIHOOD_BEFORE, cell, CONTEXT) == expected


@pytest.mark.parametrize(
    ("field", "cell", "reason"),
    [
        (Field.SEX, "?", "Skriv K eller M"),
        (Field.SEX, "kv", "Skriv K eller M"),
        (Field.SOURCE, "AME", "till exempel AF"),
        (Field.SOURCE, date(2011, 1, 28), "till exempel AF"),
        (Field.EXIT_REASON, "se pärm", "till exempel Arbete"),
        (Field.FULL_TIME_SICK, "50 %", "varken ja eller nej"),
        (Field.FULL_TIME_SICK, "1", "varken ja eller nej"),
        (Field.LIVELIHOOD_AFTER, "lottovinst", "inte känner igen"),
        (Field.LIVELIHOOD_AFTER, "Lön 150%", "inte känner igen"),
        (Field.LIVELIHOOD_AFTER, "Lön 0%", "inte känner igen"),
        (Field.LIVELIHOOD_AFTER, "Lön 50", "inte känner igen"),
        (Field.LIVELIHOOD_AFTER, "50%", "inte känner igen"),
        (Field.LIVELIHOOD_AFTER, "Lön, lön", "två gånger"),
        (Field.PERSONAL_NUMBER, "saknas", "tio eller tolv siffror"),
        (Field.PERSONAL_NUMBER, date(1979, 2, 14), "inget personnummer"),
        (Field.PERSONAL_NUMBER, "19701209-9822", "Kontrollsiffran"),
        (Field.FAMILY_NAME, "x" * 81, "längre än 80 tecken"),
    ],
)
def test_a_value_that_is_not_understood_is_refused_with_what_to_do(field: Field, cell: Cell, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        understand(field, cell, CONTEXT)


@pytest.mark.parametrize("field", [field for field in Field if field not in (Field.NUMBER, Field.IGNORE)])
def test_a_formula_without_a_result_an_error_and_a_time_are_refused_in_every_column(field: Field) -> None:
    for text, reason in (("=", "utan sparat resultat"), ("#REF!", "felet #REF!"), ("12:00:00", "klockslag")):
        with pytest.raises(ValueError, match=reason):
            understand(field, Unreadable(text), CONTEXT)


def test_a_running_number_and_an_ignored_column_may_hold_anything() -> None:
    for cell in (Unreadable("="), "abc", 7.0):
        assert understand(Field.NUMBER, cell, CONTEXT) is None
        assert understand(Field.IGNORE, cell, CONTEXT) is None


@pytest.mark.parametrize(
    ("field", "cell", "expected"),
    [
        (Field.FAMILY_NAME, "Bergström ", "Bergström"),
        (Field.FAMILY_NAME, "von  der\u00a0Åkerö", "von der Åkerö"),
        (Field.FAMILY_NAME, "A\u030akesson", "Åkesson"),
        (Field.GIVEN_NAME, "Ali\u0000\u0007", "Ali"),
        (Field.GIVEN_NAME, 7.0, "7"),
        (Field.PLACEMENT, " IT-verkstaden ", "IT-verkstaden"),
        (Field.NOTE, " två \n\n rader ", "två\nrader"),
        (Field.NOTE, date(2011, 1, 28), "2011-01-28"),
    ],
)
def test_free_text_is_tidied_and_never_refused(field: Field, cell: Cell, expected: str) -> None:
    assert understand(field, cell, CONTEXT) == expected


def test_a_ten_digit_number_is_read_as_of_the_enrolment() -> None:
    number: Any = understand(Field.PERSONAL_NUMBER, "790214-2327", Context(date(2080, 1, 1), False, date(2011, 1, 28)))
    assert number.value == "197902142327"


@settings(max_examples=500)
@given(
    field=st.sampled_from(Field),
    cell=st.one_of(
        st.text(),
        st.text(alphabet="0123456789-/. janmrskxKM%", max_size=14),
        st.floats(allow_nan=False, allow_infinity=False),
        st.integers(),
        st.booleans(),
        st.dates(),
        st.datetimes(),
    ),
    date_1904=st.booleans(),
)
def test_nothing_but_a_value_error_with_a_sentence_ever_comes_out(field: Field, cell: Cell, date_1904: bool) -> None:
    try:
        outcome: Any = understand(field, cell, Context(TODAY, date_1904))
    except ValueError as error:
        outcome = error
    if isinstance(outcome, ValueError):
        assert str(outcome).endswith(".")
        assert len(str(outcome)) < 250
    else:
        assert not isinstance(outcome, date) or outcome <= TODAY
