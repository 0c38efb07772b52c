"""Forms of a referral: receiving it, correcting it, ending it and taking it up again."""

from datetime import date
from typing import Any, Final

from django import forms

from accounts.enums import OrganisationKind
from core.forms.concurrency import SharedForm
from core.forms.fields import TextField
from core.forms.token import TokenForm
from participants.enrolment.new import NewEnrolment
from participants.enrolment.person_form import KnownPersonForm
from participants.enums import ConsentForm, FirstContact, ReferralSource, ReferralState
from participants.fields import PastDayField
from participants.identity.corrections import PersonCorrection
from participants.models import Participant, Referral
from participants.referral.actions import ENDS, TOO_EARLY, ReferralRecord
from participants.referral.shared_facts import end_of, shared_of
from participants.referral.waiting_form import AboutWaiting
from participants.shared_facts import IDENTITY
from projects.project.ended import ask_if_ended

# Where the own organisation is of the kind, a referral from there has left no other authority.
_KINDS: Final = {
    ReferralSource.SOCIAL_SERVICES: OrganisationKind.SOCIAL_SERVICES,
    ReferralSource.EMPLOYMENT_SERVICE: OrganisationKind.EMPLOYMENT_SERVICE,
    ReferralSource.SOCIAL_INSURANCE: OrganisationKind.SOCIAL_INSURANCE,
    ReferralSource.HEALTH_CARE: OrganisationKind.REGION,
}
_ORDER: Final = (
    "token",
    "seen",
    *IDENTITY[:4],
    "sex",
    *IDENTITY[4:],
    "source",
    "referred_on",
    "applied_on",
    "reason",
    "first_contact_by",
    "consent_on",
    "consent_given",
)


