"""The ground on which a user could read about a person on a day, from the assignments, roles and consents of that
day."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Case, CharField, F, Q, Value, When

from accounts.enums import Duty
from accounts.models import User
from core.days.dates import stockholm_day
from core.days.periods import Period
from participants.enums import CaseRole
from participants.models import CaseAssignment, ConsentGrant, EmergencyAccess, Enrolment, PlacementPeriod
from participants.models.consent import days_open
from projects.enums import Role
from projects.models import Membership

# With more persons than this it is cheaper to read everybody's assignments than to list the persons.
_FEW = 2000
_SUPERVISOR = "supervisor"
_WORDS: dict[str, str] = {
    CaseRole.RESPONSIBLE: "Ansvarig för ärendet",
    CaseRole.SUBSTITUTE: "Ersättare i ärendet",
    CaseRole.CONTACT: "Kontakt i ärendet",
    _SUPERVISOR: "Handledare på placeringen",
}
_ADMINISTERS = {Duty.LOG_REVIEWER: "Granskar åtkomstloggen", Duty.SYSTEM: "Programmet självt"}


@dataclass(frozen=True, slots=True)
class ReadingGround:
    """A ground for reading and its period. On the day of a handover both users may have had the case."""

    period: Period
    words: str


@dataclass(frozen=True, slots=True)
class Opening:
    """An emergency in which a user opened a case."""

    start: datetime
    end: datetime
    reason: str


GroundsOfPairs = dict[tuple[int, UUID], list[ReadingGround]]


@dataclass(slots=True)
class Grounds:
    """All grounds for reading between some users and some persons. Loaded in six queries, however many they are."""

    readers: dict[int, User]
    assigned: GroundsOfPairs = field(default_factory=lambda: defaultdict(list))
    units: GroundsOfPairs = field(default_factory=lambda: defaultdict(list))
    consents: GroundsOfPairs = field(default_factory=lambda: defaultdict(list))
    openings: dict[tuple[int, UUID], list[Opening]] = field(default_factory=lambda: defaultdict(list))
    coordinated: dict[tuple[int, int], list[ReadingGround]] = field(default_factory=lambda: defaultdict(list))
    projects: dict[UUID, set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, readers: Collection[int], persons: Collection[UUID]) -> "Grounds":
        """Load the grounds on which these users (primary keys) may have read about these persons (public ids)."""
        users = User.objects.filter(pk__in=readers).select_related("organisation")
        found = cls({user.pk: user for user in users})
        about = Q(enrolment__participant__public_id__in=list(persons)) if len(persons) <= _FEW else Q()
        found._load_assignments(about)
        found._load_consents(about)
        found._load_openings(about)
        found._load_coordinators(persons)
        return found

    def _load_assignments(self, about: Q) -> None:
        """Load assignments and placements, also those taken away since: readings before that were made on their
        ground."""
        rows = CaseAssignment.objects.filter(about).filter(Q(user__in=self.readers) | Q(user=None))
        person = "enrolment__participant__public_id"
        assigned = rows.values_list("user", "organisation", person, "role", "valid_from", "valid_until")
        placed = PlacementPeriod.objects.filter(about, supervisor__in=self.readers).values_list(
            "supervisor", "owner", person, Value(_SUPERVISOR, CharField()), "concerns_on", "until"
        )
        for user, organisation, about_whom, role, start, end in assigned.union(placed, all=True):
            if user:
                self.assigned[user, about_whom].append(ReadingGround(Period(start, end), _WORDS[role]))
            else:
                self.units[organisation, about_whom].append(
                    ReadingGround(Period(start, end), "Hela enheten arbetar med ärendet")
                )

    def _load_consents(self, about: Q) -> None:
        names = ("organisation", "enrolment__participant__public_id", "valid_from", "valid_through")
        closed = ("withdrawal__recorded_at", "superseded_at")
        corrected_at = Case(When(consent__corrects__isnull=False, then=F("consent__recorded_at")))
        rows = ConsentGrant.objects.filter(about).values_list(*names, corrected_at, *closed).distinct()
        for organisation, person, start, through, *moments in rows:
            if opened := days_open(Period(start, through), *moments):
                self.consents[organisation, person].append(ReadingGround(opened, "med samtycke"))

    def _load_openings(self, about: Q) -> None:
        rows = EmergencyAccess.objects.filter(about, user__in=self.readers)
        names = ("user", "enrolment__participant__public_id", "recorded_at", "until", "reason__text")
        for user, person, start, end, reason in rows.values_list(*names):
            self.openings[user, person].append(Opening(start, end, reason))

    def _load_coordinators(self, persons: Collection[UUID]) -> None:
        rows = Membership.objects.filter(user__in=self.readers, role=Role.COORDINATOR)
        for user, project, start, end in rows.values_list("user", "project", "valid_from", "valid_until"):
            self.coordinated[user, project].append(ReadingGround(Period(start, end), "Samordnare i projektet"))
        cases = Enrolment.objects.all()
        cases = cases.filter(participant__public_id__in=list(persons)) if len(persons) <= _FEW else cases
        for person, project in cases.values_list("participant__public_id", "project"):
            self.projects[person].add(project)

    def opening(self, user: int, person: UUID, at: datetime) -> Opening | None:
        """The emergency in which the case was open to the user at the moment; None where there was none."""
        return next(
            (opening for opening in self.openings.get((user, person), ()) if opening.start <= at <= opening.end), None
        )

    def words(self, user: int, person: UUID, at: datetime) -> str:
        """The ground on which the user could read about the person at the moment, in Swedish; empty where none is
        known."""
        opened = self.opening(user, person, at)
        if opened:
            return f"Nödöppning: {opened.reason}"
        reader, day = self.readers[user], stockholm_day(at)
        if reader.duty in _ADMINISTERS:
            return _ADMINISTERS[Duty(reader.duty)]
        found = next((ground.words for ground in self._grounds(reader, person) if ground.period.holds(day)), "")
        consents = self.consents.get((reader.organisation_id or 0, person), ())
        return f"{found}, med samtycke" if found and any(ground.period.holds(day) for ground in consents) else found

    def _grounds(self, reader: User, person: UUID) -> Iterable[ReadingGround]:
        yield from self.assigned.get((reader.pk, person), ())
        yield from self.units.get((reader.organisation_id or 0, person), ())
        for project in self.projects.get(person, ()):
            yield from self.coordinated.get((reader.pk, project), ())
