"""Name, number or contact of somebody else that stood on a person: corrected, and gone from what was said before."""

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp, stamp_day
from core.swedish.keys import sort_key
from core.swedish.words import listed
from participants.enums import MisplacedKind
from participants.identity.corrections import EntryCorrection, PersonCorrection, correct_case
from participants.identity.history import BLANK
from participants.joining.keepsake import forget_in_keepsakes
from participants.joining.lookup import let_go
from participants.locking import lock_person
from participants.misplaced.marks import MisplacedThing, leave_marks
from participants.models import Enrolment, IdentityVersion, Participant, PersonalNumber
from projects.access import Roles
from projects.enums import Permission

# The question of the form, and its fault where there is nothing to take away.
FIELD: Final = "of_another"
# Pages where it stands, besides those of the whole case.
_PAGES: Final = frozenset({"enrolment_correct", "twins_find", "twins_join", "case_people"})
NOTHING: Final = "Skriv först över det som gällde någon annan, eller töm fältet."


@action
def correct_case_of_another(
    *, enrolment: Enrolment, person: PersonCorrection, entry: EntryCorrection, by: User
) -> None:
    """As `correct_case`, where what is replaced was somebody else's: no earlier version says it any more, and the file
    keeps a mark that something stood wrong.

    Raises as `correct_case`, and ValidationError for `of_another` where nothing is replaced, or somebody else wrote it
    and the user isn't a coordinator.
    """
    participant = lock_person(enrolment)
    wrong = _replaced(PersonCorrection.of(participant), person)
    if not wrong:
        raise ValidationError({FIELD: NOTHING})
    first = _first_with(participant, wrong)
    _require_author(first, enrolment, by)
    correct_case(enrolment=enrolment, person=person, entry=entry, by=by)
    _forget(participant, wrong, person.who._asdict())
    leave_marks(_thing(enrolment, first, by), None, by)
    log_change(by=by, part="identity_misplaced", persons=[participant.public_id])


def _replaced(before: PersonCorrection, after: PersonCorrection) -> dict[str, Any]:
    """The values that the correction replaces, by field. The sex tells nobody who it was."""
    said, now = before.who._asdict(), after.who._asdict()
    return {name: said[name] for name in BLANK if said[name] and said[name] != now[name]}


def _first_with(participant: Participant, wrong: Mapping[str, Any]) -> list[IdentityVersion]:
    """The version in which each of it was first written down; an older row has none. One query."""
    rows = list(participant.identity_versions.select_related("recorded_by").order_by("pk"))
    found = (next((row for row in rows if getattr(row, name) == value), None) for name, value in wrong.items())
    return [row for row in found if row]


def _require_author(first: list[IdentityVersion], enrolment: Enrolment, by: User) -> None:
    """Raises ValidationError for others than those who wrote it and the coordinators."""
    if Permission.ASSIGN in Roles.of(by, stamp_day()).permissions(enrolment.project):
        return
    if first and all(version.recorded_by == by for version in first):
        return
    others = {str(version.recorded_by) for version in first if version.recorded_by not in (None, by)}
    asked = listed([*sorted(others, key=sort_key), "samordnaren"], "eller")
    raise ValidationError({FIELD: f"Be {asked} ta bort det ur historiken. Du kan rätta det utan att kryssa här."})


def _forget(participant: Participant, wrong: Mapping[str, Any], right: Mapping[str, Any]) -> None:
    """Write what is right over what was somebody else's in every version, as if nothing else had been written: emptied,
    the history would tell of a name that was taken away and came back. In those kept to undo a join it is emptied."""
    for name, value in wrong.items():
        IdentityVersion.objects.filter(participant=participant, **{name: value}).update(**{name: right[name]})
    if number := wrong.get("number"):
        PersonalNumber.objects.filter(participant=participant, value=number).delete()
        let_go(participant.organisation_id, [number])
    forget_in_keepsakes(participant, wrong)


def _thing(enrolment: Enrolment, first: list[IdentityVersion], by: User) -> MisplacedThing:
    known = sorted(first, key=lambda version: version.recorded_at)
    return MisplacedThing(
        what=MisplacedKind.IDENTITY,
        wrong=enrolment,
        written_at=known[0].recorded_at if known else stamp(),
        author=(known[0].recorded_by if known else None) or by,
        pages=_PAGES,
        texts=(),
        addresses=(),
    )
