"""A case with other parties round it, and consents by the program's own actions."""

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import Organisation, User
from core.days.dates import today
from core.enums import Category
from participants.consent.actions import ConsentQuestion, give_consent
from participants.enums import CaseRole, ConsentForm
from participants.models import Consent, Enrolment
from projects.models import ProjectOrganisation
from tests.world.factories import CaseAssignmentFactory, OrganisationFactory
from tests.world.worlds import World

PURPOSE = "planera praktik"


@dataclass(slots=True)
class Round:
    """A case of `ame` with a case worker of `af` as contact, and a third party without people."""

    world: World
    fk: Organisation

    @property
    def enrolment(self) -> Enrolment:
        return self.world.enrolment

    @property
    def af(self) -> Organisation:
        return self.world.af

    @property
    def worker(self) -> User:
        return self.world.case_worker

    @property
    def guest(self) -> User:
        return self.world.af_case_worker

    def asked(self, *categories: Category, parties: list[Organisation] | None = None, **more) -> ConsentQuestion:
        answers = {"purpose": PURPOSE, "form": ConsentForm.ORAL, "received_by": self.worker} | more
        return ConsentQuestion([self.af] if parties is None else parties, list(categories), **answers)

    def give(
        self, *categories: Category, first: date | None = None, last: date | None = None, by: User | None = None, **more
    ) -> Consent:
        return give_consent(
            enrolment=self.enrolment,
            asked=self.asked(*categories, **more),
            valid_from=first or today(),
            valid_through=last or today() + timedelta(days=90),
            by=by or self.worker,
        )


def gather(world: World) -> Round:
    """Add parties and contact to the world."""
    fk = OrganisationFactory(name="Försäkringskassan")
    for party in (world.af, fk):
        ProjectOrganisation.objects.create(project=world.project, organisation=party)
    CaseAssignmentFactory(enrolment=world.enrolment, user=world.af_case_worker, role=CaseRole.CONTACT)
    return Round(world, fk)
