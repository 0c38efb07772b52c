"""The ends of the log's chains, kept outside the database: what shows that a tail was cut off together with its head.

The file holds, for every user, the last event that there has been. It never goes back: a chain that no longer holds
that event keeps its line, and is told of at every writing.
"""

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accounts.models import AccessEvent, AccessHead
from core.batches import in_chunks

_AT_A_TIME = 100


@dataclass(frozen=True, slots=True)
class Head:
    """The last event of a chain."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class StoredHeads:
    """The heads that the file holds, and when it was written."""

    written_at: datetime
    heads: Mapping[int, Head]


class HeadsFileError(Exception):
    """The file can't be read, or isn't what the program wrote."""


def read_heads() -> StoredHeads | None:
    """The heads as they were last written; None before the first time.

    Raises HeadsFileError for a file that can't be read, or that the program hasn't written.
    """
    path = Path(settings.LOG_HEADS_FILE)
    try:
        said = json.loads(path.read_text(encoding="ascii"))
        content = said["content"]
        if not hmac.compare_digest(said["hmac"], _seal(content)):
            raise HeadsFileError(f"{path} är ändrad utanför programmet, eller skriven med en annan nyckel.")
        heads = {int(user): Head(number, digest) for user, (number, digest) in content["heads"].items()}
        return StoredHeads(datetime.fromisoformat(content["written_at"]), heads)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise HeadsFileError(f"{path} går inte att läsa.") from error


def write_heads() -> list[int]:
    """Write all heads anew. Returns the users (by id) whose chain lacks the head in the file: that head stays there.

    Raises HeadsFileError as `read_heads` does; the file is left as it is then.
    """
    path = Path(settings.LOG_HEADS_FILE)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(path.parent):
        stored = read_heads()
        known = stored.heads if stored else {}
        lost = lost_heads(known)
        now = {row.pk: Head(row.number, row.hash) for row in AccessHead.objects.all()}
        _replace(path, {**now, **{user: known[user] for user in lost}})
    return lost


def lost_heads(known: Mapping[int, Head]) -> list[int]:
    """Users (by id, sorted) whose chain no longer holds the event that was its last. A query for each 100 users."""
    claims = [(user, head) for user, head in known.items() if head.number]
    found = {(user, number): digest for user, number, digest in _events(claims)}
    return sorted(user for user, head in claims if found.get((user, head.number)) != head.hash)


def _events(claims: Sequence[tuple[int, Head]]) -> Iterator[tuple[int, int, str]]:
    for chunk in in_chunks(claims, _AT_A_TIME):
        wanted = reduce(or_, (Q(user=user, number=head.number) for user, head in chunk))
        yield from AccessEvent.objects.filter(wanted).values_list("user_id", "number", "hash")


def _replace(path: Path, heads: Mapping[int, Head]) -> None:
    """The new file takes the old one's place at once, when all of it has reached the disk."""
    content = {
        "written_at": timezone.now().isoformat(),
        "heads": {str(user): [head.number, head.hash] for user, head in sorted(heads.items())},
    }
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        json.dump({"content": content, "hmac": _seal(content)}, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two at once could put an older file in the place of a newer one."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
        os.fsync(handle)
    finally:
        os.close(handle)


def _seal(content: object) -> str:
    message = json.dumps(content, sort_keys=True).encode()
    return hmac.new(settings.ACCESS_LOG_KEY.encode(), b"heads\x1f" + message, hashlib.sha256).hexdigest()
