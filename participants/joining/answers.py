"""Answers to the question whether two persons with one number are one person: they are joined, or stay apart."""

from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp_day
from core.forms.concurrency import ChangedMeanwhile
from core.models import TextBody
from participants.changes import enrolments_changed
from participants.joining.moving import move_all
from participants.joining.questions import SamePersonQuestion, question_about
from participants.locking import lock_cases
from participants.models import Enrolment, Participant, SamePersonAnswer

ANSWERED = "Frågan är redan besvarad, eller gäller inte längre. Gå tillbaka till startsidan."
CHANGED = "Någon annan har ändrat uppgifterna sedan du öppnade sidan. Jämför och svara igen."
NO_REASON = "Skriv varför det inte är samma person."
WHY = "Samma personnummer"


@action
def join_people(*, newcomer: UUID, typed: Collection[str], seen: str, by: User) -> Participant:
    """Join the newcomer and the person who has the number. Returns the joined person.

    `typed` names the fields to take from the newcomer; `seen` is the fingerprint of what the user saw.

    Raises ChangedMeanwhile where something has changed since, and ValidationError for the form where the question isn't
    the user's any more, or the two are in one project at the same time.
    """
    question = _locked(newcomer, seen, by)
    _check_apart(question)
    person = question.holder
    answer = _write(question, is_same=True, why="", by=by)
    move_all(answer, question.newcomer, question.chosen(set(typed)), by)
    log_change(by=by, part="same_person_join", persons=[person.public_id, newcomer], reason=WHY)
    enrolments_changed(list(Enrolment.objects.filter(participant=person).values_list("pk", flat=True)))
    return person


@action
def keep_apart(*, newcomer: UUID, why: str, seen: str, by: User) -> Participant:
    """Answer that they are two persons, and why. A later yes can still join them. Returns the person who had the
    number.

    Raises ChangedMeanwhile where something has changed since the user saw it, and ValidationError for `why` that is
    empty and for the form where the question isn't the user's any more.
    """
    if not why:
        raise ValidationError({"why": NO_REASON})
    question = _locked(newcomer, seen, by)
    _write(question, is_same=False, why=why, by=by)
    log_change(by=by, part="same_person_apart", persons=[question.holder.public_id, newcomer], reason=WHY)
    return question.holder


def _locked(newcomer: UUID, seen: str, by: User) -> SamePersonQuestion:
    """The question, with both persons' rows locked in the order of their primary keys."""
    found = question_about(newcomer, by, on=stamp_day())
    if found is None:
        raise ValidationError(ANSWERED)
    keys = [found.holder.pk, found.newcomer.pk]
    list(Participant.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    lock_cases(Enrolment.objects.filter(participant__in=keys).values_list("pk", flat=True))
    # Read anew, since it may have changed while we waited for the lock.
    question = question_about(newcomer, by, on=stamp_day())
    if question is None or {question.holder.pk, question.newcomer.pk} != set(keys):
        raise ValidationError(ANSWERED)
    if question.fingerprint != seen:
        raise ChangedMeanwhile(CHANGED)
    return question


def _check_apart(question: SamePersonQuestion) -> None:
    if double := question.overlap:
        raise ValidationError(
            f"Personen är då inskriven två gånger i {double.project} under samma tid. "
            "Avsluta den ena först, eller begär felregistrering."
        )


def _write(question: SamePersonQuestion, *, is_same: bool, why: str, by: User) -> SamePersonAnswer:
    return SamePersonAnswer.objects.create(
        participant=question.holder,
        newcomer=question.newcomer.public_id,
        is_same=is_same,
        why=TextBody.objects.write(why) if why else None,
        owner=question.holder.organisation,
        recorded_by=by,
    )
