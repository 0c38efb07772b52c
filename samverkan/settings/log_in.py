"""Users, passwords, second factor and sessions."""

from samverkan.settings.environment import DEVELOPMENT

AUTH_USER_MODEL = "accounts.User"
# The second one is what sessions from an earlier version name: without it an upgrade would log everybody out.
AUTHENTICATION_BACKENDS = ["accounts.login.backends.Backend", "accounts.backends.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.login.passwords.OwnNameValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.login.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "accounts.login.tokens.LinkTokens"  # noqa: S105 - a class, no password
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody signs up, so an address without an account gets no mail
ACCOUNT_SESSION_REMEMBER = False
# Behind the proxy that ends TLS the client stands last in X-Forwarded-For; without one nobody may claim an address.
ALLAUTH_TRUSTED_PROXY_COUNT = 0 if DEVELOPMENT else 1
# See accounts/login/lockout.py. An office shares an address: many of its people may be wrong in a quarter of an hour.
ACCOUNT_RATE_LIMITS = {
    # The library's own, for an address as a whole: it would shut out the devices that are known there too.
    "login": "",
    "login_address": "100/15m/ip",
    "login_pair": "5/5m/key",
    "login_account": "20/1h/key",
    "login_known_device": "5/15m/key",
    # Forms that ask the user for the password again.
    "change_password": "5/m/user,20/1h/user",
    "reauthenticate": "10/m/user,20/1h/user",
}
ACCOUNT_FORMS = {"login": "accounts.forms.LogInForm", "reset_password": "accounts.forms.ResetForm"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# Addresses are entered by an administrator, so there is nothing for the user to verify.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Samverkan"
MFA_FORMS = {"activate_totp": "accounts.forms.OneTimeActivateForm"}
# The demo alone goes without: everywhere else a user without a second factor reaches only its set-up.
SECOND_FACTOR_REQUIRED = not DEVELOPMENT

SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
CSRF_FAILURE_VIEW = "core.forms.middleware.csrf_failure"
