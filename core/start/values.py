"""Faults of the environment where real data is. Each is a Swedish sentence, without the value itself."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from itertools import combinations, pairwise
from urllib.parse import SplitResult, urlsplit

# A key has at least so many different letters, and so many different steps from a letter to the next.
_LETTERS, _STEPS = 10, 5
# Two keys of chance have no run of so many letters in common.
_RUN = 10
# Printed in programs that everybody can read.
_PUBLISHED = ("development-only", "django-insecure")
_LABEL = r"(?!-)[a-z0-9-]{1,63}(?<!-)"
_NAME = re.compile(rf"{_LABEL}(\.{_LABEL})*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Key:
    """A secret of the program's: its variable, its value and the fewest characters it may have."""

    name: str
    value: str
    length: int


def faults_of_keys(keys: Sequence[Key]) -> Iterator[str]:
    """Keys that are missing or could be guessed, and pairs where the one tells much of the other."""
    for key in keys:
        if not _is_of_chance(key):
            yield f"{key.name} saknas eller går att gissa: den ska ha minst {key.length} slumpade tecken."
    for first, second in combinations([key for key in keys if key.value], 2):
        if _are_alike(first.value.casefold(), second.value.casefold()):
            yield f"{first.name} och {second.name} är lika: varje nyckel ska vara sin egen."


def faults_of_hosts(hosts: Sequence[str]) -> Iterator[str]:
    """Anything but names and addresses written out: a wildcard lets in names that somebody else owns."""
    if not hosts or not all(map(is_host, hosts)):
        yield "ALLOWED_HOSTS ska ha programmets egna namn utskrivna: utan *, punkt först, https:// och port."


def faults_of_origins(origins: Iterable[str]) -> Iterator[str]:
    """Any origin but https:// and a name written out."""
    if not all(map(_is_origin, origins)):
        yield "TRUSTED_ORIGINS ska bara ha adresser som börjar med https:// och ett utskrivet namn: utan * och sökväg."


def faults_of_database(engine: str) -> Iterator[str]:
    """A kind of database that the program isn't made for, and whose driver isn't here."""
    if engine.rpartition(".")[2] not in ("sqlite3", "postgresql"):
        yield "DATABASE_URL ska börja med sqlite:// eller postgres://."


def faults_of_mail(host: str) -> Iterator[str]:
    """No mail server: links for passwords and notices of emergencies would reach nobody."""
    if not is_host(host):
        yield "EMAIL_HOST ska ha e-postserverns namn: utan e-post når inga länkar och inga besked fram."


def is_host(name: str) -> bool:
    """Whether it is the name or the IP address of one machine."""
    try:
        return not ip_address(name.removeprefix("[").removesuffix("]")).is_unspecified
    except ValueError:
        return len(name) <= 253 and _NAME.fullmatch(name) is not None


def _is_origin(origin: str) -> bool:
    try:
        parts = urlsplit(origin)
        return origin.isprintable() and _is_https_alone(parts) and is_host(parts.hostname or "")
    except ValueError:
        return False


def _is_https_alone(parts: SplitResult) -> bool:
    """Nothing but scheme, host and port. Raises ValueError for a port that is none."""
    is_bare = not (parts.path or parts.query or parts.fragment or parts.username is not None or parts.port == 0)
    return parts.scheme == "https" and is_bare


def _are_alike(first: str, second: str) -> bool:
    """Whether a part of the one stands in the other, so that the one leaves less of the other to guess."""
    run = min(_RUN, len(first), len(second))
    return any(first[start : start + run] in second for start in range(len(first) - run + 1))


def _is_of_chance(key: Key) -> bool:
    value = key.value
    steps = {ord(after) - ord(before) for before, after in pairwise(value)}
    is_varied = len(set(value)) >= _LETTERS and len(steps) >= _STEPS
    return len(value) >= key.length and is_varied and not value.startswith(_PUBLISHED)
