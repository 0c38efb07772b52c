"""Talk support: noted, corrected, taken back, moved to the right person."""

from typing import Final

from core.days.dates import today
from core.swedish.words import day
from participants.amending.kind_pages import create_page, kind_pages
from participants.amending.shared_facts import facts_of, lines_of
from participants.http import Request
from participants.models import Enrolment, SupportTalk
from participants.talks.actions import TALKS
from participants.talks.forms import TalkEditForm, TalkForm, answers

_shared: Final = facts_of(TALKS, answers)


def _new(request: Request, enrolment: Enrolment) -> TalkForm:
    return TalkForm(request.POST or None, shared=lines_of(TALKS, enrolment), on=today())


def _corrected(request: Request, talk: SupportTalk) -> TalkEditForm:
    return TalkEditForm(request.POST or None, shared=_shared(talk), on=today())


talk_create = create_page(
    TALKS,
    "participants/talks/talk_create.html",
    form=_new,
    receipt=lambda form: f"Stödsamtalet {day(form.record.on)} är sparat.",
    submit="Spara stödsamtalet",
)
talk_edit, talk_take_back, talk_misplaced = kind_pages(
    TALKS, "participants/talks/talk", form=_corrected, shared=_shared, receipt=lambda form: day(form.record.on)
)
