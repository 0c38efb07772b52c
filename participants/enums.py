"""Choices about persons and enrolments: English values, Swedish labels."""

from typing import Final

from django.db.models import TextChoices

from core.enums import Category
from projects.enums import REASONS_OF_HEALTH as REASONS_OF_HEALTH
from projects.enums import ExitReason as ExitReason
from projects.enums import ListKind
from projects.lists.health import is_about_health


class Sex(TextChoices):
    """Legal sex as stated; used in volumes and breakdowns."""

    FEMALE = "female", "Kvinna"
    MALE = "male", "Man"
    UNKNOWN = "unknown", "Uppgift saknas"


class ProtectionLevel(TextChoices):
    """The three levels of protected identity, and none."""

    NONE = "none", "Ingen"
    CONFIDENTIALITY_MARK = "confidentiality_mark", "Sekretessmarkering"
    PROTECTED_REGISTRATION = "protected_registration", "Skyddad folkbokföring"
    ASSUMED_IDENTITY = "assumed_identity", "Fingerade personuppgifter"


class PersonalNumberKind(TextChoices):
    """The sort of a twelve-digit number."""

    PERSONAL = "personal", "Personnummer"
    COORDINATION = "coordination", "Samordningsnummer"


class ReferralSource(TextChoices):
    """The one who pointed the person to the project."""

    SOCIAL_SERVICES = "social_services", "Socialtjänsten"
    EMPLOYMENT_SERVICE = "employment_service", "Arbetsförmedlingen"
    SOCIAL_INSURANCE = "social_insurance", "Försäkringskassan"
    HEALTH_CARE = "health_care", "Hälso- och sjukvården"
    OWN_APPLICATION = "own_application", "Egen anmälan"
    UNKNOWN = "unknown", "Uppgift saknas"


# The agencies: for those whom they sent, days also run from when somebody applied or was referred.
REFERRING: Final = (ReferralSource.SOCIAL_SERVICES, ReferralSource.EMPLOYMENT_SERVICE, ReferralSource.SOCIAL_INSURANCE)


class ReferralState(TextChoices):
    """The end of a referral, or that it waits."""

    WAITING = "waiting", "Väntar"
    ACCEPTED = "accepted", "Inskriven"
    DECLINED_HERE = "declined_here", "Projektet tackade nej"
    DECLINED = "declined", "Personen tackade nej"
    NOT_REACHED = "not_reached", "Inte nådd"
    PASSED_ON = "passed_on", "Lämnad vidare"
    MISTAKEN = "mistaken", "Registrerad av misstag"


class FirstContact(TextChoices):
    """The one who took the first contact after the referral."""

    PARTICIPANT = "participant", "Deltagaren"
    COORDINATOR = "coordinator", "Samordnaren"


class LivelihoodMoment(TextChoices):
    """When means of support are asked for."""

    ENROLMENT = "enrolment", "Vid inskrivning"
    EXIT = "exit", "Vid avslut"
    AFTER_3_MONTHS = "after_3_months", "3 månader efter avslut"
    AFTER_6_MONTHS = "after_6_months", "6 månader efter avslut"
    AFTER_12_MONTHS = "after_12_months", "12 månader efter avslut"

    @property
    def in_sentence(self) -> str:
        """The label within a sentence: «vid inskrivning»."""
        return f"{self.label[:1].lower()}{self.label[1:]}"


class LivelihoodKind(TextChoices):
    """Means of support as registers name them: the codes of the model's list, and that the person wasn't reached,
    which is no means: a record says it by itself."""

    SOCIAL_ASSISTANCE = "social_assistance", "Försörjningsstöd"
    SICKNESS_BENEFIT = "sickness_benefit", "Sjukpenning"
    REHABILITATION_BENEFIT = "rehabilitation_benefit", "Rehabiliteringspenning"
    SICKNESS_COMPENSATION = "sickness_compensation", "Sjukersättning"
    ACTIVITY_COMPENSATION = "activity_compensation", "Aktivitetsersättning"
    ACTIVITY_SUPPORT = "activity_support", "Aktivitetsstöd"
    DEVELOPMENT_ALLOWANCE = "development_allowance", "Utvecklingsersättning"
    ESTABLISHMENT_BENEFIT = "establishment_benefit", "Etableringsersättning"
    UNEMPLOYMENT_BENEFIT = "unemployment_benefit", "A-kassa"
    WAGE = "wage", "Lön"
    SUPPORTED_WAGE = "supported_wage", "Lön från anställning med stöd"
    OWN_BUSINESS = "own_business", "Eget företag"
    STUDY_SUPPORT = "study_support", "Studiestöd"
    PARENTAL_BENEFIT = "parental_benefit", "Föräldrapenning"
    PENSION = "pension", "Ålderspension"
    SOMEBODY_ELSE = "somebody_else", "Försörjs av någon annan"
    NO_INCOME = "no_income", "Ingen inkomst"
    OTHER = "other", "Annat"
    NOT_REACHED = "not_reached", "Inte nådd"

    @property
    def is_public(self) -> bool:
        """Whether it is support from the public, as the model's list has it."""
        return self in _PUBLIC

    @property
    def is_about_health(self) -> bool:
        """Whether it says that somebody is ill, as the model's list has it."""
        return bool(is_about_health(ListKind.SUPPORT, self))


