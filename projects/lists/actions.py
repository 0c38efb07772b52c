"""Writes about a project's lists. What facts speak of keeps its name, and is ended instead of removed."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Model, ProtectedError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action
from core.days.periods import BACKWARDS
from core.swedish.keys import sort_key
from projects.enums import ListKind
from projects.models import Listed, Project

ALREADY = "Det står redan i listan."
IS_USED = "Det används redan. Sätt en sista dag, så erbjuds det inte längre."
KEEPS_NAME = "Det används redan och behåller sitt namn. Sätt en sista dag, och lägg till det nya."

# What follows a line that has been changed, in its transaction: facts that speak of it are of the kind of information
# that it says (participants adds outcomes and groups).
after_change_of_line: list[Callable[[Listed], None]] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLine:
    """The answers about a line: its name, the days for which it is offered (half-open), and what its list asks more."""

    name: str
    valid_from: date | None
    valid_until: date | None
    wished_percent: int | None = None
    is_public_support: bool | None = None
    is_about_health: bool | None = None


@action
def add_to_list(*, project: Project, kind: ListKind, line: ListedLine, by: User) -> Listed:
    """A new line. Raises ValidationError for `name` where the list has it, and for `last_day` before the first."""
    row = Listed(project=project, kind=kind)
    return _write(row, line, by, "listed_create")


@action
def change_listed(*, listed: Listed, line: ListedLine, by: User) -> Listed:
    """Change a line. Raises as `add_to_list`, and for `name` where facts speak of it."""
    row = Listed.objects.select_for_update(no_key=True).get(pk=listed.pk)
    if row.name != line.name and is_used(row):
        raise ValidationError({"name": KEEPS_NAME})
    changed = _write(row, line, by, "listed_edit")
    for follow in after_change_of_line:
        follow(changed)
    return changed


@action
def remove_listed(*, listed: Listed, by: User) -> None:
    """Take a line away that nothing speaks of. Raises ValidationError for the form where something does."""
    try:
        Listed.objects.filter(pk=listed.pk).delete()
    except ProtectedError:
        raise ValidationError(IS_USED) from None
    log_change(by=by, part="listed_remove")


def is_used(listed: Listed) -> bool:
    """Whether any fact speaks of the line. A query for each kind of fact that can."""
    relations = Listed._meta.related_objects
    return any(_rows(relation.related_model).filter(**{relation.field.name: listed}).exists() for relation in relations)


def _rows(model: type[Model]):  # type: ignore[no-untyped-def]  # of whichever model it is
    return model._default_manager


def _write(row: Listed, line: ListedLine, by: User, part: str) -> Listed:
    if line.valid_from and line.valid_until and line.valid_until <= line.valid_from:
        raise ValidationError({"last_day": BACKWARDS})
    same = Listed.objects.filter(project=row.project, kind=row.kind, sort_key=sort_key(line.name)[:400])
    if same.exclude(pk=row.pk).exists():
        raise ValidationError({"name": ALREADY})
    # Of the model's own lines the program knows what they say.
    known = {"is_about_health": row.is_about_health} if row.code else {}
    for name, value in (asdict(line) | known).items():
        setattr(row, name, value)
    row.save()
    log_change(by=by, part=part)
    return row
