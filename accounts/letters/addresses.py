"""Another address for a user: its mail brings the password links, so that it isn't changed in silence."""

from allauth.account.models import EmailAddress

from accounts.letters.outbox import tell
from accounts.login.sessions import end_sessions
from accounts.login.tokens import end_links
from accounts.models import User
from core.actions import stamp

_SUBJECT = "Din e-postadress i Samverkan är ändrad"
_TEXT = """En administratör har ändrat adressen som du loggar in med i Samverkan. Du är utloggad överallt.

Är det rätt? Logga in med den nya adressen och ditt vanliga lösenord.
Är det fel? Säg till din chef eller en annan administratör genast.
"""


def change_address(user: User, address: str, *, is_in_use: bool) -> None:
    """Set the address, end sessions and links, and tell the old address; `user` is locked by the caller.

    With `is_in_use` no link for a password holds until the owner has logged in, or a second person has vouched.
    The second factor stays. The log-in library's own list of a user's addresses must not keep any other.
    """
    before, since = user.email, user.address_changed_at or (stamp() if is_in_use else None)
    User.objects.filter(pk=user.pk).update(email=address, address_changed_at=since)
    EmailAddress.objects.filter(user=user).delete()
    end_links(user)
    end_sessions(user)
    tell([before], _SUBJECT, _TEXT)
