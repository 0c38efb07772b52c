"""Taking back a consent that was written by mistake. The participant's own withdrawal is another thing."""

from collections.abc import Collection, Sequence
from typing import Final

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp
from core.facts import Fact
from core.swedish.keys import sort_key
from core.swedish.words import listed
from participants.amending.moving import Move, carry, leave_marks_of, lock_move
from participants.amending.rights import may_take_back_of
from participants.amending.versions import last_version, lock_version, require_author
from participants.amending.words import Noun
from participants.assignment.with_consent import let_go
from participants.consent.terms import with_renewals
from participants.enums import MisplacedKind
from participants.misplaced.marks import texts_of
from participants.models import Consent, ConsentGrant, ConsentWithdrawal, Enrolment, Misplacement

CONSENT: Final = Noun("svaret om samtycke", "återtaget", "rättat")
# Pages where something of a consent stands.
_PAGES: Final = frozenset(
    {"consent_list", "consent_create", "consent_withdraw", "consent_take_back", "consent_edit", "case_people"}
)
_RENEWAL: Final = "Det här är en förnyelse. Rätta det första samtycket, så försvinner förnyelserna också."


@action
def take_back_consent(*, consent: Consent, reason: str, by: User) -> Consent:
    """Take back an answer that was written by mistake, and the renewals that rest on it: they open nothing from now.

    Gives its last version. Raises PermissionDenied for others than its author and the coordinators, ChangedMeanwhile
    where somebody has taken it back, and ValidationError for the form where somebody else has renewed it.
    """
    enrolment, current = lock_version(consent)
    require_author(current, enrolment, by)
    rows = [row for row in with_renewals(current) if row.stands]
    _require_all(rows, enrolment, by)
    close_grants(rows)
    let_go(rows, enrolment, by=by)
    ends = [last_version(row, reason, by) for row in rows]
    log_change(by=by, part="consent_take_back", persons=[enrolment.participant.public_id])
    return ends[0]


@action
def remove_misplaced_consent(*, consent: Consent, by: User) -> Misplacement:
    """Take away an answer that somebody else gave, with its renewals and withdrawals. It isn't moved, since the right
    person's answer is asked of that person.

    Gives the mark that the file keeps. The grants stay, closed and shown nowhere, so that the review of the log knows
    on what ground others read meanwhile. Raises as `lock_move`, and ValidationError for the form where it is a renewal,
    or renewed by somebody else.
    """
    move = lock_move(consent, None, by)
    if move.fact.renews_id:
        raise ValidationError(_RENEWAL)
    rows = _with_all_renewals(move)
    _require_all([row for row in rows if row.stands], move.wrong, by)
    keys = [row.pk for row in rows]
    withdrawals = list(ConsentWithdrawal.objects.filter(consent__in=keys))
    close_grants(rows)
    let_go(rows, move.wrong, by=by)
    carry(move, rows)
    carry(move, withdrawals)
    beside: list[Fact] = [*(row for row in rows if row not in move.versions), *withdrawals]
    return leave_marks_of(
        move,
        MisplacedKind.CONSENT,
        pages=_PAGES,
        texts=texts_of([*rows, *withdrawals]),
        by=by,
        part="consent_misplaced",
        beside=beside,
    )


def of_others(rows: Sequence[Consent], enrolment: Enrolment, by: User) -> list[Consent]:
    """The answers that the user may not take back, since somebody else wrote them. At most one query, and one for each
    author."""
    own = may_take_back_of(by, rows, enrolment)
    return [row for row in rows if row not in own]


def fault_of_others(rows: Sequence[Consent]) -> str:
    """The sentence about renewals that others wrote; empty where there are none."""
    if not rows:
        return ""
    authors = {str((row.first or row).recorded_by) for row in rows}
    who = listed(sorted(authors, key=sort_key))
    return f"{who} har förnyat samtycket. Be {who} eller samordnaren ta tillbaka förnyelsen först."


def close_grants(rows: Collection[Consent]) -> None:
    """Let what these versions opened open nothing from now on; what it opened until now is still told."""
    keys = [row.pk for row in rows]
    ConsentGrant.objects.filter(consent__in=keys, superseded_at=None).update(superseded_at=stamp())


def _require_all(rows: Sequence[Consent], enrolment: Enrolment, by: User) -> None:
    """Raises ValidationError where somebody else wrote some of them: that author is asked first."""
    if fault := fault_of_others(of_others(rows, enrolment, by)):
        raise ValidationError(fault)


def _with_all_renewals(move: Move[Consent]) -> list[Consent]:
    """Every version of the consent, and of its renewals."""
    found = {row.pk: row for version in move.versions for row in with_renewals(version)}
    return list(found.values())
