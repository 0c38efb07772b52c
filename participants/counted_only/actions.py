"""Counting somebody without registering them."""

from typing import Final

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import Organisation, User
from core.actions import action, stamp, stamp_day
from participants.enums import Miscounted, Sex
from participants.models import CountedOnly
from projects.access import can
from projects.enums import Permission
from projects.models import Project

NONE_SUCH: Final = "Hos er är ingen av det könet räknad för det året."
NONE_OWN: Final = (
    "Du har inte räknat någon av det könet för det året. Samordnaren kan ta tillbaka det som andra har räknat."
)


@action
def count_only(*, project: Project, owner: Organisation, sex: Sex, year: int, by: User) -> CountedOnly:
    """Add somebody to the volumes who isn't registered."""
    counted = CountedOnly.objects.create(project=project, owner=owner, sex=sex, year=year, recorded_by=by)
    log_change(by=by, part="counted_only_create")
    return counted


@action
def take_back_count(
    *, project: Project, owner: Organisation, sex: Sex, year: int, why: Miscounted, by: User
) -> CountedOnly:
    """Take back the latest count of somebody of the sex and year: nobody knows who it was, so all such are alike.

    A case worker takes back own counts, a coordinator those of the whole organisation. Raises ValidationError for
    the form where there is none.
    """
    rows = CountedOnly.objects.counting().filter(project=project, owner=owner, sex=sex, year=year)
    takes_others = can(by, Permission.ASSIGN, project, on=stamp_day())
    if not takes_others:
        rows = rows.filter(recorded_by=by)
    counted = rows.select_for_update(no_key=True).order_by("pk").last()
    if counted is None:
        raise ValidationError(NONE_SUCH if takes_others else NONE_OWN)
    counted.taken_back_at, counted.taken_back_by, counted.why = stamp(), by, why
    counted.save(update_fields=["taken_back_at", "taken_back_by", "why"])
    log_change(by=by, part="counted_only_take_back")
    return counted
