"""The link by which somebody chooses a password: mailed, or shown where no mail is set up."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from accounts.models import User


def link_path(user: User) -> str:
    """The address of the page, without the host; it holds until it is used, three days at most."""
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])


def origin() -> str:
    """Scheme and host of the program's pages, for commands."""
    if settings.TRUSTED_ORIGINS:
        return str(settings.TRUSTED_ORIGINS[0])
    return "http://127.0.0.1:8000" if settings.DEVELOPMENT else f"https://{settings.ALLOWED_HOSTS[0]}"


def is_mailed() -> bool:
    """Whether the program has somewhere to send mail."""
    return bool(settings.EMAIL_HOST)


def has_chosen(user: User) -> bool:
    """Whether the user has a password already."""
    return user.has_usable_password()
