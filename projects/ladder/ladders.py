"""Ladder templates are data: `projects/ladder/data/*.json`. A project copies one and may then go its own way."""

import json
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"


def load_template(name: str = "model") -> dict[str, Any]:
    """The steps and targets of a template: {"steps": [{…, "criteria": […]}], "targets": […]}."""
    return json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))
