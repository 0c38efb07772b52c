"""The log-in library keeps a list of addresses of its own. One that the user no longer has must not log in, or get a link."""

from django.db import migrations
from django.db.models import F
from django.db.models.functions import Lower


def forget(apps, schema_editor):
    rows = apps.get_model("account", "EmailAddress").objects.annotate(address=Lower("email"))
    rows.exclude(address=Lower(F("user__email"))).delete()


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0006_address_and_links"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    # What was a user's address once isn't wanted back.
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
