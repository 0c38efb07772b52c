"""How many workdays after the enrolment the first placement is to begin."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0008_lists_of_projects")]

    operations = [
        migrations.AddField(
            "project",
            "placement_days",
            models.PositiveSmallIntegerField(
                "första placeringen, arbetsdagar från inskrivning",
                default=5,
                validators=[MinValueValidator(1), MaxValueValidator(365)],
            ),
        ),
    ]
