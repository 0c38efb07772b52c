"""Public ids of people before they were found to be somebody who was here already: the log goes on naming them."""

from uuid import UUID

from participants.models import Participant, SamePersonAnswer


def ids_of(person: UUID) -> set[UUID]:
    """Every public id by which the access log names the person. One query."""
    joined = SamePersonAnswer.objects.filter(participant__public_id=person, is_same=True)
    return {person, *joined.values_list("newcomer", flat=True)}


def former_ids() -> dict[UUID, UUID]:
    """Every former public id, with the present one. One query."""
    joined = SamePersonAnswer.objects.filter(is_same=True)
    return dict(joined.values_list("newcomer", "participant__public_id"))


def present_person(former: UUID) -> Participant | None:
    """Whom a former public id leads to, if it is one."""
    answer = SamePersonAnswer.objects.filter(newcomer=former, is_same=True).select_related("participant").first()
    return answer.participant if answer else None
