"""Numbers and days as they are said in Swedish. Pure: "today" is always an argument."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
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
_IN_LETTERS: Final = ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
WEEKDAYS: Final = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"]
SHORT_WEEKDAYS: Final = ["mån", "tis", "ons", "tors", "fre", "lör", "sön"]


def listed(parts: Sequence[str], joiner: str = "och") -> str:
    """«a, b och c», or with another joiner; with «samt» where a part has an «och» of its own."""
    if len(parts) < 2:
        return "".join(parts)
    if joiner == "och" and any(" och " in part for part in parts):
        joiner = "samt"
    return f"{', '.join(parts[:-1])} {joiner} {parts[-1]}"


def in_sentence(name: str) -> str:
    """A name inside a sentence: «program hos Arbetsförmedlingen», but «CSN-studier» as it is."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def in_letters(count: int) -> str:
    """2 → «två»; larger than twelve in digits."""
    return _IN_LETTERS[count] if 0 <= count < len(_IN_LETTERS) else str(count)


def decimal(value: float | Decimal | None, places: int = 1) -> str:
    """12345.678 → «12 345,7»; nothing → «–»."""
    if value is None:
        return NOTHING
    return f"{_rounded(value, places):,.{places}f}".translate(_SIGNS)


def percent(share: float | Decimal | None, places: int = 1, *, aim: int | None = None) -> str:
    """0.606 → «60,6 %»; nothing → «–». Beside a target of `aim` per cent, what lies below it is never rounded up to it:
    36 of 103 beside 35 is «34,9 %»."""
    return NOTHING if share is None else f"{decimal(_below(share, places, aim), places)}{NBSP}%"


def interval(low: float | Decimal | None, high: float | Decimal | None, *, aim: int | None = None) -> str:
    """0.522 and 0.684 → «52–68 %»; nothing → «–». `aim` as in `percent`."""
    if low is None or high is None:
        return NOTHING
    return f"{decimal(_below(low, 0, aim), 0)}{NOTHING}{percent(high, 0, aim=aim)}"


def limits(low: float | Decimal, high: float | Decimal, *, aim: int | None = None) -> str:
    """0.759 and 1 → «75,9–100 %»: with a decimal where it says something. `aim` as in `percent`."""
    first, last = (decimal(_below(end, 1, aim)).removesuffix(",0") for end in (low, high))
    return f"{first}{NOTHING}{last}{NBSP}%"


def _below(share: float | Decimal, places: int, aim: int | None) -> Decimal:
    """Per cent, rounded, on the side of the aim that the unrounded number lies on."""
    exact = Decimal(str(share)) * 100
    rounded = _rounded(exact, places)
    if aim is None or exact >= aim or rounded < aim:
        return rounded
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_DOWN)


def day(value: date | None) -> str:
    """«12 februari 2026»."""
    return f"{value.day}{NBSP}{MONTHS[value.month - 1]} {value.year}" if value else NOTHING


def day_short(value: date | None) -> str:
    """«12 feb»: where the year is plain from what stands around it."""
    return f"{value.day}{NBSP}{SHORT_MONTHS[value.month - 1]}" if value else NOTHING


def weekday(value: date | None) -> str:
    """«måndag 4 januari»."""
    return f"{WEEKDAYS[value.weekday()]} {value.day}{NBSP}{MONTHS[value.month - 1]}" if value else NOTHING


def weekday_short(value: date) -> str:
    """«tors 3»: where the month is plain from what stands around it."""
    return f"{SHORT_WEEKDAYS[value.weekday()]} {value.day}"


def month(value: date) -> str:
    """«December 2026»."""
    return f"{MONTHS[value.month - 1].capitalize()} {value.year}"


def weekday_near(value: date, on: date) -> str:
    """«måndag 12 februari»; with its year if that isn't the year of `on`."""
    return weekday(value) if value.year == on.year else day_with_weekday(value)


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


def late_by(due: date, on: date) -> str:
    """«19 dagar för sent»: how long after its day something is, seen from the day `on`."""
    return f"{plural((on - due).days, 'dag,dagar')} för sent"


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
