"""Somebody's support, occupation and education at the agreed moments: noted, corrected, taken back, moved to the right
person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import Q

from core.batches import in_chunks
from core.enums import Category
from core.swedish.words import day
from participants.amending.born import require_born
from participants.amending.kinds import CaseFacts
from participants.amending.words import Noun
from participants.enums import LivelihoodMoment, MisplacedKind
from participants.livelihood.moments import fault_of_day
from participants.models import Enrolment, LivelihoodRecord, LivelihoodSource
from participants.models.background import category_of_situation
from projects.models import Listed

NOT_ENDED: Final = "Inskrivningen är inte avslutad. Avsluta den först, eller välj läget vid inskrivning."
GOES_ON_THERE: Final = "Den personens inskrivning är inte avslutad, och läget räknas från avslutet. Välj någon annan."
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


def recorded(enrolment: Enrolment, moment: LivelihoodMoment) -> LivelihoodRecord | None:
    """The record of the moment that stands in the case. One query."""
    return LivelihoodRecord.objects.placed().current().filter(enrolment=enrolment, moment=moment).first()


def follow_line(line: Listed) -> None:
    """Have every version of the records that speak of a line be of the kind of information that its lines say. Part of
    the action that changes the line."""
    means = LivelihoodSource.objects.filter(line=line)
    records = LivelihoodRecord.objects.filter(Q(occupation=line) | Q(pk__in=means.values("record"))).exclude(
        taken_back=True
    )
    said: dict[Category, list[int]] = {}
    for record in records.select_related("occupation").prefetch_related("sources__line"):
        said.setdefault(record.category_said, []).append(record.pk)
    for category, keys in said.items():
        for chunk in in_chunks(keys):
            # The last version of what was taken back has no means of its own: it is of the kind of the one before it.
            ends = Q(taken_back=True, corrects__in=chunk)
            LivelihoodRecord.objects.filter(Q(pk__in=chunk) | ends).update(category=category)


def _check(case: Enrolment, record: LivelihoodAnswers, kept: LivelihoodRecord | None) -> None:
    """Raises ValidationError for `moment` where the case has another record of it, or hasn't ended yet, for `day` on
    which the moment can't have come, and for a line that isn't offered that day; one that is corrected keeps its moment
    and its lines."""
    standing = recorded(case, record.moment)
    if standing and standing.pk != (kept and kept.pk):
        raise ValidationError({"moment": f"Läget {record.moment.in_sentence} är redan inskrivet. Rätta det i stället."})
    is_kept = kept is not None and kept.moment == record.moment
    if not is_kept and record.moment != LivelihoodMoment.ENROLMENT and case.exited_on is None:
        raise ValidationError({"moment": NOT_ENDED})
    require_born(case, record.day, "day")
    # A day from before this was asked keeps as long as it is left alone.
    is_left = is_kept and kept is not None and kept.concerns_on == record.day
    if not is_left and (fault := fault_of_day(record.moment, record.day, case.enrolled_on, case.exited_on)):
        raise ValidationError({"day": fault})
    held = _lines_of(kept) if kept else set()
    for field, line in record.lines.items():
        if line and line.pk not in held and not _is_offered(line, record.day):
            raise ValidationError({field: f"{line} erbjuds {line.holds}, inte {day(record.day)}. Välj igen."})


def _is_offered(line: Listed, on: date) -> bool:
    return (line.valid_from is None or line.valid_from <= on) and not line.is_over(on)


def _lines_of(old: LivelihoodRecord) -> set[int | None]:
    """Keys of the lines that a version speaks of. One query."""
    means = LivelihoodSource.objects.filter(record=old).values_list("line", flat=True)
    return {*means, old.occupation_id, old.education_id}


def _columns(record: LivelihoodAnswers) -> dict[str, Any]:
    return {
        "moment": record.moment,
        "category": category_of_situation(record.lines.values()),
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


def _check_move(fact: LivelihoodRecord, right: Enrolment) -> None:
    """Raises ValidationError for `right` where that case has a record of the moment, hasn't ended yet, or where the
    moment can't have come on the day."""
    moment = LivelihoodMoment(fact.moment)
    if not fact.stands:
        return
    if recorded(right, moment):
        raise ValidationError({"right": TAKEN_THERE})
    if moment != LivelihoodMoment.ENROLMENT and right.exited_on is None:
        raise ValidationError({"right": GOES_ON_THERE})
    if fault := fault_of_day(moment, fact.concerns_on, right.enrolled_on, right.exited_on):
        raise ValidationError({"right": f"Hos den personen passar inte dagen {day(fact.concerns_on)}. {fault}"})


LIVELIHOODS: Final = CaseFacts(
    model=LivelihoodRecord,
    noun=Noun("uppgiften om försörjning", "återtagen", "rättad"),
    mark=MisplacedKind.LIVELIHOOD,
    name="livelihood",
    check=_check,
    columns=_columns,
    check_move=_check_move,
    write_beside=_write_means,
    elsewhere=frozenset({"livelihood_list"}),
)
