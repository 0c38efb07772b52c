"""The lists that a new project begins with: data, of which the project then keeps its own."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from core.swedish.keys import sort_key
from projects.lists.health import is_about_health
from projects.models import Listed, Project

_MODEL = Path(__file__).parent / "data" / "model.json"


def model_lines() -> Iterator[dict[str, Any]]:
    """The columns of each line, in no order: kind, name and code, and its days where it hasn't always held."""
    for kind, lines in json.loads(_MODEL.read_text(encoding="utf-8")).items():
        for line in lines:
            days = {name: date.fromisoformat(line[name]) for name in ("valid_from", "valid_until") if name in line}
            yield {"kind": kind, "code": "", **line, **days}


def write_model_lists(project: Project) -> None:
    """Give a new project the model's lists. Part of the action that makes it."""
    rows = [Listed(project=project, **line) for line in model_lines()]
    for row in rows:
        row.sort_key = sort_key(row.name)
        row.is_about_health = is_about_health(row.kind, row.code)
    Listed.objects.bulk_create(rows)
