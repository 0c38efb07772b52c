"""Forms about somebody who was referred and whose identity is protected."""

from typing import Any, Final

from core.forms.concurrency import SharedForm
from participants.enums import ProtectionLevel
from participants.models import Referral
from participants.protection.forms import LEVELS, ProtectedEnrolForm, is_kept_field, level_field
from participants.referral.shared_facts import carried_over, shared_of
from participants.referral.waiting_form import AboutWaiting
from participants.shared_facts import IDENTITY

# The answers that an enrolment without a name takes over.
_CARRIED: Final = frozenset({"source", "referred_on", "applied_on"})


class ReferralProtectForm(AboutWaiting, SharedForm):
    """Asks for the level of protection, and a yes to that the name is kept elsewhere."""

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, shared=shared_of(referral), **kwargs)
        self.fields["level"] = level_field(LEVELS)
        self.fields["is_kept"] = is_kept_field()

    def clean_level(self) -> ProtectionLevel:
        """The chosen level of protection."""
        return ProtectionLevel(self.cleaned_data["level"])


class ReferredProtectedForm(AboutWaiting, SharedForm, ProtectedEnrolForm):
    """Enrols somebody without a name from a referral that names nobody."""

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        initial = {name: value for name, value in carried_over(referral).items() if name in _CARRIED}
        super().__init__(*args, shared=shared_of(referral), initial=initial, **kwargs)
        self.referral = referral

    def is_at_stake(self, name: str) -> bool:
        """Whether the answers would replace it, or somebody has said meanwhile who it is."""
        return name in IDENTITY or super().is_at_stake(name)
