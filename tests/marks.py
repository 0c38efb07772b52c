"""Marks that several test files share."""

import pytest
from django.db import connection

# Rounds of every page that take minutes: what a browser shows, what the HTML says, whom the crawl finds in the log. The
# views that they open are tried one by one on both databases.
looked_at_on_sqlite = pytest.mark.skipif(
    connection.vendor == "postgresql", reason="long rounds of every page are made on SQLite, for the sake of time"
)
