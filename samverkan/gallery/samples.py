"""The content of the gallery."""

from datetime import date
from typing import Any

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator

from actionplans.meetings.facts_line import facts_line
from core.forms.concurrency import Conflict, Difference
from participants.assessment.comparing import Beside
from samverkan.gallery.cases import case, lists
from samverkan.gallery.figures import figures
from samverkan.gallery.forms import CriterionForm, SampleForm, SampleMeeting
from samverkan.menu import MenuItem

_DAY = date(2026, 11, 22)
_MENU = ("Läget", "Deltagare", "Resultat", "Rapporter", "Läs in register", "Projekt", "Förslag", "Användare")
_RECEIPTS = (
    (constants.SUCCESS, "Mötet är sparat kl. 10.42."),
    (constants.INFO, "Siffrorna finns bara vissa dagar: här per 30 september 2026."),
    (constants.WARNING, "Öppnat i nödläge till kl. 14.00."),
    (constants.ERROR, "Inget är sparat. Försök igen om en stund."),
)


def sample() -> dict[str, Any]:
    """The components that the gallery shows, with invented values."""
    return {**_frame(), **_forms(), **case(), **lists(), **figures()}


def _frame() -> dict[str, Any]:
    """The menu, the receipts, the pages of a list, and signs that paper can't show."""
    return {
        "menu": [MenuItem(label, "#form", label == "Deltagare", 2 if label == "Förslag" else None) for label in _MENU],
        "menu_more": 2,
        "messages": [Message(level, text) for level, text in _RECEIPTS],
        "numbers": Paginator(range(480), 50).page(5),
        "compared": [
            Beside("Placering eller aktivitet", "Återbruket, 20 timmar", "Återbruket, 25 timmar"),
            Beside("Nästa uppföljning", "3 mars 2027", "3 mars 2027"),
            Beside("Prova butik", "–", "Planerat, klart senast 1 april 2027"),
        ],
        "undrawn": [{"heading": "Vad som hänt", "signs": ["\ue000"], "codes": "U+E000"}],
    }


def _forms() -> dict[str, Any]:
    answers = {"held_on": _DAY, "users": ["ek"], "readers": "consented"}
    meeting = SampleMeeting(auto_id="meeting_%s", initial=answers)
    chosen = SampleMeeting(auto_id="chosen_%s", initial=answers | {"step": "3"})
    first = {"kind": "follow_up", "present": ["p"], "held_on": _DAY}
    return {
        "filled": SampleForm({"kind": "multi", "present": ["p", "af"], "held_on": "2026-11-22"}),
        "untouched": SampleForm(prefix="second", initial=first),
        "criteria": CriterionForm(initial={"does": "met"}),
        "conflict": Conflict(
            "M. Ek sparade i dag kl. 10.31.",
            [Difference("Verksamhet", "Byggeriet", "Återbruket"), Difference("Namn", "–", "Åsa Prov")],
        ),
        "meeting": meeting,
        "chosen": chosen,
        "facts_line": facts_line(meeting, _DAY),  # type: ignore[arg-type]
        "facts_are_open": False,
    }
