"""Tables for one connection alone, shaped like the step clock and the enrolment: what figures read of a past moment.

The models are no part of the program's own (`apps`), so nothing migrates or lists them.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import ClassVar

from django.apps.registry import Apps
from django.db import connection, models

_PAST = Apps()


class PastEnrolment(models.Model):
    """The projections of an enrolment, by the names they have there, as its facts had them at the moment."""

    id = models.BigIntegerField(primary_key=True)
    source = models.CharField(max_length=30)
    applied_on = models.DateField(null=True)
    referred_on = models.DateField(null=True)
    enrolled_on = models.DateField()
    exited_on = models.DateField(null=True)
    assessed_on = models.DateField(null=True)
    planned_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["PastEnrolment"]] = models.Manager()

    class Meta:
        apps = _PAST
        app_label = "reports"
        db_table = "past_enrolment"


class PastClock(models.Model):
    """A clock, by the names it has in `StepClock`, as the facts, the ladder and the targets were at the moment."""

    id = models.BigIntegerField(primary_key=True)
    enrolment = models.BigIntegerField(db_column="enrolment_id")
    target = models.BigIntegerField(null=True, db_column="target_id")
    step_number = models.PositiveSmallIntegerField()
    enrolled_on = models.DateField()
    exited_on = models.DateField(null=True)
    exit_reason = models.CharField(max_length=30)
    due_on = models.DateField(null=True)
    cleared_on = models.DateField(null=True)
    reached_on = models.DateField(null=True)
    assessed_on = models.DateField(null=True)
    held_on_due = models.BooleanField()

    objects: ClassVar[models.Manager["PastClock"]] = models.Manager()

    class Meta:
        apps = _PAST
        app_label = "reports"
        db_table = "past_clock"


_MODELS = (PastEnrolment, PastClock)


@contextmanager
def past_tables() -> Iterator[None]:
    """Make both tables, empty, and take them away afterwards. One use at a time on a connection."""
    # What a broken connection's last user may have left.
    _drop()
    with connection.cursor() as cursor:
        for model in _MODELS:
            columns = ", ".join(f"{field.column} {field.db_type(connection)}" for field in model._meta.concrete_fields)
            cursor.execute(f"CREATE TEMPORARY TABLE {model._meta.db_table} ({columns})")
        # A higher step of an exclusive group is looked up for each clock.
        cursor.execute("CREATE INDEX past_clock_step ON past_clock (enrolment_id, step_number)")
    try:
        yield
    finally:
        _drop()


def fill(rows: Iterable[models.Model]) -> None:
    """Write rows of one of the two models; the program's own tables are neither written nor locked."""
    # Not `bulk_create`: it begins a transaction, and on SQLite each of them is a writer's from its start (the setting
    # transaction_mode), so that a page which only reads would wait for everything that is saved meanwhile.
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    fields = first._meta.concrete_fields
    columns, marks = ", ".join(field.column or "" for field in fields), ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {first._meta.db_table} ({columns}) VALUES ({marks})"  # noqa: S608 (the models' own names)
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
        for row in chain([first], rows)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(insert, values)


def _drop() -> None:
    with connection.cursor() as cursor:
        for model in _MODELS:
            cursor.execute(f"DROP TABLE IF EXISTS {model._meta.db_table}")
