"""The words that registers use for the choices of the program, folded for comparing."""

from typing import TypeVar

from django.db.models import TextChoices

from actionplans.register.reading.fields import fold
from participants.enums import ExitReason, LivelihoodKind, ReferralSource, Sex

Choice = TypeVar("Choice", bound=TextChoices)

YES = {"x", "ja", "j"}
NO = {"nej", "n"}
MARKS = YES | {"klar", "klart", "klarat", "ok", "✓", "✔", "√", "v"}


def _words(choices: type[Choice], spellings: dict[Choice, str]) -> dict[str, Choice]:
    """Each choice by its folded words: its own Swedish name and other spellings in registers."""
    words = {fold(str(choice.label)): choice for choice in choices}
    return words | {fold(word): choice for choice, line in spellings.items() for word in line.split(",")}


SEXES = _words(Sex, {Sex.FEMALE: "k", Sex.MALE: "m"})
SOURCES = _words(
    ReferralSource,
    {
        ReferralSource.SOCIAL_SERVICES: "soc, ifo, socialtjänst",
        ReferralSource.EMPLOYMENT_SERVICE: "af, arbetsförmedling",
        ReferralSource.SOCIAL_INSURANCE: "fk, försäkringskassa",
        ReferralSource.HEALTH_CARE: ("vc, vårdcentral, vårdcentralen, vården, sjukvården, regionen, landstinget"),
        ReferralSource.OWN_APPLICATION: "eget initiativ, egen ansökan, sökt själv",
    },
)
EXIT_REASONS = _words(
    ExitReason,
    {
        ExitReason.WORK: "jobb, anställning",
        ExitReason.CONTINUED_REHABILITATION: "fortsatt rehabilitering",
        ExitReason.MOVED: "flytt",
        ExitReason.ILLNESS: "sjuk",
        ExitReason.DECEASED: "avlidit",
        ExitReason.PARENTAL_LEAVE: "föräldraledighet",
        ExitReason.OWN_REQUEST: "egen begäran",
        ExitReason.PROJECT_ENDED: "projektslut",
        ExitReason.OTHER: "övrigt",
        ExitReason.UNKNOWN: "okänd, okänt",
    },
)
LIVELIHOODS = _words(
    LivelihoodKind,
    {
        LivelihoodKind.SOCIAL_ASSISTANCE: "försörjn.stöd, förs.stöd, ekonomiskt bistånd, ek. bistånd",
        LivelihoodKind.REHABILITATION_BENEFIT: "rehabpenning, rehab.penning, rehabiliteringsersättning",
        LivelihoodKind.SICKNESS_COMPENSATION: "sjukers., förtidspension",
        LivelihoodKind.ACTIVITY_COMPENSATION: "aktivitetsers.",
        LivelihoodKind.ESTABLISHMENT_BENEFIT: "etablering, etableringsers.",
        LivelihoodKind.UNEMPLOYMENT_BENEFIT: "arbetslöshetsersättning, alfakassa",
        LivelihoodKind.SUPPORTED_WAGE: "lön med stöd, lön med anställningsstöd, lön med lönebidrag",
        LivelihoodKind.STUDY_SUPPORT: "csn, studiemedel",
        LivelihoodKind.PENSION: "pension",
        LivelihoodKind.SOMEBODY_ELSE: "underhåll av närstående, försörjs av anhörig, anhörig",
        LivelihoodKind.NO_INCOME: "ingen, inget, ingen försörjning, saknar inkomst",
        LivelihoodKind.OTHER: "övrigt",
        LivelihoodKind.NOT_REACHED: "ej nådd",
    },
)
