"""Consents as rows, for tests of what they open."""

from datetime import date, timedelta

from accounts.models import Organisation, User
from core.days.dates import today
from core.enums import Category
from core.models import TextBody
from participants.amending.versions import last_version
from participants.consent_mistakes.actions import close_grants
from participants.enums import ConsentForm
from participants.models import Consent, ConsentGrant, ConsentWithdrawal, Enrolment


def give(
    enrolment: Enrolment,
    organisations: list[Organisation],
    categories: list[Category],
    *,
    by: User,
    valid_from: date | None = None,
    valid_through: date | None = None,
) -> Consent:
    """A consent that opens each kind to each party."""
    first, last = valid_from or today(), valid_through or today() + timedelta(days=90)
    consent = Consent.objects.create(
        enrolment=enrolment,
        form=ConsentForm.WRITTEN,
        purpose=TextBody.objects.write("att planera tillsammans"),
        concerns_on=first,
        valid_through=last,
        received_by=by,
        recorded_by=by,
        owner=enrolment.owner,
    )
    ConsentGrant.objects.bulk_create(
        ConsentGrant(
            consent=consent,
            enrolment=enrolment,
            organisation=organisation,
            category=category,
            valid_from=first,
            valid_through=last,
        )
        for organisation in organisations
        for category in categories
    )
    return consent


def withdraw(consent: Consent, *categories: Category) -> None:
    """Take back these kinds."""
    withdrawal = ConsentWithdrawal.objects.create(
        enrolment=consent.enrolment,
        consent=consent,
        form=ConsentForm.ORAL,
        concerns_on=today(),
        recorded_by=consent.recorded_by,
        owner=consent.owner,
    )
    consent.grants.filter(category__in=categories).update(withdrawal=withdrawal)


def take_back(consent: Consent) -> None:
    """Take it back as written by mistake."""
    close_grants([consent])
    last_version(consent, "Fel ruta.", consent.recorded_by)
