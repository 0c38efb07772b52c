"""How letters are sent."""

from samverkan.settings.environment import BASE_DIR, EMAIL_HOST

# Without a host, which only development may be, letters lie as files: a link for a password must not be in a log.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = BASE_DIR / "var" / "mail"
EMAIL_TIMEOUT = 10
EMAIL_USE_TLS = bool(EMAIL_HOST)
