"""How the demo's parties see its persons' ability to work: at first, and some anew after half a year."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from accounts.models import User
from participants.abilities.actions import AbilityRecord, record_ability
from participants.abilities.parties import AbilityAnswer, AbilityParty
from participants.models import Enrolment
from workshop.demo.first_things import written_on

Views = Mapping[AbilityParty, tuple[AbilityAnswer, str]]

_WELL: Final[tuple[Views, ...]] = (
    {
        AbilityParty.PARTICIPANT: (AbilityAnswer.PART_TIME, "Halva dagar till att börja med, och inte för tidigt."),
        AbilityParty.EMPLOYMENT_SERVICE: (AbilityAnswer.NOT_EMPLOYABLE_YET, "Behöver en referens från en arbetsplats."),
        AbilityParty.SOCIAL_SERVICES: (AbilityAnswer.FIT, ""),
    },
    {
        AbilityParty.PARTICIPANT: (AbilityAnswer.FULL_TIME, ""),
        AbilityParty.EMPLOYMENT_SERVICE: (AbilityAnswer.EMPLOYABLE, "Kan söka arbete inom lager och handel."),
    },
    {
        AbilityParty.PARTICIPANT: (AbilityAnswer.UNSURE, "Det var länge sedan jag arbetade."),
        AbilityParty.EMPLOYMENT_SERVICE: (AbilityAnswer.EMPLOYABLE, ""),
        AbilityParty.SOCIAL_SERVICES: (AbilityAnswer.PARTLY_FIT, "Deltid i början."),
    },
    {},
)
_SICK: Final[Views] = {
    AbilityParty.PARTICIPANT: (AbilityAnswer.NOT_YET, "Jag vill, men orkar inte än."),
    AbilityParty.EMPLOYMENT_SERVICE: (AbilityAnswer.NOT_EMPLOYABLE_YET, ""),
    AbilityParty.SOCIAL_SERVICES: (AbilityAnswer.NOT_FIT, ""),
    AbilityParty.SOCIAL_INSURANCE: (AbilityAnswer.HALF, "Beslutet gäller ett halvår."),
    AbilityParty.HEALTH_CARE: (AbilityAnswer.QUARTER, "Läkarutlåtandet säger två timmar om dagen."),
}
_LATER: Final[Views] = {
    AbilityParty.PARTICIPANT: (AbilityAnswer.FULL_TIME, "Nu vet jag vad jag vill."),
    AbilityParty.EMPLOYMENT_SERVICE: (AbilityAnswer.EMPLOYABLE, "Praktiken gick bra."),
}
_AT_FIRST: Final = timedelta(days=9)
_ANEW: Final = timedelta(days=180)


def seen_by_parties(case: Enrolment, by: User, *, is_sick: bool, through: date) -> None:
    """Write the views that come about through the last day."""
    _write(case, _SICK if is_sick else _WELL[case.pk % len(_WELL)], case.enrolled_on + _AT_FIRST, through, by)
    if not is_sick and case.pk % 2:
        _write(case, _LATER, case.enrolled_on + _ANEW, through, by)


def _write(case: Enrolment, views: Views, on: date, through: date, by: User) -> None:
    if on > through:
        return
    with written_on(on):
        for party, (answer, words) in views.items():
            record = AbilityRecord(party=party, answer=answer, on=on, words=words)
            record_ability(enrolment=case, record=record, by=by)
