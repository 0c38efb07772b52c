"""Whose days run to a deadline, and from which day (`start_on`)."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from core.facts import FactQuerySet
from participants.enums import REFERRING, ReferralState
from participants.models import Enrolment, EnrolmentEntry, Referral
from reports.datasets.population import Population


def from_enrolment(enrolments: QuerySet[Enrolment], as_of: Any) -> QuerySet[Enrolment]:
    """All enrolments begun by the day, from that day on."""
    return enrolments.filter(enrolled_on__lte=as_of).annotate(start_on=F("enrolled_on"))


def from_application(enrolments: QuerySet[Enrolment], as_of: Any) -> QuerySet[Enrolment]:
    """Enrolments from the three agencies whose application or referral had come by the day, from that day on."""
    came = enrolments.filter(source__in=REFERRING).annotate(start_on=Coalesce("applied_on", "referred_on"))
    return came.filter(start_on__lte=as_of)


def from_plan(enrolments: QuerySet[Enrolment], as_of: Any) -> QuerySet[Enrolment]:
    """All enrolments whose plan was complete by the day, from the day of the first complete one."""
    return enrolments.filter(planned_on__lte=as_of).annotate(start_on=F("planned_on"))


def never_enrolled(population: Population, as_of: Any, known_at: datetime | None) -> QuerySet[Referral]:
    """Referrals that had come by the day and led to no enrolment that counts: nothing was done, and nobody left. One
    that was registered by mistake never came."""
    project, whose = population.project, population.beside or Q()
    begun = known(EnrolmentEntry.objects.all(), known_at).filter(
        is_void=False, enrolment__project=project, enrolment__participant=OuterRef("participant")
    )
    led_to = begun.filter(Q(concerns_on__gte=OuterRef("start_on")) | Q(referred_on=OuterRef("concerns_on")))
    came = (
        known(Referral.objects.filter(whose, project=project, source__in=REFERRING), known_at)
        .exclude(state__in=[ReferralState.ACCEPTED, ReferralState.MISTAKEN])
        .annotate(start_on=Coalesce("applied_on", "concerns_on"))
    )
    return came.filter(~Exists(led_to), start_on__lte=as_of)


def known(facts: FactQuerySet, moment: datetime | None) -> Any:
    """The facts as they stood at the moment; now, without one."""
    return facts.known_at(moment) if moment else facts.current()
