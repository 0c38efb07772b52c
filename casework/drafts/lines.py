"""Drafts in words: of which page, about whom, when they were kept and where one goes on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.urls import reverse

from core.drafts.store import live, live_about, words_of
from core.models import Draft
from core.swedish.of_apps import said_by_apps
from participants.models import Enrolment, Participant
from participants.scope.scope import Scope
from projects.address import name_of


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One draft. `person` is None where it is about nobody, or about somebody whom the user doesn't see any more; then
    `url` leads to the words alone, as `words_url` does: the page may have closed since. That is "" where no word is
    typed. `drop_url` asks whether it is to be let go of."""

    title: str
    person: Participant | None
    kept_at: datetime
    url: str
    words_url: str
    drop_url: str

    @classmethod
    def of(cls, draft: Draft, cases: dict[str, Enrolment]) -> Self:
        """In words; `cases` are those that the user sees, by their public id."""
        case = cases.get(str(draft.subject))
        is_open = draft.subject is None or case is not None
        own = reverse("draft_detail", args=[draft.public_id])
        url, words_url = draft.address if is_open else f"{own}?stangd=ja", own if words_of(draft) else ""
        person = case.participant if case else None
        return cls(_page_in_words(draft.address), person, draft.saved_at, url, words_url, f"{own}?kasta=lista")


def drafts_of(scope: Scope) -> list[DraftLine]:
    """All of the user's own drafts, the latest first; one query where there are none."""
    drafts: Sequence[Draft] = list(live(scope.user))
    cases = _cases_of(scope, drafts)
    return [DraftLine.of(draft, cases) for draft in drafts]


def drafts_about(scope: Scope, enrolment: Enrolment) -> list[DraftLine]:
    """The user's own drafts on pages about a case that the user sees; one query."""
    drafts = live_about(scope.user, enrolment.public_id)
    return [DraftLine.of(draft, {str(enrolment.public_id): enrolment}) for draft in drafts]


def _cases_of(scope: Scope, drafts: Iterable[Draft]) -> dict[str, Enrolment]:
    subjects = {draft.subject for draft in drafts if draft.subject}
    if not subjects:
        return {}
    visible = Enrolment.objects.visible_to(scope).with_person().filter(public_id__in=subjects)
    return {str(case.public_id): case for case in scope.masked(visible)}


def _page_in_words(address: str) -> str:
    """«Ett möte», by what the log calls the page."""
    words = said_by_apps("PARTS").get(name_of(address), "en sida")
    return words[:1].upper() + words[1:]
