"""Log-in pages of allauth under Swedish addresses."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path, register_converter

from accounts.login.sessions import log_out, session_left
from accounts.own.views import account_phone


class Base36Converter:
    """A user's id as allauth writes it in a reset link: never a hyphen, which the key after it may hold."""

    regex = "[0-9A-Za-z]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Base36Converter, "base36")

urlpatterns = [
    path("logga-in/", account.login, name="account_login"),
    path("logga-in/tvasteg/", mfa.authenticate, name="mfa_authenticate"),
    path("logga-in/kvar/", session_left, name="account_session"),
    path("logga-ut/", log_out, name="account_logout"),
    path("konto/bekrafta/", account.reauthenticate, name="account_reauthenticate"),
    path("konto/bekrafta/tvasteg/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("konto/losenord/", account.password_change, name="account_change_password"),
    path("konto/telefon/", account_phone, name="account_phone"),
    path("konto/tvasteg/", mfa.index, name="mfa_index"),
    path("konto/tvasteg/aktivera/", totp.activate_totp, name="mfa_activate_totp"),
    path("konto/tvasteg/avaktivera/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("konto/tvasteg/reservkoder/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("konto/tvasteg/reservkoder/nya/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("konto/tvasteg/reservkoder/hamta/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("glomt-losenord/", account.password_reset, name="account_reset_password"),
    path("glomt-losenord/skickat/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "glomt-losenord/<base36:uidb36>-<str:key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "glomt-losenord/klart/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("konto/stangt/", account.account_inactive, name="account_inactive"),
]
