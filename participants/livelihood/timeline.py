"""Means of support on the timeline, at each of the agreed moments."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, Value, When

from participants.amending.timeline import TOLD, AmendedRow, amended
from participants.enums import LivelihoodKind, LivelihoodMoment
from participants.livelihood.words import LivingSituation, Share
from participants.models import Enrolment, LivelihoodRecord, LivelihoodSource
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry, paragraphs
from participants.timeline.rows import FactRow, part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class LivelihoodRow(AmendedRow):
    """A record of one of the moments; its means of support are SourceRows."""

    public_id: UUID
    moment: LivelihoodMoment
    not_reached: bool
    occupation: str
    is_occupied_by_health: bool
    education: str
    months_before: int | None

    @property
    def title(self) -> str:
        """«Försörjning vid inskrivning»."""
        return f"Försörjning {self.moment.in_sentence}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow(FactRow):
    """A means of support of the record with the key `record`. `line` is its name in the project's list, `code` the
    kind that a register named where that has none."""

    record: int
    line: str
    code: str
    percent: int | None
    is_public: bool
    is_line_of_health: bool

    @property
    def share(self) -> Share:
        """The means of support in words."""
        kind = LivelihoodKind(self.code) if self.code else None
        return Share(kind.label if kind else self.line, self.percent, kind.is_public if kind else self.is_public)

    @property
    def is_about_health(self) -> bool:
        """Whether it says something about health."""
        return LivelihoodKind(self.code).is_about_health if self.code else self.is_line_of_health


def _of_health(line: str) -> Case:
    """Whether the line of the project's list that this key points at counts as being about health, if there is one:
    `Listed.counts_as_health` as a column."""
    isnt = Q(**{f"{line}__is_about_health": False}) | Q(**{f"{line}__isnull": True})
    return Case(When(isnt, then=Value(False)), default=Value(True))


class LivelihoodEntries(FactEntries[LivelihoodRow]):
    """Records in their newest versions; those that were taken back stand struck."""

    row = LivelihoodRow
    names_readers = True

    def facts(self, enrolment: Enrolment) -> QuerySet:
        return part(
            LivelihoodRow,
            LivelihoodRecord.objects.filter(readable(enrolment)).filter(TOLD),
            public_id=F("public_id"),
            moment=F("moment"),
            not_reached=F("not_reached"),
            occupation=F("occupation__name"),
            is_occupied_by_health=_of_health("occupation"),
            education=F("education__name"),
            months_before=F("months_before"),
            **amended(enrolment),
        )

    def entry(self, row: LivelihoodRow, case: CaseHistory) -> TimelineEntry:
        url = case.amend_url("livelihood_edit", row.public_id)
        if row.taken_back:
            return self.line(row, case, f"{row.title} (återtagen)", row.told_why("Återtagen"), kind=QUIET, url=url)
        shares = [source.share for source in case.where(SourceRow, "record", row.fact)]
        said = LivingSituation(shares, row.not_reached, row.occupation, row.education, row.months_before)
        why = row.told_why("Rättad") if row.why else ""
        return self.line(row, case, row.title, paragraphs(said.in_words, why), url=url)


class SourceEntries(FactEntries[SourceRow]):
    """Means of support of the records that stand. They are told with their record."""

    row = SourceRow

    def facts(self, enrolment: Enrolment) -> QuerySet:
        records = LivelihoodRecord.objects.filter(readable(enrolment)).current()
        return part(
            SourceRow,
            LivelihoodSource.objects.filter(record__in=records),
            corrects=F("record__corrects"),
            on=F("record__concerns_on"),
            recorded_at=F("record__recorded_at"),
            superseded_at=F("record__superseded_at"),
            by=F("record__recorded_by__name"),
            category=F("record__category"),
            record=F("record"),
            line=F("line__name"),
            code=F("kind"),
            percent=F("percent"),
            is_public=Case(When(Q(line__is_public_support=True), then=Value(True)), default=Value(False)),
            is_line_of_health=_of_health("line"),
        )
