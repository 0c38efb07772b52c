"""Who saved something last: somebody else, or the user in another window."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from core.forms.showing import showing
from core.swedish.words import moment

CHANGED_BY_SELF: Final = "Du har själv ändrat uppgifterna, till exempel i ett annat fönster. Jämför och spara igen."


@dataclass(frozen=True, slots=True)
class Saver:
    """Who saved something last, and when; as text «Karin Ek sparade 28 november 2026 kl. 10.42.»"""

    who: Any
    at: datetime

    @property
    def is_oneself(self) -> bool:
        """Whether the page is shown to that user: who has it open in two windows."""
        return str(self.who.public_id) == showing().user

    def __str__(self) -> str:
        return f"{'Du' if self.is_oneself else self.who} sparade {moment(self.at)}."
