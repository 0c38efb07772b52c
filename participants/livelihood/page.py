"""Reads of the pages about means of support: the moments side by side, and what a form lets one choose among."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.swedish.words import day
from participants.enums import LivelihoodMoment
from participants.livelihood.forms import Offered
from participants.livelihood.moments import window
from participants.livelihood.rows import Means
from participants.livelihood.words import NOT_REACHED, LivingSituation, sum_in_words
from participants.models import Enrolment, LivelihoodRecord
from participants.scope.scope import Scope
from projects.enums import ListKind
from projects.models import Listed

_LISTS: Final = (ListKind.SUPPORT, ListKind.OCCUPATION, ListKind.EDUCATION)
_ORDER: Final = list(LivelihoodMoment.values)


@dataclass(frozen=True, slots=True)
class MomentColumn:
    """A moment as the page shows it: «Vid inskrivning», its day, and the address where it is corrected."""

    moment: str
    day: str
    url: str


@dataclass(frozen=True, slots=True)
class MomentAnswer:
    """An answer at a moment, as lines of words; none where nobody has said."""

    moment: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class MomentsRow:
    """A question with the answer of each moment, in the order of the columns."""

    label: str
    answers: Sequence[MomentAnswer]


def standing(enrolment: Enrolment, scope: Scope) -> list[LivelihoodRecord]:
    """The records of a case that stand and that the user may read, in the order of their moments. Two queries."""
    rows = LivelihoodRecord.objects.visible_to(scope).current().filter(enrolment=enrolment).with_case()
    return sorted(rows, key=lambda row: _ORDER.index(row.moment))


def moments_of(enrolment: Enrolment) -> list[LivelihoodMoment]:
    """The moments of a case that are recorded. One query."""
    rows = LivelihoodRecord.objects.placed().current().filter(enrolment=enrolment)
    return [LivelihoodMoment(moment) for moment in rows.values_list("moment", flat=True)]


def columns(records: Sequence[LivelihoodRecord]) -> list[MomentColumn]:
    """The head of the table."""
    return [
        MomentColumn(record.get_moment_display(), day(record.concerns_on), record.get_absolute_url())
        for record in records
    ]


def table(records: Sequence[LivelihoodRecord]) -> list[MomentsRow]:
    """The questions that any of the records answers, each with the answer of every record."""
    said = [LivingSituation.of(record) for record in records]
    found = {
        "Försörjning": [_support(situation) for situation in said],
        "Varav offentlig försörjning": [_public(situation) for situation in said],
        "Sysselsättning": [_line(situation.occupation) for situation in said],
        "Utbildning": [_line(situation.education) for situation in said],
        "Månader med stöd före starten": [_line(situation.months_in_number) for situation in said],
    }
    moments = [record.get_moment_display() for record in records]
    return [
        MomentsRow(label, [MomentAnswer(*answer) for answer in zip(moments, answers, strict=True)])
        for label, answers in found.items()
        if any(answers)
    ]


def _support(situation: LivingSituation) -> list[str]:
    """Each means of support on a line, and the sum where it isn't right."""
    if situation.not_reached:
        return [NOT_REACHED]
    lines = [share.name if share.percent is None else f"{share.name} {share.percent} %" for share in situation.shares]
    return [*lines, *_line(sum_in_words([share.percent for share in situation.shares]))]


def _public(situation: LivingSituation) -> list[str]:
    """«60 %», or where shares aren't known whether all is public, some or none."""
    public = [share.percent for share in situation.shares if share.is_public]
    if not situation.shares:
        return []
    if not public:
        return ["Ingen"]
    known = [percent for percent in public if percent is not None]
    if len(known) == len(public):
        return [f"{sum(known)} %"]
    return ["Allt" if len(public) == len(situation.shares) else "En del"]


def _line(text: str) -> list[str]:
    return [text] if text else []


def means_of(record: LivelihoodRecord) -> list[Means]:
    """The means of support that the rows of a form open with. One that a register named and that the project's list
    lacks has no line to choose, and isn't among them."""
    return [(source.line, source.percent) for source in record.sources.all() if source.line]


def offered(
    enrolment: Enrolment, recorded: Collection[LivelihoodMoment], on: date, kept: LivelihoodRecord | None = None
) -> Offered:
    """The moments that can be recorded on the day and aren't among the `recorded`, and the lines that the project's
    lists have offered since the enrolment, with the moment and the lines of `kept`. One query."""
    lines: dict[str, list[Listed]] = defaultdict(list)
    kept_lines = (
        {kept.occupation_id, kept.education_id, *(row.line_id for row in kept.sources.all())} if kept else set()
    )
    for line in Listed.objects.filter(project=enrolment.project_id, kind__in=_LISTS):
        if line.pk in kept_lines or not line.is_over(enrolment.enrolled_on):
            lines[line.kind].append(line)
    held = {moment: window(moment, enrolment.enrolled_on, enrolment.exited_on) for moment in LivelihoodMoment}
    come = [moment for moment, days in held.items() if days and days.first <= on and moment not in recorded]
    moments = [moment for moment in LivelihoodMoment if moment in come or (kept and kept.moment == moment)]
    return Offered(moments, lines)


def opening_day(moment: str, enrolment: Enrolment, on: date) -> date | None:
    """The day that a form about the moment opens with: the enrolment's, the exit's, or today."""
    if moment == LivelihoodMoment.ENROLMENT:
        return enrolment.enrolled_on
    return enrolment.exited_on if moment == LivelihoodMoment.EXIT else on
