"""Log-in by allauth: nobody signs up by themselves, an administrator makes the accounts."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

# The same words whatever was wrong, so that nobody learns who has an account.
_WRONG = "E-postadressen eller lösenordet stämmer inte. Kontrollera båda och försök igen."


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is closed, and what goes wrong is told in plain words."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _WRONG,
        "email_password_mismatch": _WRONG,
        "invalid_login": _WRONG,
        "unknown_email": _WRONG,
        "enter_current_password": "Skriv det lösenord du har nu.",
        "incorrect_code": "Koden stämmer inte. Skriv den som appen visar just nu.",
        "incorrect_password": "Lösenordet stämmer inte. Försök igen.",
        "invalid_or_expired_key": "Länken gäller inte längre. Be om en ny.",
        "invalid_password_reset": "Länken gäller inte längre. Be om en ny.",
        "rate_limited": "Du har försökt många gånger på kort tid. Vänta en stund och försök igen.",
        "same_as_current": "Välj något annat än det du har nu.",
        "too_many_login_attempts": "Du har försökt logga in för många gånger. Vänta en kvart och försök igen.",
    }

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """The link; or why there is none, where an administrator alone has vouched for the address."""
        prefix = "account/email/address_is_new" if user.is_address_new else "account/email/password_reset_key"
        self.send_mail(prefix, email, context)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
