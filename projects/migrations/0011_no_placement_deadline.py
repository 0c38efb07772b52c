"""A project may have no last day for the first placement."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0010_questions_of_areas")]

    operations = [
        migrations.AlterField(
            "project",
            "placement_days",
            models.PositiveSmallIntegerField(
                "första placeringen, arbetsdagar från inskrivning",
                blank=True,
                default=5,
                null=True,
                validators=[MinValueValidator(1), MaxValueValidator(365)],
            ),
        ),
    ]
