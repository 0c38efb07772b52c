"""A user, and a role for a time."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from accounts.enums import Duty
from accounts.login.proof import asks_for_code
from accounts.models import Organisation, User
from core.days.kinds import DayKind
from core.days.periods import ONE_DAY
from core.forms.concurrency import SharedForm
from core.forms.fields import DayField, MailField, PhoneField, PlainSelect, TextField, TextWhenAsked
from core.forms.token import TokenForm
from core.swedish.keys import clean
from core.swedish.words import listed
from projects.enums import Role
from projects.models import Membership, Project
from projects.proposals.rules import reads_persons
from projects.users.actions import UserFields
from projects.users.memberships import projects_of, roles_in
from projects.users.shared_facts import account, membership_label, memberships_of

_DUTIES = [(duty.value, duty.label) for duty in Duty if duty != Duty.SYSTEM]


def until(last_day: date | None) -> date | None:
    """The first day without the role, of the last one with it."""
    return last_day + ONE_DAY if last_day else None


class UserForm(TokenForm):
    """Name, address, telephone and duty."""

    adds_only = "an account"

    name = TextField(label="Namn", max_length=120, error_messages={"required": "Skriv namnet."})
    email = MailField(
        label="E-post",
        help_text="Med den loggar personen in.",
        error_messages={"required": "Skriv e-postadressen."},
    )
    phone = PhoneField(
        label="Telefon",
        required=False,
        help_text="Till personen i arbetet. Där hen är ansvarig för ett ärende läses numret av dem som ser ärendet, "
        "av handledaren på placeringen och på planen som deltagaren får på papper.",
    )
    duty = forms.ChoiceField(
        label="Uppdrag",
        choices=_DUTIES,
        widget=forms.RadioSelect,
        initial=Duty.CASE_WORK,
        help_text="Administratörer och loggranskare har inga roller i projekt, och godkänns av en person till.",
        error_messages={"required": "Välj uppdrag."},
    )

    def __init__(self, *args: Any, prover: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if prover is not None:
            self.fields["proof"] = TextWhenAsked(
                label="Kod ur din app" if asks_for_code(prover) else "Ditt eget lösenord",
                max_length=128,
                help_text="Behövs bara om du ändrar e-postadressen. Den gamla adressen får veta att den är ändrad.",
                widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
            )

    def clean_name(self) -> str:
        """The name in one spelling."""
        return clean(self.cleaned_data["name"])

    def fields_of_user(self) -> UserFields:
        """The answers as the action takes them. The form must be valid."""
        data = self.cleaned_data
        return UserFields(data["name"], data["email"], Duty(data["duty"]), data["phone"])


class UserEditForm(SharedForm, UserForm):
    """Name, address, telephone and duty of somebody who has an account. Another administrator may be changing them
    too."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, shared=account(user), **kwargs)


class CloseForm(TokenForm):
    """The button that closes or opens an account. It says which, so that a second press of «Stäng kontot» doesn't open
    it again."""

    adds_only = "nothing: it says what is wanted, and the second of two who want the same changes nothing"

    wanted = forms.ChoiceField(choices=[("open", "open"), ("closed", "closed")], widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wanted"].initial = "closed" if user.is_active else "open"

    @property
    def is_open(self) -> bool:
        """Whether the account is to be open; the form has been validated."""
        return bool(self.cleaned_data["wanted"] == "open")


class MembershipForm(TokenForm):
    """Asks for a role, its project, and its first and last day."""

    adds_only = "a role beside the others; of two for the same days the second is refused"

    def __init__(self, *args: Any, organisation: Organisation, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.projects = {str(project.public_id): project for project in projects_of(organisation)}
        roles = dict.fromkeys(role for project in self.projects.values() for role in roles_in(project, organisation))
        self.fields["project"] = forms.ChoiceField(
            label="Projekt",
            choices=[(key, project.name) for key, project in self.projects.items()],
            widget=PlainSelect,
            error_messages={"required": "Välj projekt."},
        )
        self.fields["role"] = forms.ChoiceField(
            label="Roll",
            choices=[(role.value, role.label) for role in roles],
            widget=forms.RadioSelect,
            help_text=_of_two([role for role in roles if reads_persons(role)]),
            error_messages={"required": "Välj roll."},
        )
        self.fields["valid_from"] = DayField(
            DayKind.DUTY_FROM, label="Från och med", initial=on, error_messages={"required": "Fyll i dagen."}
        )
        self.fields["last_day"] = DayField(DayKind.DUTY_THROUGH, label="Till och med", required=False)

    def clean_project(self) -> Project:
        """The chosen project."""
        return self.projects[self.cleaned_data["project"]]

    def clean_role(self) -> Role:
        """The chosen role."""
        return Role(self.cleaned_data["role"])


def _of_two(roles: Sequence[Role]) -> str:
    """A sentence about the roles that wait for a second person's yes; empty where none does."""
    if not roles:
        return ""
    names = listed([role.label for role in roles]).capitalize()
    return f"{names} läser om deltagare, och godkänns därför av en person till."


def key_of(membership: Membership) -> str:
    """The name of one of a user's roles among the form's answers. Nobody has a role in a project twice from one day."""
    return f"{membership.project.public_id}:{membership.role}:{membership.valid_from}"


class EndMembershipForm(SharedForm):
    """The last day of one of somebody's roles."""

    def __init__(self, *args: Any, user: User, memberships: Sequence[Membership], on: date, **kwargs: Any) -> None:
        super().__init__(*args, shared=memberships_of(user), **kwargs)
        self.memberships = {key_of(membership): membership for membership in memberships}
        self.fields["membership"] = forms.ChoiceField(
            label="Roll",
            choices=[(key, f"{row.get_role_display()}, {row.project}") for key, row in self.memberships.items()],
            widget=forms.RadioSelect,
            initial=next(iter(self.memberships)) if len(memberships) == 1 else None,
            error_messages={"required": "Välj vilken roll."},
        )
        self.fields["last_day"] = DayField(
            DayKind.DUTY_THROUGH,
            label="Sista dag",
            initial=on,
            help_text="Välj gårdagen om rollen ska sluta gälla nu.",
            error_messages={"required": "Fyll i sista dagen."},
        )

    def is_at_stake(self, name: str) -> bool:
        """Only the role that is to end."""
        chosen = self.memberships.get(self.data.get(self.add_prefix("membership"), ""))
        return chosen is not None and name == membership_label(chosen)

    def clean_membership(self) -> Membership:
        """The chosen role."""
        return self.memberships[self.cleaned_data["membership"]]
