"""Looking for what must be nowhere: in every column of every table, sessions and packed files unpacked."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection

from actionplans.register.reading.kept import SIGN


def rows_with(canaries: Iterable[str]) -> list[str]:
    """Table and column of everything that holds one of the canaries, whatever the case of its letters."""
    wanted = [canary.casefold() for canary in canaries]
    return sorted({place for place, value in _values() if any(text in value.casefold() for text in wanted)})


def _values() -> Iterator[tuple[str, str]]:
    names = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    tables = names | set(connection.introspection.table_names())
    for table in sorted(tables):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield from ((f"{table}.{name}", _text(value)) for name, value in zip(columns, row, strict=True))
    for session in Session.objects.all():
        yield "django_session, unpacked", str(session.get_decoded())


def _text(value: object) -> str:
    return _unpacked(bytes(value)).decode(errors="ignore") if isinstance(value, bytes | memoryview) else str(value)


def _unpacked(content: bytes) -> bytes:
    """A workbook as it was sent or as it is kept, else the bytes themselves."""
    if content.startswith(SIGN):
        return zlib.decompress(content.removeprefix(SIGN))
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return b"\n".join(package.read(name) for name in package.namelist())
    return content
