"""Settings: each environment variable is read once, here."""

from pathlib import Path

from csp.constants import NONE, SELF
from environs import Env, EnvValidationError

from core.start.files import database_files, faults_of_files, keep_to_oneself
from core.start.refusal import TRY_IT, refuse_faults, refuse_to_start
from core.start.values import (
    Key,
    faults_of_database,
    faults_of_hosts,
    faults_of_keys,
    faults_of_mail,
    faults_of_origins,
)

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env(eager=False)  # what can't be read is told below, all at once
env.read_env(BASE_DIR / ".env", recurse=False)

# --- Environment: name, type and default in one block -------------------------------------------------------------
DEVELOPMENT = env.bool("DEBUG", False)  # development mode: demo data, plain http; never in production
SECRET_KEY = env.str("SECRET_KEY", "")
ACCESS_LOG_KEY = env.str("ACCESS_LOG_KEY", "")  # chains the access log
FINGERPRINT_KEY = env.str("FINGERPRINT_KEY", "")  # recognises rows that have been imported
PROTECTION_KEY = env.str("PROTECTION_KEY", "")  # recognises the numbers of people with a protected identity
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [], subcast=str.strip)
TRUSTED_ORIGINS: list[str] = env.list("TRUSTED_ORIGINS", [], subcast=str.strip)
# The demo has a file of its own, so that real data is never put beside published passwords.
DEFAULT_FILE = BASE_DIR / ("samverkan-demo.sqlite3" if DEVELOPMENT else "samverkan.sqlite3")
DATABASE = env.dj_db_url("DATABASE_URL", f"sqlite:///{DEFAULT_FILE}")
LOG_HEADS_FILE = env.str("LOG_HEADS_FILE", "")  # the ends of the access log's chains, outside the database
EMAIL_HOST = env.str("EMAIL_HOST", "")  # without one, mail is written to files in var/mail
EMAIL_PORT = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", "samverkan@localhost")

# --- Development defaults, and a refusal to start unsafe -----------------------------------------------------------
try:
    env.seal()
except EnvValidationError as error:
    refuse_to_start("Samverkan startar inte. Det här går inte att läsa i miljön:", ", ".join(error.error_messages))

keep_to_oneself()
# Django's own DEBUG stays off in both modes: error pages never show what was in memory.
DEBUG = False
if DEVELOPMENT:
    SECRET_KEY = SECRET_KEY or "development-only-" + "x" * 40
    ACCESS_LOG_KEY = ACCESS_LOG_KEY or "development-only-log-key"
    FINGERPRINT_KEY = FINGERPRINT_KEY or "development-only-fingerprint-key"
    PROTECTION_KEY = PROTECTION_KEY or "development-only-protection-key"
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]", "testserver"]

refuse_faults([*faults_of_database(DATABASE["ENGINE"])])

# A new key is one line here.
KEYS = (
    Key("SECRET_KEY", SECRET_KEY, 50),
    Key("ACCESS_LOG_KEY", ACCESS_LOG_KEY, 20),
    Key("FINGERPRINT_KEY", FINGERPRINT_KEY, 20),
    Key("PROTECTION_KEY", PROTECTION_KEY, 20),
)

# Beside a database that is a file; with another, in a folder of our own.
_IS_FILE = DATABASE["ENGINE"].endswith("sqlite3")
if not LOG_HEADS_FILE:
    LOG_HEADS_FILE = f"{DATABASE['NAME']}-heads" if _IS_FILE else str(BASE_DIR / "var" / "log-heads")
# Which heavy work is going on, on this machine (core/operation/places.py).
PLACES_FOLDER = f"{DATABASE['NAME']}-places" if _IS_FILE else str(BASE_DIR / "var" / "places")
SECRET_FILES = [
    BASE_DIR / ".env",
    Path(LOG_HEADS_FILE),
    *(database_files(str(DATABASE["NAME"])) if _IS_FILE else []),
]

if not DEVELOPMENT:
    refuse_faults(
        [
            *faults_of_keys(KEYS),
            *faults_of_hosts(ALLOWED_HOSTS),
            *faults_of_origins(TRUSTED_ORIGINS),
            *faults_of_mail(EMAIL_HOST),
        ],
        TRY_IT,
    )
    refuse_faults([*faults_of_files(SECRET_FILES)])

# --- Program -------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "core",
    "accounts",
    "projects",
    "participants",
    "actionplans",
    "casework",
    "oversight",
    "reports",
    "workshop",
]

MIDDLEWARE = [
    "core.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "core.forms.middleware.FormCsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.login.sessions.SessionLimitsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.PrivateResponseMiddleware",
    "accounts.middleware.AccessLogMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.forms.middleware.KeepWordsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "projects.middleware.ProjectMiddleware",
    "core.forms.showing.ShowingMiddleware",
    "participants.scope.middleware.ScopeMiddleware",
    "participants.stale_forms.middleware.ClosedCaseMiddleware",
]

ROOT_URLCONF = "samverkan.urls"
WSGI_APPLICATION = "samverkan.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "samverkan.menu.menu",
            ],
            "builtins": [
                "core.templatetags.swedish",
                "core.templatetags.components",
                "core.templatetags.pages",
                "participants.templatetags.case_forms",
            ],
        },
    }
]

# --- Database ------------------------------------------------------------------------------------------------------
DATABASES = {"default": {**DATABASE, "CONN_MAX_AGE": 60, "ATOMIC_REQUESTS": False}}
if _IS_FILE:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # secure_delete: what is deleted is overwritten, also where SQLite was built without.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA secure_delete=ON;"
        ),
    }
else:
    DATABASES["default"]["OPTIONS"] = {"options": "-c statement_timeout=30000"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# It holds counts of tries and spent codes. Django would throw away a third of them at 300, those of passwords first, so
# that anybody who writes many makes them begin anew: only what is past its time goes, by `run_jobs`.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "samverkan_cache",
        "OPTIONS": {"MAX_ENTRIES": 10**9},
    }
}

# --- Log-in --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.login.backends.Backend"]
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

# Files that one user may take out within an hour, of all kinds together; see accounts/exports.py.
EXPORTS_AN_HOUR = 20

SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
CSRF_FAILURE_VIEW = "core.forms.middleware.csrf_failure"

# --- Transport and headers -----------------------------------------------------------------------------------------
CSRF_TRUSTED_ORIGINS = TRUSTED_ORIGINS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not DEVELOPMENT:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Language, files, mail, log ------------------------------------------------------------------------------------
LANGUAGE_CODE = "sv"
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Without a host, which only development may be, letters lie as files: a link for a password must not be in a log.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = BASE_DIR / "var" / "mail"
EMAIL_TIMEOUT = 10
EMAIL_USE_TLS = bool(EMAIL_HOST)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "core.middleware.RequestIdFilter"},
        "ordinary": {"()": "core.operation.logs.OrdinaryRefusals"},
    },
    "formatters": {"plain": {"()": "core.operation.logs.PlainFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["request_id", "ordinary"]}
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    # Talkative at every document, and what they say may quote it.
    "loggers": {name: {"level": "ERROR"} for name in ("weasyprint", "fontTools", "pikepdf")},
}
