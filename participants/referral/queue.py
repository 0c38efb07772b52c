"""The queue of referrals: who waits, how long, and what the others came to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import BigIntegerField, Count, F, Min, QuerySet

from core.prepared.questions import prepared
from core.swedish.words import day, in_letters, plural
from participants.enrolment.deadlines import Deadline, first_meeting_deadline
from participants.enrolment.timeline import source_in_words
from participants.enums import FirstContact, ReferralState
from participants.models import Referral
from participants.scope.scope import Scope
from projects.models import Project

# So many that have ended are shown, the latest first.
ENDED_SHOWN: Final = 50
# So many who wait are shown beside the hits of a search.
FOUND_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A referral as the queue and its own page show it, on a day."""

    referral: Referral
    on: date

    @property
    def name(self) -> str:
        """Who it is about; «Skyddad identitet», or «Ingen person än» where nobody has been named."""
        if person := self.referral.participant:
            return person.identity.name
        return "Skyddad identitet" if self.referral.is_protected else "Ingen person än"

    @property
    def came(self) -> str:
        """«Anvisad från Arbetsförmedlingen 2 december 2026»."""
        said = source_in_words(self.referral.source) or "kom"
        return f"{said[0].upper()}{said[1:]} {day(self.referral.concerns_on)}"

    @property
    def waited(self) -> str:
        """«har väntat 12 dagar»."""
        days = (self.on - self.began_on).days
        return f"har väntat {plural(days, 'dag,dagar')}" if days > 0 else "kom i dag"

    @property
    def began_on(self) -> date:
        """The day from which it has waited: of the referral, since nobody here knew of it before."""
        return self.referral.concerns_on

    @property
    def deadline(self) -> Deadline | None:
        """The first personal meeting, for those whom an agency sent."""
        if not self.referral.is_waiting:
            return None
        applied, referred = self.referral.applied_on, self.referral.concerns_on
        return first_meeting_deadline(self.referral.source, applied, referred, self.referral.project)

    @property
    def deadline_text(self) -> str:
        """«Första personliga mötet: 14 dagar från ansökan, senast 2 december»."""
        return self.deadline.whole_text(self.on) if self.deadline else ""

    @property
    def deadline_short(self) -> str:
        """«Första personliga mötet senast 2 december», or how late it is."""
        return self.deadline.text(self.on) if self.deadline else ""

    @property
    def is_late(self) -> bool:
        """Whether the first meeting should have been held."""
        return self.deadline is not None and self.deadline.is_late(self.on)

    @property
    def contact(self) -> str:
        """«Deltagaren tar första kontakten»; empty where that isn't said."""
        by = self.referral.first_contact_by
        return f"{FirstContact(by).label} tar första kontakten" if by else ""

    @property
    def end(self) -> str:
        """«Lämnad vidare 3 december 2026: Rehabkoordinator på vårdcentralen»; empty while it waits."""
        if self.referral.is_waiting:
            return ""
        on = f" {day(self.referral.ended_on)}" if self.referral.ended_on else ""
        said = f": {self.referral.said.text}" if self.referral.said and self.referral.said.text else ""
        return f"{ReferralState(self.referral.state).label}{on}{said}"


@dataclass(frozen=True, slots=True)
class Queue:
    """The referrals that wait, the longest waiting first, and those that have ended, the latest first. `ended_count`
    has also those that aren't shown."""

    waiting: Sequence[ReferralLine]
    ended: Sequence[ReferralLine]
    ended_count: int

    @property
    def in_words(self) -> str:
        """«Tre väntar. Den äldsta har väntat 12 dagar, och en är sen.»"""
        if not self.waiting:
            return ""
        count, late = len(self.waiting), sum(line.is_late for line in self.waiting)
        oldest = min(self.waiting, key=lambda line: line.began_on)
        said = f"{in_letters(count).capitalize()} väntar. " + (f"Den äldsta {oldest.waited}" if count > 1 else "")
        if count == 1:
            said = f"En {oldest.waited}"
        return f"{said}, och {'en är sen' if late == 1 else f'{in_letters(late)} är sena'}." if late else f"{said}."


def queue_of(scope: Scope, project: Project) -> Queue:
    """The queue that the user receives in the project. Three queries."""
    own = Referral.objects.visible_to(scope).in_project(project).with_person()
    waiting = own.waiting().order_by("concerns_on", "pk")
    ended = own.ended().order_by(F("ended_on").desc(nulls_last=True), "-pk")
    return Queue(
        [ReferralLine(row, scope.on) for row in waiting],
        [ReferralLine(row, scope.on) for row in ended[:ENDED_SHOWN]],
        ended.count(),
    )


def waiting_by_name(text: str, scope: Scope, project: Project) -> list[ReferralLine]:
    """Who waits in the project's queue and fits what was searched for, the longest waiting first; at most so many. One
    query, and one more where anybody waits."""
    # The search is built anew each time: at 200 enrolments a page with it took 3.2 times its floor, and 2.4 without.
    if not in_queue(project, scope).count:
        return []
    own = Referral.objects.visible_to(scope).in_project(project).waiting()
    found = own.named(text, owner=scope.user.organisation_id).with_person().order_by("concerns_on", "pk")
    return [ReferralLine(row, scope.on) for row in found[:FOUND_SHOWN]]


@dataclass(frozen=True, slots=True)
class InQueue:
    """How many wait in a project's queue, and since when the longest waiting."""

    count: int
    oldest: date | None

    def in_words(self, on: date) -> str:
        """«tre anvisningar väntar, den äldsta sedan 12 dagar»; empty where none does."""
        if not self.count or self.oldest is None:
            return ""
        days = (on - self.oldest).days
        since = (
            f"{'den äldsta ' if self.count > 1 else ''}sedan {plural(days, 'dag,dagar')}" if days > 0 else "sedan i dag"
        )
        return f"{plural(self.count, 'anvisning,anvisningar')} väntar, {since}"


def in_queue(project: Project, scope: Scope) -> InQueue:
    """How many wait that the user's organisation receives, as the queue shows them. One query."""
    found = _waiting.ask(project=project.pk, owner=scope.user.organisation_id)
    return InQueue(*found[0]) if found else InQueue(0, None)


@prepared(project=BigIntegerField(), owner=BigIntegerField())
def _waiting(*, project: Any, owner: Any) -> QuerySet:
    rows = Referral.objects.waiting().shown().filter(project=project, owner=owner).order_by().values("project")
    return rows.annotate(count=Count("pk"), oldest=Min("concerns_on")).values_list("count", "oldest")
