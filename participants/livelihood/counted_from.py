"""Records of means of support that count from an enrolment or an exit: they hold it to its day."""

from datetime import date
from typing import Final

from django.core.exceptions import ValidationError

from accounts.models import User
from core.swedish.words import day
from participants.amending.versions import last_version
from participants.enums import LivelihoodMoment
from participants.livelihood.actions import LIVELIHOODS
from participants.livelihood.moments import fault_of_day
from participants.models import Enrolment, LivelihoodRecord

# The user's own words about the exit stay with it: they may have to be taken out of the file one day.
EXIT_IS_GONE: Final = "Avslutet som läget räknades från gäller inte längre."


def counted_from_exit(case: Enrolment) -> list[LivelihoodRecord]:
    """The records that count from the exit of the case, in the order of their days. Two queries."""
    return [record for record in LIVELIHOODS.standing(case) if record.moment != LivelihoodMoment.ENROLMENT]


def check_exit_day(case: Enrolment, exited_on: date) -> None:
    """Raises ValidationError for `exited_on` where a record that stands, and fits the case as it is, wouldn't fit that
    exit."""
    if said := _misfit(case, case.enrolled_on, exited_on, "den sista dagen"):
        raise ValidationError({"exited_on": said})


def check_start_day(case: Enrolment, enrolled_on: date) -> None:
    """Raises ValidationError for `enrolled_on` where a record that stands, and fits the case as it is, wouldn't fit it
    then."""
    if said := _misfit(case, enrolled_on, case.exited_on, "inskrivningsdagen"):
        raise ValidationError({"enrolled_on": said})


def _misfit(case: Enrolment, enrolled_on: date, exited_on: date | None, what: str) -> str:
    """The first record that wouldn't fit these days, in words; empty where all do that fit the days of today."""
    for record in LIVELIHOODS.standing(case):
        moment, on = LivelihoodMoment(record.moment), record.concerns_on
        fits_now = not fault_of_day(moment, on, case.enrolled_on, case.exited_on)
        if fits_now and (fault := fault_of_day(moment, on, enrolled_on, exited_on)):
            said = f"Försörjningen {moment.in_sentence} är inskriven för {day(on)} och passar inte {what}."
            return f"{said} {fault.removesuffix(' Ändra dagen.')} Rätta eller ta tillbaka den först."
    return ""


def take_back_with_exit(case: Enrolment, by: User) -> list[LivelihoodRecord]:
    """Take back the records that count from the exit of the case, which is locked and whose exit goes. Gives their last
    versions."""
    gone = [last_version(record, EXIT_IS_GONE, by) for record in counted_from_exit(case)]
    if gone:
        LIVELIHOODS.log("take_back", case, by)
    return gone
