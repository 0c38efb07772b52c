"""«Kan läsas av»: who can read each kind of information in a case, and until when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.enums import Category
from core.templatetags.swedish import day
from participants.access import Reading
from participants.models import CaseAssignment


@dataclass(frozen=True, slots=True)
class Readers:
    """The parties that can read a case besides whoever wrote a thing, each in words: with its people and last day."""

    shared: Mapping[Category, Sequence[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading, people: Iterable[CaseAssignment]) -> "Readers":
        """Those whom consents let in today; `people` are the live assignments, with user and organisation."""
        names: dict[int, list[str]] = {}
        for one in people:
            if one.user:
                names.setdefault(one.organisation_id, []).append(one.user.name)
        shared: dict[Category, list[str]] = {}
        # Where several consents overlap, the one that lasts longest comes first.
        longest = {(one.category, one.organisation_id): one for one in reversed(reading.grants)}
        for grant in reversed(longest.values()):
            who = ", ".join(names.get(grant.organisation_id, []))
            text = f"{grant.organisation}{f' ({who})' if who else ''} till och med {day(grant.valid_through)}"
            shared.setdefault(grant.category, []).append(text)
        return cls(shared)

    def beside(self, owner: str, category: Category) -> str:
        """The owner and those whom a consent lets in; nothing where nobody else reads."""
        others = self.shared.get(category, ())
        return " · ".join([owner, *others]) if others else ""
