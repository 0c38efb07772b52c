"""Reads of how each party sees somebody's ability to work, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from core.swedish.words import listed
from participants.abilities.parties import AbilityParty
from participants.models import AbilityStatement, Enrolment
from participants.scope.scope import Scope


@dataclass(frozen=True, slots=True)
class PartyView:
    """A party with the view that holds, its latest, and the earlier ones, the latest of these first."""

    party: AbilityParty
    now: AbilityStatement
    earlier: Sequence[AbilityStatement]


def side_by_side(enrolment: Enrolment, scope: Scope) -> list[PartyView]:
    """The parties whose views of a case the user may read, in the order of the table. One query."""
    rows = AbilityStatement.objects.visible_to(scope).current().filter(enrolment=enrolment).with_case()
    latest_first = list(rows.order_by("-concerns_on", -Coalesce("first_id", "pk")))
    of_party = {party: [row for row in latest_first if row.party == party] for party in AbilityParty}
    return [PartyView(party, views[0], views[1:]) for party, views in of_party.items() if views]


def unsaid(views: Sequence[PartyView]) -> str:
    """«Försäkringskassan och vården», the parties that nothing is written of; empty where there are none."""
    said = {view.party for view in views}
    return listed([party.in_sentence for party in AbilityParty if party not in said])
