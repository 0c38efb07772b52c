"""Waiting for whoever else is changing who a person is."""

from participants.models import Enrolment, Participant


def lock_person(enrolment: Enrolment) -> Participant:
    """Lock whom an enrolment is about: nobody else changes who it is until the transaction ends.

    Found by the enrolment, since two people may have become one after it was read. Without the identity, which would be
    read as it was before the wait. Raises Participant.DoesNotExist where there is no such enrolment.
    """
    rows = Participant.objects.select_for_update(of=("self",))
    # Whoever became somebody else while we waited is gone: asked once more, the enrolment is that one's.
    return rows.filter(enrolments=enrolment.pk).first() or rows.get(enrolments=enrolment.pk)
