"""Recognises a row of a register when it is read again, without keeping its content."""

import hashlib
import hmac

from django.conf import settings

from accounts.models import Organisation
from actionplans.register.reading.findings import RegisterRow
from actionplans.register.reading.kept import KEYED
from projects.models import Project


def fingerprint(row: RegisterRow, project: Project, organisation: Organisation) -> str:
    """Digest of the row's content by a secret key: recognises the row without keeping it."""
    source = row.fingerprint_source
    return source.removeprefix(KEYED) if source.startswith(KEYED) else keyed(source, project, organisation)


def keyed(source: str, project: Project, organisation: Organisation) -> str:
    """Digest of `source` by a secret key. Without the key nobody finds the source by trying."""
    message = f"{project.public_id}\x1f{organisation.public_id}\x1f{source}"
    return hmac.new(settings.FINGERPRINT_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()
