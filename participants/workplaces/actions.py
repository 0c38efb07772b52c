"""Writes about the register of workplaces. Placements have words of their own, and stay as they are."""

from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action
from core.swedish.keys import sort_key
from projects.enums import WorkplaceKind
from projects.models import Listed, Project, Workplace

ALREADY: Final = "Arbetsplatsen står redan i registret."


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkplaceLine:
    """The answers about a workplace; `places` is how many it takes at once, None where nobody has said."""

    name: str
    kind: WorkplaceKind
    unit: Listed | None = None
    places: int | None = None
    takes_in: bool = True


@action
def add_workplace(*, project: Project, line: WorkplaceLine, by: User) -> Workplace:
    """A new line of the register. Raises ValidationError for `name` where it stands there."""
    return _write(Workplace(project=project), line, by, "place_create")


@action
def change_workplace(*, workplace: Workplace, line: WorkplaceLine, by: User) -> Workplace:
    """Say it anew. Raises as `add_workplace`."""
    row = Workplace.objects.select_for_update(no_key=True).get(pk=workplace.pk)
    return _write(row, line, by, "place_edit")


@action
def remove_workplace(*, workplace: Workplace, by: User) -> None:
    """Take it out of the register."""
    Workplace.objects.filter(pk=workplace.pk).delete()
    log_change(by=by, part="place_remove")


def _write(row: Workplace, line: WorkplaceLine, by: User, part: str) -> Workplace:
    same = Workplace.objects.filter(project=row.project_id, sort_key=sort_key(line.name)[:400])
    if same.exclude(pk=row.pk).exists():
        raise ValidationError({"name": ALREADY})
    row.name, row.kind, row.unit = line.name, line.kind, line.unit
    row.places, row.takes_in = line.places, line.takes_in
    row.save()
    log_change(by=by, part=part)
    return row
