"""The answers that are sent when the form about a meeting is filled in."""

import re
from html import unescape
from uuid import uuid4

from actionplans.enums import MeetingKind
from projects.actions import ladder_on
from workshop.scale.people import World

_HIDDEN = re.compile(r'<input [^>]*type="hidden"[^>]*>')
_NAME, _VALUE = re.compile(r' name="([^"]*)"'), re.compile(r' value="([^"]*)"')

Answers = dict[str, str]


class NoFormError(Exception):
    """A page hasn't the form that it should have."""


def hidden(html: str, *, beside: str) -> Answers:
    """The hidden fields, with their values, of the form that has a field of this name.

    Raises NoFormError where no form of the page has one.
    """
    for form in html.split("<form ")[1:]:
        if f'name="{beside}"' in form:
            inputs = _HIDDEN.findall(form.partition("</form>")[0])
            return {name[1]: _value(tag) for tag in inputs if (name := _NAME.search(tag))}
    raise NoFormError(f"no form with {beside}")


def _value(tag: str) -> str:
    value = _VALUE.search(tag)
    return unescape(value[1]) if value else ""


def note(world: World) -> Answers:
    """A meeting today with a note. Its words are never sent twice: the program would ask about that."""
    return {
        "kind": MeetingKind.FOLLOW_UP,
        "held_on": world.on.isoformat(),
        "participant_present": "on",
        "text": f"Kom i tid alla dagar. Vill pröva köket. {uuid4()}",
        "step": "",
        "outcome": "as_proposed",
        "next_choice": "",
    }


def step(world: World) -> Answers:
    """The first step of the ladder judged, with all its criteria met."""
    answers = {"step": "1"}
    for criterion in ladder_on(world.project, world.on).steps.get(number=1).criteria.all():
        answers[f"criterion_{criterion.pk}"] = "met"
        if criterion.supervisor_required:
            answers[f"supervisor_{criterion.pk}"] = "Kim Handledare"
    return answers
