"""A draft knows its page. Until now nothing has written one, so there is none to keep."""

import uuid

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("core", "0003_use_of_the_database"),
    ]

    operations = [
        migrations.RemoveConstraint("draft", "draft_one_per_form_and_subject"),
        migrations.AddField(
            "draft", "public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True), preserve_default=True
        ),
        migrations.AddField("draft", "address", models.CharField(blank=True, default="", max_length=300)),
        migrations.AddField("draft", "labels", models.JSONField(default=dict)),
        migrations.AlterField("draft", "subject", models.UUIDField(blank=True, null=True)),
        migrations.AddConstraint(
            "draft",
            models.UniqueConstraint(fields=("author", "address", "form"), name="draft_one_per_form_of_a_page"),
        ),
        migrations.AddIndex("draft", models.Index(fields=["author", "-saved_at"], name="draft_by_author")),
    ]
