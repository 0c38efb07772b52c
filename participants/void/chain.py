"""The steps of a wrong registration: asked, confirmed or declined, let be, undone. Each is a fact after the other."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.letters.outbox import tell
from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp_day
from core.facts import supersede
from core.models import TextBody
from participants.enrolment.actions import TAKEN, correct_enrolment
from participants.enums import ReferralSource, VoidState
from participants.locking import lock_case, lock_person
from participants.models import Enrolment, Voiding
from participants.protection.actions import NOBODY, is_nobodys, name_responsible
from participants.referral.enrolled import accept_enrolled, release_referral
from participants.void.who import deciders, may_decide, may_drop, may_undo

NOT_ASKED = "Begäran är redan besvarad eller borttagen. Ladda om sidan för att se hur det står."
ASKED_ALREADY = "Felregistrering är redan begärd. Ladda om sidan för att se hur det står."
COUNTS = "Inskrivningen är inte felregistrerad längre."
NOT_YOURS = "En annan samordnare än den som bad om det bekräftar."
WHY = "Skriv varför."
# What the access log calls each step.
PARTS = {
    VoidState.ASKED: "void_ask",
    VoidState.CONFIRMED: "void_confirm",
    VoidState.DECLINED: "void_decline",
    VoidState.DROPPED: "void_drop",
    VoidState.UNDONE: "void_undo",
}
_SUBJECT = "Du har en uppgift i Samverkan"


@action
def ask_to_void(*, enrolment: Enrolment, why: str, home: str, by: User) -> Voiding:
    """Ask that the enrolment is marked as wrongly registered; those who can answer are told by mail to look at `home`.

    Raises ValidationError for `why` that is empty, and for the form where it has been asked for or marked already.
    """
    case = _locked(enrolment)
    before = current(case)
    if case.is_void or (before and before.state == VoidState.ASKED):
        raise ValidationError(ASKED_ALREADY)
    step = _step(case, VoidState.ASKED, why, by)
    _tell([user for user in deciders(case, on=stamp_day()) if user != by], home)
    return step


@action
def confirm_void(*, enrolment: Enrolment, why: str = "", home: str, by: User) -> Voiding:
    """Mark the enrolment as wrongly registered, as somebody else asked; by oneself with `why`, where nobody else can.

    It leaves lists and figures. Raises ValidationError for `why` that is empty where `by` asked, and for the form where
    nobody asks any longer, or somebody else is to answer.
    """
    case, asked = _asked(enrolment, by)
    if asked.recorded_by_id == by.pk and not why:
        raise ValidationError({"why": WHY})
    _count(case, by, is_void=True)
    step = _step(case, VoidState.CONFIRMED, why, by)
    _tell([asked.recorded_by], home, apart_from=by)
    return step


@action
def decline_void(*, enrolment: Enrolment, why: str, home: str, by: User) -> Voiding:
    """Say that the enrolment stands, and why.

    Raises ValidationError for `why` that is empty, and for the form where nobody asks any longer, or somebody else is
    to answer.
    """
    case, asked = _asked(enrolment, by)
    step = _step(case, VoidState.DECLINED, why, by)
    _tell([asked.recorded_by], home, apart_from=by)
    return step


@action
def drop_void(*, enrolment: Enrolment, by: User) -> Voiding:
    """Let the matter be: take the question back, or have seen that it was declined.

    Raises ValidationError for the form where `by` has nothing to drop.
    """
    case = _locked(enrolment)
    if not may_drop(by, current(case), case, on=stamp_day()):
        raise ValidationError(NOT_ASKED)
    return _step(case, VoidState.DROPPED, "", by)


@action
def undo_void(*, enrolment: Enrolment, why: str, responsible: User | None = None, by: User) -> Voiding:
    """Let the enrolment count again, with everything it had before; `responsible` answers for it from now on.

    Raises ValidationError for `why` that is empty; for `responsible` who isn't a case worker there, or is missing where
    nobody would see the case since the person has been protected; and for the form where the enrolment counts already,
    where somebody else is to say so, or where the person has been enrolled in the project meanwhile for some of the
    same time.
    """
    case = _locked(enrolment)
    if not case.is_void:
        raise ValidationError(COUNTS)
    if not may_undo(by, case, deciders(case, on=stamp_day()), on=stamp_day()):
        raise ValidationError(NOT_YOURS)
    if responsible:
        name_responsible(case, responsible, by)
    if is_nobodys(case, on=stamp_day()):
        raise ValidationError({"responsible": NOBODY})
    _count(case, by, is_void=False)
    return _step(case, VoidState.UNDONE, why, by)


def _locked(enrolment: Enrolment) -> Enrolment:
    """The enrolment, locked after its person. Actions that correct or protect the person lock in that order too."""
    lock_person(enrolment)
    return lock_case(enrolment)


def _asked(enrolment: Enrolment, by: User) -> tuple[Enrolment, Voiding]:
    case = _locked(enrolment)
    asked = current(case)
    if asked is None or asked.state != VoidState.ASKED:
        raise ValidationError(NOT_ASKED)
    if not may_decide(by, asked.recorded_by, deciders(case, on=stamp_day())):
        raise ValidationError(NOT_YOURS)
    return case, asked


def current(enrolment: Enrolment) -> Voiding | None:
    """The step that stands now."""
    rows = Voiding.objects.filter(enrolment=enrolment).current()
    return rows.select_related("recorded_by__organisation", "why", "corrects__recorded_by").first()


def last_asked(enrolment: Enrolment) -> Voiding | None:
    """The latest question about the enrolment, in any state."""
    rows = Voiding.objects.filter(enrolment=enrolment, state=VoidState.ASKED)
    return rows.select_related("recorded_by__organisation", "why").order_by("-pk").first()


def _step(case: Enrolment, state: VoidState, why: str, by: User) -> Voiding:
    if not why and state in (VoidState.ASKED, VoidState.DECLINED, VoidState.UNDONE):
        raise ValidationError({"why": WHY})
    before = current(case)
    if before:
        supersede(before)
    step = Voiding.objects.create(
        enrolment=case,
        state=state,
        why=TextBody.objects.write(why) if why else None,
        concerns_on=stamp_day(),
        corrects=before,
        owner=case.owner,
        recorded_by=by,
    )
    log_change(by=by, part=PARTS[state], persons=[case.participant.public_id])
    return step


def _count(case: Enrolment, by: User, *, is_void: bool) -> None:
    """Say whether the enrolment counts; how it began stays as it stood."""
    try:
        with transaction.atomic():
            correct_enrolment(
                enrolment=case,
                enrolled_on=case.enrolled_on,
                source=ReferralSource(case.source),
                applied_on=case.applied_on,
                referred_on=case.referred_on,
                is_void=is_void,
                by=by,
            )
            if is_void:
                release_referral(case, by)
            accept_enrolled(case.participant, by)
    except IntegrityError as error:
        # Enrolled anew at the same moment: the constraint is asked last.
        raise ValidationError(TAKEN) from error


def _tell(users: list[User], home: str, apart_from: User | None = None) -> None:
    """Send a letter that there is something to look at. It says nothing of the case, since mail can be read on its
    way."""
    addresses = [user.email for user in users if user != apart_from and user.is_active]
    if addresses:
        tell(addresses, _SUBJECT, f"Du har en uppgift i Samverkan. Logga in för att se den:\n{home}\n")
