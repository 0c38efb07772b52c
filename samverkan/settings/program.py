"""The parts of the program: apps, middleware, templates and language."""

from samverkan.settings.environment import BASE_DIR

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
    "core.middleware.Utf8Middleware",
    "projects.address.ProjectAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "core.forms.middleware.PieceMiddleware",
    "core.forms.middleware.FormCsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.login.sessions.SessionLimitsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.PrivateResponseMiddleware",
    "core.middleware.MethodPageMiddleware",
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

# Django looks for its own class by name; ours is a subclass of it.
SILENCED_SYSTEM_CHECKS = ["security.W003"]

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
                "core.templatetags.prose",
                "participants.templatetags.case_forms",
            ],
        },
    }
]

FORM_RENDERER = "core.forms.renderer.PythonRenderer"

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

LANGUAGE_CODE = "sv"
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True