_PUBLIC: Final = frozenset(
    {
        LivelihoodKind.SOCIAL_ASSISTANCE,
        LivelihoodKind.SICKNESS_BENEFIT,
        LivelihoodKind.REHABILITATION_BENEFIT,
        LivelihoodKind.SICKNESS_COMPENSATION,
        LivelihoodKind.ACTIVITY_COMPENSATION,
        LivelihoodKind.ACTIVITY_SUPPORT,
        LivelihoodKind.DEVELOPMENT_ALLOWANCE,
        LivelihoodKind.ESTABLISHMENT_BENEFIT,
        LivelihoodKind.UNEMPLOYMENT_BENEFIT,
    }
)


class CaseRole(TextChoices):
    """The role of a person who is assigned to a case."""

    RESPONSIBLE = "responsible", "Ansvarig"
    SUBSTITUTE = "substitute", "Ersättare"
    CONTACT = "contact", "Kontakt"


class VoidState(TextChoices):
    """The state of a wrong registration."""

    ASKED = "asked", "Begärd"
    CONFIRMED = "confirmed", "Bekräftad"
    DECLINED = "declined", "Avböjd"
    DROPPED = "dropped", "Avslutad av den som bad"
    UNDONE = "undone", "Ångrad"


class ConsentAnswer(TextChoices):
    """The participant's answer to the question of a consent."""

    GIVEN = "given", "Ja"
    REFUSED = "refused", "Nej"


class ConsentForm(TextChoices):
    """The way in which the answer to a consent was given."""

    WRITTEN = "written", "Skriftligt"
    ORAL = "oral", "Muntligt"


class LegalGroundKind(TextChoices):
    """On which ground personal data are handled (article 6 of the data protection regulation)."""

    PUBLIC_INTEREST = "public_interest", "Uppgift av allmänt intresse"
    PUBLIC_AUTHORITY = "public_authority", "Myndighetsutövning"
    LEGAL_OBLIGATION = "legal_obligation", "Rättslig förpliktelse"


class Miscounted(TextChoices):
    """The reason why somebody who was counted without being registered shouldn't have been."""

    TWICE = "twice", "Personen räknades två gånger"
    REGISTERED = "registered", "Personen är registrerad nu"
    WRONG = "wrong", "Fel kön eller fel år"
    NEVER_CAME = "never_came", "Personen kom aldrig"


class TalkHolder(TextChoices):
    """The profession of somebody who gives talk support."""

    PSYCHOLOGIST = "psychologist", "Psykolog"
    SOCIAL_WORKER = "social_worker", "Socionom"


class PlanHolder(TextChoices):
    """The party that keeps a coordinated individual plan (SIP) together."""

    MUNICIPALITY = "municipality", "Kommunen"
    REGION = "region", "Regionen"


class PaperAbout(TextChoices):
    """The matter of a signed paper."""

    CONSENT = "consent", "Samtycke"
    PLAN = "plan", "Handlingsplan"

    @property
    def category(self) -> Category:
        """A consent's paper tells which parties are with the person, as the consent does."""
        return Category.IDENTITY if self is PaperAbout.CONSENT else Category.PLAN


class MisplacedKind(TextChoices):
    """The sort of thing that was written on the wrong person."""

    MEETING = "meeting", "Ett möte"
    ASSESSMENT = "assessment", "En kartläggning"
    PLAN = "plan", "En plan"
    PLACEMENT = "placement", "En placering"
    SICK_LISTING = "sick_listing", "En sjukskrivning"
    EMPLOYMENT = "employment", "En anställning"
    LIVELIHOOD = "livelihood", "En uppgift om försörjning"
    OUTCOME = "outcome", "Ett utfall"
    GROUPING = "grouping", "En uppgift om målgrupp, metod och hinder"
    TALK = "talk", "Ett stödsamtal"
    SIP = "sip", "En SIP"
    ABILITY = "ability", "En uppgift om arbetsförmåga"
    MILESTONE = "milestone", "Ett delmål"
    ACTIVITY = "activity", "En aktivitet"
    SIGNATURE = "signature", "En underskrift"
    PAPER = "paper", "Ett underskrivet papper"
    CERTIFICATE = "certificate", "Ett praktikintyg"
    WORKPLACE_SHEET = "workplace_sheet", "Ett blad till en arbetsplats"
    CONSENT = "consent", "Ett samtycke"
    GROUND = "ground", "En rättslig grund"
    IDENTITY = "identity", "En uppgift om vem personen är"
    EXIT = "exit", "Ett avslut"
    KEPT_NOTE = "kept_note", "En text ur ett formulär"


class MisplacedWay(TextChoices):
    """The way in which something that was written on the wrong person was put right."""

    MOVED_AWAY = "moved_away", "Flyttat till rätt person"
    TAKEN_AWAY = "taken_away", "Borttaget"
    PART_TAKEN = "part_taken", "En tidigare lydelse borttagen"
    CAME_HERE = "came_here", "Hitflyttat från fel person"
