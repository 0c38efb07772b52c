"""The demo's consents: some cases of one organisation are open to others, in part or with the name."""

from collections.abc import Sequence
from datetime import date

from accounts.models import User
from core.days.dates import add_months
from core.days.periods import ONE_DAY, Period
from core.enums import Category
from participants.assignment.choices import Helper
from participants.assignment.helping import add_contact_of_party
from participants.consent.actions import ConsentQuestion, give_consent
from participants.enums import ConsentForm
from participants.models import Enrolment

_PLAN = (Category.IDENTITY, Category.ASSESSMENT, Category.PLAN, Category.STEPS)
_MEETINGS = (Category.MEETINGS, Category.PLAN)
_SICK_LEAVE = (Category.IDENTITY, Category.HEALTH, Category.MEETINGS)
_PROGRESS = (Category.ASSESSMENT, Category.STEPS)
_PURPOSES = {"alva": "planera praktik tillsammans", "frida": "samordna rehabilitering"}
# What each of the latest open cases lets whom read, and for how many months. Two of them, with meetings to read, are
# shared by three authorities that may read different things.
_OPENED = (
    (("alva", _PLAN, 6),),
    (("alva", _MEETINGS, 3),),
    (("alva", _PLAN, 12), ("frida", _SICK_LEAVE, 12)),
    (("alva", _MEETINGS, 6), ("frida", _PROGRESS, 6)),
)


def share(cases: Sequence[Enrolment], users: dict[str, User], by: User, day: date) -> None:
    """Open a few cases to other parties, with a contact of each."""
    for case, opened in zip(cases, _OPENED, strict=False):
        for key, kinds, months in opened:
            _open(case, users[key], _PURPOSES[key], kinds, months, by, day)


def _open(
    case: Enrolment, contact: User, purpose: str, kinds: Sequence[Category], months: int, by: User, day: date
) -> None:
    party = contact.own_organisation
    asked = ConsentQuestion(
        parties=[party], categories=kinds, purpose=purpose, form=ConsentForm.WRITTEN, received_by=by
    )
    last = add_months(day, months) - ONE_DAY
    give_consent(enrolment=case, asked=asked, valid_from=day, valid_through=last, by=by)
    add_contact_of_party(enrolment=case, helper=Helper(party, contact), period=Period(day), by=by)
