"""Public ids of persons who have been joined with somebody registered before them. The access log goes on using these
ids."""

from uuid import UUID

from participants.models import Participant, SamePersonAnswer


def ids_of(person: UUID) -> set[UUID]:
    """Every public id by which the access log names the person. One query."""
    joined = SamePersonAnswer.objects.filter(participant__public_id=person, is_same=True)
    return {person, *joined.values_list("newcomer", flat=True)}


def former_ids() -> dict[UUID, UUID]:
    """The present public id by each former one. One query."""
    joined = SamePersonAnswer.objects.filter(is_same=True)
    return dict(joined.values_list("newcomer", "participant__public_id"))


def present_person(former: UUID) -> Participant | None:
    """The person to whom a former public id leads now; None if it is no former id."""
    answer = SamePersonAnswer.objects.filter(newcomer=former, is_same=True).select_related("participant").first()
    return answer.participant if answer else None
