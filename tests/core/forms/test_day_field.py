"""The one field for days: read as people write them, kept as typed, and said with its day of the week."""

from datetime import date

import pytest
from django.http import QueryDict

from core.days.kinds import DayKind
from core.forms.fields import WRITE_A_DAY, DayField
from core.forms.token import BaseForm

ON = date(2026, 11, 28)


class _Days(BaseForm):
    held_on = DayField(DayKind.HAPPENED, on=ON, label="Dag", error_messages={"required": "Skriv dagen."})
    next_on = DayField(DayKind.NEXT_MEETING, on=ON, label="Nästa", required=False)


def sent(**answers: str) -> _Days:
    data = QueryDict(mutable=True)
    data.update({"held_on": "2026-11-20", **answers})
    return _Days(data)


def test_a_day_without_a_year_is_the_nearest_that_makes_sense():
    form = sent(held_on="28/1", next_on="3/12")
    assert form.is_valid()
    assert form.cleaned_data == {"held_on": date(2026, 1, 28), "next_on": date(2026, 12, 3)}


@pytest.mark.parametrize(
    ("answers", "example"),
    [
        ({"held_on": "3/12"}, "3/12 2025"),
        ({"held_on": "29 feb"}, "29/2 2024"),
        ({"held_on": "28/1", "next_on": "27/11"}, "27/11 2027"),
    ],
)
def test_the_year_is_asked_for_where_the_nearest_such_day_makes_no_sense(answers, example):
    """The example is a day that the field takes."""
    form = sent(**answers)
    assert f"Skriv också året, till exempel {example}." in str(form.errors)


def test_signs_that_nobody_sees_are_no_part_of_a_day():
    assert sent(held_on="\u200b20\u00a0nov\u00a02026 ").is_valid()
    assert sent(held_on="\u200e2026-11-20\u200f").is_valid()


def test_the_page_says_the_day_of_the_week_and_keeps_what_was_typed():
    form = sent(next_on="om 2 veckor")
    assert "lördag 12\u00a0december 2026" in str(form["next_on"])
    assert 'value="om 2 veckor"' in str(form["next_on"])
    assert "fredag 20\u00a0november 2026" in str(_Days(initial={"held_on": date(2026, 11, 20)})["held_on"])


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", "Skriv dagen."),
        ("i höstas", WRITE_A_DAY),
        ("31/11", "Det finns ingen 31 november."),
        ("1926-11-20x", WRITE_A_DAY),
        ("1926-11-20", "Kontrollera årtalet."),
    ],
)
def test_words_of_its_own_for_nothing_leave_the_other_words(typed, fault):
    form = sent(held_on=typed)
    assert form.errors["held_on"] == [fault]
    assert f'value="{typed}"' in str(form["held_on"]) or not typed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-12-03", "torsdag 3\u00a0december 2026"),
        ("i höstas", ""),
        ("31/11", "Det finns ingen 31 november."),
        ("\x00" * 9, ""),
    ],
)
def test_it_is_said_while_it_is_typed(world, log_in, typed, said):
    answer = log_in(world.case_worker).post("/dag/", {"typed": typed, "kind": "NEXT_MEETING"})
    assert answer.json()["said"] == said
