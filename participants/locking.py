"""Locks on a case, or on the identity of a person, for as long as an action changes it. The person is always locked
first, then the case."""

from collections.abc import Collection, Iterable

from core.batches import in_chunks
from participants.models import Enrolment, Participant
from participants.querysets.enrolment import EnrolmentQuerySet


def lock_person(enrolment: Enrolment) -> Participant:
    """Lock whom an enrolment is about: nobody else changes who it is until the transaction ends.

    Found by the enrolment, since two people may have become one after it was read. Without the identity, which would be
    read as it was before the wait. Raises Participant.DoesNotExist where there is no such enrolment.
    """
    return _lock_person(enrolments=enrolment.pk)


def lock_person_of(public_id: str) -> Participant:
    """As `lock_person`, by the enrolment's public id."""
    return _lock_person(enrolments__public_id=public_id)


def _lock_person(**case: object) -> Participant:
    # Not the key: who has locked a case writes rows that point at the person, and would wait for us, who wait for it.
    rows = Participant.objects.select_for_update(of=("self",), no_key=True).filter(**case)
    # If the person was joined with another while we waited, the row is gone: asked again, the enrolment has the other.
    return rows.first() or rows.get()


def lock_case(enrolment: Enrolment) -> Enrolment:
    """Lock an enrolment until the transaction ends, and read it anew with participant, project and owner. One query.

    Raises Enrolment.DoesNotExist.
    """
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True).select_related(
        "participant", "project", "owner"
    )
    rows = rows.filter(pk=enrolment.pk)
    # If its person was joined with another while we waited, the row fell out of the answer: asked again.
    return rows.first() or rows.get()


def hold_case(public_id: str) -> None:
    """Wait for an action that has locked the enrolment, and let no other lock it until the transaction ends; for who
    changes nothing of it. One query."""
    list(Enrolment.objects.filter(public_id=public_id).select_for_update(no_key=True).values_list("pk"))


def lock_cases(ids: Iterable[int]) -> list[Enrolment]:
    """Lock several enrolments in the order of their keys, each with participant. One query for each 500.

    In one order everywhere: two that lock the other's first would wait for each other for good.
    """
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True).select_related("participant").order_by("pk")
    return [row for keys in in_chunks(sorted(ids)) for row in _all_of(rows.filter(pk__in=keys), keys)]


def _all_of(rows: EnrolmentQuerySet, keys: Collection[int]) -> list[Enrolment]:
    """The rows, asked for once more where one was lost in the wait, as in `lock_case`."""
    found = list(rows)
    return found if len(found) == len(keys) else list(rows.all())


def lock_cases_of(participant: Participant) -> None:
    """Lock all enrolments of a person. One query."""
    list(participant.enrolments.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))
