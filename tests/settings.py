"""The program's own settings in development mode: pytest-django loads them before any conftest.py is read."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DEBUG", "1")

from samverkan.settings import *

# Files as they lie in the source: no collecting before a test.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405 - the static middleware warns of a folder that isn't there
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["tests.hashers.QuickArgon2"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file: the browser tests' server and several threads share it. Nothing has to survive a power cut here.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(tempfile.gettempdir()) / f"samverkan-test-{os.getpid()}.sqlite3")}  # noqa: F405
    # A process of tests asks more different questions than the 128 that Python keeps as SQLite has read them.
    DATABASES["default"]["OPTIONS"]["cached_statements"] = 1000  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] = (  # noqa: F405
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON;"
    )
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
PLACES_FOLDER = str(Path(tempfile.gettempdir()) / f"samverkan-test-{os.getpid()}-places")
