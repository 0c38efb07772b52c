"""Counting somebody without registering them."""

from accounts.log.access import log_change
from accounts.models import Organisation, User
from core.actions import action
from participants.enums import Sex
from participants.models import CountedOnly
from projects.models import Project


@action
def count_only(*, project: Project, owner: Organisation, sex: Sex, year: int, by: User) -> CountedOnly:
    """Add somebody to the volumes who isn't registered."""
    counted = CountedOnly.objects.create(project=project, owner=owner, sex=sex, year=year, recorded_by=by)
    log_change(by=by, part="counted_only_create")
    return counted