class ReferralFields(KnownPersonForm):
    """Asks who sent somebody and why; and who it is about, if that is known."""

    likeness = ""
    if_same = "Då är det den personen som väntar i kön. Namn och kontaktuppgifter står kvar som de är."
    again = "Det är samma person"

    reason = TextField(
        label="Vad gäller det?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Varför personen anvisas, eller vad den som anvisar vill.",
    )
    first_contact_by = forms.ChoiceField(
        label="Vem tar, eller tog, första kontakten?",
        choices=FirstContact.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    consent_given = forms.ChoiceField(
        label="Hur lämnades samtycket?", choices=ConsentForm.choices, widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["enrolled_on"]
        self.fields["referred_on"] = PastDayField(
            on=self.on, label="Anvisningsdag", missing="Fyll i dagen då anvisningen kom.", initial=self.on
        )
        self.fields["consent_on"] = PastDayField(
            on=self.on,
            label="Personen samtyckte till anvisningen",
            help_text="Den som anvisar har frågat. Behövs när en annan myndighet lämnar ut vem det gäller.",
        )
        self.order_fields(_ORDER)

    def needs_name(self, data: dict[str, Any]) -> bool:
        """Whether something was said of who it is: an agency may only want to be called."""
        return any(data.get(name) for name in ("number", "birth_date", "phone", "email"))

    def has_person(self, data: dict[str, Any]) -> bool:
        """Whether it is about somebody who is named."""
        return bool(data.get("given_name") or data.get("family_name"))

    def clean(self) -> dict[str, Any]:
        """Somebody named comes from another organisation with a consent only; nobody named comes with why."""
        data = super().clean()
        applied, referred = data.get("applied_on"), data.get("referred_on")
        if applied and referred and applied > referred:
            self.add_error("applied_on", "Ansökan görs före anvisningen. Rätta den ena dagen.")
        if (born := data.get("birth_date")) and referred and referred < born:
            self.add_error("referred_on", "Anvisningen kan inte ligga före födelsen.")
        if self.has_person(data):
            self._clean_consent(data)
        elif not data.get("reason") and "reason" not in self.errors and not self.needs_name(data):
            self.add_error("reason", "Skriv vad det gäller, eller vem.")
        return data

    def _clean_consent(self, data: dict[str, Any]) -> None:
        day, referred = data.get("consent_on"), data.get("referred_on")
        if day and referred and day > referred:
            self.add_error("consent_on", "Samtycket lämnas före anvisningen. Rätta den ena dagen.")
        if not self._is_from_another(data.get("source")) or {"consent_on", "source"} & self.errors.keys():
            return
        if day is None:
            said = "Fyll i dagen, eller ta bort vem det gäller: utan samtycke får en annan myndighet inte lämna ut det."
            self.add_error("consent_on", said)
        elif not data.get("consent_given"):
            self.add_error("consent_given", "Välj hur samtycket lämnades.")

    def _is_from_another(self, source: Any) -> bool:
        return source in _KINDS and self.user.own_organisation.kind != _KINDS[source]

    def record(self) -> ReferralRecord:
        """The answers besides whom it is about. The form must be valid."""
        names = ("source", "referred_on", "applied_on", "reason", "first_contact_by", "consent_on", "consent_given")
        return ReferralRecord(**{name: self.cleaned_data[name] for name in names if name in self.fields})

    def person(self) -> NewEnrolment | None:
        """Who it is about, as somebody new is written down; None where nobody is named. The form must be valid."""
        data = self.cleaned_data
        if not self.has_person(data):
            return None
        said = {name: data[name] for name in (*IDENTITY, "sex")}
        return NewEnrolment(enrolled_on=data["referred_on"], source=data["source"], **said)


class ReferralForm(ReferralFields):
    """Puts a referral in the queue; where the project has ended, that is asked about first."""

    likeness = "en likadan anvisning"
    adds_only = "a referral beside the others"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_if_ended(self, self.project, self.on)


class ReferralCorrectForm(AboutWaiting, SharedForm, ReferralFields):
    """Corrects what a waiting referral says, and who it is about."""

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        self.referral = referral
        super().__init__(*args, shared=shared_of(referral), **kwargs)
        if referral.is_protected:
            for name in (*IDENTITY, "sex", "consent_on", "consent_given"):
                del self.fields[name]

    def is_own(self, person: Participant) -> bool:
        """Whether it is the person of the referral."""
        return person.pk == self.referral.participant_id

    def has_person(self, data: dict[str, Any]) -> bool:
        """A referral that names somebody doesn't forget it."""
        return self.referral.participant_id is not None or super().has_person(data)

    def needs_name(self, data: dict[str, Any]) -> bool:
        """Somebody who has a name keeps one."""
        return self.referral.participant_id is not None or super().needs_name(data)

    def who(self) -> PersonCorrection | None:
        """The person as corrected; None where there was nobody. The form must be valid."""
        return PersonCorrection.typed(self.cleaned_data) if self.referral.participant_id else None


class ReferralEndForm(SharedForm):
    """Ends a referral without an enrolment, or says anew how it ended."""

    state = forms.ChoiceField(
        label="Vad blev det?",
        choices=[(state.value, state.label) for state in ENDS],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad det blev."},
    )
    said = TextField(
        label="Varför, eller till vem?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Behövs när projektet tackade nej eller anvisningen lämnades vidare.",
    )

    def __init__(self, *args: Any, referral: Referral, on: date, **kwargs: Any) -> None:
        initial = {"ended_on": on} if referral.is_waiting else {}
        super().__init__(*args, shared=end_of(referral), initial=initial, **kwargs)
        self.referral = referral
        self.fields["ended_on"] = PastDayField(on=on, label="Dag", missing="Fyll i dagen.")
        self.order_fields(("token", "seen", "state", "ended_on", "said"))

    def clean_state(self) -> ReferralState:
        """The end as a choice."""
        return ReferralState(self.cleaned_data["state"])

    def clean(self) -> dict[str, Any]:
        """Why the project declined, and to whom it was passed on, is said; no end comes before its beginning."""
        data = super().clean()
        if (state := data.get("state")) and not data.get("said") and ENDS[state]:
            self.add_error("said", ENDS[state])
        if (day := data.get("ended_on")) and day < self.referral.concerns_on:
            self.add_error("ended_on", TOO_EARLY)
        return data


class ReferralReopenForm(TokenForm):
    """A button alone: the referral waits again."""

    adds_only = "a version that waits"
