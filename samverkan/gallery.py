"""All components on one page, with invented content: for changes of the look. Shown in development only."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin

from casework.case.ladder import LadderPin, LadderStep
from core.days.dates import STOCKHOLM
from core.days.kinds import DayKind
from core.forms.fields import DayField, TextField
from participants.timeline.entries import TimelineEntry, noted
from reports.charts import DrawnPoint, DrawnTarget, curve_figure, result_bar

# Asks for the page as it stands in a frame, without frames of its own: in which light.
IN_FRAME = "ram"
LIGHT, DARK = "ljus", "mork"
# Asks for the style sheet of that light, whatever the machine prefers: that is what decides in a frame too.
COLOURS = "farger"
_ASKED = "@media screen and (prefers-color-scheme: dark)"


class SampleForm(forms.Form):
    """One answer of each kind."""

    kind = forms.ChoiceField(
        label="Vad var det för möte?",
        choices=[("follow_up", "Uppföljning"), ("multi", "Trepartssamtal"), ("phone", "Telefon")],
        widget=forms.RadioSelect,
    )
    present = forms.MultipleChoiceField(
        label="Vilka var med?",
        choices=[("p", "Deltagaren"), ("af", "Arbetsförmedlingen"), ("soc", "Socialtjänsten")],
        widget=forms.CheckboxSelectMultiple,
    )
    held_on = DayField(DayKind.HAPPENED, label="Dag")
    summary = TextField(
        label="Kort sammanfattning", help_text="Två–tre meningar räcker.", widget=forms.Textarea(attrs={"rows": 4})
    )
    unit = forms.ChoiceField(label="Verksamhet", choices=[("a", "Återbruket"), ("b", "Byggeriet")], required=False)
    name = TextField(label="Namn", required=False)
    file = forms.FileField(label="Register", required=False, help_text="Excel eller LibreOffice, högst 10 MB.")
    agrees = forms.BooleanField(label="Deltagaren har bekräftat samtycket i dag", required=False)


class CriterionForm(forms.Form):
    """Two criteria of a step."""

    _answers = (("met", "Ja"), ("not_met", "Nej"), ("na", "Gäller inte"))
    plan = forms.ChoiceField(label="Aktiv i uppföljningen av planen", choices=_answers, widget=forms.RadioSelect)
    does = forms.ChoiceField(
        label="Tar ansvar för att aktiviteter utförs", choices=_answers, widget=forms.RadioSelect, initial="met"
    )


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
_TARGETS = (
    (1, "Deltar", 75, 3, 83, 137, 0.606, 0.522, 0.684),
    (2, "Tar ansvar", 60, 6, 74, 117, 0.632, 0.542, 0.714),
    (3, "Prövar arbetsliv", 35, 9, 31, 104, 0.298, 0.219, 0.392),
    (4, "Delvis egen försörjning", 10, 12, 9, 82, 0.110, 0.059, 0.196),
    (5, "Egen försörjning", 10, 12, 0, 0, None, None, None),
)


@login_not_required
@csp_update({"frame-src": [SELF]})
def gallery(request: HttpRequest) -> HttpResponseBase:
    """Every component once, and the same page in two frames as wide as a phone, one of them dark."""
    if light := request.GET.get(COLOURS):
        return HttpResponse(_tokens(light), content_type="text/css")
    if IN_FRAME in request.GET:
        return _framed(request)
    framed = f"{request.path}?{IN_FRAME}="
    frames = {"light_frame": framed + LIGHT, "dark_frame": framed + DARK}
    return render(request, "core/gallery.html", sample() | frames)


def _tokens(light: str) -> str:
    # Without the fonts, whose places are told from the file's own.
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    return tokens[tokens.index(":root") :].replace(_ASKED, "@media screen" if light == DARK else "@media not all")


@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def _framed(request: HttpRequest) -> HttpResponse:
    return render(
        request, "core/gallery.html", sample() | {"colours": f"{request.path}?{COLOURS}={request.GET[IN_FRAME]}"}
    )


def sample() -> dict[str, Any]:
    """The components that the gallery shows, with invented values."""
    return {
        "today": date(2026, 11, 22),
        "steps": [LadderStep(number, name, state, note, _PINS.get(number, ())) for number, name, state, note in _STEPS],
        "untouched_steps": [LadderStep(number, name, "ahead", "", ()) for number, name, _, _ in _STEPS],
        "facts": [
            ("Nästa möte", "i dag 10.30, trepartssamtal"),
            ("Ansvarig", "M. Ek, ersättare J. Lund"),
            ("Närvaro", "94 % de senaste fyra veckorna"),
            ("Saknas", "inget"),
        ],
        "entries": _entries(),
        "filled": SampleForm({"kind": "multi", "present": ["p", "af"], "held_on": "2026-11-22"}),
        "untouched": SampleForm(
            prefix="second", initial={"kind": "follow_up", "present": ["p"], "held_on": date(2026, 11, 22)}
        ),
        "criteria": CriterionForm(initial={"does": "met"}),
        "page": Paginator(range(480), 50).page(5),
        "results": [_result(*target) for target in _TARGETS],
        "figure": curve_figure(
            _curve(), name="Andel som klarat steg 1", followed_days=400, target=DrawnTarget(share=0.75, months=3)
        ),
    }


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


def _result(
    step: int, name: str, target: int, months: int, cleared: int, due: int,
    share: float | None, low: float | None, high: float | None,
) -> SimpleNamespace:  # fmt: skip
    verdict, kind = (
        ("För tidigt", "quiet")
        if not due
        else ("Nått", "ok")
        if 100 * cleared >= target * due
        else ("Inte nått", "late")
    )
    bar = result_bar(
        step=step,
        name=f"Steg {step}",
        share=share,
        low=low,
        high=high,
        target=target / 100,
        most=min(share + 0.12, 1.0) if share else None,
    )
    return SimpleNamespace(
        step=step, name=name, target=target, months=months, cleared=cleared, due=due,
        share=share, low=low, high=high, verdict=verdict, kind=kind, bar=bar,
    )  # fmt: skip


def _curve() -> list[DrawnPoint]:
    days = range(12, 360, 12)
    return [
        DrawnPoint(day, share, share * 0.86, min(share * 1.13, 1.0))
        for day, share in ((day, 0.72 * (1 - 0.9 ** (day / 14))) for day in days)
    ]
