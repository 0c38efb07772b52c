"""The access log in plain Swedish: what a user did, and with which part."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule

from accounts.enums import AccessKind
from accounts.log.account import PARTS as ACCOUNT_PARTS

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
    if kind == AccessKind.SEARCH and part in said_by_apps("SOUGHT"):
        return said_by_apps("SOUGHT")[part]
    return f"{_VERBS[AccessKind(kind)]} {said_by_apps('PARTS').get(part, _UNKNOWN)}"


@cache
def said_by_apps(name: str) -> Mapping[str, str]:
    """The words under a name (PARTS, DONE or SOUGHT) in the `log_words` of all apps that have it, in one dictionary."""
    modules = (import_module(f"{app.name}.log_words") for app in apps.get_app_configs() if _has_words(app))
    return {part: words for module in modules for part, words in getattr(module, name, {}).items()}


def _has_words(app: AppConfig) -> bool:
    return module_has_submodule(app.module, "log_words")
