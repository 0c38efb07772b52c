"""Words that each app has for its own pages and actions."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule


@cache
def said_by_apps(name: str) -> Mapping[str, str]:
    """The words of a name (PARTS, DONE, OPENED, SOUGHT, AT_ONCE) in the `log_words` of every app that has it."""
    modules = (import_module(f"{app.name}.log_words") for app in apps.get_app_configs() if _has_words(app))
    return {part: words for module in modules for part, words in getattr(module, name, {}).items()}


def _has_words(app: AppConfig) -> bool:
    return module_has_submodule(app.module, "log_words")
