"""Imported registers: which file, what each of its rows made."""

import uuid

from django.conf import settings
from django.db import models

from accounts.models import Organisation
from actionplans.enums import ImportState, RowFate
from participants.models import Enrolment
from projects.models import Project


class ImportBatch(models.Model):
    """One file on its way in. What was read of it is kept only until it is imported or the import is called off.

    `choices` are by sheet and column, `answers` by sheet and topic. `refused` are the faults for which rows weren't
    imported, in the order of the file: they quote the file, and are kept for a time and never past a protection.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="import_batches")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    content = models.BinaryField(null=True)
    choices = models.JSONField(default=dict)
    answers = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.PREVIEW)
    counts = models.JSONField(default=dict)
    refused = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Inläsning {self.created_at:%Y-%m-%d}"


class ImportedRow(models.Model):
    """A row that has been imported: the fingerprint is an HMAC of its content, so that it is never imported again."""

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="rows")
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    sheet_row = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    fate = models.CharField(max_length=20, choices=RowFate.choices)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["project", "organisation", "fingerprint"], name="imported_row_once"),
        )

    def __str__(self) -> str:
        return f"Rad {self.sheet_row}"
