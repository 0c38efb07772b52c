"""Entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
# What gunicorn takes for a program that can't be started: it would start another process for ever at any other number.
_CANNOT_START = 4

try:
    application = get_wsgi_application()
    from core.start.databases import open_before_serving

    open_before_serving()
except SystemExit:
    raise SystemExit(_CANNOT_START) from None
