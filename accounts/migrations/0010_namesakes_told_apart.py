"""Users who have one name already get what tells them apart."""

from collections import defaultdict

from django.db import migrations


def tell_apart(apps, schema_editor):
    users = apps.get_model("accounts", "User").objects.select_related("organisation")
    by_name = defaultdict(list)
    for user in users:
        by_name[user.name.casefold()].append(user)
    for same in by_name.values():
        for user in same if len(same) > 1 else ():
            others = [other for other in same if other.pk != user.pk]
            users.filter(pk=user.pk).update(distinction=_distinction(user, others))


def _distinction(user, others):
    if user.organisation and user.organisation_id not in {other.organisation_id for other in others}:
        return user.organisation.name
    first_part = user.email.partition("@")[0]
    is_taken = first_part in {other.email.partition("@")[0] for other in others}
    return user.email if is_taken else first_part


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_user_distinction")]

    operations = [migrations.RunPython(tell_apart, migrations.RunPython.noop)]
