"""Answers by which a page asks for another: what they don't ask for is let be, whatever stands there."""

import re
from typing import Any

# By the name of what is asked for: the answers, where «{}» is what the name's number is.
_ASKED_BY = {
    r"next_meeting_on": {"next_choice": "other"},
    r"cleared_on|late_reason|departure": {"outcome": "cleared"},
    r"why_(\d+)": {"criterion_{}": "not_applicable"},
    r"supervisor_(\d+)": {"criterion_{}": "met"},
    r"m(\d+)_why": {"m{}_state": "dropped"},
}


def asking(name: str, steps: Any = ()) -> dict[str, str]:
    """Answers to be sent with one of the name, so that it is asked for; of a meeting with the step that it is about,
    one of `steps` of the form. Nothing where it is asked for anyhow."""
    for pattern, answers in _ASKED_BY.items():
        if found := re.fullmatch(pattern, name):
            number = "".join(found.groups())
            return {key.format(number): value for key, value in answers.items()} | _step(number, answers, steps)
    return {}


def _step(number: str, answers: dict[str, str], steps: Any) -> dict[str, str]:
    about = [step for step in steps if number in {str(criterion.pk) for criterion in step.criteria.all()}]
    chosen = about or (list(steps) if "outcome" in answers else [])
    return {"step": str(chosen[0].number)} if chosen else {}
