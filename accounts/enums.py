"""Choices about organisations, users and the access log."""

from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    """A municipality's IFO and its AME are two organisations where they are two boards."""

    EMPLOYMENT_SERVICE = "employment_service", "Arbetsförmedlingen"
    SOCIAL_INSURANCE = "social_insurance", "Försäkringskassan"
    SOCIAL_SERVICES = "social_services", "Socialtjänst"
    LABOUR_MARKET_UNIT = "labour_market_unit", "Arbetsmarknadsenhet"
    REGION = "region", "Region"
    ADULT_EDUCATION = "adult_education", "Folkbildning"
    OTHER = "other", "Annan"


class Duty(TextChoices):
    """Administrators and log reviewers stand alone: they never work with cases."""

    CASE_WORK = "case_work", "Arbetar i projekt"
    ADMINISTRATOR = "administrator", "Administratör"
    LOG_REVIEWER = "log_reviewer", "Loggranskare"
    SYSTEM = "system", "Programmet självt"


class AccessKind(TextChoices):
    """An act on data about persons."""

    READ = "read", "Läst"
    SEARCH = "search", "Sökt"
    EXPORT = "export", "Hämtat ut"
    CHANGE = "change", "Ändrat"
    REFUSED = "refused", "Nekats"
    ACCOUNT = "account", "Inloggning"


class MailKind(TextChoices):
    """The subject of a letter."""

    PASSWORD_LINK = "password_link", "Länk till nytt lösenord"
    NEW_ACCOUNT = "new_account", "Länk att välja lösenord med"
    WORDS = "words", "Något att veta"


class ExportReason(TextChoices):
    """Why a file about persons leaves the program. The log keeps this much; words of one's own stand beside it."""

    ASKED = "asked", "Deltagaren har bett om det"
    DEPUTY = "deputy", "Deltagarens ombud eller gode man har bett om det"
    SUPERVISION = "supervision", "Tillsyn eller rättslig prövning"
    SIGNATURE = "signature", "För deltagarens underskrift"
    PARTICIPANT = "participant", "Till deltagaren"
    HAND_OVER = "hand_over", "Den ordinarie verksamheten tar över"
    SIGNED = "signed", "Läste ett underskrivet papper"
    WORKPLACE = "workplace", "Till arbetsplatsen, som deltagaren har sagt ja till"
    OTHER = "other", "Annat skäl"


class LogRisk(TextChoices):
    """The risks that make a reading worth a look, the gravest first."""

    EMERGENCY = "emergency", "Öppnades i nödläge"
    PROTECTED = "protected", "Skyddade personuppgifter"
    SAME_NAME = "same_name", "Samma efternamn som den som läste"
    SAME_ADDRESS = "same_address", "Samma e-postadress som den som läste"
    UNASSIGNED = "unassigned", "Arbetade inte med ärendet den dagen"
    MANY_FILES = "many_files", "Hämtade ut ovanligt många filer den dagen"
    MANY = "many", "Läste om ovanligt många den dagen"


class LogVerdict(TextChoices):
    """The reviewer's verdict on a reading."""

    FINE = "fine", "Ja"
    ASK = "ask", "Nej, fråga om det"
