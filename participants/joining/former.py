"""Public ids of persons who have been joined with somebody registered before them. The access log goes on using these
ids."""

from uuid import UUID

from django.db.models import Q, QuerySet

from participants.models import Participant, SamePersonAnswer


def joined() -> QuerySet[SamePersonAnswer]:
    """The answers by which two persons are one now."""
    return SamePersonAnswer.objects.filter(is_same=True, undone_at=None)


def ids_of(person: UUID) -> set[UUID]:
    """Every public id by which the access log names the person. One query."""
    return {person, *joined().filter(participant__public_id=person).values_list("newcomer", flat=True)}


def events_about(person: UUID) -> Q:
    """Condition on subjects of the access log: about the person, under any id, or about another person for as long as
    the two were taken for one. One query."""
    found = Q(person=person)
    joins = SamePersonAnswer.objects.filter(is_same=True)
    joins = joins.filter(Q(participant__public_id=person, undone_at=None) | Q(newcomer=person, undone_at__isnull=False))
    rows = joins.values_list("newcomer", "participant__public_id", "recorded_at", "undone_at")
    for newcomer, other, start, end in rows:
        meanwhile = Q(person=other, event__at__gte=start, event__at__lte=end)
        found |= meanwhile if end else Q(person=newcomer)
    return found


def former_ids() -> dict[UUID, UUID]:
    """The present public id by each former one. One query."""
    return dict(joined().values_list("newcomer", "participant__public_id"))


def present_person(former: UUID) -> Participant | None:
    """The person to whom a former public id leads now; None if it is no former id."""
    answer = joined().filter(newcomer=former).select_related("participant").first()
    return answer.participant if answer else None
