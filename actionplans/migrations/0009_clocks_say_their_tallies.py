"""Each clock says by itself what figures count by."""

from itertools import groupby
from typing import Any

from django.db import migrations, models
from django.db.models import F

from actionplans.steps.tally_code import say
from core.batches import IN_A_WRITE, in_chunks
from projects.models.target import lowest_of_group


def say_of_all(apps: Any, schema_editor: Any) -> None:
    """By the code that fills them in when a clock is written: the rest of a clock says all that they are made of."""
    clocks = apps.get_model("actionplans", "StepClock").objects
    keys = clocks.order_by("enrolment").values_list("enrolment", flat=True).distinct()
    for chunk in in_chunks(list(keys)):
        rows = list(
            clocks.filter(enrolment__in=chunk)
            .select_related("target")
            .annotate(is_void=F("enrolment__is_void"))
            .order_by("enrolment", "step_number")
        )
        for _, group in groupby(rows, key=lambda row: row.enrolment_id):
            own = list(group)
            lowest = lowest_of_group([row.target for row in own if row.target])
            say(own, lowest, counts=not own[0].is_void)
        clocks.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["stopped_on", "code", "event_on", "rise"],
            batch_size=IN_A_WRITE,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('actionplans', '0008_plans_of_milestones'),
        ('participants', '0035_kept_notes_misplaced'),
        ('projects', '0006_sort_keys_written'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='stepclock',
            name='clock_figures',
        ),
        migrations.AddField(
            model_name='stepclock',
            name='code',
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name='stepclock',
            name='event_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='stepclock',
            name='rise',
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name='stepclock',
            name='stopped_on',
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name='stepclock',
            index=models.Index(condition=models.Q(('code__isnull', False)), fields=['project', 'target', 'code', 'enrolled_on', 'due_on', 'stopped_on'], name='clock_tallies'),
        ),
        migrations.AddIndex(
            model_name='stepclock',
            index=models.Index(condition=models.Q(('rise__isnull', False)), fields=['project', 'target', 'rise', 'enrolled_on', 'event_on'], name='clock_rises'),
        ),
        migrations.AddIndex(
            model_name='stepclock',
            index=models.Index(condition=models.Q(('code__isnull', False)), fields=['project', 'target', 'enrolled_on', 'stopped_on', 'event_on', 'code'], name='clock_waiting'),
        ),
        migrations.RunPython(say_of_all, migrations.RunPython.noop),
    ]
