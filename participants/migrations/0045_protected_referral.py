from django.db import migrations, models

# The reason that the program writes where the identity of who waits has been protected.
NAMES_NOBODY = "Vem det gäller står inte här. Fråga den som anvisade."


def mark_protected(apps, schema_editor):
    """Referrals that name nobody since the identity was protected: each has a version before that names somebody."""
    referral = apps.get_model("participants", "Referral")
    before = referral.objects.exclude(participant=None)
    rows = referral.objects.filter(participant=None, corrects__in=before)
    keys = set(rows.values_list("pk", flat=True))
    newest = keys
    while newest:
        newest = set(referral.objects.filter(corrects__in=newest, participant=None).values_list("pk", flat=True)) - keys
        keys |= newest
    referral.objects.filter(pk__in=keys).update(is_protected=True)


def give_earlier(apps, schema_editor):
    """The words of a referral that named nobody are about who it turned out to be, as later versions say."""
    referral = apps.get_model("participants", "Referral")
    while True:
        # Somebody protected is the person of no earlier version unless the program has listed its words.
        named = referral.objects.exclude(participant=None).filter(participant__protection="none")
        rows = named.filter(corrects__participant=None, corrects__isnull=False, corrects__is_protected=False)
        pairs = list(rows.values_list("corrects", "participant"))
        if not pairs:
            return
        for key, person in pairs:
            referral.objects.filter(pk=key).update(participant=person)


class Migration(migrations.Migration):
    dependencies = [("participants", "0044_employment_periods")]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="is_protected",
            field=models.BooleanField(db_default=False, default=False, verbose_name="skyddad identitet"),
        ),
        migrations.RunPython(mark_protected, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(give_earlier, migrations.RunPython.noop, elidable=True),
    ]
