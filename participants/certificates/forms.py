"""Writing a certificate of a placement, and correcting it."""

from datetime import date
from typing import Any, Final

from django import forms

from core.days.kinds import DayKind
from core.forms.concurrency import SharedForm
from core.forms.fields import DayField, TextField
from core.swedish.keys import clean
from participants.amending.forms import AmendForm
from participants.certificates.actions import CertificateRecord
from participants.fields import PastDayField
from participants.models import PlacementCertificate

LONGEST_WORDS: Final = 1500


class CertificateForm(SharedForm):
    """Asks where, when, what was done and how it went: what an employer wants to know, and nothing else of the case."""

    likeness = "ett likadant praktikintyg"
    made_page = "certificate_edit"
    field_order = (
        *("token", "seen", "place", "first_day", "last_day", "extent", "tasks", "verdict", "signer", "on", "why"),
    )

    place = TextField(
        label="Arbetsplats",
        max_length=120,
        says_who=False,
        help_text="Som arbetsplatsen själv heter, så att en arbetsgivare känner igen den.",
        error_messages={"required": "Skriv var praktiken är."},
    )
    extent = TextField(
        label="Omfattning",
        required=False,
        max_length=80,
        says_who=False,
        help_text="Till exempel 20 timmar i veckan.",
    )
    tasks = TextField(
        label="Arbetsuppgifter",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="En rad för varje uppgift.",
        error_messages={"required": "Skriv vad deltagaren gör eller har gjort."},
    )
    verdict = TextField(
        label="Omdöme",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Med handledarens ord. Inget om hälsa, ersättning eller myndigheter: intyget visas för arbetsgivare.",
    )
    signer = TextField(
        label="Vem skriver under?",
        required=False,
        max_length=120,
        says_who=True,
        help_text="Namn och titel på arbetsplatsen. Lämna tomt om det fylls i för hand.",
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        """on: today."""
        super().__init__(*args, **kwargs)
        self.fields["first_day"] = PastDayField(on=on, label="Från och med", missing="Fyll i den första dagen.")
        self.fields["last_day"] = DayField(
            DayKind.HAPPENED, on=on, label="Till och med", required=False, help_text="Lämna tomt om praktiken pågår."
        )
        self.fields["on"] = PastDayField(on=on, label="Intygets dag", missing="Fyll i intygets dag.")
        self.order_fields(self.field_order)

    def clean_place(self) -> str:
        """In one spelling."""
        return clean(self.cleaned_data["place"])

    @property
    def record(self) -> CertificateRecord:
        """The answers as the actions take them. The form must be valid."""
        said = self.cleaned_data
        return CertificateRecord(
            place=said["place"],
            first=said["first_day"],
            last=said["last_day"],
            extent=said["extent"],
            tasks=said["tasks"],
            verdict=said["verdict"],
            signer=said["signer"],
            on=said["on"],
        )


class CertificateEditForm(AmendForm, CertificateForm):
    """Corrects a certificate; it begins with what is stored."""


def answers(certificate: PlacementCertificate) -> dict[str, Any]:
    """A certificate as its form asks for it."""
    words = {name: str(getattr(certificate, name) or "") for name in ("place", "extent", "tasks", "verdict", "signer")}
    return {
        **words,
        "first_day": certificate.first_day,
        "last_day": certificate.last_day,
        "on": certificate.concerns_on,
    }
