"""The pages of an organisation's administrator: who has an account, and which roles they have."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.enums import Duty, MailKind
from accounts.guards import require_duty
from accounts.http import LoggedRequest
from accounts.letters.invitations import has_chosen, is_mailed
from accounts.letters.outbox import post_link
from accounts.login.proof import prove
from accounts.models import User
from core.days.dates import today
from core.days.periods import ONE_DAY
from core.forms.saving import NothingToSave, saved
from core.swedish.keys import clean
from projects.models import Membership
from projects.proposals.of_a_user import proposals_of, say_what_waits, take_back
from projects.proposals.rules import link_needs_second
from projects.users.actions import (
    UserFields,
    add_membership,
    caseloads,
    change_user,
    end_membership,
    live_or_coming,
    make_link,
    open_user,
    set_open,
    users_of,
)
from projects.users.forms import CloseForm, EndMembershipForm, MembershipForm, UserEditForm, UserForm, until


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role with its last day, as people say it."""

    membership: Membership
    last_day: date | None
    is_over: bool


@require_duty(Duty.ADMINISTRATOR)
def user_list(request: LoggedRequest) -> HttpResponse:
    """Everybody in the organisation who has, or had, an account."""
    on = today()
    lines = [(user, _held_roles(user, on, only_now=True)) for user in users_of(request.user.own_organisation)]
    return render(request, "projects/users/user_list.html", {"lines": lines})


@require_duty(Duty.ADMINISTRATOR)
def user_create(request: LoggedRequest) -> HttpResponse:
    """A new account, with a link to choose a password."""
    form = UserForm(request.POST or None)
    made = saved(request, form, lambda: _open_user(request, form), lambda made: _receipt(request, made))
    if made is None:
        return render(request, "projects/users/user_create.html", {"form": form, "somebody": None})
    is_there = request.user.own_organisation.users.filter(public_id=made).exists()
    return redirect("user_detail", made) if is_there else redirect("user_list")


def _open_user(request: LoggedRequest, form: UserForm) -> UUID:
    organisation = request.user.own_organisation
    return open_user(fields=form.fields_of_user(), organisation=organisation, by=request.user).public_id


def _receipt(request: LoggedRequest, made: UUID) -> str:
    """The receipt of a new account, after a link has been sent to its owner and what waits has been told."""
    user = request.user.own_organisation.users.get(public_id=made)
    if is_mailed():
        _mail(request, user)
    say_what_waits(request, user, on=today())
    return f"{user} har fått ett konto."


@require_duty(Duty.ADMINISTRATOR)
def user_detail(request: LoggedRequest, public_id: UUID) -> HttpResponse:
    """One user: account, roles, and the link for somebody without a password.

    Raises PermissionDenied where administrators send a change of their own account.
    """
    user = _find(request, public_id)
    wanted = request.POST.get("do", "") if request.method == "POST" else ""
    if request.method == "POST" and user == request.user:
        raise PermissionDenied
    if wanted == "link" and _needs_link(user):
        return _give_link(request, user)
    if wanted == "withdraw":
        return take_back(request, user)
    form = _end_form(request, user, is_sent=wanted == "end")
    if form and saved(request, form, lambda: _end(request, user, form), "Rollen har fått en sista dag."):
        return redirect("user_detail", public_id)
    return _page(request, user, form)


@require_duty(Duty.ADMINISTRATOR)
def user_edit(request: LoggedRequest, public_id: UUID) -> HttpResponse:
    """Another name, address or duty."""
    user = _find_other(request, public_id)
    form = UserEditForm(request.POST or None, user=user, prover=request.user)
    if saved(request, form, lambda: _change_user(request, user, form), "Ändringen är sparad."):
        return redirect("user_detail", public_id)
    return render(request, "projects/users/user_create.html", {"form": form, "somebody": user})


def _change_user(request: LoggedRequest, user: User, form: UserEditForm) -> UUID:
    fields = form.fields_of_user()
    is_proven = _is_proven(request, user, fields, form.cleaned_data["proof"])
    change_user(user=user, fields=fields, by=request.user, is_proven=is_proven)
    return user.public_id


def _is_proven(request: LoggedRequest, user: User, fields: UserFields, proof: str) -> bool:
    """Whether it is the administrator who sits there; asked only for another address."""
    if clean(fields.email).lower() == user.email:
        return False
    try:
        prove(request, request.user, proof)
    except ValidationError as error:
        raise ValidationError({"proof": error.messages}) from None
    return True


@require_duty(Duty.ADMINISTRATOR)
def user_close(request: LoggedRequest, public_id: UUID) -> HttpResponse:
    """Close the account, knowing what is left undone; or open it again."""
    user = _find_other(request, public_id)
    form = CloseForm(request.POST or None, user=user)
    if saved(request, form, lambda: _set_open(request, user, form), lambda _: _receipt_of_close(request, user, form)):
        return redirect("user_detail", public_id)
    loads = caseloads(user, on=today())
    return render(request, "projects/users/user_close.html", {"form": form, "somebody": user, "caseloads": loads})


