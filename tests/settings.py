"""The program's own settings in development mode: pytest-django loads them before any conftest.py is read."""

import os

os.environ.setdefault("DEBUG", "1")

from samverkan.settings import *
