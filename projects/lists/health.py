"""The lines of the model's lists that say something about somebody's health, by their codes."""

from collections.abc import Mapping
from typing import Final

from projects.enums import ListKind

_ABOUT_HEALTH: Final[Mapping[ListKind, frozenset[str]]] = {
    ListKind.TARGET_GROUP: frozenset({"addiction_treatment", "sick_listed_long"}),
    # An obstacle for social reasons is one for somebody who is unwell and has no certificate, too.
    ListKind.OBSTACLE: frozenset(
        {"sick_none", "sick_low", "sick_waits", "disability_low", "disability_waits", "social"}
    ),
    ListKind.SUPPORT: frozenset(
        {"sickness_benefit", "rehabilitation_benefit", "sickness_compensation", "activity_compensation"}
    ),
    ListKind.OCCUPATION: frozenset({"sick_listed"}),
    ListKind.OUTCOME: frozenset({"rehabilitation", "disability"}),
    ListKind.ACTIVITY: frozenset({"psychologist"}),
    ListKind.GROUP_ACTIVITY: frozenset(),
}


def is_about_health(kind: str, code: str) -> bool | None:
    """Whether the model's line of the code says something about health; None for the project's own lines, of which the
    project says it, and for lists where it isn't asked."""
    return code in _ABOUT_HEALTH[ListKind(kind)] if code and ListKind(kind).may_be_about_health else None


def codes_of_health() -> list[tuple[str, str]]:
    """The list and the code of each of these lines."""
    return [(kind, code) for kind, codes in _ABOUT_HEALTH.items() for code in sorted(codes)]
