"""A telephone at work for each user."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0012_sort_keys_written")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="phone",
            field=models.CharField(blank=True, db_default="", default="", max_length=40, verbose_name="telefon"),
        ),
    ]
