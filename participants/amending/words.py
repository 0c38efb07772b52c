"""Kinds of facts in the sentences of pages that put them right."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Noun:
    """«mötet», with its participles: «återtaget», «rättat»."""

    definite: str
    taken_back: str
    corrected: str

    @property
    def is_taken_back(self) -> str:
        """«Mötet är redan återtaget.»"""
        return f"{self.definite.capitalize()} är redan {self.taken_back}."

    @property
    def is_corrected(self) -> str:
        """«Mötet är rättat. Den förra versionen finns kvar i historiken.»"""
        return self.is_corrected_to("")

    def is_corrected_to(self, days: str) -> str:
        """«Anställningen är rättad: från 1 februari 2027. Den förra versionen finns kvar i historiken.», with the days
        that it has now."""
        now = f": {days}" if days else ""
        return f"{self.definite.capitalize()} är {self.corrected}{now}. Den förra versionen finns kvar i historiken."
