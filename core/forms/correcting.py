"""Forms that write a new version of what stands: one that says the same again is none."""

import json
from typing import Final

from django import forms

from core.forms.concurrency import SharedForm

UNCHANGED: Final = "Du har inte ändrat något. Rätta det som är fel, eller gå tillbaka utan att spara."


class CorrectingForm(SharedForm):
    """A shared form whose answers become a new version of what is stored."""

    def require_change(self) -> None:
        """Make sure that what was sent says something else than the page showed; part of the clean of a form that
        writes a new version. Raises ValidationError."""
        if self._is_as_shown():
            raise forms.ValidationError(UNCHANGED)

    def _is_as_shown(self) -> bool:
        stored, mine = self._stored_words(), self.my_words()
        if self._seen.keys() != json.loads(self.version()).keys() or self._changed(self):
            return False
        # Questions about nothing that is stored are answered as they were asked.
        beside = mine.keys() - stored.keys()
        return all(mine[name] == stored[name] for name in mine.keys() & stored.keys()) and not any(
            self.fields[name].has_changed(self.get_initial_for_field(self.fields[name], name), self[name].data)
            for name in beside
        )
