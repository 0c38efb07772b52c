"""Facts that the form which corrects an answer shows and replaces, to notice two who save at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Subquery

from accounts.models import Organisation
from core.enums import Category
from core.forms.concurrency import Shared
from core.swedish.words import day
from participants.amending.shared_facts import said_taken_back
from participants.consent.parties import parties_of
from participants.consent.terms import written_kinds
from participants.consent.words import KINDS, grouped, question
from participants.consent_mistakes.actions import CONSENT
from participants.consent_mistakes.cells import newer_of
from participants.enums import ConsentAnswer
from participants.models import Consent, ConsentGrant
from participants.shared_facts import of_case, written


def kinds_name(party: Organisation) -> str:
    """The name of the field that asks what a party may read."""
    return f"kinds_{party.public_id}"


def correction_facts(fact: Consent) -> Shared:
    """Everything that the answer says in its newest version, what is withdrawn, and what renews it."""
    # Found first, and joined then: asked in one, PostgreSQL has joined all consents before it looked for these (30 s
    # after a long run of tests, whose rows it hasn't cleared away).
    newest = Consent.objects.versions_of(fact).order_by("-pk").values("pk")[:1]
    rows = Consent.objects.with_case().select_related("purpose", "received_by")

    def latest() -> Consent:
        return rows.get(pk=Subquery(newest))

    def read() -> Mapping[str, Any]:
        now = latest()
        return {**_said(now), **_renewed(now), **said_taken_back(now, CONSENT)}

    return Shared([of_case(fact.enrolment)], read, lambda: written(latest()))


def parties_to_choose(consent: Consent) -> list[Organisation]:
    """The parties of the project, and those that the answer lets read without being there any more."""
    present = parties_of(consent.enrolment)
    left = Organisation.objects.filter(pk__in=consent.grants.live().values("organisation"))
    return [*present, *(party for party in left if party not in present)]


def _said(now: Consent) -> dict[str, Any]:
    grants = list(now.grants.select_related("organisation", "withdrawal"))
    if now.answer == ConsentAnswer.REFUSED:
        cells, purpose = _asked(now)
    else:
        live = [grant for grant in grants if grant.withdrawal is None]
        cells, purpose = [(grant.organisation, Category(grant.category)) for grant in live], now.purpose.text
    kinds: dict[str, Any] = {}
    for party, kind in cells:
        kinds.setdefault(kinds_name(party), []).append(kind.value)
    return {
        "answer": now.answer,
        **kinds,
        "purpose": purpose,
        "valid_from": now.concerns_on,
        "valid_through": now.valid_through,
        "form": now.form,
        "received_by": str(now.received_by.public_id),
        **_withdrawn(grants),
    }


def _asked(refusal: Consent) -> tuple[Sequence[tuple[Organisation, Category]], str]:
    """The parties and kinds that a no was about, as its words say; only the words where they can't be told apart."""
    said = refusal.purpose.text
    before, _, purpose = said.partition(" för att ")
    who, _, what = before.partition(" får läsa ")
    named = [party for party in parties_of(refusal.enrolment) if party.name in who]
    kinds = [kind for kind in written_kinds() if KINDS[kind] in what]
    if question([party.name for party in named], kinds, purpose) != said:
        return [], purpose
    return [(party, kind) for party in named for kind in kinds], purpose


def _withdrawn(grants: Sequence[ConsentGrant]) -> dict[str, str]:
    gone = grouped((grant.organisation.name, Category(grant.category)) for grant in grants if grant.withdrawal)
    return {"Återkallat": "; ".join(f"{who}: {what}" for who, what in gone)} if gone else {}


def _renewed(now: Consent) -> dict[str, str]:
    newer = newer_of(now)
    return {"Förnyat till och med": day(newer.valid_through)} if newer else {}
