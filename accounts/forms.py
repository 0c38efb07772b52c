"""Forms of the log-in library that are made stricter."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP


class OneTimeActivateForm(ActivateTOTPForm):
    """Setting up an app for codes: the code that proves it is spent by that, and logs nobody in afterwards."""

    def clean_code(self) -> str:
        """Raises ValidationError for a wrong code and for one that has been used."""
        code = super().clean_code()
        # The library spends codes at log-in alone. Its own key for a spent code is asked for, so that log-in finds it.
        if not TOTP(Authenticator(user=self.user))._mark_code_used(code):
            raise get_adapter().validation_error("incorrect_code")
        return code
