"""SIPs that exist elsewhere: noted, corrected, taken back, moved to the right person."""

from typing import Final

from core.days.dates import today
from core.swedish.words import day
from participants.amending.kind_pages import create_page, kind_pages
from participants.amending.shared_facts import facts_of, lines_of
from participants.http import Request
from participants.models import CoordinatedPlan, Enrolment
from participants.sip.actions import SIPS
from participants.sip.forms import SipEditForm, SipForm, answers

_shared: Final = facts_of(SIPS, answers)


def _new(request: Request, enrolment: Enrolment) -> SipForm:
    return SipForm(request.POST or None, shared=lines_of(SIPS, enrolment), on=today())


def _corrected(request: Request, plan: CoordinatedPlan) -> SipEditForm:
    return SipEditForm(request.POST or None, shared=_shared(plan), on=today())


sip_create = create_page(
    SIPS,
    "participants/sip/sip_create.html",
    form=_new,
    receipt=lambda form: f"SIP:en från {day(form.record.on)} är sparad.",
    submit="Spara SIP:en",
)
sip_edit, sip_take_back, sip_misplaced = kind_pages(
    SIPS, "participants/sip/sip", form=_corrected, shared=_shared, receipt=lambda form: f"från {day(form.record.on)}"
)
