"""Log-in by allauth: nobody signs up by themselves, an administrator makes the accounts."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from accounts.login import lockout

# One sentence for every fault, so that nobody learns who has an account.
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
        "too_many_login_attempts": (
            "Det har blivit för många försök att logga in. Vänta en kvart, logga in på en dator där du har loggat in "
            "förut, eller välj ett nytt lösenord. Med tvåstegsinloggning kan du skriva koden här, och nästa kod sedan."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try to log in. Raises ValidationError, for no field, where it is one too many."""
        usages = lockout.admit(request, _typed(credentials), request.POST.get("code", ""))
        if usages is None:
            raise self.validation_error(lockout.TOO_MANY)
        self._usages = usages

    def _rollback_login_failed_rl_usage(self) -> None:
        lockout.take_back(self._usages)

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        lockout.forget(request, _typed(credentials))


def _typed(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email") or credentials.get("username") or "")
