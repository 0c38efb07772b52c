"""Who else works with a case, and when that ends."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from core.days.kinds import DayKind
from core.days.periods import Period
from core.forms.concurrency import SharedForm
from core.forms.fields import DayField, PlainSelect
from core.forms.token import TokenForm
from participants.assignment.choices import Helper
from participants.assignment.helping import NO_LAST_DAY
from participants.assignment.page import AssignmentLine
from participants.assignment.shared_facts import assignment_label, assignments_of
from participants.models import Enrolment


class HelperField(forms.ChoiceField):
    """Somebody by name, or a whole unit; gives the Helper, or None where nobody has to be chosen."""

    widget = PlainSelect

    def __init__(self, helpers: Sequence[Helper], *, with_party: bool, **kwargs: Any) -> None:
        super().__init__(error_messages={"required": "Välj vem."}, **kwargs)
        self.helpers = {helper.key: helper for helper in helpers}
        nobody = "Välj" if self.required else "Ingen"
        self.choices = [("", nobody), *((key, _label(helper, with_party)) for key, helper in self.helpers.items())]

    def clean(self, value: Any) -> Helper | None:
        """The chosen one."""
        key = super().clean(value)
        return self.helpers[key] if key else None


def _label(helper: Helper, with_party: bool) -> str:
    return f"{helper.name}, {helper.organisation}" if with_party and helper.user else helper.name


class AddPersonForm(TokenForm):
    """Asks who is let in, from which day, and through which. A substitute's time has an end, a contact's may be
    open."""

    adds_only = "an assignment beside the others; of two for the same days the second is refused"
    opened_with = ("who",)

    def __init__(self, *args: Any, helpers: Sequence[Helper], on: date, is_substitute: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"] = HelperField(
            helpers, label="Ersättare" if is_substitute else "Kontakt", with_party=not is_substitute
        )
        self.fields["valid_from"] = _day(
            DayKind.DUTY_FROM, "Från och med", initial=on, missing="Fyll i den första dagen."
        )
        self.fields["last_day"] = _day(
            DayKind.DUTY_THROUGH, "Till och med", missing=NO_LAST_DAY if is_substitute else ""
        )

    @property
    def period(self) -> Period:
        """The days; the form has been validated."""
        return Period(self.cleaned_data["valid_from"], self.cleaned_data["last_day"])


class EndPersonForm(SharedForm):
    """Asks which assignment ends, and its last day; without a day it ends at once."""

    def __init__(self, *args: Any, enrolment: Enrolment, lines: Sequence[AssignmentLine], **kwargs: Any) -> None:
        super().__init__(*args, shared=assignments_of(enrolment), **kwargs)
        self.lines = {line.key: line for line in lines}
        self.fields["who"] = forms.ChoiceField(
            label="Vem slutar?",
            choices=[("", "Välj"), *((key, _who(line)) for key, line in self.lines.items())],
            widget=PlainSelect,
            error_messages={"required": "Välj vem."},
        )
        self.fields["last_day"] = _day(
            DayKind.DUTY_THROUGH,
            "Sista dag",
            missing="",
            help_text="Lämna tomt för att avsluta genast: då stängs ärendet vid nästa klick.",
        )

    def is_at_stake(self, name: str) -> bool:
        """Only the assignment that is to end."""
        chosen = self.lines.get(self.data.get(self.add_prefix("who"), ""))
        return chosen is not None and name == assignment_label(chosen.assignment)

    def clean_who(self) -> AssignmentLine:
        """The chosen assignment."""
        return self.lines[self.cleaned_data["who"]]


def _who(line: AssignmentLine) -> str:
    one = line.assignment
    name = str(one.user) if one.user else f"Hela enheten, {one.organisation}"
    return f"{name} ({one.get_role_display().lower()})"


def _day(kind: DayKind, label: str, *, missing: str, **kwargs: Any) -> DayField:
    field = DayField(kind, label=label, required=bool(missing), **kwargs)
    field.error_messages["required"] = missing
    return field
