"""What the tables of docs/access.md call the people and things of the cast.

For tests that try whole tables. A test about somebody or something asks the cast by name: `cast.hanna`.
"""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.test import Client

from accounts.models import User
from projects.enums import ListKind
from projects.models import Listed, Workplace
from tests.world.cast import Cast
from tests.world.cast.rows import Case

ANONYMOUS = "anonymous"
Ids = Mapping[str, UUID]
# Of addresses that name two persons.
PairsOfIds = Mapping[str, tuple[UUID, UUID]]


def users(cast: Cast) -> dict[str, User]:
    """Everybody by role, as the columns have it."""
    return {
        "case worker": cast.hanna,
        "colleague": cast.kim,
        "coordinator": cast.samira,
        "project leader": cast.petra,
        "steering group": cast.stig,
        "supervisor": cast.hedda,
        "administrator": cast.ada,
        "log reviewer": cast.lo,
        "no project": cast.ulla,
        "former": cast.fia,
        "other's case worker": cast.alva,
        "other's coordinator": cast.sune,
    }


def client_as(cast: Cast, role: str) -> Client:
    """A browser with the user of that role logged in, or nobody."""
    return cast.client(None if role == ANONYMOUS else users(cast)[role])


def cases(cast: Cast) -> dict[str, Case]:
    """The cases that there are, by kind, as the rows have it."""
    return {
        "assigned": cast.cases.of_hanna,
        "colleague's": cast.cases.of_kim,
        "nobody's": cast.cases.of_nobody,
        "the unit's": cast.cases.of_the_unit,
        "ended": cast.cases.ended,
        "protected": cast.cases.protected,
        "protected, the unit's": cast.cases.protected_of_the_unit,
        "wrongly registered": cast.cases.wrongly_registered,
        "other organisation's": cast.cases.of_alva,
        "other organisation's, as contact": cast.cases.of_alva_with_hanna,
        "other project's": cast.cases.in_other_project,
    }


def case_ids(cast: Cast) -> dict[str, Ids]:
    """What the pages of each case are asked by, and with what the pages of a case that nobody has."""
    found = {kind: case.ids for kind, case in cases(cast).items()}
    return found | {"missing": {kind: uuid4() for kind in cast.cases.of_hanna.ids}}


def claims(cast: Cast) -> Ids:
    return {"own": cast.claim, "missing": uuid4()}


def twins(cast: Cast) -> PairsOfIds:
    """Two persons whom the coordinator may compare, and nobody."""
    return {"own": cast.twins, "missing": (uuid4(), uuid4())}


def referrals(cast: Cast) -> Ids:
    """Referrals: one that waits, one that names nobody, one that has ended, one that has led to Hanna's case, and those
    that are others' to receive."""
    kept = cast.referrals
    return {
        "waiting": kept.waiting,
        "without a person": kept.nameless,
        "ended": kept.ended,
        "enrolled": kept.accepted,
        "protected": kept.protected,
        "other organisation's": kept.of_sune,
        "other project's": kept.in_other_project,
        "missing": uuid4(),
    }


def voids(cast: Cast) -> Ids:
    return {"asked": cast.voids.asked, "void": cast.voids.void, "alone": cast.voids.alone, "missing": uuid4()}


def batches(cast: Cast) -> Ids:
    """Register files, as a coordinator of the host has them."""
    return {
        "own": cast.batches.of_samira,
        "other organisation's": cast.batches.of_sune,
        "other project's": cast.batches.in_other_project,
        "missing": uuid4(),
    }


def listed(cast: Cast) -> Ids:
    """A line of each project's lists; no fact speaks of it."""
    of = Listed.objects.filter(kind=ListKind.TARGET_GROUP).order_by("pk")
    own, others = of.filter(project=cast.world.project), of.filter(project=cast.other_project)
    return {"own": own[0].public_id, "other project's": others[0].public_id, "missing": uuid4()}


def workplaces(cast: Cast) -> Ids:
    """A workplace of each project's register."""
    own, others = (Workplace.objects.get(project=project) for project in (cast.world.project, cast.other_project))
    return {"own": own.public_id, "other project's": others.public_id, "missing": uuid4()}


def reports(cast: Cast) -> Ids:
    return {
        "draft": cast.reports.draft,
        "adopted": cast.reports.adopted,
        "other project's": cast.reports.in_other_project,
        "missing": uuid4(),
    }


def releases(cast: Cast) -> Ids:
    """A draft that asks the host's coordinator for a release, and one that doesn't."""
    return {"asking": cast.reports.asking, "draft": cast.reports.draft, "missing": uuid4()}


def reviews(cast: Cast) -> Ids:
    return {
        "own": cast.reviews.of_lo,
        "finished": cast.reviews.finished,
        "other organisation's": cast.reviews.of_liv,
        "missing": uuid4(),
    }


def accounts(cast: Cast) -> Ids:
    """Users, as the host's administrator has them."""
    return {
        "own": cast.stig.public_id,
        "oneself": cast.ada.public_id,
        "other organisation's": cast.sune.public_id,
        "missing": uuid4(),
    }


def proposals(cast: Cast) -> Ids:
    return {
        "role": cast.proposals.role,
        "account": cast.proposals.link,
        "other organisation's": cast.proposals.of_arne,
        "missing": uuid4(),
    }
