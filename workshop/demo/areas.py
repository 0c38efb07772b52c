"""Answers of the demo's participants in the five areas of a kartläggning."""

from collections.abc import Collection
from random import Random
from typing import Final

from accounts.models import User
from participants.areas.actions import AreaReply, save_areas
from participants.models import AssessmentWork, Enrolment
from projects.enums import AssessmentArea

_SAID: Final = {
    AssessmentArea.ADAPTATION: (
        "Hör dåligt på vänster öra och vill sitta med höger sida mot den som talar. Behöver en paus varje timme.",
        "Ont i ryggen av att stå länge. Kan växla mellan att sitta och stå. Tar bussen och behöver börja efter nio.",
        "Läser svenska långsamt och vill ha det viktigaste både sagt och skrivet. Inget hinder i kroppen.",
    ),
    AssessmentArea.BACKGROUND: (
        "Har arbetat åtta år som kock och två på lager. Lagar mat hemma för många. Vill lära sig mer om bakning.",
        "Gick ut gymnasiet på fordon. Meckar med cyklar åt grannarna. Har körkort och truckkort.",
        "Var lärare i hemlandet i tolv år. Tycker om att förklara och att ha ordning. Läser svenska på kvällarna.",
    ),
    AssessmentArea.OWN_VIEW: (
        "Tycker att det viktigaste nu är att komma ut varje dag. Vill arbeta halvtid om ett år.",
        "Vill först få ordning på ekonomin. Har sökt många arbeten utan svar och vill ha hjälp att förstå varför.",
        "Vill inte börja om från början en gång till. Vill att alla vet vad som redan är prövat.",
    ),
    AssessmentArea.MOTIVATION: (
        "Arbetar helst tillsammans med någon. Vill veta i förväg vad dagen innehåller. Tappar lusten av att vänta.",
        "Drivs av att bli klar med något som syns. Vill få höra direkt när något är fel, i enrum.",
        "Barnen: vill att de ser en förälder som går till arbetet. Tycker om att bestämma ordningen själv.",
    ),
    AssessmentArea.HEALTH: (
        "Somnar sent och vaknar ofta. Äter två gånger om dagen. Går en halvtimme varje dag.",
        "Sover sju timmar. Hoppar över frukosten. Har börjat simma en gång i veckan.",
        "",
    ),
}
_LATER: Final = 1_000_000
_OWN_WORDS: Final = (
    "Jag är inte lat. Jag har varit rädd.",
    "Ge mig en sak i taget, så klarar jag det.",
    "Jag vill att någon frågar efter mig om jag inte kommer.",
)


def talk(
    case: Enrolment, by: User, areas: Collection[AssessmentArea] = tuple(AssessmentArea), *, is_later: bool = False
) -> AssessmentWork:
    """Write what was said in these areas. Each case has its own words, and others at a later time; other draws of the
    demo stay as they are."""
    chance = Random(case.pk + _LATER * is_later)  # noqa: S311 - invented answers, not secrets
    said = {area: chance.choice(answers) for area, answers in _SAID.items()}
    replies = {area: AreaReply(said[area], declines=not said[area]) for area in areas}
    own_words = chance.choice(_OWN_WORDS) if AssessmentArea.OWN_VIEW in replies else ""
    return save_areas(enrolment=case, replies=replies, own_words=own_words, by=by)
