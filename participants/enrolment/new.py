"""The answers that enrol somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.swedish.personal_numbers import ParsedNumber
from participants.enums import LivelihoodKind, ProtectionLevel, ReferralSource, Sex
from participants.models import Referral


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEnrolment:
    """Everything known about a person and an enrolment when it is written down for the first time."""

    enrolled_on: date
    given_name: str = ""
    family_name: str = ""
    protection: ProtectionLevel = ProtectionLevel.NONE
    source: ReferralSource = ReferralSource.UNKNOWN
    number: ParsedNumber | None = None
    barred_number: ParsedNumber | None = None
    sex: Sex = Sex.UNKNOWN
    birth_date: date | None = None
    phone: str = ""
    email: str = ""
    applied_on: date | None = None
    referred_on: date | None = None
    full_time_sick: bool | None = None
    is_known_before: bool | None = None
    exited_on: date | None = None
    exit_reason: str = ""
    assessed_on: date | None = None
    livelihood_before: Sequence[tuple[LivelihoodKind, int | None]] = ()
    livelihood_after: Sequence[tuple[LivelihoodKind, int | None]] = ()
    note: str = ""
    is_imported: bool = False
    # The referral that leads to the enrolment, whose person is enrolled; one that waits is found by the person too.
    referral: Referral | None = None
    # The answer when the person looked like the enrolling user; None where that wasn't asked.
    is_self: bool | None = None

    def ended_before(self, day: date) -> bool:
        """Whether the enrolment was over when the day came."""
        return self.exited_on is not None and self.exited_on < day
