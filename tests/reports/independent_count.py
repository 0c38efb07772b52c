"""The figures of tests/data/deltagarforteckning.xlsx as of 2012-06-30, counted without the program.

Shares no code with it, on purpose: another reader of workbooks, its own way with dates and months,
the interval by its quadratic equation, the curve in exact fractions. Run as a script, it prints JSON.
"""

import json
import math
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from statistics import NormalDist
from typing import Any

from openpyxl import load_workbook

FILE = Path(__file__).parents[1] / "data" / "deltagarforteckning.xlsx"
AS_OF = date(2012, 6, 30)
FIRST_ROW, LAST_ROW = 5, 158

# Found by reading the sheet, row by row.
LEFT_OUT = {
    16: "the personal number's check digit is wrong",
    24: "enrolled 'mars 2011'",
    32: "step 1 on 2011-02-09, enrolled on 2011-03-21",
    40: "exit on 2011-09-23, enrolled on 2011-09-26",
    48: "step 1 is marked x",
    56: "no enrolment day",
    80: "enrolled in 2032",
    88: "sex is a question mark",
    96: "protected identity: counted only",
    106: "the same as row 105",
    128: "enrolled already, by row 5",
}

# step: months, per cent
TARGETS = {1: (3, 75), 2: (6, 60), 3: (9, 35), 4: (12, 10), 5: (12, 10)}
BEYOND_CONTROL = ("Avliden", "Flyttat")
AUTHORITIES = ("Socialtjänsten", "soc", "IFO", "AF", "Arbetsförmedlingen", "FK", "Försäkringskassan")
DAYS_IN_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
Z = NormalDist().inv_cdf(0.975)

Row = dict[str, Any]


def count() -> dict[str, Any]:
    rows = [row for row in _rows() if row["enrolled"] <= AS_OF]
    return {
        "as_of": AS_OF.isoformat(),
        "enrolled": len(rows),
        "targets": [_target(rows, step) for step in TARGETS],
        "step_4_or_5": _four_or_five(rows),
        "within_14_days": {
            "from_enrolment": _fourteen_days(rows, "enrolled"),
            "from_referral": _fourteen_days([r for r in rows if r["source"] in AUTHORITIES], "referred"),
        },
    }


# Reading the sheet.


def _rows() -> list[Row]:
    sheet = load_workbook(FILE).worksheets[0]
    columns = {str(cell.value).strip(): cell.column for cell in sheet[4]}
    return [
        _row({name: sheet.cell(number, column).value for name, column in columns.items()})
        for number in range(FIRST_ROW, LAST_ROW + 1)
        if number not in LEFT_OUT
    ]


def _row(cells: dict[str, Any]) -> Row:
    return {
        "enrolled": _date(cells["Inskriven"]),
        "referred": _date(cells["Anv.datum"]),
        "assessed": _date(cells["Kartl. klar"]),
        "planned": _date(cells["Handlingsplan"]),
        "exit": _date(cells["Avslut"]),
        "reason": cells["Orsak"],
        "source": cells["Anvisad från"],
        "steps": {step: _date(cells[f"Steg {step} klart"]) for step in TARGETS},
    }


def _date(value: Any) -> Any:
    if value is None or value == "-":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int):
        return date(2011, 1, 1) + timedelta(value - 40544)
    if "/" in value:
        day_and_month, year = value.split()
        day, month = day_and_month.split("/")
        return date(int(year), int(month), int(day))
    if "-" in value:
        return date(*[int(part) for part in value.split("-")])
    return date(2000 + int(value[0:2]), int(value[2:4]), int(value[4:6]))


def _months_later(day: date, months: int) -> date:
    year, month, days = day.year, day.month, day.day
    for _month in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    last = 29 if month == 2 and year % 4 == 0 else DAYS_IN_MONTH[month - 1]
    return date(year, month, min(days, last))


# Counting.


def _counting_steps(step: int) -> list[int]:
    """Which steps clear this one: the higher ones too for 1-3."""
    return list(range(step, 6)) if step <= 3 else [step]


def _first(row: Row, steps: list[int], until: date) -> Any:
    days = [row["steps"][step] for step in steps if row["steps"][step] and row["steps"][step] <= until]
    return min(days) if days else None


def _is_due(row: Row, last_day: date) -> bool:
    ended_before = row["reason"] == "Projektet slut" and row["exit"] and row["exit"] < last_day
    return last_day <= AS_OF and not ended_before


