"""Going through the own organisation's texts in which somebody protected may still be recognised."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.forms.saving import saved
from core.swedish.words import plural
from participants.guards import case_page
from participants.http import Request
from participants.models import Enrolment, TextToCheck
from participants.protection.actions import redact_texts
from participants.protection.text_forms import RedactForm
from participants.protection.texts import to_go_through
from participants.querysets.person import TextToCheckQuerySet
from participants.scope.scope import Scope
from projects.enums import Permission

# This many texts stand on one page.
_TEXTS = 20


@case_page(Permission.ENROL, shared=True, afterwards=True, cases=Scope.with_void)
def enrolment_texts(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Page by which an organisation goes through the texts that it has written itself, in its own and others' cases."""
    waiting = to_go_through(enrolment, request.user.own_organisation, on=request.scope.on)
    texts = _some(waiting)
    request.access.declare(text.participant for text in texts)
    form = RedactForm(request.POST or None, texts=texts)
    if saved(request, form, lambda: _redact(request, enrolment, form), lambda _: _receipt(form)):
        is_more = to_go_through(enrolment, request.user.own_organisation, on=request.scope.on).exists()
        return redirect("enrolment_texts", enrolment.public_id) if is_more else redirect(enrolment)
    context = {"enrolment": enrolment, "person": enrolment.participant, "form": form, "left": waiting.count()}
    return render(request, "participants/protection/enrolment_texts.html", context)


def _some(waiting: TextToCheckQuerySet) -> list[TextToCheck]:
    """The texts of one page, likely places first. A text that waits for two persons comes twice, one after the
    other."""
    rows = sorted(waiting.order_by("pk").values_list("pk", "body", "spans"), key=lambda row: not row[2])
    once = {body: key for key, body, _ in reversed(rows)}
    first = [key for key, body, _ in rows if once[body] == key][:_TEXTS]
    found = waiting.filter(pk__in=first).select_related("body", "participant").in_bulk()
    return [found[key] for key in first]


def _redact(request: Request, enrolment: Enrolment, form: RedactForm) -> UUID:
    redact_texts(texts=form.texts, chosen=form.chosen(), by=request.user)
    return enrolment.public_id


def _receipt(form: RedactForm) -> str:
    count = plural(sum(map(len, form.chosen().values())), "ställe är ersatt,ställen är ersatta")
    return f"{count}. {plural(len(form.texts), 'text är genomgången,texter är genomgångna')}."
