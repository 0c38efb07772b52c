"""The project's target groups, methods, units and obstacles that hold for an enrolment: noted, corrected, taken back,
moved to the right person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import Case, Exists, OuterRef, Value, When

from core.actions import stamp_day
from core.days.dates import add_months
from core.days.periods import IN_THE_FUTURE
from core.enums import Category
from core.swedish.words import day
from participants.amending.born import UNBORN
from participants.amending.kinds import CaseFacts
from participants.amending.words import Noun
from participants.enums import MisplacedKind
from participants.models import CaseGrouping, CaseGroupingLine, Enrolment
from projects.enums import LISTS_OF_HEALTH, ListKind
from projects.models import Listed

NOTHING: Final = "Välj minst en sak. Inget är valt, och inget har gällt förut."
NO_OBSTACLE: Final = "Inget försörjningshinder kan inte stå med ett annat. Ta bort det ena."
OTHER_LISTS: Final = (
    "Den personen är i ett annat projekt, som har egna listor. Ta bort uppgiften här, och skriv in den där."
)
# The code, in the model's list of obstacles, of none.
_NONE: Final = "none"
# So many months before the enrolment somebody may have been asked, as of the means of support then.
_BEFORE: Final = 1
# The question that asks for the lines of each list.
FIELDS: Final = {
    ListKind.TARGET_GROUP: "target_groups",
    ListKind.METHOD: "methods",
    ListKind.UNIT: "unit",
    ListKind.OBSTACLE: "obstacles",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupingRecord:
    """Lines of the project's lists that hold from a day; `unit` is None where the enrolment is in none."""

    on: date
    target_groups: Sequence[Listed] = ()
    methods: Sequence[Listed] = ()
    unit: Listed | None = None
    obstacles: Sequence[Listed] = ()

    @property
    def in_rows(self) -> list[Listed]:
        """The lines that stand in rows of their own, each once."""
        return list(dict.fromkeys((*self.target_groups, *self.methods, *self.obstacles)))

    @property
    def lines(self) -> list[Listed]:
        """All lines."""
        return [*self.in_rows, *([self.unit] if self.unit else [])]

    @property
    def category(self) -> Category:
        """The kind of information that the lines say; health where there are none."""
        is_of_health = not self.lines or any(line.counts_as_health for line in self.lines)
        return Category.HEALTH if is_of_health else Category.SUPPORT


def first_day(case: Enrolment) -> date:
    """The earliest day from which something may hold for the case."""
    return add_months(case.enrolled_on, -_BEFORE)


def grouping_faults(case: Enrolment, record: GroupingRecord, kept: CaseGrouping | None) -> dict[str, str]:
    """Every fault of what is noted, in words by the name of its field: `on`, or the field of a list with a line that
    isn't offered that day; `obstacles` where none stands with another. Of one that is corrected its day and its lines
    may be left alone. Three queries at most."""
    is_left = kept is not None and kept.concerns_on == record.on
    fault = "" if is_left else _day_fault(case, record.on, kept)
    is_none = len(record.obstacles) > 1 and any(line.code == _NONE for line in record.obstacles)
    found = {"obstacles": NO_OBSTACLE if is_none else "", "on": fault}
    return _not_offered(case, record, kept) | {field: said for field, said in found.items() if said}


def _day_fault(case: Enrolment, on: date, kept: CaseGrouping | None) -> str:
    born = case.participant.birth_date
    if born and on < born:
        return UNBORN
    if on > stamp_day():
        return IN_THE_FUTURE
    if on < first_day(case):
        return f"Dagen kan vara tidigast {day(first_day(case))}, en månad före inskrivningen."
    if case.exited_on and on > case.exited_on:
        return f"Dagen kan vara senast {day(case.exited_on)}, då inskrivningen avslutades."
    others = standing_in(case).filter(concerns_on=on).exclude(pk=kept and kept.pk)
    return f"Det finns redan en uppgift från {day(on)}. Rätta den i stället." if others.exists() else ""


def _not_offered(case: Enrolment, record: GroupingRecord, kept: CaseGrouping | None) -> dict[str, str]:
    """The first line of each list that isn't offered on the day, in words."""
    held = {kept.unit_id, *kept.lines.values_list("line", flat=True)} if kept else set()
    asked = [line for line in record.lines if line.pk not in held]
    offered = Listed.objects.on(record.on).filter(project=case.project_id, pk__in=[line.pk for line in asked])
    keys = set(offered.values_list("pk", flat=True)) if asked else set()
    gone = [line for line in reversed(asked) if line.pk not in keys]
    return {
        FIELDS[ListKind(line.kind)]: f"{line} erbjuds {line.holds}, inte {day(record.on)}. Välj igen." for line in gone
    }


def standing_in(case: Enrolment) -> Any:
    """The groupings of the case that stand, as a queryset."""
    return CaseGrouping.objects.placed().current().filter(enrolment=case)


def follow_line(line: Listed) -> None:
    """Have every version of the groupings with a line be of the kind of information that their lines say. Part of the
    action that changes the line."""
    rows = CaseGroupingLine.objects.filter(record=OuterRef("pk"))
    of_health = rows.filter(line__kind__in=sorted(LISTS_OF_HEALTH)).exclude(line__is_about_health=False)
    kind = Case(When(Exists(of_health), then=Value(Category.HEALTH)), default=Value(Category.SUPPORT))
    CaseGrouping.objects.filter(Exists(rows.filter(line=line))).update(category=kind)
    # The last version of what was taken back has no lines of its own.
    ends = CaseGrouping.objects.filter(taken_back=True, corrects__lines__line=line)
    for category in (Category.HEALTH, Category.SUPPORT):
        ends.filter(corrects__category=category).update(category=category)


def _check(case: Enrolment, record: GroupingRecord, kept: CaseGrouping | None) -> None:
    """Raises ValidationError by field, and for the form where nothing is chosen and nothing has held before that
    day."""
    if faults := grouping_faults(case, record, kept):
        raise ValidationError(faults)
    if not record.lines and not standing_in(case).filter(concerns_on__lt=record.on).exists():
        raise ValidationError(NOTHING)


def _columns(record: GroupingRecord) -> dict[str, Any]:
    return {"unit": record.unit, "category": record.category, "concerns_on": record.on}


def _write_lines(fact: CaseGrouping, record: GroupingRecord) -> None:
    CaseGroupingLine.objects.bulk_create(CaseGroupingLine(record=fact, line=line) for line in record.in_rows)


def _check_move(fact: CaseGrouping, right: Enrolment) -> None:
    """Raises ValidationError for `right` in another project, or where the day doesn't fit that case, or has another."""
    if fact.stands and right.project_id != fact.enrolment.project_id:
        raise ValidationError({"right": OTHER_LISTS})
    if fact.stands and (fault := _day_fault(right, fact.concerns_on, None)):
        raise ValidationError({"right": f"Hos den personen passar inte dagen {day(fact.concerns_on)}. {fault}"})


GROUPINGS: Final = CaseFacts(
    model=CaseGrouping,
    noun=Noun("uppgiften om målgrupp, metod och hinder", "återtagen", "rättad"),
    mark=MisplacedKind.GROUPING,
    name="grouping",
    check=_check,
    columns=_columns,
    check_move=_check_move,
    write_beside=_write_lines,
)
