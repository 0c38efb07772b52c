"""Somebody's support, occupation and education at the agreed moments: noted, corrected, taken back, moved to the right
person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action
from core.days.kinds import fault_before
from core.swedish.words import day
from participants.amending.born import require_born
from participants.amending.moving import carry, leave_marks_of, lock_move
from participants.amending.versions import last_version, lock_version, next_version, require_author
from participants.amending.wordings import Earlier, earlier_wordings
from participants.amending.words import Noun
from participants.enums import LivelihoodMoment, MisplacedKind
from participants.livelihood.moments import MONTHS_AFTER
from participants.locking import lock_case
from participants.misplaced.marks import texts_of
from participants.models import Enrolment, LivelihoodRecord, LivelihoodSource, Misplacement
from projects.models import Listed

LIVELIHOOD: Final = Noun("uppgiften om försörjning", "återtagen", "rättad")
# Pages where something of a record stands.
_PAGES: Final = frozenset({"livelihood_list", "livelihood_create", "livelihood_edit", "livelihood_take_back"})
EARLIER: Final = Earlier(MisplacedKind.LIVELIHOOD, _PAGES, "livelihood_misplaced", earlier_wordings)
NOT_ENDED: Final = "Inskrivningen är inte avslutad. Avsluta den först, eller välj läget vid inskrivning."
TAKEN_THERE: Final = "Hos den personen är det läget redan inskrivet. Rätta det i stället, och ta bort det här."


@dataclass(frozen=True, slots=True, kw_only=True)
class LivelihoodAnswers:
    """A record as it is written down: the moment, its day, the means of support with their shares in per cent, and
    lines of the project's lists; None where nobody has said. Where the person wasn't reached there is nothing else."""

    moment: LivelihoodMoment
    day: date
    not_reached: bool = False
    means: Sequence[tuple[Listed, int | None]] = ()
    occupation: Listed | None = None
    education: Listed | None = None
    months_before: int | None = None

    @property
    def lines(self) -> dict[str, Listed | None]:
        """The lines of lists by the field that asks for each."""
        means = {f"k{number}_line": line for number, (line, _) in enumerate(self.means, start=1)}
        return {**means, "occupation": self.occupation, "education": self.education}


@action
def record_livelihood(*, enrolment: Enrolment, record: LivelihoodAnswers, by: User) -> LivelihoodRecord:
    """Note how somebody lives at an agreed moment.

    Raises ValidationError for `moment` where the case has a record of it, or hasn't ended yet, for `day` before the
    moment can have come, and for a line that isn't offered that day.
    """
    locked = lock_case(enrolment)
    _check(record, locked, kept=None)
    fact = LivelihoodRecord.objects.create(enrolment=locked, owner=locked.owner, recorded_by=by, **_columns(record))
    _write_means(fact, record)
    log_change(by=by, part="livelihood_create", persons=[locked.participant.public_id])
    return fact


@action
def correct_livelihood(
    *, livelihood: LivelihoodRecord, record: LivelihoodAnswers, why: str, by: User
) -> LivelihoodRecord:
    """A new version of a record. Raises as `record_livelihood`, but keeps its moment and lines that are no longer
    offered; ChangedMeanwhile where somebody has replaced it."""
    case, old = lock_version(livelihood)
    _check(record, case, kept=old)
    new = next_version(old, why, by, **_columns(record))
    _write_means(new, record)
    log_change(by=by, part="livelihood_edit", persons=[case.participant.public_id])
    return new


@action
def take_back_livelihood(*, livelihood: LivelihoodRecord, reason: str, by: User) -> LivelihoodRecord:
    """Take back a record that should never have been written.

    Raises PermissionDenied for others than its author and the coordinators, ChangedMeanwhile where somebody has
    replaced it.
    """
    case, old = lock_version(livelihood)
    require_author(old, case, by)
    end = last_version(old, reason, by)
    log_change(by=by, part="livelihood_take_back", persons=[case.participant.public_id])
    return end


@action
def put_livelihood_right(*, livelihood: LivelihoodRecord, right: Enrolment | None, by: User) -> Misplacement:
    """Move a record to the right case, or take it away where there is none.

    Gives the mark that the wrong file keeps. Raises ValidationError for `right` where that case has a record of the
    moment, PermissionDenied for others than its author and the coordinators, and ChangedMeanwhile where somebody has
    replaced it.
    """
    move = lock_move(livelihood, right, by)
    if move.to and move.fact.stands and recorded(move.to, LivelihoodMoment(move.fact.moment)):
        raise ValidationError({"right": TAKEN_THERE})
    carry(move)
    texts = texts_of(move.versions)
    return leave_marks_of(move, MisplacedKind.LIVELIHOOD, pages=_PAGES, texts=texts, by=by, part="livelihood_misplaced")


def recorded(enrolment: Enrolment, moment: LivelihoodMoment) -> LivelihoodRecord | None:
    """The record of the moment that stands in the case. One query."""
    return LivelihoodRecord.objects.placed().current().filter(enrolment=enrolment, moment=moment).first()


def _check(record: LivelihoodAnswers, case: Enrolment, *, kept: LivelihoodRecord | None) -> None:
    """Raises ValidationError by field."""
    standing = recorded(case, record.moment)
    if standing and standing.pk != (kept and kept.pk):
        raise ValidationError({"moment": f"Läget {record.moment.in_sentence} är redan inskrivet. Rätta det i stället."})
    is_kept = kept is not None and kept.moment == record.moment
    if not is_kept and record.moment != LivelihoodMoment.ENROLMENT and case.exited_on is None:
        raise ValidationError({"moment": NOT_ENDED})
    require_born(case, record.day, "day")
    if fault := _fault_of_day(record, case):
        raise ValidationError({"day": fault})
    held = _lines_of(kept) if kept else set()
    for field, line in record.lines.items():
        if line and line.pk not in held and not _is_offered(line, record.day):
            raise ValidationError({field: f"{line} erbjuds {line.holds}, inte {day(record.day)}. Välj igen."})


def _fault_of_day(record: LivelihoodAnswers, case: Enrolment) -> str:
    """The fault of a day before its moment can have come; empty where it is right. How long after the exit somebody is
    reached is nothing to refuse."""
    if record.moment in MONTHS_AFTER and case.exited_on and record.day <= case.exited_on:
        return f"Dagen måste vara efter avslutet {day(case.exited_on)}."
    if record.moment == LivelihoodMoment.EXIT:
        return fault_before(record.day, {"inskrivningen": case.enrolled_on})
    return ""


def _is_offered(line: Listed, on: date) -> bool:
    return (line.valid_from is None or line.valid_from <= on) and not line.is_over(on)


def _lines_of(old: LivelihoodRecord) -> set[int | None]:
    """Keys of the lines that a version speaks of. One query."""
    means = LivelihoodSource.objects.filter(record=old).values_list("line", flat=True)
    return {*means, old.occupation_id, old.education_id}


def _columns(record: LivelihoodAnswers) -> dict[str, Any]:
    return {
        "moment": record.moment,
        "concerns_on": record.day,
        "not_reached": record.not_reached,
        "occupation": record.occupation,
        "education": record.education,
        "months_before": record.months_before,
    }


def _write_means(fact: LivelihoodRecord, record: LivelihoodAnswers) -> None:
    LivelihoodSource.objects.bulk_create(
        LivelihoodSource(record=fact, line=line, percent=percent) for line, percent in record.means
    )
