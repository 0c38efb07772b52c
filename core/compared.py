"""Two versions of something side by side."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing as two versions say it, the earlier first."""

    label: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether they say different things."""
        return self.before != self.after
