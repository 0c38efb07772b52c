"""Numbers and days as they are said in Swedish. Pure: "today" is always an argument."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from core.days.dates import STOCKHOLM

NBSP: Final = "\N{NO-BREAK SPACE}"
NOTHING: Final = "\N{EN DASH}"
_SIGNS: Final = str.maketrans({",": NBSP, ".": ",", "-": "\N{MINUS SIGN}"})
MONTHS: Final = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
SHORT_MONTHS: Final = ["jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"]
WEEKDAYS: Final = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"]


def listed(parts: Sequence[str], joiner: str = "och") -> str:
    """«a, b och c», or with another joiner; with «samt» where a part has an «och» of its own."""
    if len(parts) < 2:
        return "".join(parts)
    if joiner == "och" and any(" och " in part for part in parts):
        joiner = "samt"
    return f"{', '.join(parts[:-1])} {joiner} {parts[-1]}"


def decimal(value: float | Decimal | None, places: int = 1) -> str:
    """12345.678 → «12 345,7»; nothing → «–»."""
    if value is None:
        return NOTHING
    return f"{_rounded(value, places):,.{places}f}".translate(_SIGNS)


def percent(share: float | Decimal | None, places: int = 1) -> str:
    """0.606 → «60,6 %»; nothing → «–»."""
    return NOTHING if share is None else f"{decimal(Decimal(str(share)) * 100, places)}{NBSP}%"


def interval(low: float | Decimal | None, high: float | Decimal | None) -> str:
    """0.522 and 0.684 → «52–68 %»; nothing → «–»."""
    if low is None or high is None:
        return NOTHING
    return f"{decimal(Decimal(str(low)) * 100, 0)}{NOTHING}{percent(high, 0)}"


def day(value: date | None) -> str:
    """«12 februari 2026»."""
    return f"{value.day}{NBSP}{MONTHS[value.month - 1]} {value.year}" if value else NOTHING


def day_short(value: date | None) -> str:
    """«12 feb»: where the year is plain from what stands around it."""
    return f"{value.day}{NBSP}{SHORT_MONTHS[value.month - 1]}" if value else NOTHING


def weekday(value: date | None) -> str:
    """«måndag 4 januari»."""
    return f"{WEEKDAYS[value.weekday()]} {value.day}{NBSP}{MONTHS[value.month - 1]}" if value else NOTHING


def day_with_weekday(value: date) -> str:
    """«torsdag 3 december 2026»."""
    return f"{WEEKDAYS[value.weekday()]} {day(value)}"


def day_relative(value: date | None, today: date) -> str:
    """«i dag», «i morgon», «om 5 dagar», «för 4 dagar sedan», seen from `today`."""
    if value is None:
        return NOTHING
    days = (value - today).days
    near = {0: "i dag", 1: "i morgon", -1: "i går"}
    if days in near:
        return near[days]
    return f"om {plural(days, 'dag,dagar')}" if days > 0 else f"för {plural(-days, 'dag,dagar')} sedan"


def moment(value: datetime | None) -> str:
    """«22 november 2026 kl. 10.42», by Stockholm's clock."""
    if value is None:
        return NOTHING
    local = value.astimezone(STOCKHOLM)
    return f"{day(local.date())} kl.{NBSP}{local:%H.%M}"


def plural(count: int, words: str) -> str:
    """3 and "dag,dagar" → «3 dagar»; one word alone serves both numbers."""
    one, _, many = words.partition(",")
    return f"{decimal(count, 0)}{NBSP}{one if count == 1 else many or one}"


def _rounded(value: float | Decimal, places: int) -> Decimal:
    """Halves upwards, as people round; by way of the written number, so that 0.285 is 28,5 %."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
