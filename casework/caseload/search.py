"""One question to the list of cases: its text, filters, and who fits."""

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from casework.caseload.forms import SearchForm
from participants.http import Request
from participants.models import Enrolment
from participants.protection.search_memory import recall, remember
from participants.querysets.enrolment import EnrolmentQuerySet
from participants.scope.case_workers import CaseWorker, case_workers
from participants.scope.scope import Scope
from projects.models import Ladder, Project, Step

# More than any name or number, and little enough to keep in the session.
_LONGEST = 200
# So many hits of a text are read into memory, so that all names are searched once and not a second time to count them.
_MANY = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One question to the list, by one user in one project on one day."""

    scope: Scope
    project: Project
    on: date
    steps: list[Step]
    workers: list[CaseWorker]
    form: SearchForm
    key: str
    is_lost: bool

    @classmethod
    def read(cls, request: Request, data: QueryDict) -> Self:
        """From the address, or from a form that carries the same fields."""
        on, key = request.scope.on, data.get("sok", "")
        kept = recall(request.session, key) if key else None
        values = data.copy()
        values["q"] = _visible(kept if key else data.get("q", ""))
        steps = list(steps_in_force(request.project, on))
        workers = case_workers(request.project, request.user.organisation, on=on)
        form = SearchForm(values, steps=steps, workers=workers)
        form.is_valid()
        lost = bool(key) and kept is None
        return cls(
            scope=request.scope,
            project=request.project,
            on=on,
            steps=steps,
            workers=workers,
            form=form,
            key="" if lost else key,
            is_lost=lost,
        )

    @property
    def text(self) -> str:
        """The name or number that is looked for."""
        return self.form.cleaned_data.get("q", "")

    @property
    def parameters(self) -> dict[str, str]:
        """What repeats this search in an address or a form."""
        text = {"sok": self.key} if self.key else {"q": self.text}
        return {name: value for name, value in (text | self.form.filters).items() if value}

    @property
    def query(self) -> str:
        """The parameters in front of a page number."""
        return urlencode(self.parameters) + "&" if self.parameters else ""

    def kept(self, session: MutableMapping[str, Any]) -> str:
        """The address part of this search once its text lies in the session."""
        text = {"sok": remember(session, self.text)} if self.text else {}
        return urlencode(text | self.form.filters)

    def everybody(self) -> EnrolmentQuerySet:
        """The own organisation's enrolments in the project that the user may see; others' have a page of their own."""
        return Enrolment.objects.own_to(self.scope).in_project(self.project)

    def hits(self) -> Sequence[int] | QuerySet:
        """The keys of the enrolments that fit, in the order of the list.

        A text is looked for in every name there is. It is therefore asked for once, and not again to count the hits,
        unless they are very many.
        """
        keys = self.found().by_name().values_list("pk", flat=True)
        first = list(keys[: _MANY + 1]) if self.text else []
        return first if self.text and len(first) <= _MANY else keys

    def found(self) -> EnrolmentQuerySet:
        """The enrolments that fit; none when the question can't be understood."""
        if not self.form.is_valid():
            return Enrolment.objects.none()
        return self.form.apply(self.project, self.everybody(), on=self.on)


def steps_in_force(project: Project, on: date) -> QuerySet[Step]:
    """The steps of the ladder that holds on the day; one query."""
    ladder = Ladder.objects.filter(project=project).in_force(on)
    return Step.objects.filter(ladder=ladder.values("pk")[:1])


def _visible(text: str | None) -> str:
    """The text without control characters, and no longer than a search may be."""
    return "".join(char if char.isprintable() else " " for char in text or "")[:_LONGEST].strip()
