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
        return f"{self.definite.capitalize()} är {self.corrected}. Den förra versionen finns kvar i historiken."
