"""Users with one name are told apart wherever they stand: by organisation, or by the first part of the address."""

from typing import TYPE_CHECKING

from django.db.models import Case, CharField, Expression, F, Q, Value, When
from django.db.models.functions import Concat

if TYPE_CHECKING:
    from accounts.models import User


def tell_apart(user: "User") -> None:
    """Write down what tells everybody with the user's name apart, and take it from those who need it no longer.

    Three queries where nobody has the same name, and one for each whose distinction changes.
    """
    users = type(user).objects
    for found in users.filter(~Q(distinction="") | Q(pk=user.pk)).select_related("organisation"):
        same = list(users.filter(sort_key=found.sort_key).select_related("organisation"))
        for namesake in same:
            words = _distinction(namesake, same)
            if words != namesake.distinction:
                users.filter(pk=namesake.pk).update(distinction=words)
            if namesake.pk == user.pk:
                user.distinction = words


def shown_name(path: str) -> Expression:
    """The user's name as `str(user)` says it, for a query: `path` leads to the user. Empty where there is no user."""
    name, distinction = f"{path}__name", f"{path}__distinction"
    apart = Concat(F(name), Value(" ("), F(distinction), Value(")"), output_field=CharField())
    return Case(When(**{f"{distinction}__gt": ""}, then=apart), default=F(name), output_field=CharField())


def _distinction(user: "User", same: list["User"]) -> str:
    """The shortest of these that nobody with the name shares; empty for the only one."""
    others = [other for other in same if other.pk != user.pk]
    if not others:
        return ""
    organisations = {other.organisation_id for other in others}
    addresses = {other.email.partition("@")[0] for other in others}
    if user.organisation and user.organisation_id not in organisations:
        return user.organisation.name
    first_part = user.email.partition("@")[0]
    return first_part if first_part not in addresses else user.email
