"""Marks that several test files share."""

import pytest
from django.db import connection

# What a browser shows and what a page's HTML says don't hang on the database; looking takes minutes.
looked_at_on_sqlite = pytest.mark.skipif(
    connection.vendor == "postgresql", reason="what pages look like is looked at in the run on SQLite"
)
