from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_log_review'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='accessevent',
            index=models.Index(condition=models.Q(('kind', 'export')), fields=['user', 'at'], name='access_event_exports'),
        ),
    ]
