"""The answers that a new sheet begins with, and the words of its paper."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from actionplans.models import PlanRevision, WorkplaceSheet
from actionplans.own_copy.page import to_ring
from actionplans.weeks.entries import Week
from core.swedish.keys import sort_key
from participants.models import Enrolment, PlacementPeriod

UNKNOWN: Final = ("", "")


@dataclass(frozen=True, slots=True)
class SheetPaper:
    """The sheet as it is printed; `name` is None of somebody protected, who is written in by hand. Empty words and
    pairs stand for what isn't told."""

    name: str | None
    phone: str
    place: str
    times: str
    words: str
    contact: tuple[str, str]
    agreed_on: date


def paper_of(sheet: WorkplaceSheet, *, on: date) -> SheetPaper:
    """The words of the paper on a day: names and numbers are today's. One query at most, where the sheet was read with
    its case."""
    person = sheet.enrolment.participant
    return SheetPaper(
        name=None if person.is_protected else person.identity.name,
        phone=person.identity.phone if sheet.tells_phone else "",
        place=sheet.place.text,
        times=str(sheet.times or ""),
        words=str(sheet.words or ""),
        contact=to_ring(sheet.enrolment, on) if sheet.tells_contact else UNKNOWN,
        agreed_on=sheet.concerns_on,
    )


def begins_with(enrolment: Enrolment, *, on: date) -> dict[str, Any]:
    """The answers that a new sheet begins with: the place of today's placement, else of the one to come, and the times
    of the plan's week there. Two queries."""
    rows = PlacementPeriod.objects.placed().current().filter(enrolment=enrolment).select_related("place")
    going_on = [row for row in rows.order_by("concerns_on", "pk") if not row.period.is_over(on)]
    place = going_on[0].place.text if going_on else ""
    return {"place": place, "times": _times_at(enrolment, place), "tells_contact": True, "on": on}


def _times_at(enrolment: Enrolment, place: str) -> str:
    """The times that the plan's week has at the place, a line each, without what is done there; all times where the
    week doesn't say which are there, for the writer to take out the others."""
    plan = PlanRevision.objects.placed().current().filter(enrolment=enrolment).select_related("schedule")
    newest = plan.order_by("-number").first()
    week = Week.of(newest.schedule.text) if newest and newest.schedule else Week()
    there = [entry for entry in week.entries if place and sort_key(place) in sort_key(entry.where)]
    shown = there or [entry for entry in week.entries if not entry.where]
    return "\n".join(f"{str(entry).split()[0]} {entry.hours}" for entry in shown)
