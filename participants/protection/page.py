"""What the pages of protected identity say of a case that has just been made."""

from uuid import UUID

from participants.models import Enrolment


def newly_enrolled(public_id: UUID) -> Enrolment:
    """The case that the user has just enrolled somebody in, with its participant.

    Not through the scope: the case is open to those alone who are named in it, and who enrols may name somebody else.
    """
    return Enrolment.objects.select_related("participant").get(public_id=public_id)
