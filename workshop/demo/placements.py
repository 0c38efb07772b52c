"""The demo's placements: three with a supervisor of the case's own organisation, and one with another
organisation's; and the register of workplaces."""

from datetime import date, timedelta
from typing import Final

from accounts.models import User
from actionplans.models import PlanRevision
from core.days.dates import add_months
from core.days.periods import ONE_DAY, Period
from core.enums import Category
from participants.consent.actions import ConsentQuestion, give_consent
from participants.enums import ConsentForm
from participants.models import Enrolment
from participants.placement.actions import PlacementRecord, record_placement
from participants.scope.scope import Scope
from participants.workplaces.actions import WorkplaceLine, add_workplace
from projects.enums import WorkplaceKind
from projects.models import Project

_WORKPLACES: Final = (
    ("Återbruket", WorkplaceKind.MUNICIPAL, 8),
    ("Köket", WorkplaceKind.MUNICIPAL, 6),
    ("Byggeriet", WorkplaceKind.SOCIAL_ENTERPRISE, 5),
    ("Servicegruppen", WorkplaceKind.MUNICIPAL, 10),
    ("Lindens Livs", WorkplaceKind.COMPANY, 1),
    ("Hembygdsföreningen", WorkplaceKind.ASSOCIATION, None),
)


def place(users: dict[str, User], day: date) -> None:
    """Place the persons of hanna's and alva's cases that have a plan, the earliest enrolled first."""
    hanna, alva, hedda = users["hanna"], users["alva"], users["hedda"]
    for case in _planned(hanna, day):
        _place(case, hedda, hanna, day)
    for case in _planned(alva, day)[:1]:
        _let_read(case, hedda, alva, day)
        _place(case, hedda, alva, day)


def register(users: dict[str, User], project: Project) -> None:
    """Write the places of the cases into the project's register, but for one that only placements name."""
    for name, kind, places in _WORKPLACES:
        line = WorkplaceLine(name=name, kind=kind, places=places, takes_in=places is not None)
        add_workplace(project=project, line=line, by=users["samira"])


def _planned(worker: User, day: date) -> list[Enrolment]:
    cases = Enrolment.objects.assigned_to(Scope.of(worker, day)).on_or_after(day).exclude(planned_on=None)
    return list(cases.filter(owner=worker.organisation_id).order_by("enrolled_on", "pk")[:3])


def _place(case: Enrolment, supervisor: User, by: User, day: date) -> None:
    """Place a person where the plan says."""
    plan = PlanRevision.objects.current().filter(enrolment=case).select_related("main_activity").latest("number")
    where = str(plan.main_activity).partition(",")[0]
    period = Period(max(case.enrolled_on, day - timedelta(days=30)), add_months(day, 2) - ONE_DAY)
    record_placement(enrolment=case, record=PlacementRecord(where, supervisor, period), by=by)


def _let_read(case: Enrolment, supervisor: User, by: User, day: date) -> None:
    """Give a consent by which the supervisor's organisation reads the plan, but not the name."""
    asked = ConsentQuestion(
        parties=[supervisor.own_organisation],
        categories=[Category.PLAN],
        purpose="ordna praktik",
        form=ConsentForm.ORAL,
        received_by=by,
    )
    give_consent(enrolment=case, asked=asked, valid_from=day, valid_through=add_months(day, 3) - ONE_DAY, by=by)
