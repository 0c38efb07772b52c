"""Drafts of what was written on the wrong person: those that hold it go, and pages from before the move keep none."""

from collections.abc import Collection

from core.forms.showing import FormPage
from core.models import Draft
from participants.enums import MisplacedKind, MisplacedWay
from participants.locking import hold_case
from participants.models import Enrolment, Misplacement
from projects.address import name_of

# Names of a case's own pages whose forms open with what was written before, of which kinds. Each app joins its own at
# start.
filled_in: dict[str, frozenset[MisplacedKind]] = {}


def drop_drafts(wrong: Enrolment, what: MisplacedKind, facts: Collection[str]) -> None:
    """Let go of everybody's drafts on the pages of these facts (public ids) of the case, and on those that open with
    them."""
    for draft in Draft.objects.filter(subject=wrong.public_id):
        if any(fact in draft.address for fact in facts) or _opens_with(draft.address, what):
            draft.delete()


def is_from_before_a_move(page: FormPage) -> bool:
    """Whether something that the page may hold was moved from its case, or taken away, since the page was shown. The
    case is locked while it is asked."""
    if not page.subject:
        return False
    hold_case(page.subject)
    gone = Misplacement.objects.filter(enrolment__public_id=page.subject, recorded_at__gte=page.moment)
    kinds = gone.exclude(way=MisplacedWay.CAME_HERE).values_list("what", flat=True)
    return any(_may_hold(page, MisplacedKind(kind)) for kind in kinds)


def _may_hold(page: FormPage, what: MisplacedKind) -> bool:
    """The case's own pages hold their author's words alone, but for those that open with what was written before."""
    return page.subject not in page.address or _opens_with(page.address, what)


def _opens_with(address: str, what: MisplacedKind) -> bool:
    return what in filled_in.get(name_of(address), ())
