"""How a row of a register is recognised when it is read again, without keeping what it says."""

import hashlib
import hmac

from django.conf import settings

from accounts.models import Organisation
from actionplans.register.reading.findings import RegisterRow
from actionplans.register.reading.kept import KEYED
from projects.models import Project


def fingerprint(row: RegisterRow, project: Project, organisation: Organisation) -> str:
    """Keyed digest of a row's content: recognises it without keeping it."""
    source = row.fingerprint_source
    return source.removeprefix(KEYED) if source.startswith(KEYED) else keyed(source, project, organisation)


def keyed(source: str, project: Project, organisation: Organisation) -> str:
    """The digest of something that a row says; nobody finds out what it was by trying."""
    message = f"{project.public_id}\x1f{organisation.public_id}\x1f{source}"
    return hmac.new(settings.FINGERPRINT_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()
