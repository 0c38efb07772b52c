"""Registering and enrolling somebody: one page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from core.personal_numbers import PersonalNumber
from participants.enrol import NewEnrolment
from participants.forms.fields import PersonChoiceField, YesNoField, refuse_protected
from participants.forms.person import PersonForm
from participants.models import Enrolment, Participant
from participants.staff import case_workers, present
from projects.access import can
from projects.enums import Permission
from projects.models import Project

OUT_OF_REACH = "Numret finns redan hos er, i ett ärende som du inte kan öppna. Be projektets samordnare om hjälp."


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody whom the own organisation already has under the number that was typed."""

    participant: Participant
    number: str
    is_visible: bool
    is_enrolled_here: bool

    @property
    def is_out_of_reach(self) -> bool:
        """Enrolled here in a case that is somebody else's. Whoever is protected has no number to be found by."""
        return not self.is_visible and self.is_enrolled_here

    @property
    def can_join(self) -> bool:
        """Whether the choice to enrol the same person again is given."""
        return not (self.is_enrolled_here or self.is_out_of_reach)


class EnrolForm(PersonForm):
    """Who, how they came, when they began, and who answers for them."""

    full_time_sick = YesNoField(label="Sjukskriven på heltid")
    is_known_before = YesNoField(label="Känd hos er sedan tidigare")

    def __init__(self, *args: Any, project: Project, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        self.project, self.user = project, user
        self.known: KnownPerson | None = None
        self.fields["enrolled_on"].initial = on
        self._add_responsible()

    def _add_responsible(self) -> None:
        """Whoever can't hand out cases keeps or passes on this one; a coordinator may leave it for later."""
        workers = present(case_workers(self.project, self.user.organisation, on=self.on))
        self.fields["responsible"] = PersonChoiceField(
            workers,
            label="Ansvarig handläggare",
            required=not can(self.user, Permission.ASSIGN, self.project, on=self.on),
            initial=str(self.user.public_id) if self.user in workers else "",
            error_messages={"required": "Välj ansvarig handläggare."},
        )

    def clean_number(self) -> PersonalNumber | None:
        """Look the number up in the own organisation, and there only."""
        number = self.cleaned_data["number"]
        refuse_protected(number, self.user)
        person = number and Participant.objects.known_to(self.user.organisation_id, number.value).first()
        if person:
            self._meet(person, number)
        return number

    def _meet(self, person: Participant, number: PersonalNumber) -> None:
        self.known = known = KnownPerson(
            person,
            number.value,
            Participant.objects.visible_to(self.user, on=self.on).filter(pk=person.pk).exists(),
            Enrolment.objects.counted().in_project(self.project).open_on(self.on).filter(participant=person).exists(),
        )
        if known.is_out_of_reach:
            raise ValidationError(OUT_OF_REACH)
        if known.is_enrolled_here:
            raise ValidationError("Personen är redan inskriven i projektet.")
        # The choice names its number, so that it can't follow along to another person.
        if self.data.get("again") != number.value:
            raise ValidationError("Numret finns redan hos er. Är det samma person?")

    def new_enrolment(self) -> NewEnrolment:
        """What the action wants; the form has been validated."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("token", "responsible")}
        return NewEnrolment(**data)
