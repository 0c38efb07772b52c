"""Links for choosing a password, and what ends them."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils import timezone

from accounts.models import OutgoingMail, User


class LinkTokens(PasswordResetTokenGenerator):
    """Links that end with the address they were made for, at log-in, when used, and when they are called back."""

    def check_token(self, user: AbstractBaseUser | None, token: str | None) -> bool:
        """Whether the link holds. None does while the address is one that an administrator alone has vouched for."""
        return isinstance(user, User) and not user.is_address_new and super().check_token(user, token)

    def _make_hash_value(self, user: AbstractBaseUser, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}:{user.links_ended_at}"  # type: ignore[arg-type, attr-defined]


def end_links(user: User) -> None:
    """Make all links for choosing the user's password worth nothing, those that wait to be mailed too."""
    OutgoingMail.objects.filter(user=user).delete()
    User.objects.filter(pk=user.pk).update(links_ended_at=timezone.now())


def know_address(user: User) -> None:
    """The owner has logged in, so the address is theirs; called at each log-in."""
    User.objects.filter(pk=user.pk, address_changed_at__isnull=False).update(address_changed_at=None)
