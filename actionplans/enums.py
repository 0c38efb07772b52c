"""Choices about plans, meetings and steps."""

from django.db.models import TextChoices


class MilestoneState(TextChoices):
    """The state of a delmål."""

    PLANNED = "planned", "Planerat"
    UNDER_WAY = "under_way", "Pågår"
    REACHED = "reached", "Nått"
    DROPPED = "dropped", "Struket"


class Attendance(TextChoices):
    """Whether somebody came to an activity in a group."""

    INVITED = "invited", "Inbjuden"
    ATTENDED = "attended", "Deltog"
    ABSENT = "absent", "Kom inte"


class MeetingKind(TextChoices):
    """The sort of a meeting."""

    FOLLOW_UP = "follow_up", "Uppföljningsmöte"
    FIRST = "first", "Första personliga mötet"
    MULTI_PARTY = "multi_party", "Tre-/flerpartssamtal"
    COORDINATION = "coordination", "Avstämningsträff"
    PHONE = "phone", "Telefonsamtal"
    NO_SHOW = "no_show", "Deltagaren kom inte"


class ReaderLevel(TextChoices):
    """The readers of a paragraph: the own organisation's, or also those whom a consent lets in (part two)."""

    OWN = "own", "Bara vår organisation"
    CONSENTED = "consented", "De som samtycket omfattar"


class Outcome(TextChoices):
    """The result of an assessment of a step."""

    CLEARED = "cleared", "Klarat"
    NOT_CLEARED = "not_cleared", "Inte klarat än"
    LOST = "lost", "Inte längre klarat"


class CriterionOutcome(TextChoices):
    """The answer to a criterion."""

    MET = "met", "Ja"
    NOT_MET = "not_met", "Nej"
    NOT_APPLICABLE = "not_applicable", "Gäller inte"


class Origin(TextChoices):
    """The way in which an assessment came into the program."""

    MEETING = "meeting", "Möte"
    REGISTER = "register", "Inläst register"


class ImportState(TextChoices):
    """The state of an import."""

    PREVIEW = "preview", "Förhandsvisad"
    DONE = "done", "Inläst"
    CANCELLED = "cancelled", "Avbruten"


class RowFate(TextChoices):
    """The fate of a row in an import."""

    IMPORTED = "imported", "Inläst"
    COUNTED_ONLY = "counted_only", "Bara räknad"
