"""Swedish numbers and days, and what the component templates ask."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms

from core.swedish import words as swedish
from core.templatetags import components

NOON = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.606, "60,6\xa0%"),
        (0.285, "28,5\xa0%"),
        (0.0005, "0,1\xa0%"),
        (0.00049, "0,0\xa0%"),
        (1, "100,0\xa0%"),
        (0, "0,0\xa0%"),
        (Decimal("0.125"), "12,5\xa0%"),
        (None, "–"),
    ],
)
def test_a_share_is_written_with_decimal_comma(share: float | Decimal | None, text: str) -> None:
    assert swedish.percent(share) == text


def test_percent_may_be_whole() -> None:
    assert swedish.percent(0.525, 0) == "53\xa0%"


def test_an_interval_names_per_cent_once() -> None:
    assert swedish.interval(0.522, 0.684) == "52–68\xa0%"
    assert swedish.interval(None, None) == "–"


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [(12345.678, 1, "12\xa0345,7"), (-0.5, 1, "−0,5"), (7, 0, "7"), (2.5, 0, "3"), (None, 1, "–")],
)
def test_a_number_has_comma_and_blank_between_thousands(value: float | None, places: int, text: str) -> None:
    assert swedish.decimal(value, places) == text


@pytest.mark.parametrize(
    ("value", "long", "short"),
    [
        (date(2026, 2, 12), "12\xa0februari 2026", "12\xa0feb"),
        (date(2026, 7, 1), "1\xa0juli 2026", "1\xa0juli"),
        (None, "–", "–"),
    ],
)
def test_a_day_is_written_as_it_is_said(value: date | None, long: str, short: str) -> None:
    assert (swedish.day(value), swedish.day_short(value)) == (long, short)


def test_a_weekday_goes_before_the_day() -> None:
    assert swedish.weekday(date(2027, 1, 4)) == "måndag 4\xa0januari"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 11, 22), "i dag"),
        (date(2026, 11, 23), "i morgon"),
        (date(2026, 11, 21), "i går"),
        (date(2026, 11, 27), "om 5\xa0dagar"),
        (date(2026, 11, 18), "för 4\xa0dagar sedan"),
        (date(2027, 11, 22), "om 365\xa0dagar"),
        (None, "–"),
    ],
)
def test_a_day_is_told_from_today(value: date | None, text: str) -> None:
    assert swedish.day_relative(value, NOON) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2026, 11, 22, 9, 42, tzinfo=UTC), "22\xa0november 2026 kl.\xa010.42"),
        (datetime(2026, 6, 30, 22, 30, tzinfo=UTC), "1\xa0juli 2026 kl.\xa000.30"),
        (None, "–"),
    ],
)
def test_a_moment_follows_stockholms_clock(value: datetime | None, text: str) -> None:
    assert swedish.moment(value) == text


@pytest.mark.parametrize(
    ("count", "words", "text"),
    [
        (1, "dag,dagar", "1\xa0dag"),
        (0, "dag,dagar", "0\xa0dagar"),
        (3, "dag,dagar", "3\xa0dagar"),
        (1200, "rad,rader", "1\xa0200\xa0rader"),
        (2, "möte,möten", "2\xa0möten"),
        (2, "mål", "2\xa0mål"),
    ],
)
def test_a_count_agrees_with_its_word(count: int, words: str, text: str) -> None:
    assert swedish.plural(count, words) == text


class Sample(forms.Form):
    """One field of each kind that a template tells apart."""

    name = forms.CharField()
    agrees = forms.BooleanField()
    outcome = forms.ChoiceField(choices=[("a", "Ja"), ("b", "Nej")], widget=forms.RadioSelect)
    present = forms.MultipleChoiceField(choices=[("a", "Deltagaren")], widget=forms.CheckboxSelectMultiple)
    step = forms.ChoiceField(choices=[("1", "Ett")])


@pytest.mark.parametrize(
    ("name", "box", "group", "target"),
    [
        ("name", False, False, "id_name"),
        ("agrees", True, False, "id_agrees"),
        ("outcome", False, True, "id_outcome_0"),
        ("present", False, True, "id_present_0"),
        ("step", False, False, "id_step"),
    ],
)
def test_fields_are_told_apart_by_how_they_are_answered(name: str, box: bool, group: bool, target: str) -> None:
    field = Sample()[name]
    assert (components.is_single_box(field), components.is_choice_group(field)) == (box, group)
    assert components.first_input_id(field) == target


def test_the_error_summary_counts_the_answers() -> None:
    assert components.error_title(Sample({})) == "Fem svar saknas"
    almost = {"name": "Åsa", "agrees": "on", "outcome": "a", "present": ["a"]}
    assert components.error_title(Sample(almost)) == "Ett svar saknas"
    assert components.error_title(Sample(almost | {"step": "9"})) == "Ett svar behöver rättas"
    assert components.error_title(Sample(almost | {"outcome": "c"})) == "Två svar behöver rättas"


def test_a_fault_of_the_whole_form_is_to_be_put_right() -> None:
    form = Sample({"name": "Åsa", "agrees": "on", "outcome": "a", "present": ["a"], "step": "1"})
    form.add_error(None, "Perioden finns redan.")
    assert components.error_title(form) == "Ett svar behöver rättas"


@pytest.mark.parametrize(
    ("label", "fault", "line"),
    [
        ("Förnamn", "Skriv förnamnet.", "Skriv förnamnet."),
        ("Anvisad från", "Välj varifrån personen är anvisad.", "Välj varifrån personen är anvisad."),
        ("Vad sas?", "Skriv vad som sas.", "Skriv vad som sas."),
        ("Vad sas?", "Texten är för lång.", "Vad sas? Texten är för lång."),
        ("Lösenord", "Detta fält måste fyllas i.", "Lösenord: Detta fält måste fyllas i."),
        ("Delmål 2", "Skriv delmålet.", "Delmål 2: Skriv delmålet."),
    ],
)
def test_the_error_summary_names_a_question_once(label: str, fault: str, line: str) -> None:
    form = Sample()
    form.fields["name"].label = label
    assert components.in_summary(fault, form["name"]) == line


def test_a_row_with_too_few_cells_is_not_drawn() -> None:
    assert list(components.beside("ab", [1, 2])) == [("a", 1), ("b", 2)]
    with pytest.raises(ValueError, match="shorter"):
        list(components.beside("ab", [1]))
