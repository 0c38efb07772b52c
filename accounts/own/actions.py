"""The user's own words on how colleagues reach them."""

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action


@action
def change_phone(*, phone: str, by: User) -> None:
    """Say by which telephone colleagues and supervisors reach the user; "" for none."""
    User.objects.filter(pk=by.pk).update(phone=phone)
    log_change(by=by, part="account_phone")
