"""Log-in by e-mail and password."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import BigIntegerField, QuerySet

from accounts.models import User
from core.prepared.questions import prepared


class Backend(AuthenticationBackend):
    """The backend of allauth, which also reads the user's organisation in its query: every page names it."""

    def get_user(self, user_id: int) -> User | None:
        """The user of a session, as long as the account is open."""
        user = _with_organisation.first(user=user_id)
        return user if user and self.user_can_authenticate(user) else None


@prepared(user=BigIntegerField())
def _with_organisation(*, user: Any) -> QuerySet:
    return User.objects.select_related("organisation").filter(pk=user)
