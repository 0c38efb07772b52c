from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0028_legal_grounds_that_follow'),
    ]

    operations = [
        migrations.AddField(
            model_name='identityversion',
            name='joins',
            field=models.BooleanField(default=False, editable=False, verbose_name='två blev en'),
        ),
        migrations.AddField(
            model_name='identityversion',
            name='of_another',
            field=models.BooleanField(default=False, editable=False, verbose_name='den andra personens'),
        ),
    ]
