"""Where the numbers of rows begin in the tests of access: so far off that one on a page can be nothing else."""

from django.apps import apps
from django.db import connection
from django.db.models import AutoField

FAR = 810_000_000
OURS = ("accounts", "projects", "participants", "actionplans", "casework", "oversight", "reports")


def number_from_afar() -> None:
    """Let the next row of each table of ours get a number that can be looked for in any answer."""
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    numbered = [model._meta.db_table for model in models if isinstance(model._meta.pk, AutoField)]
    with connection.cursor() as cursor:
        for table in numbered:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, FAR])
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, FAR])
