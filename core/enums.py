"""Choices that every app shares."""

from django.db.models import TextChoices


class Category(TextChoices):
    """Kinds of information: what a consent speaks of."""

    IDENTITY = "identity", "Namn och kontakt"
    SUPPORT = "support", "Försörjning och sysselsättning"
    ASSESSMENT = "assessment", "Kartläggning"
    HEALTH = "health", "Hälsa"
    PLAN = "plan", "Handlingsplan och delmål"
    ATTENDANCE = "attendance", "Närvaro"
    MEETINGS = "meetings", "Möten"
    STEPS = "steps", "Steg och utfall"


class Disposal(TextChoices):
    """The way in which disposal treats a field: only identity and text are ever blanked."""

    IDENTITY = "identity", "Identitet"
    TEXT = "text", "Fritext"
    CODE = "code", "Kod"
    DATE = "date", "Datum"


class Use(TextChoices):
    """The purpose that a database has been taken into use for. No database has both."""

    PRODUCTION = "production", "Skarp drift"
    DEMO = "demo", "Påhittade uppgifter"


class MenuLine(TextChoices):
    """The lines of the menu, in its order. Each app says in its `urls` which addresses begin one or lie under it."""

    TASKS = "tasks", "Att göra"
    PERSONS = "persons", "Deltagare"
    PLACEMENTS = "placements", "Hos mig nu"
    FIGURES = "figures", "Resultat"
    REPORTS = "reports", "Rapporter"
    REGISTER = "register", "Läs in register"
    PROJECT = "project", "Projekt"
    USERS = "users", "Användare"
    PROPOSALS = "proposals", "Godkänna"
    LOG = "log", "Åtkomstlogg"
