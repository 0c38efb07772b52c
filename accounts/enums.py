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
    """What somebody did with data about persons."""

    READ = "read", "Läst"
    SEARCH = "search", "Sökt"
    EXPORT = "export", "Hämtat ut"
    CHANGE = "change", "Ändrat"
    REFUSED = "refused", "Nekats"
