"""Drafts of what was written on the wrong person: those that hold it go, and pages from before the move keep none."""

from collections.abc import Collection, Mapping, Sequence

from core.forms.showing import FormPage
from core.models import Draft
from participants.enums import MisplacedKind, MisplacedWay
from participants.locking import hold_case
from participants.models import Enrolment, Misplacement
from projects.address import name_of

# Names of a case's own pages whose forms open with what was written before, of which kinds. Each app joins its own at
# start.
filled_in: dict[str, frozenset[MisplacedKind]] = {}


def drop_drafts(wrong: Enrolment, what: MisplacedKind, facts: Collection[str], line: str = "") -> None:
    """Let go of everybody's drafts on the pages of these facts (public ids) of the case, and on those that open with
    them. Where they fill a line alone, by its public id, the rest of such a draft is kept."""
    for draft in Draft.objects.filter(subject=wrong.public_id):
        if any(fact in draft.address for fact in facts):
            draft.delete()
        elif _opens_with(draft.address, what):
            rest = _without_line(draft.data, line) if line else {}
            if any(name in draft.labels and any(values) for name, values in rest.items()):
                draft.data = rest
                draft.save(update_fields=["data"])
            else:
                draft.delete()


def _without_line(data: Mapping[str, Sequence[str]], line: str) -> dict[str, Sequence[str]]:
    """The answers of a form but those of one line, whose fields begin alike: `m2_id`, `m2_text`."""
    begins = tuple(name.removesuffix("id") for name, values in data.items() if name.endswith("_id") and line in values)
    return {name: values for name, values in data.items() if not (begins and name.startswith(begins))}


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
