"""The form of one's own telephone."""

from typing import Any

from accounts.models import User
from core.forms.concurrency import Shared, SharedForm
from core.forms.fields import PhoneField


class PhoneForm(SharedForm):
    """Asks for the user's own telephone, which an administrator may be changing too."""

    phone = PhoneField(
        label="Telefon",
        required=False,
        help_text="Numret till dig i arbetet, så att man kan ringa: 08-465 004 10. "
        "Lämna tomt om du inte vill ha något här.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        rows = User.objects.filter(pk=user.pk)
        super().__init__(*args, shared=Shared([rows], lambda: rows.values("phone").get()), **kwargs)
