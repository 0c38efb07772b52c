"""The days of the first personal meeting, placement and follow-up of each case, by the facts that stand."""

from django.db import migrations, models
from django.db.models import F, Min, OuterRef, Subquery


def write_days(apps, schema_editor):
    """Three statements, however many cases there are."""
    enrolments = apps.get_model("participants", "Enrolment").objects
    meetings = apps.get_model("actionplans", "Meeting").objects.filter(superseded_at=None, enrolment__isnull=False)
    contacts = meetings.filter(
        owner=F("enrolment__owner"), in_emergency=False, participant_present=True
    ).exclude(kind="no_show")
    placements = apps.get_model("participants", "PlacementPeriod").objects.filter(superseded_at=None)
    followed = contacts.filter(concerns_on__gt=OuterRef("planned_on"))
    for column, facts, own in (
        ("first_met_on", contacts.exclude(kind="phone"), contacts.exclude(kind="phone")),
        ("first_placed_on", placements, placements),
        ("followed_up_on", contacts, followed),
    ):
        mine = own.filter(enrolment=OuterRef("pk")).order_by().values("enrolment")
        first = mine.annotate(first=Min("concerns_on")).values("first")
        enrolments.filter(pk__in=facts.values("enrolment")).update(**{column: Subquery(first)})


class Migration(migrations.Migration):
    dependencies = [
        ("actionplans", "0009_clocks_say_their_tallies"),
        ("participants", "0038_first_days"),
    ]

    operations = [
        migrations.AddField("meeting", "here_since", models.DateTimeField(editable=False, null=True)),
        migrations.RunPython(write_days, migrations.RunPython.noop),
    ]
