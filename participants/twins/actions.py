"""Joining two persons of the own organisation who are one, and undoing that."""

from collections.abc import Collection
from datetime import date
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp, stamp_day
from core.forms.concurrency import ChangedMeanwhile
from core.models import TextBody
from participants.changes import enrolments_changed
from participants.identity.corrections import PersonCorrection
from participants.joining.answers import CHANGED
from participants.joining.former import joined
from participants.joining.keepsake import KEPT_FOR, from_json
from participants.joining.moving import move_all
from participants.joining.parting import give_back
from participants.locking import lock_cases, lock_cases_of
from participants.models import Enrolment, Participant, SamePersonAnswer
from participants.referral.enrolled import accept_enrolled, let_go_of_others
from participants.scope.scope import Scope
from participants.twins.pairs import Pair, in_reach

GONE: Final = "De går inte att föra samman längre: någon annan har ändrat uppgifterna. Gå tillbaka till deltagaren."
UNDONE: Final = "Det är redan ångrat, eller går inte att ångra längre."
NEW_NUMBER: Final = (
    "Personnumret har rättats sedan de blev en person. Rätta tillbaka det under Rätta uppgifter, och ångra sedan."
)
WHY: Final = "Skriv varför."


@action
def join_twins(
    *, pair: Pair, second: Collection[str], is_mistyped: bool = False, why: str, seen: str, by: User
) -> SamePersonAnswer:
    """Join two persons; the one who was registered first is who they become.

    second: names of the fields to take from the second. is_mistyped: whether the number that isn't chosen was mistyped,
    and is let go. seen: the fingerprint of what the user saw. Can be undone for `KEPT_FOR`.

    Raises ChangedMeanwhile where something has changed since, and ValidationError for `why` that is empty, and for the
    form where the user may no longer join them, or the two are in one project at the same time.
    """
    if not why:
        raise ValidationError({"why": WHY})
    now = _locked(pair, by)
    if now.fingerprint != seen:
        raise ChangedMeanwhile(CHANGED)
    if now.overlaps:
        raise ValidationError(overlap_in_words(now))
    answer = _answer(now.first, now.second.public_id, why, by, is_same=True)
    move_all(answer, now.second, now.chosen(set(second)), by, is_mistyped=is_mistyped)
    accept_enrolled(now.first, by)
    log_change(by=by, part="twins_join", persons=[now.first.public_id, pair.second.public_id])
    _tell_of_change(now.first)
    return answer


@action
def part_twins(*, answer: SamePersonAnswer, why: str, by: User) -> Participant:
    """Undo a join: both persons are as they were, each with what has been written in the own cases. Returns the one who
    had been joined with the other.

    Raises ValidationError for `why` that is empty, and for the form where it has been undone already, its time is over,
    or the number has been corrected since.
    """
    if not why:
        raise ValidationError({"why": WHY})
    person = Participant.objects.select_for_update(of=("self",), no_key=True).filter(pk=answer.participant_id).first()
    found = undoable(person, Scope.of(by, stamp_day())) if person else None
    if person is None or found is None or found.pk != answer.pk:
        raise ValidationError(UNDONE)
    lock_cases_of(person)
    if PersonCorrection.of(person).number != from_json(found.keepsake.data["joined"]).number:
        raise ValidationError(NEW_NUMBER)
    other = give_back(found.keepsake, person)
    let_go_of_others((person, other), by)
    SamePersonAnswer.objects.filter(pk=found.pk).update(undone_at=stamp())
    for asked, about in ((person, other), (other, person)):
        _answer(asked, about.public_id, why, by, is_same=False)
    log_change(by=by, part="twins_part", persons=[person.public_id, other.public_id])
    _tell_of_change(person, other)
    return other


def undoable(person: Participant, scope: Scope) -> SamePersonAnswer | None:
    """The latest join of the person, where the user may undo it now: the earlier ones wait until it is undone."""
    if not in_reach(scope).filter(pk=person.pk).exists():
        return None
    latest = (
        joined().filter(participant=person).select_related("keepsake", "recorded_by", "why").order_by("-pk").first()
    )
    is_kept = latest is not None and hasattr(latest, "keepsake") and latest.recorded_at + KEPT_FOR > timezone.now()
    return latest if is_kept else None


def undone_last(person: Participant) -> SamePersonAnswer | None:
    """The latest join of the person, undone or not."""
    yes = SamePersonAnswer.objects.filter(participant=person, is_same=True)
    return yes.select_related("recorded_by", "why").order_by("-pk").first()


def undo_until(answer: SamePersonAnswer) -> date:
    """The last whole day on which it can be undone."""
    return timezone.localdate(answer.recorded_at + KEPT_FOR)


def overlap_in_words(pair: Pair) -> str:
    """Why the two can't be joined, and what to do about it."""
    projects = ", ".join(dict.fromkeys(str(case.project) for case, _ in pair.overlaps))
    return (
        f"Personen skulle vara inskriven två gånger samtidigt i {projects} och räknas dubbelt. "
        "Begär felregistrering av den ena inskrivningen, eller rätta dagarna så att de inte går in i varandra."
    )


def _locked(pair: Pair, by: User) -> Pair:
    """The pair, with both persons and all their cases locked, in one order everywhere. Raises ValidationError where one
    is gone, protected, or beyond the user."""
    keys = sorted([pair.first.pk, pair.second.pk])
    list(Participant.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    lock_cases(Enrolment.objects.filter(participant__in=keys).values_list("pk", flat=True))
    now = Pair.of(pair.first.public_id, pair.second.public_id, Scope.of(by, stamp_day()))
    if now is None:
        raise ValidationError(GONE)
    return now


def _answer(person: Participant, newcomer: UUID, why: str, by: User, *, is_same: bool) -> SamePersonAnswer:
    return SamePersonAnswer.objects.create(
        participant=person,
        newcomer=newcomer,
        is_same=is_same,
        why=TextBody.objects.write(why),
        owner=person.organisation,
        recorded_by=by,
    )


def _tell_of_change(*people: Participant) -> None:
    enrolments_changed(list(Enrolment.objects.filter(participant__in=people).values_list("pk", flat=True)))
