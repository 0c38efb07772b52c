"""Going through the own organisation's texts in which somebody protected may still be recognised."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.forms import save_once
from core.templatetags.swedish import plural
from participants.access import case_page
from participants.forms.protection import RedactForm
from participants.models import Enrolment, TextToCheck
from participants.protection import redact_texts
from projects.enums import Permission
from projects.http import Request

# So many texts are gone through at a time.
_TEXTS = 20


@case_page(Permission.ENROL, shared=True)
def enrolment_texts(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Each organisation goes through what it has written itself, in whosever case."""
    waiting = TextToCheck.objects.waiting().of(enrolment.participant, request.user.own_organisation)
    texts = list(waiting.select_related("body", "participant").order_by("pk")[:_TEXTS])
    form = RedactForm(request.POST or None, texts=texts)
    if form.is_bound and (form.already_made(request.user) or (texts and form.is_valid())):
        return _redact(request, enrolment, form)
    context = {
        "enrolment": enrolment,
        "person": enrolment.participant,
        "form": form,
        "left": waiting.count(),
    }
    return render(request, "participants/texts_form.html", context)


def _redact(request: Request, enrolment: Enrolment, form: RedactForm) -> HttpResponse:
    person = enrolment.participant
    if not form.already_made(request.user):
        chosen = form.chosen()

        def save() -> UUID:
            redact_texts(texts=form.texts, chosen=chosen, by=request.user)
            return person.public_id

        save_once(token=form.cleaned_data["token"], user=request.user, save=save)
        count = plural(sum(map(len, chosen.values())), "ställe är ersatt,ställen är ersatta")
        messages.success(request, f"{count}. {plural(len(form.texts), 'text är genomgången,texter är genomgångna')}.")
    waiting = TextToCheck.objects.waiting().of(person, request.user.own_organisation)
    return redirect("enrolment_texts" if waiting.exists() else "enrolment_detail", enrolment.public_id)
