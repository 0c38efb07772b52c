"""Slowing down guesses at passwords, without shutting out the account's owner.

Tries are counted for an account from one address, for an account from all devices that it isn't known on, and for an
address as a whole. A device that the user has logged in from before has a count of its own, which nobody else can use
up; and a code from the user's own app lets a try through when the account's count is used up.
"""

from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User
from core.swedish.keys import clean

# A device is known for half a year after the last log-in, and by at most so many users.
COOKIE_AGE = 182 * 24 * 3600
USERS_A_DEVICE = 8
TOO_MANY = "too_many_login_attempts"

Usages = list[ratelimit.RateLimitUsage]


def find(address: str) -> User | None:
    """The user of a typed address, or None. One query in either case, so that time tells nothing."""
    return User.objects.filter(email=clean(address).lower()).first()


def admit(request: HttpRequest, address: str, code: str) -> Usages | None:
    """Count a try to log in. Gives the counters, to be taken back when the try succeeds; None for one try too many."""
    user, typed = find(address), clean(address).lower()
    usages = _count(request, *_counters(request, user, typed))
    if usages is None and code and _proves(typed, code):
        return []
    return usages


def _counters(request: HttpRequest, user: User | None, typed: str) -> list[tuple[str, str]]:
    if is_known(request, user):
        return [("login_known_device", typed)]
    here = ratelimit.get_ip(request)
    return [("login_address", ""), ("login_pair", f"{typed}|{here}"), ("login_account", typed)]


def forget(request: HttpRequest, address: str) -> None:
    """Begin the account's counts anew: after a password chosen through a link."""
    typed = clean(address).lower()
    for action in ("login_known_device", "login_account"):
        ratelimit.clear(request, app="allauth.account", action=action, key=typed)


def _count(request: HttpRequest, *counters: tuple[str, str]) -> Usages | None:
    usages: Usages = []
    for action, key in counters:
        usage = ratelimit.consume(request, app="allauth.account", action=action, key=key or None)
        if not usage:
            take_back(usages)
            return None
        usages.append(usage)
    return usages


def take_back(usages: Usages) -> None:
    """Take a try that succeeded back from the counters."""
    for usage in usages:
        usage.rollback()


def _proves(typed: str, code: str) -> bool:
    """Whether the code is from the app of the address's owner. It is spent by that."""
    apps = Authenticator.objects.filter(user__email=typed, type=Authenticator.Type.TOTP)
    return any(app.wrap().validate_code(code) for app in apps)


# --- Devices that are known -----------------------------------------------------------------------------------------


def cookie_name() -> str:
    """The cookie's name: with https one that browsers let no other site set."""
    return "device" if settings.DEVELOPMENT else "__Host-device"


def is_known(request: HttpRequest, user: User | None) -> bool:
    """Whether the user has logged in from this device since choosing the password."""
    return user is not None and any(constant_time_compare(token, _token(user)) for token in _tokens(request))


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let the device be known to be the user's. The cookie tells nobody whose."""
    tokens = [_token(user), *(token for token in _tokens(request) if token != _token(user))][:USERS_A_DEVICE]
    response.set_cookie(
        cookie_name(),
        ".".join(tokens),
        max_age=COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=not settings.DEVELOPMENT,
    )


def _tokens(request: HttpRequest) -> list[str]:
    return request.COOKIES.get(cookie_name(), "").split(".")[:USERS_A_DEVICE]


def _token(user: User) -> str:
    """A digest that changes with the password, so that a new one makes all devices unknown."""
    return salted_hmac("accounts.known device", f"{user.public_id}:{user.password}", algorithm="sha256").hexdigest()
