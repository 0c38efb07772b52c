"""Choices about projects, ladders and roles."""

from typing import Final

from django.db.models import TextChoices


class Role(TextChoices):
    """The role of a member in a project. A person's roles add up."""

    CASE_WORKER = "case_worker", "Handläggare"
    COORDINATOR = "coordinator", "Samordnare"
    PROJECT_LEADER = "project_leader", "Projektledare"
    STEERING_GROUP = "steering_group", "Styrgrupp"
    SUPERVISOR = "supervisor", "Handledare"


class Permission(TextChoices):
    """An act that a role may allow in a project; each role is a set of these (see projects.access)."""

    SEE_PERSONS = "see_persons", "Se deltagare"
    SEE_PLACEMENTS = "see_placements", "Se dem som är på den egna placeringen"
    EDIT_CASE = "edit_case", "Arbeta i ärenden"
    ENROL = "enrol", "Skriva in"
    RECEIVE = "receive", "Ta emot anvisningar"
    ASSIGN = "assign", "Utse handläggare"
    IMPORT = "import", "Läsa in register"
    ACCEPT_PROPOSALS = "accept_proposals", "Godkänna roller och länkar"
    SEE_FIGURES = "see_figures", "Se resultat"
    SEE_PROJECT_FIGURES = "see_project_figures", "Se hela projektets resultat"
    EDIT_PROJECT = "edit_project", "Ändra projekt, stege och mål"
    EDIT_REPORTS = "edit_reports", "Göra rapporter"
    SEE_REPORTS = "see_reports", "Läsa antagna rapporter"
    RELEASE_FIGURES = "release_figures", "Släppa siffror i en rapport, hos värdorganisationen"
    SEE_PROJECT = "see_project", "Se projektets uppgifter"
    EXPORT_PDF = "export_pdf", "Hämta ut PDF"
    EXPORT_JSON = "export_json", "Hämta ut JSON"


class StepRule(TextChoices):
    """The rule by which met criteria turn into a proposal."""

    ALL = "all", "Alla kriterier som gäller ska vara uppfyllda"
    AT_LEAST = "at_least", "Minst ett visst antal ska vara uppfyllda"


class Counting(TextChoices):
    """The clearings that count towards a result target."""

    HIGHER = "higher", "Högre steg räknas också"
    OWN = "own", "Bara det här steget"
    HIGHEST = "highest", "Bara på det högsta steget"


class When(TextChoices):
    """Whether a new version of a ladder or of targets corrects the present one or holds from a day."""

    CORRECT = "correct", "Rätta"
    FROM_DAY = "from_day", "Ändra från och med"


class ExitReason(TextChoices):
    """Why an enrolment ended. Here, since each project says which of them lie beyond its power."""

    WORK = "work", "Arbete"
    STUDIES = "studies", "Studier"
    CONTINUED_REHABILITATION = "continued_rehabilitation", "Fortsatt rehabilitering hos part"
    OTHER_PROJECT = "other_project", "Annat projekt"
    MOVED = "moved", "Flyttat"
    ILLNESS = "illness", "Sjukdom"
    DECEASED = "deceased", "Avliden"
    PARENTAL_LEAVE = "parental_leave", "Föräldraledig"
    OWN_REQUEST = "own_request", "Eget önskemål"
    STAYED_AWAY = "stayed_away", "Uteblivit"
    CONSENT_WITHDRAWN = "consent_withdrawn", "Återkallat samtycke"
    PROJECT_ENDED = "project_ended", "Projektet slut"
    OTHER = "other", "Annat"
    UNKNOWN = "unknown", "Uppgift saknas"

    @property
    def is_about_health(self) -> bool:
        """Whether it says how somebody feels."""
        return self in REASONS_OF_HEALTH

    @property
    def is_the_aim(self) -> bool:
        """Whether it is one of the two for which the project is there."""
        return self in (ExitReason.WORK, ExitReason.STUDIES)


REASONS_OF_HEALTH: Final = frozenset({ExitReason.ILLNESS, ExitReason.CONTINUED_REHABILITATION})


class ListKind(TextChoices):
    """The lists that each project keeps for itself, of what its forms can offer."""

    TARGET_GROUP = "target_group", "Målgrupper"
    METHOD = "method", "Metoder"
    UNIT = "unit", "Enheter"
    OBSTACLE = "obstacle", "Försörjningshinder"
    SUPPORT = "support", "Försörjning"
    OCCUPATION = "occupation", "Sysselsättning"
    EDUCATION = "education", "Utbildning"
    EMPLOYMENT = "employment", "Anställningsformer"
    OUTCOME = "outcome", "Utfall"
    ACTIVITY = "activity", "Aktiviteter"
    GROUP_ACTIVITY = "group_activity", "Gruppaktiviteter"

    @property
    def may_be_about_health(self) -> bool:
        """Whether each line of the list says if it is about somebody's health."""
        return self in LISTS_OF_HEALTH


class WorkplaceKind(TextChoices):
    """Whose workplace it is that takes participants in."""

    MUNICIPAL = "municipal", "Kommunal"
    REGIONAL = "regional", "Regional"
    STATE = "state", "Statlig"
    COMPANY = "company", "Företag"
    ASSOCIATION = "association", "Förening"
    SOCIAL_ENTERPRISE = "social_enterprise", "Socialt företag"


# The lists of what participants do beside their main activity.
LISTS_OF_ACTIVITIES: Final = (ListKind.ACTIVITY, ListKind.GROUP_ACTIVITY)
# The lists of which each line says whether it is about health.
LISTS_OF_HEALTH: Final = frozenset(
    {
        ListKind.TARGET_GROUP,
        ListKind.OBSTACLE,
        ListKind.SUPPORT,
        ListKind.OCCUPATION,
        ListKind.OUTCOME,
        ListKind.ACTIVITY,
        ListKind.GROUP_ACTIVITY,
    }
)


class AssessmentArea(TextChoices):
    """The five areas of a kartläggning, in their order. Here, since each project words its own helping questions."""

    ADAPTATION = "adaptation", "Behov av anpassning"
    BACKGROUND = "background", "Intressen, styrkor och erfarenheter"
    OWN_VIEW = "own_view", "Deltagarens egen syn"
    MOTIVATION = "motivation", "Det som motiverar"
    HEALTH = "health", "Hälsa och vanor"

    @property
    def number(self) -> int:
        """Its place among the five, from 1."""
        return list(AssessmentArea).index(self) + 1

    @property
    def numbered(self) -> str:
        """«3. Deltagarens egen syn»."""
        return f"{self.number}. {self.label}"
