"""Everything that one organisation has registered about a person, found by the registry of personal data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Field, Model, OuterRef, Q, QuerySet

from accounts.models import Organisation, User
from core.days.periods import Period
from core.enums import Category
from core.facts import Fact
from core.models import APART, StoredFile, TextBody
from core.privacy import personal_models
from core.swedish.words import day, moment
from oversight.extract.mask import ANOTHER, Mask
from oversight.extract.words import in_extract, label_of
from participants.models import ConsentGrant, Enrolment, Participant, TextToCheck

# Made by the program from other fields: in the JSON file, but not on paper.
MACHINE = frozenset({"sort_key", "search_key"})
# Keys that tie rows together by a number, which tells a reader nothing.
_TIES = frozenset({"participant", "plan", "milestone", "replaces", "newcomer"})
# Columns that hold the first day after a period.
_DAYS_AFTER = frozenset({"until", "valid_until"})
_BELONGS_TO = ("participant", "enrolment", "plan", "project")


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a row: its value for programs, and its words."""

    name: str
    label: str
    value: Any
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with the moment it was written and its author where the program keeps them."""

    cells: list[Cell]
    written: str
    replaced: str

    @property
    def said(self) -> list[tuple[str, str]]:
        """Labels and words of the fields that aren't empty."""
        return [(cell.label, cell.text) for cell in self.cells if cell.text and cell.name not in MACHINE | _TIES]

    @property
    def short(self) -> list[tuple[str, str]]:
        """Labels and words of fields that take one line, to stand side by side."""
        return [(label, text) for label, text in self.said if "\n" not in text]

    @property
    def long(self) -> list[tuple[str, str]]:
        """Labels and words of fields that take several lines, each to stand by itself."""
        return [(label, text) for label, text in self.said if "\n" in text]


@dataclass(frozen=True, slots=True)
class ExtractSection:
    """All rows of one model."""

    model: str
    title: str
    rows: list[Row]
    on_paper: bool = True

    @property
    def told(self) -> list[Row]:
        """Rows with at least one field that isn't empty, for the paper."""
        return [row for row in self.rows if row.said and self.on_paper]


def rows_about(person: Participant, organisation: Organisation, *, on: date) -> list[tuple[type[Model], list[Model]]]:
    """The organisation's rows about the person, by model. One query for each model."""
    models = [model for model in personal_models() if model not in APART]
    models.sort(key=lambda model: in_extract(model).place)
    same = same_person(person, organisation, on=on)
    return [(model, list(_rows(model, same, organisation))) for model in models]


def texts_in(tables: list[tuple[type[Model], list[Model]]]) -> Iterator[str]:
    """All free texts of the rows."""
    for _, rows in tables:
        for row in rows:
            for name in _fields(row):
                value = getattr(row, name)
                if isinstance(value, TextBody):
                    yield value.text


def others_in(tables: list[tuple[type[Model], list[Model]]]) -> Iterator[str]:
    """Names of other people that stand in fields made for names."""
    for model, rows in tables:
        for name in in_extract(model).others:
            yield from (str(getattr(row, name)) for row in rows if getattr(row, name))


def sections(tables: list[tuple[type[Model], list[Model]]], mask: Mask) -> list[ExtractSection]:
    """The rows as sections of the registerutdrag, with other people hidden."""
    return [
        ExtractSection(model.__name__, said.title, [_row(row, mask) for row in rows], said.on_paper)
        for model, rows in tables
        if (said := in_extract(model))
    ]


def same_person(person: Participant, organisation: Organisation, *, on: date) -> QuerySet[Participant]:
    """The person, also as another organisation's participant where a consent lets this organisation know the identity:
    facts that it has written there are its own.

    Without such a consent no other participant is found: a number that somebody tries would tell whose an alias is.
    """
    known = ConsentGrant.objects.on(on).filter(
        organisation=organisation, category=Category.IDENTITY, enrolment__participant=OuterRef("pk")
    )
    same_number = Q(Exists(known), ~Q(organisation=organisation), numbers__value__in=person.numbers.values("value"))
    return Participant.objects.filter(Q(pk=person.pk) | same_number)


