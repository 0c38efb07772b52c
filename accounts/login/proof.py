"""Proof that it is the user who sits there: the second factor, or the password where there is none."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.mfa.base.forms import BaseAuthenticateForm
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts.models import User


def asks_for_code(user: User) -> bool:
    """Whether the proof is a code out of an app; else it is the password."""
    return bool(is_mfa_enabled(user))


def prove(request: HttpRequest, user: User, proof: str) -> None:
    """Raises ValidationError, in words for no field, unless `proof` is the user's unused code, or the password."""
    if not proof:
        fault = "Skriv koden ur din app." if asks_for_code(user) else "Skriv ditt eget lösenord."
        raise ValidationError(fault)
    if asks_for_code(user):
        _prove_by_code(user, proof)
        return
    if not ratelimit.consume(request, action="reauthenticate", user=user):
        raise get_adapter().validation_error("rate_limited")
    if not user.check_password(proof):
        raise get_adapter().validation_error("incorrect_password")


def _prove_by_code(user: User, code: str) -> None:
    form = BaseAuthenticateForm(data={"code": code}, user=user)
    if not form.is_valid():
        raise ValidationError([str(fault) for fault in form.errors["code"]])
