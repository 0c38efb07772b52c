"""`manage.py verify_log`: whether the access log is whole, for people or for other programs."""

import json
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.log.access import broken_links
from accounts.log.heads import HeadsFileError, StoredHeads, lost_heads, read_heads
from accounts.log.triggers import missing_triggers
from accounts.models import AccessEvent, AccessHead, User
from core.swedish.words import moment

CHAIN = "ändrad, borttagen, inskjuten eller flyttad"
HEAD = "kedjan har kapats: händelsen har funnits men finns inte kvar"
UNGUARDED = "skyddet mot ändringar saknas eller är ett annat. Kör prepare"
NO_FILE = "filen med kedjornas ändar saknas. Kör write_log_heads varje minut"


@dataclass(frozen=True, slots=True)
class ChainFault:
    """A fault of a chain and its place: the user's e-mail address and the event's number; both empty for a fault of the
    file."""

    user: str | None
    number: int | None
    words: str


class Command(BaseCommand):
    """Walk every chain, and compare its end with what stands outside the database."""

    help = "Kontrollerar att ingen har ändrat, tagit bort, lagt till eller flyttat något i åtkomstloggen."

    def add_arguments(self, parser: CommandParser) -> None:
        """The form of the answer."""
        parser.add_argument("--format", choices=("table", "json"), default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the faults. Raises CommandError (exit 1) where there are any, by user and number in the print."""
        stored, faults = _stored()
        users = list(User.objects.order_by("email"))
        faults += [fault for user in users for fault in _chain(user)]
        faults += _ends(users, stored)
        faults += [ChainFault(None, None, f"{UNGUARDED}: {name}") for name in missing_triggers()]
        if options["format"] == "json":
            self.stdout.write(json.dumps(_json(stored, users, faults), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(_table(stored, users, faults))
        if faults:
            raise CommandError("Åtkomstloggen är inte hel.")


def _stored() -> tuple[StoredHeads | None, list[ChainFault]]:
    try:
        stored = read_heads()
    except HeadsFileError as error:
        return None, [ChainFault(None, None, str(error))]
    is_needed = stored is None and AccessHead.objects.filter(number__gt=0).exists()
    return stored, [ChainFault(None, None, NO_FILE)] if is_needed else []


def _chain(user: User) -> list[ChainFault]:
    return [ChainFault(user.email, number, CHAIN) for number in broken_links(user)]


def _ends(users: list[User], stored: StoredHeads | None) -> list[ChainFault]:
    """Chains that lack the event which the file says was their last; the user may be gone with the rest."""
    if stored is None:
        return []
    emails = {user.pk: user.email for user in users}
    return [
        ChainFault(emails.get(key, f"nr {key}"), stored.heads[key].number, HEAD) for key in lost_heads(stored.heads)
    ]


def _json(stored: StoredHeads | None, users: list[User], faults: list[ChainFault]) -> dict[str, Any]:
    return {
        "users": len(users),
        "events": AccessEvent.objects.count(),
        "heads_written_at": stored.written_at.isoformat() if stored else None,
        "faults": [{"user": fault.user, "number": fault.number, "fault": fault.words} for fault in faults],
    }


def _table(stored: StoredHeads | None, users: list[User], faults: list[ChainFault]) -> str:
    lines = [f"{AccessEvent.objects.count()} händelser av {len(users)} användare."]
    if stored:
        lines.append(f"Kedjornas ändar skrevs senast {moment(stored.written_at)}.")
    for fault in faults:
        where = f"{fault.user}, händelse {fault.number}: " if fault.user else ""
        lines.append(f"FEL  {where}{fault.words}")
    return "\n".join([*lines, *([] if faults else ["Loggen är hel."])])
