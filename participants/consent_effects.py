"""What a withdrawal takes away: for each party what can be read now and then can't, and who loses the case."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db.models import Count

from accounts.enums import Duty
from accounts.models import Organisation
from core.enums import Category
from core.swedish import sort_key
from core.templatetags.swedish import day, plural
from participants.access import SUPERVISED
from participants.consent_words import listed
from participants.enums import ProtectionLevel
from participants.models import CaseAssignment, ConsentGrant, Enrolment
from participants.placements import supervising
from projects.access import ROLE_PERMISSIONS
from projects.enums import Permission, Role
from projects.models import Membership

# Facts that can be counted, with their words. Notes that are kept for the own organisation are nobody else's.
_COUNTED: tuple[tuple[str, Mapping[str, str], str], ...] = (
    ("participants.Assessment", {}, "kartläggning,kartläggningar"),
    ("participants.SickListing", {}, "sjukskrivning,sjukskrivningar"),
    ("participants.LivelihoodRecord", {}, "uppgift om försörjning,uppgifter om försörjning"),
    ("participants.Exit", {}, "avslut"),
    ("actionplans.PlanRevision", {}, "version av planen,versioner av planen"),
    ("actionplans.MilestoneStatus", {}, "delmål"),
    ("actionplans.Meeting", {}, "möte,möten"),
    ("actionplans.MeetingParagraph", {"reader_level": "consented"}, "anteckning,anteckningar"),
    ("actionplans.StepAssessment", {}, "stegbedömning,stegbedömningar"),
)
# What isn't counted but stands on the person.
_STANDING = {Category.IDENTITY: "namn, personnummer och kontaktuppgifter"}


@dataclass(frozen=True, slots=True)
class CellLoss:
    """One party's reading of one kind of information, and what of it goes."""

    party: Organisation
    category: Category
    text: str

    @property
    def key(self) -> str:
        """By which the form names it."""
        return f"{self.party.public_id}:{self.category}"

    @property
    def cell(self) -> tuple[int, str]:
        """By which the action names it."""
        return self.party.pk, self.category


@dataclass(frozen=True, slots=True)
class PartyLoss:
    """What a party loses, kind by kind, and what its people lose if all of it goes."""

    party: Organisation
    cells: Sequence[CellLoss]
    people: str


def losses(enrolment: Enrolment, grants: Iterable[ConsentGrant], *, on: date) -> list[PartyLoss]:
    """What goes with these grants of one consent, by party. The number of queries doesn't depend on how many."""
    rows = list(grants)
    by_party: dict[Organisation, list[ConsentGrant]] = {}
    for one in sorted(
        rows, key=lambda one: (sort_key(one.organisation.name), list(Category).index(Category(one.category)))
    ):
        by_party.setdefault(one.organisation, []).append(one)
    others = _others(enrolment, rows, on=on)
    people = at_work(enrolment, [one.pk for one in by_party], on=on)
    told = {one.organisation_id for one in rows if one.category in SUPERVISED}
    told -= {organisation for organisation, category in others if category in SUPERVISED}
    supervisors = supervising(enrolment, told, on=on)
    counted = _counts(enrolment)
    return [
        PartyLoss(
            party,
            [CellLoss(party, Category(one.category), _text(one, others, counted, on)) for one in cells],
            f"{_people(party, people[party.pk], others)}{_supervisors(supervisors.get(party.pk, []))}",
        )
        for party, cells in by_party.items()
    ]


def at_work(enrolment: Enrolment, parties: Collection[int], *, on: date) -> dict[int, list[str]]:
    """Who of these organisations works with the case, by name: whom consent lets in. Two queries."""
    roles = [role for role, allowed in ROLE_PERMISSIONS.items() if Permission.SEE_PERSONS in allowed]
    members = (
        Membership.objects.active_on(on)
        .filter(project=enrolment.project_id, role__in=roles, user__organisation__in=parties)
        .filter(user__is_active=True, user__duty=Duty.CASE_WORK)
        .select_related("user__organisation")
    )
    assigned = list(CaseAssignment.objects.active_on(on).of([enrolment.pk]).values_list("user", "organisation"))
    by_name = {user for user, _ in assigned if user}
    units = {organisation for user, organisation in assigned if user is None}
    is_open = enrolment.participant.protection == ProtectionLevel.NONE
    found: dict[int, set[str]] = defaultdict(set)
    for one in members:
        as_unit = is_open and (one.role == Role.COORDINATOR or one.user.organisation_id in units)
        if as_unit or one.user_id in by_name:
            found[one.user.own_organisation.pk].add(one.user.name)
    return {party: sorted(found[party], key=sort_key) for party in parties}


def _others(enrolment: Enrolment, grants: Sequence[ConsentGrant], *, on: date) -> dict[tuple[int, str], date]:
    """What other consents open to the same parties today, with the last day of each."""
    live = ConsentGrant.objects.live_on(on).filter(enrolment=enrolment)
    rest = live.exclude(pk__in=[one.pk for one in grants]).order_by("valid_through")
    return {(party, kind): last for party, kind, last in rest.values_list("organisation", "category", "valid_through")}


def _counts(enrolment: Enrolment) -> dict[str, list[tuple[int, str]]]:
    """Current facts by kind of information: number, words. One query a model.

    Those of the case's owner: what others have written isn't for the owner to hear of.
    """
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for label, only, words in _COUNTED:
        facts = apps.get_model(label).objects.current().filter(enrolment=enrolment, owner=enrolment.owner_id, **only)
        for category, count in facts.order_by().values_list("category").annotate(Count("pk")):
            found[category].append((count, words))
    return found


def _text(
    grant: ConsentGrant,
    others: dict[tuple[int, str], date],
    counted: dict[str, list[tuple[int, str]]],
    on: date,
) -> str:
    """What goes with one grant, in words."""
    still = others.get((grant.organisation_id, grant.category))
    if still:
        return f"kan läsas även efteråt, genom ett annat samtycke till och med {day(still)}"
    if grant.valid_from > on:
        return f"kan inte läsas än, skulle ha börjat {day(grant.valid_from)}"
    numbers: dict[str, int] = defaultdict(int)
    for count, words in counted[grant.category]:
        numbers[words] += count
    standing = _STANDING.get(Category(grant.category), "")
    return standing or listed([plural(count, words) for words, count in numbers.items()]) or "inget skrivet än"


def _supervisors(names: Sequence[str]) -> str:
    return f" {listed(names)}, handledare, ser inte längre deltagaren på sin placering." if names else ""


def _people(party: Organisation, names: Sequence[str], others: dict[tuple[int, str], date]) -> str:
    """What the party's people lose if all of it is taken back, in words."""
    if not names:
        return f"Ingen hos {party} arbetar med ärendet nu."
    who = listed(names)
    if any(organisation == party.pk for organisation, _ in others):
        return f"{who} ser ärendet även efteråt, genom ett annat samtycke."
    return f"Återkallas allt ser {who} inget annat i ärendet än det som {party} själv har skrivit."
