"""Inviting many to a group activity, and writing down who came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.forms.boundfield import BoundField
from django.http import QueryDict

from actionplans.activities.actions import ActivityRecord
from actionplans.activities.forms import ActivityFields
from actionplans.activities.groups import Group, as_id, groups_of, person_of
from actionplans.activities.in_group import of_group
from actionplans.enums import Attendance
from actionplans.models import CaseActivity
from core.days.periods import Period
from core.forms.concurrency import Shared, SharedForm
from core.forms.fields import ChoiceWhenAsked, RowsField
from core.forms.saver import Saver
from participants.models import Enrolment
from participants.scope.scope import Scope
from participants.shared_facts import written
from projects.models import Project

_CAME: Final = "came_"
_REST: Final = "rest_"
_GONE: Final = "Någon som du inte längre ser"


class PersonsField(RowsField):
    """Cases to tick, each by the name and the birth day of its person."""

    def offer(self, rows: Iterable[Any], at_hand: Iterable[Any] = ()) -> None:
        """Let these cases be ticked."""
        super().offer(rows, at_hand)
        self.choices = lambda: [(key, person_of(row)) for key, row in self.rows.items()]


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
    """Asks of each who was invited to something whose day has come whether the person came, and of a whole group
    whether all of whom nothing else is said did.

    It replaces the answers, by the public id of the activity's first version.
    """

    def __init__(self, *args: Any, activities: Sequence[CaseActivity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activities = {name_of(fact): fact for fact in activities}
        self.rest_of: dict[str, str] = {}
        for group in groups_of(activities):
            self._ask_about(group)

    def _ask_about(self, group: Group) -> None:
        rest = _rest_of(group)
        is_open = any(fact.attendance == Attendance.INVITED for fact in group.activities)
        # Also of one alone, or where all is said, where it was otherwise when the page was opened.
        if (len(group.activities) > 1 and is_open) or self.add_prefix(rest) in self.data:
            self.fields[rest] = forms.BooleanField(label=f"Alla som står på «{_ANSWERS[0][1]}» deltog", required=False)
        for fact in group.activities:
            self.fields[name_of(fact)] = ChoiceWhenAsked(
                label=person_of(fact.enrolment), choices=_ANSWERS, widget=forms.RadioSelect
            )
            self.rest_of[name_of(fact)] = rest

    def is_at_stake(self, name: str) -> bool:
        """Whether the form answers for this one. Who is left open on a page that showed no answer isn't answered for,
        also where others have said something since."""
        answer = self._answer(name)
        if answer != Attendance.INVITED:
            return bool(answer)
        return self.stored.get(name, answer) != answer and not self._is_untouched(name)

    def label_of(self, name: str) -> str:
        """The person whose activity it is."""
        return super().label_of(name) if name in self.fields else _GONE

    @property
    def said(self) -> dict[CaseActivity, Attendance]:
        """New answers, by activity, of those that the form answers for. The form must be valid."""
        said = ((fact, self._answer(name)) for name, fact in self.activities.items() if self.is_at_stake(name))
        return {fact: Attendance(answer) for fact, answer in said if answer not in ("", fact.attendance)}

    def groups(self) -> list["GroupAsked"]:
        """Each group activity with its fields, the latest first."""
        return [
            GroupAsked(
                group,
                self[rest] if (rest := _rest_of(group)) in self.fields else None,
                [self[name_of(fact)] for fact in group.activities],
            )
            for group in groups_of(self.activities.values())
        ]

    def _answer(self, name: str) -> str:
        """The answer that was sent of one; "" where the page didn't ask. One left open came, if all the others did."""
        sent = self.data.get(self.add_prefix(name), "")
        rest = self.rest_of.get(name, _REST)
        is_told = self.add_prefix(rest) in self.data
        return Attendance.ATTENDED.value if sent == Attendance.INVITED and is_told else sent

    def _is_beside_the_matter(self, name: str) -> bool:
        # That all the others came is stored of each of them.
        return name.startswith(_REST) or super()._is_beside_the_matter(name)


@dataclass(frozen=True, slots=True)
class GroupAsked:
    """A group activity as it is asked about: whether all the others came, if there are several, and each one's
    field."""

    group: Group
    rest: BoundField | None
    persons: Sequence[BoundField]


_ANSWERS: Final = [
    (Attendance.INVITED.value, "Vet inte än"),
    (Attendance.ATTENDED.value, Attendance.ATTENDED.label),
    (Attendance.ABSENT.value, Attendance.ABSENT.label),
]


def name_of(fact: CaseActivity) -> str:
    """The name of the field that asks about the activity, in whichever version."""
    return f"{_CAME}{(fact.first or fact).public_id}"


def opened_as(group: Group, *, same_day: bool) -> dict[str, Any]:
    """Answers that the page that invites opens with, as a group activity before it: of the same day nobody is ticked,
    since who was in it has it already; of another all who were are, and the day is left to say."""
    fact = group.activities[0]
    days = {
        "first_day": fact.concerns_on,
        "last_day": fact.period.last if fact.period.last != fact.concerns_on else None,
    }
    persons = {"persons": [str(row.enrolment.public_id) for row in group.activities]}
    return {
        "kind": str(fact.kind.public_id),
        "rhythm": str(fact.rhythm or ""),
        "helper": str(fact.helper.public_id) if fact.helper else "",
        "note": str(fact.note or ""),
        **(days if same_day else persons),
    }


def asked_about(scope: Scope, project: Project, sent: QueryDict, group: Group | None = None) -> list[CaseActivity]:
    """Activities of which nobody has said whether the participant came, or those of a `group` whose day has come; and
    those that a sent form asks about, though somebody has said it since."""
    asked = of_group(scope, project)
    waiting = Q(attendance=Attendance.INVITED) if group is None else Q(pk__in=[fact.pk for fact in group.activities])
    keys = [key for name in sent if name.startswith(_CAME) and (key := as_id(name.removeprefix(_CAME)))]
    return list(asked.filter(waiting | Q(public_id__in=keys) | Q(first__public_id__in=keys)))


def attendance_of(scope: Scope, project: Project, sent: QueryDict, group: Group | None = None) -> Shared:
    """Present answers about everybody who is asked about."""

    def read() -> Mapping[str, Any]:
        return {name_of(fact): fact.attendance for fact in asked_about(scope, project, sent, group)}

    def saved_by() -> Saver | str:
        return written(max(asked_about(scope, project, sent, group), key=lambda fact: fact.pk, default=None))

    return Shared([Enrolment.objects.filter(pk__in=of_group(scope, project).values("enrolment"))], read, saved_by)


def _rest_of(group: Group) -> str:
    """The name of the field that asks whether all the others in a group came."""
    return f"{_REST}{sha256(f'{group.done}|{group.days}'.encode()).hexdigest()[:16]}"
