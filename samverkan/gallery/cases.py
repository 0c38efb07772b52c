"""Invented persons and cases of the gallery."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from casework.case.ladder import LadderPin, LadderStep
from casework.case.missing import Missing
from casework.case.now import CaseNow
from casework.case.since import SinceLast
from casework.case.timeline import filters
from casework.caseload.rows import ListRow, StepSign
from casework.drafts.lines import DraftLine
from casework.worklist.groups import TaskGroup
from casework.worklist.load import WorkerLoad
from casework.worklist.task import Task
from core.days.dates import STOCKHOLM
from participants.models import Enrolment, Participant
from participants.timeline.entries import TimelineEntry, noted

# Where every link of the gallery leads.
_HERE: Final = "#form"
_KEY: Final = UUID("00000000-0000-4000-8000-000000000000")
_LONG: Final = "Maximiliana Wolfeschlegelsteinhausenberger-Lindqvist"
_PROTECTED: Final = "Deltagare UVY7BCZR"
_TODAY: Final = date(2026, 11, 22)
_STEPS = (
    (1, "Deltar", "cleared", "2 okt · dag 51"),
    (2, "Tar ansvar", "lost", "3 nov"),
    (3, "Prövar arbetsliv", "now", "senast 12 maj"),
    (4, "Delvis egen försörjning", "ahead", ""),
    (5, "Egen försörjning", "ahead", ""),
)
_PINS = {
    1: (LadderPin("Ta bussen själv", "reached", ""),),
    3: (LadderPin("Skriva cv", "late", "11 dagar för sent"), LadderPin("Två studiebesök", "planned", "29 jan")),
}


def case() -> dict[str, Any]:
    """The values of the parts of a case page."""
    entries = _entries()
    return {
        "today": _TODAY,
        "ladder": [LadderStep(*step, _PINS.get(step[0], ())) for step in _STEPS],
        "ladder_in_words": "Steg 3 ska vara klart om 171 dagar. Dag 102.",
        "untouched_steps": [LadderStep(number, name, "ahead", "", ()) for number, name, _, _ in _STEPS],
        "now": _now(),
        "since": SinceLast("17 november", entries[:1], 2),
        "is_own": True,
        "is_over": False,
        "entries": entries,
        "filters": filters(entries, ""),
        "drafts": [DraftLine("Ett möte", None, datetime(2026, 11, 22, 9, 15, tzinfo=STOCKHOLM), _HERE, _HERE, _HERE)],
        "mer": _more(),
    }


def lists() -> dict[str, Any]:
    """The values of the lists of cases: to do, participants, and how the cases lie."""
    return {
        "groups": [
            TaskGroup("Försenat", "en sak är sen,saker är sena", [_task(*row) for row in _LATE], 0, False, True),
            TaskGroup("De närmaste två veckorna", "en kommer,kommer", [_task(*row) for row in _COMING], 0, False),
        ],
        "is_coordinator": True,
        "rows": [_row(*row) for row in _ROWS],
        "loads": [WorkerLoad(_KEY, name, count, late, 16) for name, count, late in _LOADS],
    }


def _now() -> CaseNow:
    return CaseNow(
        next="Inget möte är bokat",
        contact=[("Uppföljning", "senast fredag 13 november")],
        state=[("Senaste mötet", "10 nov, uppföljningsmöte"), ("Aktivitet", "Återbruket, 20 timmar i veckan")],
        people=[("Ansvarig", "M. Ek"), ("Ersättare", "J. Lund")],
        reached=[],
        missing=[
            Missing("Uppföljning 9 dagar för sent", "late", "Skriv in ett möte", _HERE),
            Missing("1 delmål är försenat", "", "", ""),
        ],
    )


def _more() -> dict[str, Any]:
    """By whom all its lines are seen."""
    allowed = dict.fromkeys(("may_meet", "may_edit", "may_assign", "may_enrol", "has_plan"), True)
    case = {"enrolment": Enrolment(public_id=_KEY), "person": Participant(public_id=_KEY)}
    return case | allowed | {"is_protected": False, "emergency_until": ""}


# Name, what, detail, kind, when, action.
_LATE = (
    ("Åsa Prov", "Uppföljning", "Senast 18 november", "late", "4 dagar för sent", "Skriv in ett möte"),
    (_PROTECTED, "Handlingsplan", "Senast 20 november", "late", "2 dagar för sent", ""),
)
_COMING = (
    (
        *(_LONG, "Samtycket till Arbetsförmedlingen löper ut, och ingen har frågat om det ska förnyas"),
        *("Gäller till och med 27 november", "soon", "om 5 dagar", "Förnya"),
    ),
)
# Name, detail, steps held, the highest in words, who answers, what is late or next, and its kind.
_ROWS = (
    ("Prov, Åsa", "f. 1988", 2, "2 Tar ansvar", "M. Ek", "Uppföljning 4 dagar för sent", "late"),
    (f"{_LONG.rpartition(' ')[2]}, Maximiliana", "f. 1961", 4, "4 Delvis egen försörjning", "", "Möte 2 dec", ""),
    (_PROTECTED, "", 0, "Inget steg än", "J. Lund", "Plan senast 27 nov", "soon"),
)
_LOADS = (("Jonas Ek", 16, 8), ("Karin Lund", 9, 1), ("Mats Prov", 3, 0))


def _task(name: str, what: str, detail: str, kind: str, when: str, action: str) -> Task:
    return Task(
        name=name, apart="", person=_KEY, case=_HERE, what=what, detail=detail,
        due_on=_TODAY, kind=kind, when=when, url=_HERE, action=action, responsible="M. Ek",
    )  # fmt: skip


def _row(name: str, detail: str, held: int, text: str, responsible: str, status: str, kind: str) -> ListRow:
    steps = StepSign(tuple(place < held for place in range(5)), text)
    return ListRow("", name, detail, _HERE, steps, responsible, status, kind)


def _entries() -> list[TimelineEntry]:
    rows = (
        (
            date(2026, 11, 17),
            "A. Ström, Arbetsförmedlingen",
            "Anteckning",
            "Två lager tar emot.",
            "",
            "shared",
            "VUXAM · AF",
        ),
        (
            date(2026, 11, 10),
            "M. Ek",
            "Uppföljningsmöte",
            "Trivs och kommer i tid. Vill pröva butik.",
            "",
            "meeting",
            "",
        ),
        (date(2026, 11, 5), "M. Ek", "Deltagaren kom inte", "Ringde dagen efter.", "", "missed", ""),
        (date(2026, 10, 2), "M. Ek", "Steg 1, deltar: klarat", "Fem av fem kriterier uppfyllda.", "step", "step", ""),
        (date(2026, 8, 20), "", "Kartläggningen är klar", "Dag 8 av 14.", "quiet", "", ""),
    )
    written = datetime(2026, 11, 22, tzinfo=STOCKHOLM)
    return [
        TimelineEntry(on, written, noted(on, by), title, text, kind, "", readers, glyph)
        for on, by, title, text, kind, glyph, readers in rows
    ]
