"""Fields about who somebody is and how the enrolment began, shared by referring, enrolling and correcting."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q

from core.days.kinds import DayKind
from core.forms.fields import CodeField, MailField
from core.forms.token import TokenForm
from core.swedish.personal_numbers import ParsedNumber
from core.swedish.words import day
from participants.enums import ReferralSource, Sex
from participants.fields import NameField, PastDayField, PersonalNumberField, refuse_protected
from participants.joining.lookup import cases_in_sight, referrals_in_sight
from participants.models import Participant, Referral
from participants.models.enrolment import ENROLLED_HERE
from participants.querysets.enrolment import EnrolmentQuerySet
from participants.querysets.person import ParticipantQuerySet
from participants.querysets.referral import ReferralQuerySet
from participants.scope.scope import Scope
from participants.twins.similar import similar_people
from projects.models import Project

# As the pages have them; faults are listed in the same order.
_ORDER = (
    "token",
    "seen",
    "given_name",
    "family_name",
    "number",
    "birth_date",
    "number_is",
    "sex",
    "phone",
    "email",
    "source",
)


class EntryForm(TokenForm):
    """Sex, source and the first days: all that is asked about somebody whose identity is protected."""

    likeness = "en likadan registrering"

    adds_only = "an enrolment beside the others"

    sex = forms.ChoiceField(label="Kön", choices=Sex.choices, widget=forms.RadioSelect, required=False)
    source = forms.ChoiceField(
        label="Anvisad från",
        choices=ReferralSource.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj varifrån personen är anvisad."},
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields |= {
            "applied_on": PastDayField(on=on, label="Ansökningsdag"),
            "referred_on": PastDayField(on=on, label="Anvisningsdag"),
            "enrolled_on": PastDayField(on=on, label="Inskrivningsdag", missing="Fyll i inskrivningsdagen."),
        }

    def clean(self) -> dict[str, Any]:
        """Nobody is enrolled before being referred. A form that changes neither day lets them stand, as a register may
        have had them."""
        data = super().clean()
        referred, enrolled = data.get("referred_on"), data.get("enrolled_on")
        is_new = bool({"referred_on", "enrolled_on"} & set(self.changed_data))
        if referred and enrolled and enrolled < referred and is_new:
            self.add_error("enrolled_on", f"Inskrivningen kan inte ligga före anvisningen {day(referred)}.")
        return data

    def clean_sex(self) -> Sex:
        """Not stated is not known."""
        return Sex(self.cleaned_data["sex"] or Sex.UNKNOWN)

    def clean_source(self) -> ReferralSource:
        """The source as a choice."""
        return ReferralSource(self.cleaned_data["source"])


class PersonForm(EntryForm):
    """Name, number and contact too."""

    given_name = NameField(label="Förnamn", required=False)
    family_name = NameField(label="Efternamn", required=False)
    phone = CodeField(label="Telefon", required=False, max_length=40, says_who=True)
    email = MailField(label="E-post", required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        self.fields["sex"].help_text = "Lämna tomt så tas det från personnumret."
        self.fields |= {
            "number": PersonalNumberField(
                on=on,
                label="Personnummer",
                required=False,
                help_text="Tio eller tolv siffror. Lämna tomt om det saknas.",
            ),
            "birth_date": PastDayField(
                on=on, kind=DayKind.BORN, label="Född", help_text="Bara om personnummer saknas."
            ),
        }
        self.order_fields(_ORDER)

    def needs_name(self, data: dict[str, Any]) -> bool:
        """Whether these answers are about somebody who must have a name."""
        return True

    def clean(self) -> dict[str, Any]:
        """One name is enough. The number decides birth date and, unless stated, sex; nobody is enrolled before
        birth."""
        data = super().clean()
        has_none = {"given_name", "family_name"} <= data.keys() and not (data["given_name"] or data["family_name"])
        if has_none and self.needs_name(data):
            self.add_error("given_name", "Skriv förnamnet eller efternamnet. Ett av dem räcker.")
        number, typed = data.get("number"), data.get("birth_date")
        if number:
            if typed not in (None, number.birth_date, self.initial.get("birth_date")):
                self.add_error("birth_date", "Födelsedagen stämmer inte med personnumret. Rätta den eller töm den.")
            data["birth_date"] = number.birth_date
            # Unknown is an answer of its own; left empty is none.
            if not self.data.get(self.add_prefix("sex")):
                data["sex"] = Sex(number.sex)
        born, enrolled = data.get("birth_date"), data.get("enrolled_on")
        if born and enrolled and enrolled < born:
            self.add_error("enrolled_on", "Inskrivningen kan inte ligga före födelsen.")
        return data


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody whom the user may see, under the number that was typed. `referral`: by which the person waits here."""

    participant: Participant
    number: str
    is_enrolled_here: bool
    referral: Referral | None = None

    @property
    def url(self) -> str:
        """The page of the person, or of the referral by which the person waits."""
        return self.referral.get_absolute_url() if self.referral else self.participant.get_absolute_url()


