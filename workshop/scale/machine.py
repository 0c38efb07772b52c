"""The machine and the database that something was measured on, in words."""

import os
import platform
from pathlib import Path

import django

from workshop.scale.database import durability


def described() -> str:
    """Processor, system, versions, and what decides the cost of a commit."""
    return (
        f"{durability()}; {os.cpu_count()} × {_processor()}, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, Django {django.get_version()}"
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "processor")
