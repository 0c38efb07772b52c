"""The ladder's colours, for the screen by class and for paper by attribute."""

from dataclasses import dataclass
from typing import Final

_PAPER_RAMP: Final = ("#a5cad1", "#79aeb8", "#4a8f9d", "#22707f", "#0a4653")


@dataclass(frozen=True, slots=True)
class Tone:
    """A step's colour in the ramp: a class for the screen, an attribute for paper."""

    css_class: str
    fill: str


def step_tone(step: int) -> Tone:
    """The colour of a step; steps beyond the fifth share the deepest."""
    place = min(max(step, 1), len(_PAPER_RAMP))
    return Tone(f"tone-{place}", _PAPER_RAMP[place - 1])