def _target(rows: list[Row], step: int) -> dict[str, Any]:
    months, percent = TARGETS[step]
    due = []
    for row in rows:
        last_day = _months_later(row["enrolled"], months)
        if _is_due(row, last_day):
            in_time = _first(row, _counting_steps(step), last_day) is not None
            # Steps 4 and 5 are two groups: who has come to step 5 in time is in that one.
            higher_group = step == 4 and _first(row, [5], last_day) is not None
            has_left = row["exit"] is not None and row["exit"] < last_day
            due.append(
                {
                    "cleared": in_time and not higher_group,
                    "left": has_left and not in_time and not higher_group,
                    # The register holds no other assessments than steps that were cleared.
                    "not_assessed": not in_time,
                    "set_aside": has_left and row["reason"] in BEYOND_CONTROL,
                }
            )
    cleared = sum(person["cleared"] for person in due)
    kept = [person for person in due if not person["set_aside"]]
    kept_cleared = sum(person["cleared"] for person in kept)
    return {
        "step": step,
        "months": months,
        "target_percent": percent,
        "enrolled": len(rows),
        "due": len(due),
        "cleared_in_time": cleared,
        **_share(cleared, len(due)),
        "status": _status(cleared, len(due), percent),
        "not_yet_due": len(rows) - len(due),
        "left_before_due": sum(person["left"] for person in due),
        "not_assessed": sum(person["not_assessed"] for person in due),
        "adjusted": {
            "due": len(kept),
            "cleared_in_time": kept_cleared,
            "share": kept_cleared / len(kept) if kept else None,
        },
        "kaplan_meier": _curve(rows, [4, 5] if step == 4 else _counting_steps(step)),
    }


def _four_or_five(rows: list[Row]) -> dict[str, Any]:
    months, percent = TARGETS[4][0], TARGETS[4][1] + TARGETS[5][1]
    last_days = [(row, _months_later(row["enrolled"], months)) for row in rows]
    due = [(row, last_day) for row, last_day in last_days if _is_due(row, last_day)]
    cleared = len([1 for row, last_day in due if _first(row, [4, 5], last_day)])
    return {
        "months": months,
        "target_percent": percent,
        "due": len(due),
        "cleared_in_time": cleared,
        **_share(cleared, len(due)),
        "status": _status(cleared, len(due), percent),
    }


def _share(part: int, whole: int) -> dict[str, float | None]:
    if whole == 0:
        return {"share": None, "wilson_low": None, "wilson_high": None}
    # The shares p for which (part/whole - p)² = z² p (1 - p) / whole.
    a = 1 + Z * Z / whole
    b = -(2 * part / whole + Z * Z / whole)
    c = (part / whole) ** 2
    root = math.sqrt(b * b - 4 * a * c)
    return {"share": part / whole, "wilson_low": (-b - root) / (2 * a), "wilson_high": (-b + root) / (2 * a)}


def _status(part: int, whole: int, percent: int) -> str:
    if whole == 0:
        return "too_early"
    return "met" if 100 * part >= percent * whole else "not_met"


def _curve(rows: list[Row], steps: list[int]) -> list[dict[str, Any]]:
    """Kaplan-Meier, turned upside down, with log-log limits."""
    followed = []
    for row in rows:
        day = _first(row, steps, AS_OF)
        end = AS_OF
        if row["reason"] == "Projektet slut" and row["exit"]:
            end = min(row["exit"], AS_OF)
        followed.append((((day or end) - row["enrolled"]).days, day is not None))
    survival, greenwood, points = Fraction(1), Fraction(0), []
    for day in sorted({days for days, cleared in followed if cleared}):
        at_risk = len([1 for days, _cleared in followed if days >= day])
        events = followed.count((day, True))
        survival *= 1 - Fraction(events, at_risk)
        greenwood += Fraction(events, at_risk * (at_risk - events))
        log = math.log(survival)
        spread = Z * math.sqrt(greenwood) / abs(log)
        points.append(
            {
                "day": day,
                "share": float(1 - survival),
                "low": 1 - math.exp(log * math.exp(-spread)),
                "high": 1 - math.exp(log * math.exp(spread)),
                "at_risk": at_risk,
            }
        )
    return points


def _fourteen_days(rows: list[Row], start: str) -> dict[str, Any]:
    """Kartläggning and plan both, within 14 days of the start."""
    within = due = left = 0
    for row in rows:
        day_14 = row[start] + timedelta(14)
        if row["exit"] is not None and row["exit"] < day_14:
            left += 1
        elif day_14 < AS_OF:
            due += 1
            both = row["assessed"] is not None and row["planned"] is not None
            within += bool(both and row["assessed"] <= day_14 and row["planned"] <= day_14)
    return {
        "enrolled": len(rows),
        "due": due,
        "within": within,
        **_share(within, due),
        "left_before": left,
        "not_yet_due": len(rows) - due - left,
    }


if __name__ == "__main__":
    print(json.dumps(count(), indent=1))