class SimilarPerson(NamedTuple):
    """Somebody whom the user may see and who looks like the one who is typed in, with the page about them, which is
    that of a referral where the person `is_referred` only."""

    person: Participant
    url: str
    is_referred: bool


class KnownPersonForm(PersonForm):
    """Asks about somebody whom the user may see under the number that was typed: whether it is the same person.

    `if_same` says what comes of a yes, and `again` stands on its button.
    """

    if_same: ClassVar[str] = "Då får personen en ny inskrivning här. Namn och kontaktuppgifter står kvar som de är."
    again: ClassVar[str] = "Registrera samma person igen"

    def __init__(self, *args: Any, project: Project, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, on=scope.on, **kwargs)
        self.project, self.scope, self.user = project, scope, scope.user
        self.known: KnownPerson | None = None
        self.similar = self._similar() if self.is_bound else []
        if self.similar:
            self.fields["is_another"] = forms.BooleanField(
                label="Det är en annan person",
                error_messages={"required": "Jämför med den som redan finns, och kryssa för om det är någon annan."},
            )

    def is_own(self, person: Participant) -> bool:
        """Whether the form is about this very person, so that there is nothing to ask."""
        return False

    def clean_number(self) -> ParsedNumber | None:
        """Ask about somebody whom the user may see. Of others a number tells nothing, so that it is taken as it is."""
        number = self.cleaned_data["number"]
        refuse_protected(number, self.user)
        people = self._in_sight(number) if number else []
        if person := next((person for person in people if not self.is_own(person)), None):
            self._meet(person, number)
        return number

    @property
    def shown_people(self) -> list[Participant]:
        """The people whom the page shows beside the form, for the log."""
        known = [self.known.participant] if self.known else []
        return [*known, *(found.person for found in self.similar)]

    def _similar(self) -> list[SimilarPerson]:
        """People in sight who look like the one who is typed in; nobody while that can't be read."""
        number, born = self._read("number"), self._read("birth_date")
        name = " ".join(self.data.get(self.add_prefix(part), "") for part in ("given_name", "family_name"))
        found = similar_people(name, born, number.value if number else "", self._cases(), self._referrals())
        return [self._shown(person) for person in found if not self.is_own(person)]

    def _shown(self, person: Participant) -> SimilarPerson:
        if self._cases().filter(participant=person).exists():
            return SimilarPerson(person, person.get_absolute_url(), False)
        referral = self._referrals().filter(participant=person).latest("pk")
        return SimilarPerson(person, referral.get_absolute_url(), True)

    def _read(self, name: str) -> Any:
        try:
            return self.fields[name].clean(self.data.get(self.add_prefix(name), ""))
        except ValidationError:
            return None

    def _in_sight(self, number: ParsedNumber) -> ParticipantQuerySet:
        known = Participant.objects.known_to(self.user.organisation_id, number.value).select_related("identity")
        is_seen = (Q(Exists(rows.filter(participant=OuterRef("pk")))) for rows in (self._cases(), self._referrals()))
        return known.filter(next(is_seen) | next(is_seen)).order_by("numbers__is_claim", "pk")

    def _cases(self) -> EnrolmentQuerySet:
        return cases_in_sight(self.scope, self.user.own_organisation, self.project)

    def _referrals(self) -> ReferralQuerySet:
        return referrals_in_sight(self.scope, self.user.own_organisation, self.project)

    def _meet(self, person: Participant, number: ParsedNumber) -> None:
        here = self._cases().in_project(self.project).on(self.on).filter(participant=person)
        waiting = self._referrals().waiting().in_project(self.project).filter(participant=person).first()
        self.known = known = KnownPerson(person, number.value, here.exists(), waiting)
        if known.is_enrolled_here:
            raise ValidationError(ENROLLED_HERE)
        # The choice names its number, so that it can't follow along to another person.
        if self.data.get("again") != number.value:
            raise ValidationError("Numret finns redan hos er. Är det samma person?")
