"""How an enrolment ended: noted, corrected, taken back."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp_day
from core.days.periods import Period
from core.forms.concurrency import ChangedMeanwhile
from core.models import TextBody
from participants.amending.versions import last_version, next_version, require_author
from participants.amending.words import Noun
from participants.changes import checks_of_exit, save_projection
from participants.enrolment.actions import check_free
from participants.enums import ExitReason
from participants.livelihood.counted_from import check_exit_day, take_back_with_exit
from participants.locking import lock_case
from participants.models import Enrolment, Exit
from participants.models.enrolment import EXITED_FIRST
from participants.outcomes.actions import Outcomes, outcome_faults, record_outcomes
from projects.models import Listed

EXIT: Final = Noun("avslutet", "återtaget", "rättat")


@action
def end_enrolment(
    *,
    enrolment: Enrolment,
    exited_on: date,
    reason: ExitReason,
    comment: str = "",
    why: str = "",
    main: Listed | None = None,
    marks: Sequence[Listed] = (),
    by: User,
) -> Exit:
    """End an enrolment, or correct how it ended: a new version, with why, of the exit that stands.

    main, marks: what has come of it by that day, lines of the project's list, where that is noted with it.

    Raises ValidationError for `exited_on` before the enrolment, in the future, before the day of a cleared step, or
    that a record of means of support doesn't fit, and for the form where the days overlap another enrolment; of the
    outcomes as `record_outcomes`.
    """
    locked = lock_case(enrolment)
    outcomes = Outcomes(on=exited_on, main=main, marks=marks) if main or marks else None
    check_ending(locked, exited_on, outcomes)
    earlier = Exit.objects.filter(enrolment=locked).current().first()
    text = TextBody.objects.write(comment) if comment else None
    if earlier:
        said = {"concerns_on": exited_on, "reason": reason, "comment": text}
        fact = next_version(earlier, why, by, **said, category=Exit(**said).category)
    else:
        fact = Exit.objects.create(
            enrolment=locked, concerns_on=exited_on, reason=reason, comment=text, owner=locked.owner, recorded_by=by
        )
    save_projection(locked, exited_on=exited_on, exit_reason=reason)
    if outcomes:
        record_outcomes(enrolment=locked, outcomes=outcomes, by=by)
    log_change(by=by, part="enrolment_exit", persons=[locked.participant.public_id])
    return fact


@action
def reopen_enrolment(*, enrolment: Enrolment, reason: str = "", by: User) -> Exit:
    """Take back an exit that was a mistake: the enrolment goes on, and the means of support that count from the exit
    are taken back too. Gives its last version, which says why.

    Raises PermissionDenied for others than its author and the coordinators, ChangedMeanwhile where none stands, and
    ValidationError for the form where the person has been enrolled in the project again since.
    """
    locked = lock_case(enrolment)
    ending = Exit.objects.filter(enrolment=locked).current().select_related("first").first()
    if ending is None:
        raise ChangedMeanwhile
    require_author(ending, locked, by)
    check_free(locked, Period(locked.enrolled_on))
    end = last_version(ending, reason, by)
    take_back_with_exit(locked, by)
    save_projection(locked, exited_on=None, exit_reason="")
    log_change(by=by, part="enrolment_reopen", persons=[locked.participant.public_id])
    return end


def check_ending(enrolment: Enrolment, exited_on: date, outcomes: Outcomes | None) -> None:
    """Raises ValidationError as `check_exit`, with the faults of the outcomes beside it."""
    found: dict[str, Any] = {}
    try:
        check_exit(enrolment, exited_on)
    except ValidationError as fault:
        found = fault.update_error_dict({})
    faults = outcome_faults(enrolment, outcomes) if outcomes else {}
    # The day has said so already.
    faults.pop("on", None)
    if found or faults:
        raise ValidationError(found | faults)


def check_exit(enrolment: Enrolment, exited_on: date) -> None:
    """Raises ValidationError for `exited_on` that can't be the last day of the enrolment, or that a record of means of
    support doesn't fit, and for the form where the
    days overlap another one."""
    if exited_on < enrolment.enrolled_on:
        raise ValidationError({"exited_on": EXITED_FIRST})
    if exited_on > stamp_day():
        raise ValidationError({"exited_on": "Avslutet kan inte ligga i framtiden."})
    check_exit_day(enrolment, exited_on)
    for check in checks_of_exit:
        check(enrolment, exited_on)
    check_free(enrolment, Period.of(enrolment.enrolled_on, exited_on))
