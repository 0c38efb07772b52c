"""The sentence above the note of a meeting that is being written: which meeting, when, with whom."""

from datetime import date
from typing import TYPE_CHECKING, Final

from core.swedish.words import listed, weekday_near

if TYPE_CHECKING:
    from actionplans.meetings.forms import MeetingForm

# The questions that the sentence answers.
FACTS: Final = ("kind", "held_on", "participant_present", "users", "organisations", "others")
# Those about the next meeting.
NEXT: Final = ("next_choice", "next_meeting_on")
# What changes more of the case than the note: the step that is judged, and the day that the next contact must come.
BEYOND_THE_NOTE: Final = ("step", "outcome", "departure", "cleared_on", "late_reason", "other_support", *NEXT)


def facts_line(form: "MeetingForm", on: date) -> str:
    """«Uppföljningsmöte i dag, lördag 28 november, med deltagaren och Hanna Lindqvist», by the answers so far."""
    kind = _chosen(form, "kind")
    day = weekday_near(form.meeting_day, on)
    when = f"i dag, {day}" if form.meeting_day == on else day
    who = [
        *(["deltagaren"] if form["participant_present"].value() else []),
        *_chosen(form, "users"),
        *_chosen(form, "organisations"),
        *(name.strip() for name in str(form["others"].value() or "").split(",") if name.strip()),
    ]
    return f"{' '.join(kind)} {when}" + (f", med {listed(who)}" if who else "")


def _chosen(form: "MeetingForm", name: str) -> list[str]:
    value = form[name].value() or []
    wanted = {str(each) for each in value} if isinstance(value, list | tuple) else {str(value)}
    choices = form.fields[name].choices  # type: ignore[attr-defined]
    return [str(label) for key, label in choices if str(key) in wanted]
