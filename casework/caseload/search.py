"""A search in the list of cases: its text, its filters and its hits."""

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from casework.case.ladder import steps_in_force
from casework.caseload.forms import SearchForm
from core.paging import MOST
from participants.http import Request
from participants.models import Enrolment
from participants.protection.search_memory import recall, remember
from participants.querysets.enrolment import EnrolmentQuerySet
from participants.scope.case_workers import CaseWorker, case_workers
from participants.scope.scope import Scope
from projects.models import Project, Step

# More than any name or number, and little enough to keep in the session.
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A search by one user in one project on one day."""

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
        """The search in an address, or in a form with fields of the address's names."""
        on, key = request.scope.on, data.get("sok", "")
        kept = recall(request.session, key) if key else None
        values = data.copy()
        values["q"] = _visible(kept if key else data.get("q", ""))
        steps = steps_in_force(request.project.pk, on)
        workers = case_workers(request.project, request.user.organisation, on=on)
        form = SearchForm(values, steps=steps, workers=workers, on=on)
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
        """The name, number or birth day that is searched for; as it was typed, where it couldn't be understood."""
        return str(self.form.cleaned_data.get("q", self.form.data.get("q", "")))

    @property
    def parameters(self) -> dict[str, str]:
        """Names and values that repeat this search in an address or a form."""
        text = {"sok": self.key} if self.key else {"q": self.text}
        return {name: value for name, value in (text | self.form.filters).items() if value}

    @property
    def query(self) -> str:
        """The parameters of an address, to be put in front of a page number."""
        return urlencode(self.parameters) + "&" if self.parameters else ""

    def kept(self, session: MutableMapping[str, Any]) -> str:
        """The part of an address that repeats this search. The searched text is kept in the session."""
        text = {"sok": remember(session, self.text)} if self.text else {}
        return urlencode(text | self.form.filters)

    def everybody(self) -> EnrolmentQuerySet:
        """The own organisation's enrolments in the project that the user may see. Others' cases have a page of their
        own."""
        return Enrolment.objects.own_to(self.scope).in_project(self.project)

    def hits(self) -> Sequence[int] | QuerySet:
        """Primary keys of the enrolments that fit, in the order of the list.

        A text search compares every name, and a step or somebody responsible is asked for case by case. Such keys are
        therefore read into a list once, as many as there are pages of, and not asked for again to count them.
        """
        keys = self.found().by_name().values_list("pk", flat=True)
        filters = self.form.filters
        return list(keys[: MOST + 1]) if self.text or "steg" in filters or "ansvarig" in filters else keys

    def found(self) -> EnrolmentQuerySet:
        """The enrolments that fit; none if the search has a fault."""
        if not self.form.is_valid():
            return Enrolment.objects.none()
        own = self.everybody()
        return self.form.apply(self.project, own, owner=self.scope.user.organisation_id, on=self.on)


def _visible(text: str | None) -> str:
    """The text without control characters, cut to the length that a search may have."""
    return "".join(char if char.isprintable() else " " for char in text or "")[:_LONGEST].strip()
