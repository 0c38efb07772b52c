"""Registering and enrolling somebody: one page."""

from typing import Any, Final

from django import forms

from core.forms.concurrency import SharedForm
from participants.enrolment.new import NewEnrolment
from participants.enrolment.person_form import KnownPersonForm
from participants.fields import PersonChoiceField, YesNoField
from participants.models import Participant, Referral
from participants.referral.waiting_form import AboutWaiting
from participants.scope.case_workers import case_workers, present
from participants.scope.scope import Scope
from participants.self_enrolment.notices import looks_like
from projects.enums import Permission
from projects.models import Project
from projects.project.ended import NAME, ask_if_ended

# Questions whose answers are nothing that is stored of the enrolment.
_ASKED_BESIDE: Final = frozenset({"token", "seen", "responsible", "is_another", NAME})


class EnrolForm(KnownPersonForm):
    """Asks who the person is, how they came, when the enrolment begins, and who is responsible."""

    full_time_sick = YesNoField(label="Sjukskriven på heltid")
    is_known_before = YesNoField(label="Känd hos er sedan tidigare")

    def __init__(
        self, *args: Any, project: Project, scope: Scope, referral: Referral | None = None, **kwargs: Any
    ) -> None:
        self.referral = referral
        super().__init__(*args, project=project, scope=scope, **kwargs)
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

    def is_own(self, person: Participant) -> bool:
        """Whether it is the person of the referral."""
        return self.referral is not None and self.referral.participant_id == person.pk

    def new_enrolment(self) -> NewEnrolment:
        """The answers as the action takes them. The form must be valid."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in _ASKED_BESIDE}
        is_self = data.pop("is_self", "")
        return NewEnrolment(**data, is_self=is_self == "yes" if is_self else None, referral=self.referral)


class ReferredEnrolForm(AboutWaiting, SharedForm, EnrolForm):
    """Enrols from a referral: nothing that somebody else has said of it meanwhile is run over, and it leads to one
    enrolment."""

    likeness = ""


def _question_about_self() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Är det du själv som skrivs in?",
        choices=(("yes", "Ja, det är jag"), ("no", "Nej, någon annan")),
        widget=forms.RadioSelect,
        help_text="Samordnaren får se svaret.",
        error_messages={"required": "Namnet eller e-posten är din egen. Svara ja eller nej, eller rätta."},
    )
