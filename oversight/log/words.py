"""The access log in plain Swedish: what a user did, and with which part."""

from accounts.enums import AccessKind
from accounts.log.account import PARTS as ACCOUNT_PARTS
from core.swedish.of_apps import said_by_apps

_UNKNOWN = "en sida i programmet"
_VERBS = {
    AccessKind.READ: "Läste",
    AccessKind.SEARCH: "Fick fram vid sökning i",
    AccessKind.EXPORT: "Hämtade ut",
    AccessKind.CHANGE: "Ändrade",
    AccessKind.REFUSED: "Nekades",
}


def in_words(kind: str, part: str) -> str:
    """The words of an event: «Läste anteckningar från ett möte»."""
    if kind == AccessKind.ACCOUNT:
        return ACCOUNT_PARTS.get(part, _UNKNOWN)
    if kind == AccessKind.CHANGE and part in said_by_apps("DONE"):
        return said_by_apps("DONE")[part]
    if kind == AccessKind.READ and part in said_by_apps("OPENED"):
        return said_by_apps("OPENED")[part]
    if kind == AccessKind.SEARCH and part in said_by_apps("SOUGHT"):
        return said_by_apps("SOUGHT")[part]
    return f"{_VERBS[AccessKind(kind)]} {said_by_apps('PARTS').get(part, _UNKNOWN)}"
