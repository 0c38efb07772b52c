"""A case that has gone on for five years, and a queue of referrals: what pages cost where much is kept."""

from datetime import timedelta
from typing import Final

from actionplans.enums import MilestoneState
from actionplans.models import MilestoneStatus
from actionplans.plans.actions import MilestoneRecord, PlanRecord, save_plan
from actionplans.plans.firsts import refresh_first_days
from actionplans.plans.standing import edition
from actionplans.weeks.entries import Entry, Week
from participants.enrolment.new import NewEnrolment
from participants.enums import FirstContact, ReferralSource
from participants.models import Enrolment
from participants.referral.actions import ReferralRecord, receive_referral
from participants.sick_listing.actions import record_sick_listing
from workshop.demo.people import People
from workshop.scale.life import meet
from workshop.scale.people import World

_DAYS: Final = 5 * 365
# A meeting, a plan and a sick-listing every so many days.
_MEETING, _PLAN, _SICK = 2, 60, 30
_MILESTONES: Final = 4
_WAITING: Final = 60


def live_for_years(world: World) -> Enrolment:
    """Have the known case have gone on for five years: 900 meetings with notes, 30 plans with delmål and a week, 60
    sick-listings, in all two thousand rows."""
    case, by = world.case, world.case_worker
    start = world.on - timedelta(days=_DAYS)
    Enrolment.objects.filter(pk=case.pk).update(enrolled_on=start)
    case.refresh_from_db()
    meet([(case, start + timedelta(days=day)) for day in range(0, _DAYS, _MEETING)], world)
    for day in range(0, _DAYS, _PLAN):
        save_plan(enrolment=case, record=_plan(world, day), based_on=edition(case), by=by)
    _reach(case)
    for day in range(0, _DAYS, _SICK):
        first = start + timedelta(days=day)
        last, percent = first + timedelta(days=6), 25 * (day // _SICK % 4 + 1)
        record_sick_listing(enrolment=case, from_day=first, last_day=last, percent=percent, by=by)
    refresh_first_days([case.pk])
    case.refresh_from_db()
    return case


def _reach(case: Enrolment) -> None:
    """Have all delmål but the last two plans' be reached: the form of a plan has a row for each that isn't."""
    rows = MilestoneStatus.objects.filter(enrolment=case)
    kept = list(rows.order_by("-pk").values_list("pk", flat=True)[: 2 * _MILESTONES])
    rows.exclude(pk__in=kept).update(state=MilestoneState.REACHED)


def _plan(world: World, day: int) -> PlanRecord:
    on = world.on - timedelta(days=_DAYS - day)
    times = [Entry(weekday, 8 * 60 + 30, 13 * 60 + 30, "Arbetsträning", "Återbruket") for weekday in range(5)]
    milestones = [
        MilestoneRecord(text=f"Delmål {day}, {place}", due_on=on + timedelta(days=_PLAN))
        for place in range(_MILESTONES)
    ]
    return PlanRecord(
        valid_on=on,
        main_activity=f"Återbruket, dag {day}",
        week=Week(tuple(times)),
        next_follow_up_on=on + timedelta(days=14),
        milestones=milestones,
    )


def rows_of(case: Enrolment) -> int:
    """How many rows of meetings, notes, plans, delmål and sick-listings the case has."""
    related = (case.meetings, case.paragraphs, case.plan_revisions, case.milestone_statuses, case.sick_listings)
    return sum(rows.count() for rows in related)


def fill_queue(world: World) -> None:
    """Have sixty referrals wait, each of a person without a number."""
    people = People(4, world.on)
    for place in range(_WAITING):
        on = world.on - timedelta(days=place % 20)
        record = ReferralRecord(
            source=ReferralSource.SOCIAL_SERVICES,
            referred_on=on,
            applied_on=None,
            reason="Har haft försörjningsstöd i två år och vill prova att arbeta igen.",
            first_contact_by=FirstContact.COORDINATOR,
            consent_on=None,
            consent_given="",
        )
        invented = people.next()
        person = NewEnrolment(
            enrolled_on=on,
            given_name=invented.given_name,
            family_name=f"{invented.family_name} {place}",
            sex=invented.sex,
            birth_date=on - timedelta(days=30 * 365 + place),
        )
        receive_referral(
            record=record, person=person, project=world.project, owner=world.project.host, by=world.coordinator
        )
