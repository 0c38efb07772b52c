"""Of the step that was chosen, and of no other, the questions show: a rule in the style sheet for each number."""

from pathlib import Path

from django.conf import settings

from projects.ladder.forms import MAX_STEPS


def test_each_step_that_a_ladder_can_have_shows_its_questions():
    rules = Path(settings.BASE_DIR, "static/css/meeting.css").read_text()
    missing = [
        number for number in range(1, MAX_STEPS + 1) if f'[value="{number}"]:checked) .step-{number},' not in rules
    ]
    assert not missing
