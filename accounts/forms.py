"""Forms of the log-in library that are made stricter."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from django.http import HttpRequest

from accounts.enums import MailKind
from accounts.letters import outbox
from accounts.login import lockout


class LogInForm(LoginForm):
    """Address and password; a code from the user's app too where the account is slowed down."""

    @property
    def asks_for_code(self) -> bool:
        """Whether a code lets the next try through."""
        return any(error.code == lockout.TOO_MANY for error in self.non_field_errors().as_data())


class ResetForm(ResetPasswordForm):
    """Asking for a link. A known and an unknown address get one and the same answer, after equal work: the mail goes
    later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages["required"] = "Skriv din e-postadress."

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Leave a letter to be sent, to nobody where nobody has the address."""
        user = self.users[0] if self.users else None
        outbox.post_link(MailKind.PASSWORD_LINK, user, request.build_absolute_uri("/"))
        email: str = self.cleaned_data["email"]
        return email


class OneTimeActivateForm(ActivateTOTPForm):
    """Setting up an app for codes: the code that proves it is spent by that, and logs nobody in afterwards."""

    def clean_code(self) -> str:
        """Raises ValidationError for a wrong code and for one that has been used."""
        code: str = super().clean_code()
        # The library spends codes at log-in alone. Its own key for a spent code is asked for, so that log-in finds it.
        if not TOTP(Authenticator(user=self.user))._mark_code_used(code):
            raise get_adapter().validation_error("incorrect_code")
        return code
