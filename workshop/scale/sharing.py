"""Several organisations in each other's cases: hundreds of thousands of live consents."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from accounts.models import Organisation, User
from core.batches import bulk
from core.enums import Category
from core.models import TextBody
from participants.enums import CaseRole, ConsentForm
from participants.models import CaseAssignment, Consent, ConsentGrant, Enrolment
from projects.enums import Role
from projects.models import Membership, Project, ProjectOrganisation

PARTIES = ("Arbetsförmedlingen", "Försäkringskassan", "Socialtjänsten", "Regionen")
_OPENED = (Category.IDENTITY, Category.PLAN, Category.STEPS)
# Somebody of another organisation who is contact in a few cases; their coordinator has an s- before it.
GUEST = "gast@example.se"


def share(project: Project, cases: Sequence[Enrolment], on: date) -> None:
    """Open half of the cases to two of four other organisations by consent; one case in fifty gets a contact there."""
    chance = random.Random(4)  # noqa: S311 - invented people, not secrets
    parties = [Organisation.objects.create(name=name) for name in PARTIES]
    ProjectOrganisation.objects.bulk_create(
        ProjectOrganisation(project=project, organisation=party) for party in parties
    )
    guest = _member(project, parties[0], GUEST, Role.CASE_WORKER)
    _member(project, parties[0], f"s-{GUEST}", Role.COORDINATOR)
    opened = [case for case in cases if chance.random() < 0.5]
    consents = _consents(opened, on, guest)
    bulk(
        ConsentGrant,
        [
            ConsentGrant(
                consent=consent,
                enrolment_id=consent.enrolment_id,
                organisation=party,
                category=category,
                valid_from=consent.concerns_on,
                valid_through=on + timedelta(days=90),
            )
            for consent in consents
            for party in chance.sample(parties, 2)
            for category in _OPENED
        ],
    )
    _bring_in(guest, [case for case in opened if chance.random() < 0.02], on)


def _member(project: Project, organisation: Organisation, email: str, role: Role) -> User:
    user = User.objects.create_user(email, name=f"Gäst {role.label}", organisation=organisation)
    Membership.objects.create(user=user, project=project, role=role, valid_from=date(2000, 1, 1))
    return user


def _consents(cases: Sequence[Enrolment], on: date, by: User) -> list[Consent]:
    purposes = TextBody.objects.create_all(["att planera praktik tillsammans"] * len(cases))
    return bulk(
        Consent,
        [
            Consent(
                enrolment=case,
                form=ConsentForm.WRITTEN,
                purpose=purpose,
                concerns_on=on - timedelta(days=30),
                valid_through=on + timedelta(days=90),
                received_by=by,
                recorded_by=by,
                owner_id=case.owner_id,
            )
            for case, purpose in zip(cases, purposes, strict=True)
        ],
    )


def _bring_in(guest: User, cases: Sequence[Enrolment], on: date) -> None:
    CaseAssignment.objects.bulk_create(
        CaseAssignment(
            enrolment=case,
            user=guest,
            organisation_id=guest.organisation_id or 0,
            role=CaseRole.CONTACT,
            valid_from=on - timedelta(days=30),
            recorded_by=guest,
        )
        for case in cases
    )
