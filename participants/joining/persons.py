"""The person of each enrolment that is written down: somebody in sight who has the number, else a new person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef

from accounts.models import Organisation, User
from core.actions import stamp_day
from core.batches import in_chunks
from core.days.periods import Period
from participants.joining.lookup import KnownNumbers, cases_in_sight, look_up
from participants.models import Enrolment, Participant
from participants.querysets.enrolment import EnrolmentQuerySet
from participants.scope.scope import Scope
from projects.models import Project

if TYPE_CHECKING:
    from participants.enrolment.new import NewEnrolment

ENROLLED_ALREADY = "Personen är redan inskriven i projektet under den tiden."


class Stay(NamedTuple):
    """A period that a person is in the project already, and whether the user may see it."""

    period: Period
    is_seen: bool


@dataclass(slots=True)
class Persons:
    """The participant of each row, in the rows' order; which of them are new; and the numbers that others have
    already."""

    known: KnownNumbers
    stays: dict[UUID, list[Stay]]
    of_rows: list[Participant] = field(default_factory=list)
    new: list[tuple["NewEnrolment", Participant]] = field(default_factory=list)
    claims: set[str] = field(default_factory=set)
    _by_number: dict[str, Participant] = field(default_factory=dict)

    def add(self, row: "NewEnrolment", make: Callable[["NewEnrolment"], Participant]) -> None:
        """Find the person of the next row. If nobody is found, `make` gives a new one, not saved.

        Raises ValidationError where somebody in sight is in the project during that time.
        """
        number = row.number.value if row.number else ""
        person = self._in_sight(number, row)
        if person is None:
            person = make(row)
            self.new.append((row, person))
            if number in self.known.seen or number in self.known.unseen:
                self.claims.add(number)
        if number:
            self._by_number[number] = person
        self.stays.setdefault(person.public_id, []).append(Stay(Period.of(row.enrolled_on, row.exited_on), True))
        self.of_rows.append(person)

    def subjects(self) -> set[UUID]:
        """Public ids of the persons whom the look-ups concerned, one for each number. Call it when everybody is
        saved."""
        return {self.known.subject(number, person) for number, person in self._by_number.items()}

    def _in_sight(self, number: str, row: "NewEnrolment") -> Participant | None:
        """The person who has the number, among those in sight and those of earlier rows, else the one who was referred;
        None where there is nobody.

        If that person is in the project at the same time in a case that the user may not see, a new person is made,
        just as for a number out of sight. A colleague who sees both persons is asked later.
        """
        referred = row.referral.participant if row.referral else None
        person = self._by_number.get(number) or self.known.seen.get(number) or referred
        stays = self.stays.get(person.public_id, ()) if person else ()
        asked = Period.of(row.enrolled_on, row.exited_on)
        met = [stay for stay in stays if stay.period.overlaps(asked)]
        if any(stay.is_seen for stay in met):
            raise ValidationError(ENROLLED_ALREADY)
        return None if met else person


def persons_of(
    rows: Sequence["NewEnrolment"],
    *,
    project: Project,
    owner: Organisation,
    by: User,
    make: Callable[["NewEnrolment"], Participant],
) -> Persons:
    """Find the person of each row; part of the action that writes them.

    One query for each 500 numbers, and one more for each 500 people in sight. Raises ValidationError as `add` does.
    """
    numbers = {row.number.value for row in rows if row.number}
    scope = Scope.of(by, stamp_day())
    known = look_up(numbers, scope=scope, owner=owner, project=project)
    in_sight = cases_in_sight(scope, owner, project)
    referred = [row.referral.participant_id for row in rows if row.referral and row.referral.participant_id]
    people = [*(person.pk for person in known.seen.values()), *referred]
    persons = Persons(known, _stays(people, project, in_sight))
    for row in rows:
        persons.add(row, make)
    return persons


def _stays(people: Sequence[int], project: Project, in_sight: EnrolmentQuerySet) -> dict[UUID, list[Stay]]:
    stays: dict[UUID, list[Stay]] = {}
    cases = Enrolment.objects.counted().in_project(project)
    rows = cases.annotate(is_seen=Exists(in_sight.filter(pk=OuterRef("pk"))))
    for chunk in in_chunks(people):
        found = rows.filter(participant__in=chunk)
        for row in found.select_related("participant"):
            stays.setdefault(row.participant.public_id, []).append(Stay(row.period, row.is_seen))
    return stays
