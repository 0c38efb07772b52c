"""Protecting an identity: from then on the person is an alias here, and nothing tells who it is."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp, stamp_day
from core.forms.concurrency import ChangedMeanwhile
from core.models import StoredFile, TextBody
from core.operation.erasure import wipe_after_commit
from core.swedish.personal_numbers import ParsedNumber
from participants.assignment.actions import assign_all
from participants.enums import ProtectionLevel
from participants.identity.history import is_blank
from participants.joining.lookup import let_go
from participants.locking import lock_cases_of, lock_person
from participants.models import CaseAssignment, Enrolment, NamePart, Participant, PersonIdentity, Referral, TextToCheck
from participants.protected_number.numbers import bar, recognise, release, tell_of_others
from participants.protection.all_traces import AllTraces
from participants.protection.scrubbing import after_protection, list_text, lock_texts, redact, scrub
from participants.protection.search_memory import forget_everywhere
from participants.protection.spans import Span
from participants.protection.texts import files_about
from participants.querysets.assignment import CaseAssignmentQuerySet
from participants.querysets.enrolment import EnrolmentQuerySet
from participants.referral.versions import give_earlier, name_nobody
from participants.scope.case_workers import still_there

NOBODY = "Någon måste vara utsedd för ärendet. Välj ansvarig handläggare."
NOBODY_ELSEWHERE = (
    "Personen har en inskrivning till hos er som ingen är utsedd för. Be samordnaren där att först utse en ansvarig."
)

GONE_THROUGH = "Någon annan har gått igenom texterna sedan du öppnade sidan. Kontrollera dem och tryck igen."


@action
def protect_participant(
    *,
    level: ProtectionLevel,
    case: Enrolment,
    responsible: User | None = None,
    number: ParsedNumber | None = None,
    by: User,
) -> int:
    """Set the level. The first time all that tells who the person is goes, for good.

    Returns how many texts somebody has to go through. `responsible` answers for the case from now on. By `number` the
    person is recognised from now on; it isn't kept.

    Raises ValidationError for `responsible` who isn't a case worker there, or is missing where nobody else answers for
    the case; and for the form where nobody answers for another case of the person's that goes on.
    """
    person = lock_person(case)
    lock_cases_of(person)
    if responsible:
        name_responsible(case, responsible, by)
    if level != ProtectionLevel.NONE:
        _check_named(person, case)
    waiting = set_level(person, level, by)
    if person.is_protected and number:
        recognise(person, number.value, by)
    log_change(by=by, part="participant_protect", persons=[person.public_id])
    return waiting


def set_level(person: Participant, level: ProtectionLevel, by: User) -> int:
    """Set the level of somebody who is locked with all cases, and let go of the name the first time. Part of an action,
    which logs it. Returns how many texts somebody has to go through."""
    was_protected, traces = person.is_protected, AllTraces.of(person)
    person.protection = level
    Participant.objects.filter(pk=person.pk).update(protection=level)
    if not person.is_protected:
        release(person)
    return _scrub(person, traces, by) if person.is_protected and not was_protected else 0


@action
def redact_texts(*, texts: Sequence[TextToCheck], chosen: Mapping[int, Sequence[Span]], by: User) -> None:
    """Put the alias for what is chosen in texts about protected persons, and take them off the list to go through.

    chosen: the places, by the id of the text; a text that isn't in it is kept as it was written.

    Raises ChangedMeanwhile where a text isn't as it was when `texts` were read.
    """
    lock_texts()
    TextBody.objects.lock(text.body_id for text in texts)
    for text in texts:
        row = TextToCheck.objects.waiting().select_related("body", "participant").filter(pk=text.pk).first()
        if row is None or (row.spans, row.body.digest) != (text.spans, text.body.digest):
            raise ChangedMeanwhile(GONE_THROUGH)
        redact(row.body, chosen.get(text.pk, ()), row.participant.alias)
    rows = TextToCheck.objects.filter(pk__in=[text.pk for text in texts])
    rows.update(checked_at=stamp(), checked_by=by, spans=[])
    wipe_after_commit()
    log_change(by=by, part="participant_redact", persons={text.participant.public_id for text in texts})


@action
def reapply_protection(*, by: User) -> int:
    """Blank the persons again who are protected and yet have a name, a number or a contact. Returns how many they
    were."""
    locked = Participant.objects.protected().select_for_update(of=("self",), no_key=True).select_related("identity")
    protected = [(person, AllTraces.of(person)) for person in locked.order_by("pk")]
    bare = [(person, traces) for person, traces in protected if _is_known(person)]
    for person, _ in protected:
        name_nobody(person, by)
        _list_first_words(person)
        StoredFile.objects.blank(files_about(person))
    for person, traces in bare:
        _scrub(person, traces, by)
        log_change(by=by, part="participant_protect", persons=[person.public_id])
    return len(bare)


def _scrub(person: Participant, traces: AllTraces, by: User) -> int:
    current = set(person.numbers.filter(valid_until=None).values_list("value", flat=True))
    scrub(person, traces)
    StoredFile.objects.blank(files_about(person))
    bar(person, current, former=traces.numbers - current)
    tell_of_others(person, current, by)
    let_go(person.organisation_id, current)
    forget_everywhere(traces.is_sought_by)
    name_nobody(person, by)
    _empty_unreadable(person)
    for forget in after_protection:
        forget(person)
    wipe_after_commit()
    return TextToCheck.objects.waiting().filter(participant=person).count()


def _list_first_words(person: Participant) -> None:
    """List the words of referrals that named nobody yet, once their person is protected."""
    for referral in Referral.objects.current().filter(participant=person):
        for body in give_earlier(referral, person):
            list_text(person, body, referral.owner_id, [])


def _empty_unreadable(person: Participant) -> None:
    """Empty the words about somebody who has never been enrolled: there is no page where somebody could go through
    them, and nobody may read them either."""
    if person.enrolments.exists():
        return
    rows = TextToCheck.objects.waiting().filter(participant=person, is_about_another=False)
    TextBody.objects.filter(pk__in=list(rows.values_list("body", flat=True))).update(text="")
    rows.delete()


def _is_known(person: Participant) -> bool:
    """Whether anything but the alias is left of the person, in the identity or in the key that lists sort by."""
    one, blank = person.identity, PersonIdentity(participant=person).set_keys()
    differs = any(getattr(one, field.attname) != getattr(blank, field.attname) for field in one._meta.fields)
    sorted_by_name = person.enrolments.exclude(sort_key=blank.sort_key).exists()
    kept = person.birth_date is not None or person.numbers.exists() or not is_blank(person)
    return differs or sorted_by_name or kept or NamePart.objects.differ(blank)


def is_nobodys(case: Enrolment, *, on: date) -> bool:
    """Whether the case is open, of a protected person, and has nobody responsible by name: then no user would see
    it."""
    goes_on = not case.period.is_over(on)
    named = _named(case.participant, on).filter(enrolment=case)
    return case.participant.is_protected and goes_on and not named.exists()


def _named(person: Participant, on: date) -> CaseAssignmentQuerySet:
    live = CaseAssignment.objects.on(on).responsible().filter(still_there(on=on))
    return live.filter(organisation=person.organisation_id)


def name_responsible(case: Enrolment, user: User, by: User) -> None:
    """Make the user responsible for the case from now on. The caller's action logs it."""
    if not CaseAssignment.objects.on(stamp_day()).responsible().filter(enrolment=case, user=user).exists():
        assign_all([case], user, by)


def _check_named(person: Participant, case: Enrolment) -> None:
    """Check that each open case of the protected person has somebody responsible by name, since nobody else can open
    it.

    Raises ValidationError for `responsible` if this case hasn't, for the form if another case hasn't.
    """
    if _lost(person).filter(pk=case.pk).exists():
        raise ValidationError({"responsible": NOBODY})
    check_nobody_is_lost(person)


def check_nobody_is_lost(person: Participant) -> None:
    """Raises ValidationError for the form where an open case of somebody to be protected has nobody responsible by
    name."""
    if _lost(person).exists():
        raise ValidationError(NOBODY_ELSEWHERE)


def _lost(person: Participant) -> EnrolmentQuerySet:
    """Open cases that nobody could open any more, were the person protected."""
    on = stamp_day()
    going_on = Enrolment.objects.counted().filter(participant=person).on_or_after(on)
    return going_on.exclude(pk__in=_named(person, on).values("enrolment"))