def _rows(model: type[Model], persons: QuerySet[Participant], organisation: Organisation) -> QuerySet:
    about, owner = _person_lookup(model), _owner_lookup(model)
    rows = model._default_manager.filter(**{f"{about}__in": persons.values("pk"), owner: organisation.pk})
    if issubclass(model, Fact):
        rows = rows.filter(misplaced_at__isnull=True)
    parent = _parent(model)
    if parent and issubclass(_target(parent), Fact):
        # What a fact about somebody else says in rows of their own goes with it.
        rows = rows.filter(**{f"{parent.name}__misplaced_at__isnull": True})
    if model is TextToCheck:
        # A text about somebody else in which the person was named isn't the person's to read.
        rows = rows.filter(is_about_another=False)
    files = [f"{field.name}__content" for field in model._meta.fields if field.related_model is StoredFile]
    return rows.select_related(*_followed(model)).defer(*files).order_by("pk")


def _parent(model: type[Model]) -> Field | None:
    """The model's classified foreign key that leads towards the person; None where there is none."""
    for name in model.personal_data:  # type: ignore[attr-defined]
        field = model._meta.get_field(name)
        target = field.related_model
        if isinstance(field, Field) and hasattr(target, "personal_data") and target not in (*APART, model):
            return field
    return None


def _person_lookup(model: type[Model]) -> str:
    parent = _parent(model)
    return f"{parent.name}__{_person_lookup(_target(parent))}" if parent else "pk"


def _owner_lookup(model: type[Model]) -> str:
    if any(field.name == "owner" for field in model._meta.fields):
        return "owner"
    parent = _parent(model)
    return f"{parent.name}__{_owner_lookup(_target(parent))}" if parent else "organisation"


def _target(field: Field) -> type[Model]:
    return field.related_model  # type: ignore[return-value]


def _followed(model: type[Model]) -> list[str]:
    keys = [field for field in model._meta.fields if field.is_relation and field.name not in ("corrects", "owner")]
    people = [f"{field.name}__organisation" for field in keys if field.related_model is User]
    return [field.name for field in keys] + people


def _fields(row: Model) -> list[str]:
    """Names of the row's classified fields: the day first, keys to the row that it belongs to last."""
    names: Iterable[str] = row.personal_data  # type: ignore[attr-defined]
    return sorted(names, key=lambda name: (name != "concerns_on", name in _BELONGS_TO))


def _row(row: Model, mask: Mask) -> Row:
    is_fact = isinstance(row, Fact)
    by, at = getattr(row, "recorded_by", None), getattr(row, "recorded_at", None)
    replaced = row.superseded_at if isinstance(row, Fact) else None
    return Row(
        cells=[_cell(row, name, mask) for name in _fields(row)],
        written=f"{moment(at)}, {_words(by)}" if by else "",
        replaced=moment(replaced) if is_fact and replaced else "",
    )


def _cell(row: Model, name: str, mask: Mask) -> Cell:
    model, field = type(row), row._meta.get_field(name)
    label = label_of(model, name) or str(getattr(field, "verbose_name", name))
    value = _said(row, name)
    if name in in_extract(model).others and value:
        return Cell(name, label, ANOTHER, ANOTHER)
    if isinstance(value, TextBody):
        text = mask.text(value.text)
        return Cell(name, label, {"text": text, "salt": value.salt, "digest": value.digest}, text)
    text = _label(row, name) or _words(value)
    return Cell(name, label, _plain(value, text), text)


def _said(row: Model, name: str) -> Any:
    """The value of a field as people say it: of the first day after a period, which a column holds, the last day. In
    the JSON file too, under the same label."""
    value = getattr(row, name)
    if name not in _DAYS_AFTER or value is None or isinstance(value, datetime):
        return value
    first = getattr(row, "valid_from", None) or getattr(row, "concerns_on", None)
    return Period.of(first or date.min, value).last_begun


def _label(row: Model, name: str) -> str:
    """The words of a coded value."""
    choices: Any = in_extract(type(row)).codes.get(name)
    if choices:
        return str(choices(getattr(row, name)).label) if getattr(row, name) else ""
    field = row._meta.get_field(name)
    return str(getattr(row, f"get_{name}_display")()) if getattr(field, "choices", None) else ""


def _words(value: Any) -> str:
    match value:
        case None | []:
            return ""
        case bool():
            return "Ja" if value else "Nej"
        case datetime():
            return moment(value)
        case date():
            return day(value)
        case Participant():
            return "du"
        case Enrolment():
            return f"från {day(value.enrolled_on)}"
        case User():
            return f"{value}, {value.organisation}" if value.organisation else str(value)
    return str(value)


def _plain(value: Any, text: str) -> Any:
    """The value as JSON holds it: numbers, booleans and days unchanged, all else in words."""
    match value:
        case None | bool() | int() | list():
            return value
        case datetime() | date():
            return value.isoformat()
    return text
