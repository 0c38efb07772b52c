"""The other organisations round a case: all of the project's, and those that a consent lets in."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from accounts.models import Organisation
from core.swedish.keys import sort_key
from participants.models import ConsentGrant, Enrolment
from projects.models import Project, ProjectOrganisation

NO_PARTY = "Välj minst en part."


def parties_of(enrolment: Enrolment) -> list[Organisation]:
    """The project's organisations that the case isn't already their own, by name."""
    return parties_in(enrolment.project, enrolment.owner_id)


def parties_in(project: Project, own: int) -> list[Organisation]:
    """The project's organisations but for the own one (its key), by name. One query."""
    members = ProjectOrganisation.objects.filter(project=project).values("organisation")
    rows = Organisation.objects.filter(Q(pk__in=members) | Q(pk=project.host_id))
    return sorted(rows.exclude(pk=own), key=lambda row: sort_key(row.name))


def fault_of_parties(enrolment: Enrolment, chosen: Sequence[Organisation]) -> str:
    """The fault of the organisations that a consent is to let in, in words; empty where there is none. One query."""
    if not chosen:
        return NO_PARTY
    if any(party.pk == enrolment.owner_id for party in chosen):
        return "Den egna organisationen läser redan. Välj andra parter."
    present = {party.pk for party in parties_of(enrolment)}
    strays = [party.name for party in chosen if party.pk not in present]
    return f"{strays[0]} är inte med i projektet." if strays else ""


def parties_with_consent(enrolment: Enrolment, on: date) -> list[Organisation]:
    """The parties that a consent lets read something in the case on the day or from a later one, by name."""
    return _parties(enrolment, on)[0]


def parties_without_consent(enrolment: Enrolment, on: date) -> list[Organisation]:
    """The other parties of the project, by name: nobody there can be asked in."""
    return _parties(enrolment, on)[1]


def _parties(enrolment: Enrolment, on: date) -> tuple[list[Organisation], list[Organisation]]:
    to_come = ConsentGrant.objects.on_or_after(on).filter(enrolment=enrolment)
    opened, parties = set(to_come.values_list("organisation", flat=True)), parties_of(enrolment)
    return [party for party in parties if party.pk in opened], [party for party in parties if party.pk not in opened]
