"""Facts that the forms about users and roles show and replace, to notice two who save at once: the rows to lock, and
their present values."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from core.forms.concurrency import Shared
from core.swedish.words import day
from projects.models import Membership


def account(user: User) -> Shared:
    """Name, address, telephone and duty."""
    rows = User.objects.filter(pk=user.pk)

    def read() -> Mapping[str, Any]:
        return rows.values("name", "email", "phone", "duty").get()

    return Shared([rows], read)


def memberships_of(user: User) -> Shared:
    """Until when the user has each role, by `membership_label`."""
    rows = Membership.objects.filter(user=user).select_related("project").order_by("pk")
    return Shared([User.objects.filter(pk=user.pk)], lambda: {membership_label(row): _until(row) for row in rows.all()})


def membership_label(row: Membership) -> str:
    """«Samordnare, Vägar till arbete, från 3 mars 2026»."""
    return f"{row.get_role_display()}, {row.project}, från {day(row.valid_from)}"


def _until(row: Membership) -> str:
    return f"till och med {day(row.period.last)}" if row.period.last else "tills vidare"
