"""Locks on a case, or on the identity of a person, for as long as an action changes it. The person is always locked
first, then the case."""

from collections.abc import Iterable

from core.batches import in_chunks
from participants.models import Enrolment, Participant


def lock_person(enrolment: Enrolment) -> Participant:
    """Lock whom an enrolment is about: nobody else changes who it is until the transaction ends.

    Found by the enrolment, since two people may have become one after it was read. Without the identity, which would be
    read as it was before the wait. Raises Participant.DoesNotExist where there is no such enrolment.
    """
    rows = Participant.objects.select_for_update(of=("self",))
    # If the person was joined with another while we waited, the row is gone: asked again, the enrolment has the other.
    return rows.filter(enrolments=enrolment.pk).first() or rows.get(enrolments=enrolment.pk)


def lock_case(enrolment: Enrolment) -> Enrolment:
    """Lock an enrolment until the transaction ends, and read it anew with participant, project and owner. One query.

    Raises Enrolment.DoesNotExist.
    """
    rows = Enrolment.objects.select_for_update(of=("self",))
    return rows.select_related("participant", "project", "owner").get(pk=enrolment.pk)


def hold_case(public_id: str) -> None:
    """Wait for an action that has locked the enrolment, and let no other lock it until the transaction ends; for who
    changes nothing of it. One query."""
    list(Enrolment.objects.filter(public_id=public_id).select_for_update(no_key=True).values_list("pk"))


def lock_cases(ids: Iterable[int]) -> list[Enrolment]:
    """Lock several enrolments in the order of their keys, each with participant. One query for each 500.

    In one order everywhere: two that lock the other's first would wait for each other for good.
    """
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("participant").order_by("pk")
    return [row for keys in in_chunks(sorted(ids)) for row in rows.filter(pk__in=keys)]


def lock_cases_of(participant: Participant) -> None:
    """Lock all enrolments of a person. One query."""
    list(participant.enrolments.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
