"""Inviting many to a group activity, and writing down who came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import QueryDict

from actionplans.activities.actions import ActivityRecord
from actionplans.activities.forms import ActivityFields
from actionplans.activities.in_group import of_group, unanswered
from actionplans.enums import Attendance
from actionplans.models import CaseActivity
from core.days.periods import Period
from core.forms.concurrency import Shared, SharedForm
from core.forms.fields import ChoiceWhenAsked, RowsField
from core.swedish.words import day
from participants.models import Enrolment
from participants.scope.scope import Scope
from projects.models import Project

_CAME: Final = "came_"
_GONE: Final = "Någon som du inte längre ser"


class PersonsField(RowsField):
    """Cases to tick, each by the name and the birth day of its person."""

    def offer(self, rows: Iterable[Any], at_hand: Iterable[Any] = ()) -> None:
        """Let these cases be ticked."""
        super().offer(rows, at_hand)
        self.choices = lambda: [(key, _person(row)) for key, row in self.rows.items()]


class GroupActivityForm(ActivityFields):
    """Asks what a group does, when, and who is invited."""

    # How many the press has invited: some may have been before.
    invited = 0
    field_order: tuple[str, ...] = ("token", "kind", "first_day", "last_day", "rhythm", "helper", "note", "persons")

    def __init__(self, *args: Any, persons: Sequence[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["persons"] = PersonsField(
            persons,
            label="Vilka är inbjudna?",
            help_text="Var det redan? Skriv in närvaron när du har sparat.",
            error_messages={"required": "Bocka för minst en person."},
        )
        self.fields["kind"].label, self.fields["first_day"].label = "Vad är det?", "Vilken dag?"
        self.fields["last_day"].label = "Sista dagen"
        self.fields["last_day"].help_text = "Bara om det är flera dagar."
        self.fields["rhythm"].help_text = "Till exempel 13–15."
        self.order_fields(self.field_order)

    @property
    def record(self) -> ActivityRecord:
        """The answers as the action takes them, of somebody who is invited: for one day, where no last one is said. The
        form must be valid."""
        said, days = super().record, super().record.period
        return replace(said, attendance=Attendance.INVITED, period=Period(days.first, days.last or days.first))


class AttendanceForm(SharedForm):
    """Asks of each who was invited to something whose day has come whether the person came.

    It replaces the answers, by the public id of the activity's first version.
    """

    def __init__(self, *args: Any, activities: Sequence[CaseActivity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activities = {name_of(fact): fact for fact in activities}
        for name, fact in self.activities.items():
            self.fields[name] = ChoiceWhenAsked(
                label=_person(fact.enrolment), choices=_ANSWERS, widget=forms.RadioSelect
            )

    def is_at_stake(self, name: str) -> bool:
        """Whether the form answers for this one."""
        return self.data.get(self.add_prefix(name), Attendance.INVITED) != Attendance.INVITED.value

    def label_of(self, name: str) -> str:
        """The person whose activity it is."""
        return super().label_of(name) if name in self.fields else _GONE

    @property
    def said(self) -> dict[CaseActivity, Attendance]:
        """New answers, by activity. The form must be valid."""
        said = ((fact, self.cleaned_data[name]) for name, fact in self.activities.items())
        return {fact: Attendance(answer) for fact, answer in said if answer not in ("", fact.attendance)}

    def groups(self) -> list[tuple[str, str, list[Any]]]:
        """Each group activity, its days, and the fields of those who were invited, the latest first."""
        return [
            (done, days, [self[name_of(fact)] for fact in facts])
            for done, days, facts in groups_of(self.activities.values())
        ]


_ANSWERS: Final = [
    (Attendance.INVITED.value, "Vet inte än"),
    (Attendance.ATTENDED.value, Attendance.ATTENDED.label),
    (Attendance.ABSENT.value, Attendance.ABSENT.label),
]


def name_of(fact: CaseActivity) -> str:
    """The name of the field that asks about the activity, in whichever version."""
    return f"{_CAME}{(fact.first or fact).public_id}"


def groups_of(activities: Iterable[CaseActivity]) -> list[tuple[str, str, list[CaseActivity]]]:
    """Each group activity, its days, and the activity of each who was invited, in the order that they come."""
    found: dict[tuple[str, str], list[CaseActivity]] = {}
    for fact in activities:
        done = ", ".join(filter(None, (str(fact.kind), str(fact.rhythm or ""))))
        found.setdefault((done, fact.period.in_words), []).append(fact)
    return [(done, days, facts) for (done, days), facts in found.items()]


def asked_about(scope: Scope, project: Project, sent: QueryDict) -> list[CaseActivity]:
    """Activities of which nobody has said whether the participant came, and those that a sent form asks about, though
    somebody has said it since."""
    waiting = unanswered(scope, project)
    keys = [key for name in sent if name.startswith(_CAME) and (key := _key(name.removeprefix(_CAME)))]
    if not keys:
        return list(waiting)
    named = Q(public_id__in=keys) | Q(first__public_id__in=keys)
    since = of_group(scope, project).exclude(attendance=Attendance.INVITED).filter(named)
    return [*waiting, *since]


def attendance_of(scope: Scope, project: Project, sent: QueryDict) -> Shared:
    """Present answers about everybody who is asked about."""

    def read() -> Mapping[str, Any]:
        return {name_of(fact): fact.attendance for fact in asked_about(scope, project, sent)}

    return Shared([Enrolment.objects.filter(pk__in=of_group(scope, project).values("enrolment"))], read)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _person(case: Enrolment) -> str:
    born = case.participant.birth_date
    return f"{case.participant.identity.full_name}{f', född {day(born)}' if born else ''}"
