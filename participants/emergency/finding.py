"""Finding the case to open in an emergency: by exact number or name, never a protected identity."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from core.swedish.keys import spellings
from participants.models import Enrolment, Participant, PersonIdentity
from participants.querysets.enrolment import EnrolmentQuerySet
from participants.scope.scope import Scope
from projects.models import Project


@dataclass(frozen=True, slots=True)
class Wanted:
    """The person who is looked for: by twelve digits, or by name and year of birth."""

    number: str = ""
    given_name: str = ""
    family_name: str = ""
    birth_year: int | None = None

    def condition(self) -> Q:
        """On an enrolment."""
        if self.number:
            return Q(participant__numbers__value=self.number)
        name = PersonIdentity(participant=Participant(), given_name=self.given_name, family_name=self.family_name)
        named = Q(participant__identity__sort_key=name.set_keys().sort_key)
        if self.given_name and self.family_name:
            # As the key has it: a whole name between blanks, in a spelling that people use.
            for spelled in spellings(f"{self.given_name} {self.family_name} {self.given_name}"):
                named |= Q(participant__identity__search_key__contains=f" {spelled} ")
        return named & Q(participant__birth_date__year=self.birth_year)


def cases_of(wanted: Wanted, *, project: Project, scope: Scope) -> list[Enrolment]:
    """The latest case of each person who fits, in the project and the user's organisation. One query.

    Other organisations' cases and protected persons are answered for as persons who don't exist. If a case that is
    already open to the user fits, it is the only answer, and of several who claim a number only one is found: else a
    user who writes down a number that somebody out of sight has would learn so here.
    """
    own = openable().in_project(project).filter(owner=scope.user.organisation_id)
    is_open = Exists(Enrolment.objects.own_to(scope).filter(pk=OuterRef("pk")))
    rows = own.filter(wanted.condition()).annotate(is_open=is_open).select_related("participant")
    of_each = {row.participant_id: row for row in rows.order_by("enrolled_on", "pk")}
    fitting = [row for row in of_each.values() if row.is_open] or list(of_each.values())
    return fitting[-1:] if wanted.number else fitting


def openable() -> EnrolmentQuerySet:
    """Cases that somebody may open in an emergency: of any organisation, but of nobody with a protected identity."""
    return Enrolment.objects.counted().exclude(participant__in=Participant.objects.protected().values("pk"))
