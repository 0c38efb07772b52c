"""Log-in by e-mail and password."""

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class Backend(AuthenticationBackend):
    """The backend of allauth, which also reads the user's organisation in its query: every page names it."""

    def get_user(self, user_id: int) -> User | None:
        """The user of a session, as long as the account is open."""
        user = User.objects.select_related("organisation").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
