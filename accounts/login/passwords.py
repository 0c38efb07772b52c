"""A rule for passwords beside Django's own."""

import re

from django.core.exceptions import ValidationError

from accounts.models import User
from core.swedish.keys import fold

# Shorter parts of a name stand in too many words: Bo, Li, Ek.
_SHORTEST = 3


class OwnNameValidator:
    """Refuses a password that holds a part of the user's own name or of the address before its @."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError for such a password; case and accents of its letters make no difference."""
        folded = fold(password)
        if user is not None and any(part in folded for part in _parts(user)):
            raise ValidationError(self.get_help_text(), code="password_own_name")

    def get_help_text(self) -> str:
        """The demand on a password, in a Swedish sentence."""
        return "Lösenordet får inte innehålla ditt namn eller din e-postadress."


def _parts(user: User) -> set[str]:
    words = re.split(r"[\W\d_]+", f"{fold(user.name)} {fold(user.email.partition('@')[0])}")
    return {word for word in words if len(word) >= _SHORTEST}
