"""The page of one's own telephone."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.http import LoggedRequest
from accounts.own.actions import change_phone
from accounts.own.forms import PhoneForm
from core.forms.saving import saved


def account_phone(request: LoggedRequest) -> HttpResponse:
    """Say by which telephone one is reached at work."""
    form = PhoneForm(request.POST or None, user=request.user)

    def change() -> UUID:
        change_phone(phone=form.cleaned_data["phone"], by=request.user)
        return request.user.public_id

    if saved(request, form, change, "Numret är sparat."):
        return redirect("account_phone")
    return render(request, "account/account_phone.html", {"form": form})
