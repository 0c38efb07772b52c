"""Events of an account, in a chain of its own: log-in and log-out, failures, password, second factor, codes."""

from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest, HttpResponse

from accounts.enums import AccessKind
from accounts.log.access import log_access
from accounts.login import lockout
from accounts.models import AccessEvent, User
from core.swedish.keys import clean

# Each in words that stand alone, by what the log calls it.
PARTS = {
    "login": "Loggade in",
    "login_failed": "Fel lösenord vid inloggning",
    "logout": "Loggade ut",
    "password_change": "Bytte lösenord",
    "password_link": "Valde lösenord genom en länk",
    "factor_add": "Satte upp tvåstegsinloggning",
    "factor_remove": "Tog bort tvåstegsinloggning",
    "factor_failed": "Fel kod i andra steget",
    "codes_make": "Fick nya reservkoder",
    "code_use": "Använde en reservkod",
}
UNKNOWN_ADDRESS = "Okänd adress"
BY_CODE = "Med reservkod"
NEW_DEVICE = "Loggade in på en ny dator eller telefon"


def log_account(user: User, part: str, request: HttpRequest | None, reason: str = "") -> None:
    """Add an event to the account's chain."""
    request_id = getattr(request, "request_id", "")
    log_access(user=user, kind=AccessKind.ACCOUNT, part=part, reason=reason, request_id=request_id)


def listen() -> None:
    """Listen to the signals of what happens to accounts; called at start."""
    account.user_logged_in.connect(_logged_in)
    user_logged_out.connect(_logged_out)
    user_login_failed.connect(_login_failed)
    account.password_changed.connect(_password_changed)
    account.password_set.connect(_password_changed)
    account.password_reset.connect(_password_by_link)
    # Not the library's own signals of these: they come after the commit, when the change can't be stopped any more.
    post_save.connect(_factor_added, sender=Authenticator)
    post_delete.connect(_factor_removed, sender=Authenticator)
    mfa.authenticator_used.connect(_code_used)
    mfa.authentication_failed.connect(_factor_failed)


def _logged_in(request: HttpRequest, user: User, response: HttpResponse, **_: Any) -> None:
    """Log a log-in; one from a device that wasn't known is logged as such."""
    kinds = {record.get("type") for record in get_authentication_records(request, user)}
    new = NEW_DEVICE if not lockout.is_known(request, user) and _has_logged_in(user) else ""
    log_account(user, "login", request, BY_CODE if Authenticator.Type.RECOVERY_CODES in kinds else new)
    lockout.remember(request, response, user)


def _has_logged_in(user: User) -> bool:
    return AccessEvent.objects.filter(user=user, kind=AccessKind.ACCOUNT, part="login").exists()


def _logged_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        log_account(user, "logout", request)


def _login_failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """An unknown address is counted without being kept. Both ways ask and write as much, so that neither is slower."""
    address = clean(str(credentials.get("email") or credentials.get("username") or "")).lower()
    nobody, user = User.objects.system(), User.objects.filter(email=address).first()
    log_account(user or nobody, "login_failed", request, "" if user else UNKNOWN_ADDRESS)


def _password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    log_account(user, "password_change", request)


def _password_by_link(request: HttpRequest, user: User, **_: Any) -> None:
    # Not by the library's own list of addresses, which is kept empty.
    lockout.forget(request, user.email)
    log_account(user, "password_link", request)


def _factor_added(instance: Authenticator, created: bool, **_: Any) -> None:
    if created:
        is_codes = instance.type == Authenticator.Type.RECOVERY_CODES
        log_account(instance.user, "codes_make" if is_codes else "factor_add", None)


def _factor_removed(instance: Authenticator, **_: Any) -> None:
    """Log that a second factor is gone, from the shell too. Codes go with it, or when there are new ones: no event."""
    if instance.type != Authenticator.Type.RECOVERY_CODES:
        log_account(instance.user, "factor_remove", None)


def _code_used(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        log_account(user, "code_use", request)


def _factor_failed(request: HttpRequest, user: User, **_: Any) -> None:
    log_account(user, "factor_failed", request)
