"""Registering and enrolling somebody: one page."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef

from core.swedish.personal_numbers import ParsedNumber
from participants.enrolment.new import NewEnrolment
from participants.enrolment.person_form import PersonForm
from participants.fields import PersonChoiceField, YesNoField, refuse_protected
from participants.joining.lookup import cases_in_sight
from participants.models import Participant
from participants.models.enrolment import ENROLLED_HERE
from participants.querysets.enrolment import EnrolmentQuerySet
from participants.querysets.person import ParticipantQuerySet
from participants.scope.case_workers import case_workers, present
from participants.scope.scope import Scope
from participants.self_enrolment.notices import looks_like
from projects.enums import Permission
from projects.models import Project
from projects.project.ended import NAME, ask_if_ended


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody whom the user may see, under the number that was typed."""

    participant: Participant
    number: str
    is_enrolled_here: bool


class EnrolForm(PersonForm):
    """Asks who the person is, how they came, when the enrolment begins, and who is responsible."""

    full_time_sick = YesNoField(label="Sjukskriven på heltid")
    is_known_before = YesNoField(label="Känd hos er sedan tidigare")

    def __init__(self, *args: Any, project: Project, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, on=scope.on, **kwargs)
        self.project, self.scope, self.user = project, scope, scope.user
        self.known: KnownPerson | None = None
        self.fields["enrolled_on"].initial = scope.on
        self._add_responsible()
        typed = {name: self.data.get(name, "") for name in ("given_name", "family_name", "email")}
        if looks_like(scope.user, **typed):
            self.fields["is_self"] = _question_about_self()
        ask_if_ended(self, project, scope.on)

    def _add_responsible(self) -> None:
        """Add the field for who is responsible. It must be answered, unless the user hands out cases and may leave it
        for later."""
        workers = present(case_workers(self.project, self.user.organisation, on=self.on))
        self.fields["responsible"] = PersonChoiceField(
            workers,
            label="Ansvarig handläggare",
            required=not self.scope.may(Permission.ASSIGN, self.project),
            initial=str(self.user.public_id) if self.user in workers else "",
            error_messages={"required": "Välj ansvarig handläggare."},
        )

    def clean_number(self) -> ParsedNumber | None:
        """Ask about somebody whom the user may see. Of others a number tells nothing, so that it is taken as it is."""
        number = self.cleaned_data["number"]
        refuse_protected(number, self.user)
        person = number and self._in_sight(number).first()
        if person:
            self._meet(person, number)
        return number

    def _in_sight(self, number: ParsedNumber) -> ParticipantQuerySet:
        known = Participant.objects.known_to(self.user.organisation_id, number.value).select_related("identity")
        return known.filter(Exists(self._cases().filter(participant=OuterRef("pk")))).order_by(
            "numbers__is_claim", "pk"
        )

    def _cases(self) -> EnrolmentQuerySet:
        return cases_in_sight(self.scope, self.user.own_organisation, self.project)

    def _meet(self, person: Participant, number: ParsedNumber) -> None:
        here = self._cases().in_project(self.project).on(self.on).filter(participant=person)
        self.known = known = KnownPerson(person, number.value, here.exists())
        if known.is_enrolled_here:
            raise ValidationError(ENROLLED_HERE)
        # The choice names its number, so that it can't follow along to another person.
        if self.data.get("again") != number.value:
            raise ValidationError("Numret finns redan hos er. Är det samma person?")

    def new_enrolment(self) -> NewEnrolment:
        """The answers as the action takes them. The form must be valid."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("token", "responsible", NAME)}
        is_self = data.pop("is_self", "")
        return NewEnrolment(**data, is_self=is_self == "yes" if is_self else None)


def _question_about_self() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Är det du själv som skrivs in?",
        choices=(("yes", "Ja, det är jag"), ("no", "Nej, någon annan")),
        widget=forms.RadioSelect,
        help_text="Samordnaren får se svaret.",
        error_messages={"required": "Namnet eller e-posten är din egen. Svara ja eller nej, eller rätta."},
    )
