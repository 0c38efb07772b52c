"""A case's history made of rows alone, without a database: what the kinds of the timeline are tried on."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from accounts.models import Organisation
from core.enums import Category
from participants.consent.readers import Readers
from participants.models import Enrolment
from participants.timeline.entries import CaseHistory
from participants.timeline.rows import FactRow, RowT

CASE = UUID(int=1)
BEGAN = date(2026, 3, 1)
ON = date(2026, 3, 11)
SAID = "11\N{NO-BREAK SPACE}mars 2026 · Hanna Handläggare"


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def row(kind: type[RowT], /, **own: Any) -> RowT:
    """A row that was written down on its own day; anything else is said."""
    on = own.pop("on", ON)
    shared = {
        "corrects": None,
        "recorded_at": noon(on),
        "superseded_at": None,
        "by": "Hanna Handläggare",
        "category": "",
    }
    return kind(**{"fact": 1, "on": on, "category": "", **shared, **own})


def history(*rows: FactRow, shares: Category | None = None, **fields: Any) -> CaseHistory:
    """The case of an enrolment that began on 1 March; `shares` is read by another party too, and of that kind are rows
    that say no other."""
    of_kind = [said if said.category else replace(said, category=shares or "") for said in rows]
    owner = Organisation(name="Vuxenenheten")
    enrolment = Enrolment(public_id=CASE, enrolled_on=BEGAN, owner=owner, **fields)
    return CaseHistory(enrolment, of_kind, Readers({shares: {"Af": "Af till maj"}} if shares else {}))
