"""The choices that the form of a meeting offers, and where its note is written."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from accounts.models import Organisation, User
from core.days.kinds import DayKind
from core.forms.fields import DayField, RowsField, TextField
from participants.models import Enrolment
from projects.enums import Role

# Who can have been at a meeting about a person; a projektledare sees no persons.
_AT_MEETINGS = (Role.CASE_WORKER, Role.COORDINATOR)
# What was said comes first: the page opens with the cursor there.
NOTE = forms.Textarea(attrs={"rows": 6, "autofocus": True})


def others_field() -> TextField:
    """The question who else was there, whom no list has."""
    words = "Namn eller roll, skilj flera åt med komma."
    return TextField(label="Någon mer", required=False, max_length=300, says_who=True, help_text=words)


def offer(field: forms.Field, rows: QuerySet, at_hand: Iterable[Any] = ()) -> None:
    """Give a field its choices among rows, which are known only when the page is opened."""
    cast(RowsField, field).offer(rows, at_hand)


def choose(field: forms.Field, choices: list[tuple[str, str]] | Callable[[], list[tuple[str, str]]]) -> None:
    """Give a field its fixed choices, which are known only when the page is opened."""
    cast(forms.ChoiceField, field).choices = choices


def colleagues(enrolment: Enrolment, user: User, *, on: date) -> QuerySet[User]:
    """Users of the user's own organisation who work with persons in the project, and the user."""
    members = enrolment.project.memberships.on(on).filter(role__in=_AT_MEETINGS).values("user")
    return User.objects.filter(pk__in=members, organisation=user.organisation_id, is_active=True)


def other_parties(enrolment: Enrolment, user: User) -> QuerySet[Organisation]:
    """The other organisations of the project."""
    parties = enrolment.project.parties.exclude(organisation=user.organisation_id)
    return Organisation.objects.filter(pk__in=parties.values("organisation"))


def day_of(data: Mapping[str, Any], *, on: date) -> date:
    """The meeting's day that stands on the page, as far as it can be one: at the latest `on`, which is today. Else
    `on`."""
    try:
        return min(DayField(DayKind.HAPPENED).clean(data.get("held_on")), on)
    except forms.ValidationError:
        return on
