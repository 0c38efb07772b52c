"""Finns två gånger? The pages that join two persons of the own organisation who are one, and undo it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from core.forms.saving import saved
from core.forms.showing import showing
from participants.http import Request
from participants.joining.former import present_person
from participants.joining.keepsake import KEPT_FOR
from participants.models import Participant, SamePersonAnswer
from participants.twins.actions import join_twins, part_twins, undo_until, undoable, undone_last
from participants.twins.forms import PartForm, TwinsForm
from participants.twins.likeness import like, pairs_alike
from participants.twins.pairs import Pair, PersonSide, in_reach
from projects.enums import Permission
from projects.guards import require_permission

_DAYS = KEPT_FOR.days
_JOINED = f"De är en person nu. Det går att ångra i {_DAYS} dagar: Mer, Finns två gånger? här på personens sida."


@require_permission(Permission.ASSIGN)
def twins_list(request: Request) -> HttpResponse:
    """Page with the pairs of persons who have the same name and birth date."""
    pairs = pairs_alike(request.scope)
    request.access.declare([person for pair in pairs for person in (pair.first, pair.second)])
    rows = [(PersonSide.of(pair.first, request.scope), PersonSide.of(pair.second, request.scope)) for pair in pairs]
    return render(request, "participants/twins/twins_list.html", {"rows": rows})


def twins_find(request: Request, public_id: UUID) -> HttpResponse:
    """Page with those who look like the person. Raises Http404 for a person whom the user can't join with another."""
    person = _in_reach(request, public_id)
    found = like(person, request.scope)
    request.access.declare([person, *(lookalike.person for lookalike in found)])
    rows = [(lookalike, PersonSide.of(lookalike.person, request.scope)) for lookalike in found]
    answer = undoable(person, request.scope)
    until = undo_until(answer) if answer else None
    context = {"person": person, "rows": rows, "answer": answer, "until": until}
    return render(request, "participants/twins/twins_find.html", context)


def twins_join(request: Request, public_id: UUID, other: UUID) -> HttpResponse:
    """Page that shows two persons side by side, and joins them. Raises Http404 unless the user may join both."""
    pair = Pair.of(public_id, other, request.scope)
    if pair is None:
        return _joined_before(request, {public_id, other})
    request.access.declare([pair.first, pair.second])
    showing().subject = str(pair.first.public_id)
    form = TwinsForm(request.POST or None, pair=pair)
    if saved(request, form, lambda: _join(request, form).participant.public_id, _JOINED):
        return redirect(pair.first)
    # Two who join at once: after the first there is nobody left to compare with.
    if form.is_bound and Pair.of(public_id, other, request.scope) is None:
        return _joined_before(request, {public_id, other})
    sides = [PersonSide.of(person, request.scope) for person in (pair.first, pair.second)]
    rows = [(label, here, there) for (label, here), (_, there) in zip(sides[0].facts, sides[1].facts, strict=True)]
    context = {"form": form, "pair": pair, "rows": rows, "days": _DAYS}
    return render(request, "participants/twins/twins_join.html", context)


def _join(request: Request, form: TwinsForm) -> SamePersonAnswer:
    return join_twins(
        pair=form.pair,
        second=form.second,
        is_mistyped=form.is_mistyped,
        why=form.cleaned_data["why"],
        seen=form.cleaned_data["seen"],
        by=request.user,
    )


def _joined_before(request: Request, ids: set[UUID]) -> HttpResponse:
    """The answer where the two are one person already: leads to that person, or, after a press, shows what was typed.
    Raises Http404 where they aren't, or the user can't join that person with others."""
    person = next((found for public_id in ids if (found := present_person(public_id))), None)
    if person is None or person.public_id not in ids or not in_reach(request.scope).filter(pk=person.pk).exists():
        raise Http404
    answer = undone_last(person)
    request.access.declare([person])
    if answer is None or request.method != "POST" or answer.recorded_by == request.user:
        return redirect(person)
    context = {"answer": answer, "person": person, "why": request.POST.get("why", "").strip()}
    return render(request, "participants/twins/twins_joined.html", context)


def twins_part(request: Request, public_id: UUID) -> HttpResponse:
    """Page that undoes the latest join of a person. Raises Http404 where there is none that the user may undo."""
    person = _in_reach(request, public_id)
    # A user who undoes what has just been undone keeps the typed words.
    answer = undoable(person, request.scope) or (undone_last(person) if request.method == "POST" else None)
    if answer is None:
        raise Http404
    request.access.declare([person, answer.newcomer])
    showing().subject = str(person.public_id)
    form = PartForm(request.POST or None, person=person)
    done = "De är två personer igen, med det som var och en hade."
    if saved(request, form, lambda: part_twins(answer=answer, by=request.user, **form.answers).public_id, done):
        return redirect(person)
    side = PersonSide.of(person, request.scope)
    context = {"person": person, "answer": answer, "side": side, "form": form, "until": undo_until(answer)}
    return render(request, "participants/twins/twins_part.html", context)


def _in_reach(request: Request, public_id: UUID) -> Participant:
    found = in_reach(request.scope).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
