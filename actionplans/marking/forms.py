"""The form that marks a delmål: a day, why it is dropped if it is, and a button for each state."""

from datetime import date
from typing import Any

from actionplans.enums import MilestoneState
from actionplans.marking.actions import NEXT, NOT_NEXT, MilestoneMark, mark_faults
from actionplans.marking.shared_facts import state_now
from actionplans.models import MilestoneStatus
from core.days.kinds import DayKind
from core.forms.concurrency import SharedForm
from core.forms.fields import DayField, TextWhenAsked


class MarkForm(SharedForm):
    """Asks from which day a delmål stands otherwise. The button that is pressed says how: its value is `state`."""

    opens_with_stored = False

    since = DayField(
        DayKind.HAPPENED,
        label="Vilken dag?",
        error_messages={"required": "Skriv vilken dag delmålet ändrade läge."},
    )
    dropped_because = TextWhenAsked(label="Varför stryks det?", required=False, max_length=300, says_who=False)

    def __init__(self, *args: Any, status: MilestoneStatus, state: str, on: date, **kwargs: Any) -> None:
        super().__init__(*args, shared=state_now(status), initial={"since": on}, **kwargs)
        self.status, self.state, self.day = status, state, on

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The buttons: value and text."""
        return [(state, _DOING[state]) for state in NEXT[self.status.state]]

    def clean(self) -> dict[str, Any]:
        """A button has been pressed, the day is possible, and what is dropped says why."""
        data = super().clean()
        if self.state == self.status.state:
            self.add_error(None, f"Delmålet är redan {self.status.get_state_display().lower()}.")
        elif self.state not in MilestoneState.values:
            self.add_error(None, NOT_NEXT)
        if self.state == MilestoneState.DROPPED and not data.get("dropped_because"):
            self.add_error("dropped_because", "Skriv varför delmålet stryks.")
        if since := data.get("since"):
            for field, fault in mark_faults(self.status, since, self.status.enrolment, self.day).items():
                self.add_error(field, fault)
        return data

    def mark(self) -> MilestoneMark:
        """The answers as the action takes them. The form must be valid."""
        data = self.cleaned_data
        return MilestoneMark(state=MilestoneState(self.state), since=data["since"], why=data["dropped_because"])


_DOING = {
    MilestoneState.REACHED: "Delmålet är nått",
    MilestoneState.UNDER_WAY: "Delmålet pågår",
    MilestoneState.DROPPED: "Stryk delmålet",
}
