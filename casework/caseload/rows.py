"""The lines of the participant list."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.template.loader import render_to_string

from core.pages import Page, addresses_of
from core.swedish.words import day
from participants.assignment.responsible import Responsible
from participants.enrolment.deadlines import open_deadlines
from participants.enums import ExitReason
from participants.models import Enrolment
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


def list_rows(enrolments: Sequence[Enrolment], project: Project, steps: Sequence[Step], *, on: date) -> list[ListRow]:
    """A line for each enrolment, in the order given. Persons with one name and one year of birth are told apart by the
    day of enrolment."""
    urls = addresses_of(Page.CASE, [enrolment.public_id for enrolment in enrolments])
    rows = [list_row(enrolment, url, project, steps, on=on) for enrolment, url in zip(enrolments, urls, strict=True)]
    same = Counter((row.name, row.detail) for row in rows)
    return [
        replace(row, detail=" · ".join(filter(None, [row.detail, f"inskriven {day(enrolment.enrolled_on)}"])))
        if same[row.name, row.detail] > 1
        else row
        for row, enrolment in zip(rows, enrolments, strict=True)
    ]


def list_row(enrolment: Enrolment, url: str, project: Project, steps: Sequence[Step], *, on: date) -> ListRow:
    """The line of an enrolment that was read with person, steps and responsible, and of its page. No query."""
    person = enrolment.participant
    status, kind = _status(enrolment, project, on)
    responsible: Responsible | None = enrolment.responsible_now  # type: ignore[attr-defined]  # read with the page
    return ListRow(
        key=str(enrolment.public_id),
        name=person.identity.full_name,
        detail=birth_year(person.birth_date),
        url=url,
        steps=step_sign(enrolment, steps),
        responsible=responsible.user if responsible else "",
        status=status,
        status_kind=kind,
    )


def step_sign(enrolment: Enrolment, steps: Sequence[Step]) -> StepSign:
    """The small ladder of an enrolment. A step of an older ladder counts by its number."""
    held: set[int] = enrolment.held_now  # type: ignore[attr-defined]  # as page_of_list reads it
    names = {step.number: str(step) for step in steps}
    highest = max(held, default=0)
    text = names.get(highest, f"Steg {highest}") if highest else "Inget steg än"
    return StepSign(tuple(step.number in held for step in steps), text)


def _status(enrolment: Enrolment, project: Project, on: date) -> tuple[str, str]:
    """The late or next deadline in words, and how it is marked: late, or plain."""
    if enrolment.exited_on:
        return f"Avslutad {day(enrolment.exited_on)}: {ExitReason(enrolment.exit_reason).label}", ""
    if project.ends_on and project.has_ended(on):
        return f"Projektet slutade {day(project.ends_on)}", ""
    waiting = open_deadlines(enrolment, project, on=on)
    if not waiting:
        return "Uppföljning är inte bestämd", ""
    more = sum(deadline.is_late(on) for deadline in waiting[1:])
    text = waiting[0].text(on) + (f", och {more} till" if more else "")
    return text, "late" if waiting[0].is_late(on) else ""
