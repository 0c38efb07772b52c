"""The demo's consents: some of one organisation's cases are open to another, in part or with the name."""

from collections.abc import Sequence
from datetime import date

from accounts.models import Organisation, User
from core.dates import add_months
from core.enums import Category
from participants.consents import Asked, give_consent
from participants.enums import ConsentForm
from participants.models import Enrolment
from participants.people import Helper, Period, add_contact_of_party

_PLAN = (Category.IDENTITY, Category.ASSESSMENT, Category.PLAN, Category.STEPS)
_MEETINGS = (Category.MEETINGS, Category.PLAN)
# What is opened in each of the latest open cases, and for how many months.
_OPENED = ((_PLAN, 6), (_MEETINGS, 3), (_PLAN, 12), (_MEETINGS, 6))


def share(cases: Sequence[Enrolment], party: Organisation, contact: User, by: User, day: date) -> None:
    """Open a few cases to the party, with its contact in each."""
    for case, (kinds, months) in zip(cases, _OPENED, strict=False):
        asked = Asked(
            parties=[party],
            categories=kinds,
            purpose="planera praktik tillsammans",
            form=ConsentForm.WRITTEN,
            received_by=by,
        )
        give_consent(enrolment=case, asked=asked, valid_from=day, valid_through=add_months(day, months), by=by)
        add_contact_of_party(enrolment=case, helper=Helper(party, contact), period=Period(day), by=by)
