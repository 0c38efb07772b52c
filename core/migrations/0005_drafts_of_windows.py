"""A draft knows the opened page that it was typed in, so that two windows keep one each. Back again the latest stays."""

import uuid

from django.db import migrations, models


def keep_latest(apps, schema_editor):
    drafts = apps.get_model("core", "Draft").objects
    seen = set()
    for key, *where in drafts.order_by("-saved_at", "-pk").values_list("pk", "author_id", "address", "form"):
        if tuple(where) in seen:
            drafts.filter(pk=key).delete()
        seen.add(tuple(where))


class Migration(migrations.Migration):
    dependencies = [("core", "0004_drafts_of_a_page")]

    operations = [
        migrations.RemoveConstraint("draft", "draft_one_per_form_of_a_page"),
        migrations.AddField("draft", "token", models.UUIDField(default=uuid.uuid4)),
        migrations.AddConstraint(
            "draft",
            models.UniqueConstraint(fields=("author", "address", "form", "token"), name="draft_one_per_opened_form"),
        ),
        migrations.RunPython(migrations.RunPython.noop, keep_latest),
    ]
