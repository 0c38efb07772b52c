"""The lines of the participant list."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.template.loader import render_to_string

from casework.caseload.reads import ListedCase
from core.pages import Page, addresses_of
from core.swedish.words import day
from participants.enrolment.deadlines import open_deadlines
from participants.enums import ExitReason
from participants.models.participant import birth_year
from projects.models import Project, Step


@dataclass(frozen=True, slots=True)
class StepSign:
    """The small ladder of a line: which steps are held now, and the highest of them in words."""

    held: tuple[bool, ...]
    text: str

    @property
    def drawn(self) -> str:
        """Its markup. Drawn once for all lines with the same steps: in a list of fifty it took a fifth of the page."""
        return _drawn(self)


@lru_cache(maxsize=500)
def _drawn(sign: StepSign) -> str:
    return render_to_string("casework/caseload/step_sign.html", {"steps": sign})


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of the list: an enrolment."""

    key: str
    name: str
    detail: str
    url: str
    steps: StepSign
    responsible: str
    status: str
    status_kind: str


def list_rows(cases: Sequence[ListedCase], project: Project, steps: Sequence[Step], *, on: date) -> list[ListRow]:
    """A line for each case, in the order given. Those with one name and one year of birth are told apart by the day of
    enrolment. No query."""
    urls = addresses_of(Page.CASE, [case.public_id for case in cases])
    rows = [_list_row(case, url, project, steps, on=on) for case, url in zip(cases, urls, strict=True)]
    same = Counter((row.name, row.detail) for row in rows)
    return [
        replace(row, detail=" · ".join(filter(None, [row.detail, f"inskriven {day(case.enrolled_on)}"])))
        if same[row.name, row.detail] > 1
        else row
        for row, case in zip(rows, cases, strict=True)
    ]


def _list_row(case: ListedCase, url: str, project: Project, steps: Sequence[Step], *, on: date) -> ListRow:
    status, kind = _status(case, project, on)
    return ListRow(
        key=str(case.public_id),
        name=case.name,
        detail=birth_year(case.birth_date),
        url=url,
        steps=_step_sign(case.held, steps),
        responsible=case.responsible.user if case.responsible else "",
        status=status,
        status_kind=kind,
    )


def _step_sign(held: Collection[int], steps: Sequence[Step]) -> StepSign:
    """The small ladder of a case. A step of an older ladder counts by its number."""
    names = {step.number: str(step) for step in steps}
    highest = max(held, default=0)
    text = names.get(highest, f"Steg {highest}") if highest else "Inget steg än"
    return StepSign(tuple(step.number in held for step in steps), text)


def _status(case: ListedCase, project: Project, on: date) -> tuple[str, str]:
    """The late or next deadline in words, and how it is marked: late, or plain."""
    if case.exited_on:
        return f"Avslutad {day(case.exited_on)}: {ExitReason(case.exit_reason).label}", ""
    if project.ends_on and project.has_ended(on):
        return f"Projektet slutade {day(project.ends_on)}", ""
    waiting = open_deadlines(case, project, on=on)
    if not waiting:
        return "Uppföljning är inte bestämd", ""
    more = sum(deadline.is_late(on) for deadline in waiting[1:])
    text = waiting[0].text(on) + (f", och {more} till" if more else "")
    return text, "late" if waiting[0].is_late(on) else ""