def _set_open(request: LoggedRequest, user: User, form: CloseForm) -> UUID:
    if not set_open(user=user, is_open=form.is_open, by=request.user):
        raise NothingToSave(user.public_id, f"Kontot är {'öppet' if form.is_open else 'stängt'}.")
    return user.public_id


def _receipt_of_close(request: LoggedRequest, user: User, form: CloseForm) -> str:
    say_what_waits(request, user, on=today())
    return "Kontot är öppet igen." if form.is_open else "Kontot är stängt."


@require_duty(Duty.ADMINISTRATOR)
def membership_create(request: LoggedRequest, public_id: UUID) -> HttpResponse:
    """A role in a project, for a time."""
    user = _find_other(request, public_id)
    form = MembershipForm(request.POST or None, organisation=user.own_organisation, on=today())
    if saved(request, form, lambda: _add_membership(request, user, form), lambda _: _receipt_of_role(request, user)):
        return redirect("user_detail", public_id)
    return render(request, "projects/users/membership_create.html", {"form": form, "somebody": user})


def _add_membership(request: LoggedRequest, user: User, form: MembershipForm) -> UUID:
    data = form.cleaned_data
    days = {"valid_from": data["valid_from"], "valid_until": until(data["last_day"])}
    add_membership(user=user, project=data["project"], role=data["role"], by=request.user, **days)
    return user.public_id


def _receipt_of_role(request: LoggedRequest, user: User) -> str:
    return "" if say_what_waits(request, user, on=today()) else f"{user} har fått rollen."


# --- What the pages share ---------------------------------------------------------------------------------------------


def _find(request: LoggedRequest, public_id: UUID) -> User:
    return get_object_or_404(users_of(request.user.own_organisation), public_id=public_id)


def _find_other(request: LoggedRequest, public_id: UUID) -> User:
    """Nobody changes what they may do themselves."""
    user = _find(request, public_id)
    if user == request.user:
        raise PermissionDenied
    return user


def _page(request: LoggedRequest, user: User, form: EndMembershipForm | None, link: str = "") -> HttpResponse:
    context: dict[str, Any] = {
        "somebody": user,
        "held": _held_roles(user, today()),
        "form": form,
        "link": link,
        "needs_link": _needs_link(user),
        "needs_second": link_needs_second(user, today()),
        "proposals": proposals_of(user, on=today()),
        "is_mailed": is_mailed(),
        "is_oneself": user == request.user,
        "may_have_roles": user.duty == Duty.CASE_WORK,
    }
    return render(request, "projects/users/user_detail.html", context)


def _held_roles(user: User, on: date, *, only_now: bool = False) -> list[HeldRole]:
    rows = list(user.memberships.all())
    lasting = live_or_coming(rows, on=on)
    # One that was ended on its first day held for that day.
    return [HeldRole(row, row.period.last_begun, row not in lasting) for row in (lasting if only_now else rows)]


def _end_form(request: LoggedRequest, user: User, *, is_sent: bool) -> EndMembershipForm | None:
    lasting = live_or_coming(list(user.memberships.all()), on=today())
    if user == request.user or not lasting:
        return None
    return EndMembershipForm(request.POST if is_sent else None, user=user, memberships=lasting, on=today())


def _end(request: LoggedRequest, user: User, form: EndMembershipForm) -> UUID:
    data = form.cleaned_data
    end_membership(membership=data["membership"], valid_until=data["last_day"] + ONE_DAY, by=request.user)
    return user.public_id


def _needs_link(user: User) -> bool:
    """Whether the user needs a link from an administrator. With a password, mail and a known address the user asks for
    one at the log-in."""
    return user.is_active and (not has_chosen(user) or not is_mailed() or user.is_address_new)


def _give_link(request: LoggedRequest, user: User) -> HttpResponse:
    """Mailed, or shown once to be handed over; or asked of a second person."""
    if is_mailed():
        _mail(request, user)
        return redirect("user_detail", user.public_id)
    path = make_link(user=user, by=request.user)
    if not path:
        say_what_waits(request, user, on=today())
        return redirect("user_detail", user.public_id)
    return _page(request, user, _end_form(request, user, is_sent=False), request.build_absolute_uri(path))


def _mail(request: LoggedRequest, user: User) -> None:
    path = make_link(user=user, by=request.user)
    if not path:
        say_what_waits(request, user, on=today())
        return
    post_link(MailKind.NEW_ACCOUNT, user, request.build_absolute_uri("/"))
    messages.info(request, f"En länk för att välja lösenord skickas till {user.email} inom någon minut.")
