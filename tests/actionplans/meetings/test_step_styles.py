"""What the style sheets say step by step, they say of each step that a ladder can have."""

from pathlib import Path

from django.conf import settings

from projects.ladder.forms import MAX_STEPS


def test_each_step_that_a_ladder_can_have_shows_its_questions():
    rules = Path(settings.BASE_DIR, "static/css/meeting.css").read_text()
    missing = [
        number for number in range(1, MAX_STEPS + 1) if f'[value="{number}"]:checked) .step-{number},' not in rules
    ]
    assert not missing


def test_each_step_that_a_ladder_can_have_is_higher_than_the_one_before():
    rules = Path(settings.BASE_DIR, "static/css/components.css").read_text()
    places = [f".ladder > li:nth-child({number}) {{ --place: {number};" for number in range(1, MAX_STEPS + 1)]
    assert [place for place in places if place not in rules] == []
