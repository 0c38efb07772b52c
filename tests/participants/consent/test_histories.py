"""Whatever is given, withdrawn, renewed, corrected, taken back and found on the wrong person: what may be read is that
of a history with the right things alone, and nothing that was withdrawn is ever read."""

import os
import random
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.days.dates import today
from core.enums import Category
from participants.consent.actions import ConsentQuestion, give_consent, renew_consent, withdraw_consent
from participants.consent_mistakes.actions import remove_misplaced_consent, take_back_consent
from participants.consent_mistakes.corrections import ConsentCorrection, correct_consent
from participants.enums import ConsentAnswer, ConsentForm
from participants.models import Consent, ConsentGrant, Enrolment
from participants.scope.scope import Scope
from tests.world import consents
from tests.world.deeds.answers import read
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory

DEEDS = ["give", "give", "withdraw", "renew", "correct", "correct", "correct", "take back", "wrong person"]
KINDS = [Category.PLAN, Category.HEALTH, Category.MEETINGS]
HISTORIES = int(os.environ.get("WORLDS", "16"))

Cell = tuple[int, str]


@dataclass(slots=True)
class Truth:
    """An answer as it should have been given: what it opens, and until when; and what was withdrawn of it."""

    public_id: object
    words: str
    cells: set[Cell]
    first: date
    last: date
    renews: "Truth | None" = None
    withdrawn: set[Cell] = field(default_factory=set)
    is_gone: bool = False
    is_erased: bool = False

    def opens(self) -> set[Cell]:
        is_now = self.first <= today() <= self.last
        return set() if self.is_gone or not is_now else self.cells - self.withdrawn

    def later(self, truths: list["Truth"]) -> list["Truth"]:
        """It, and all that carries it on."""
        found = [self]
        for truth in found:
            found += [other for other in truths if other.renews is truth]
        return found


class Player:
    """Plays what somebody does to the consents of a case, and keeps what should have been written."""

    def __init__(self, case: consents.Round, seed: int) -> None:
        self.case, self.chance, self.truths = case, random.Random(seed), list[Truth]()
        self.parties = [case.af, case.fk]
        self.by_key = {party.pk: party for party in self.parties}

    def play(self, times: int = 18) -> list[Truth]:
        for _ in range(times):
            deed, live = self.chance.choice(DEEDS), [truth for truth in self.truths if not truth.is_gone]
            if deed == "give" or not live:
                self.give()
                continue
            with suppress(ValidationError):
                getattr(self, deed.replace(" ", "_"))(self.chance.choice(live))
            self.nothing_withdrawn_is_open()
        return self.truths

    def nothing_withdrawn_is_open(self) -> None:
        """Of each answer no cell is open that was withdrawn in it, whatever was corrected since."""
        for truth in self.truths:
            consent = Consent.objects.latest_version(truth.public_id)
            opened = set(ConsentGrant.objects.live().filter(consent=consent).values_list("organisation", "category"))
            assert not opened & truth.withdrawn

    def give(self) -> None:
        kinds = self.chance.sample(KINDS, self.chance.choice([1, 2]))
        parties = self.chance.sample(self.parties, self.chance.choice([1, 2]))
        last, words = today() + timedelta(days=self.chance.choice([0, 20, 40])), f"kanarie{len(self.truths)}slut vård"
        consent = self.case.give(*kinds, parties=parties, last=last, purpose=words)
        cells = {(party.pk, kind) for party in parties for kind in kinds}
        self.truths.append(Truth(consent.public_id, words, cells, today(), last))

    def withdraw(self, truth: Truth) -> None:
        whole = self.chance.random() < 0.4
        cells = truth.cells if whole else set(self.chance.sample(sorted(truth.cells), 1))
        withdraw_consent(consent=self._of(truth), cells=cells, form=ConsentForm.ORAL, by=self.case.worker)
        for later in truth.later(self.truths):
            if not later.is_gone and later.last >= today():
                later.withdrawn |= cells & later.cells

    def renew(self, truth: Truth) -> None:
        new = renew_consent(consent=self._of(truth), by=self.case.worker)
        cells = truth.cells - truth.withdrawn
        self.truths.append(Truth(new.public_id, truth.words, cells, new.concerns_on, new.valid_through, renews=truth))

    def correct(self, truth: Truth) -> None:
        chosen = {(party.pk, kind) for party in self.parties for kind in KINDS if self.chance.random() < 0.4}
        days = [
            today() + timedelta(days=self.chance.choice([0, 0, 3])),
            today() + timedelta(self.chance.choice([5, 30])),
        ]
        correction = ConsentCorrection(
            answer=ConsentAnswer.GIVEN,
            cells=[(self.by_key[key], Category(kind)) for key, kind in sorted(chosen)],
            purpose=truth.words,
            form=ConsentForm.WRITTEN,
            received_by=self.case.worker,
            why=truth.words,
            valid_from=days[0],
            valid_through=days[1],
        )
        correct_consent(consent=self._of(truth), correction=correction, by=self.case.worker)
        truth.cells, (truth.first, truth.last) = chosen | truth.withdrawn, days

    def take_back(self, truth: Truth) -> None:
        take_back_consent(consent=self._of(truth), reason=truth.words, by=self.case.worker)
        for later in truth.later(self.truths):
            later.is_gone = True

    def wrong_person(self, truth: Truth) -> None:
        remove_misplaced_consent(consent=self._of(truth), by=self.case.worker)
        for later in truth.later(self.truths):
            later.is_gone = later.is_erased = True

    def _of(self, truth: Truth) -> Consent:
        return Consent.objects.select_related("enrolment").latest_version(truth.public_id)


def opened(case: Enrolment) -> set[Cell]:
    return set(ConsentGrant.objects.on(today()).filter(enrolment=case).values_list("organisation", "category"))


def right_things_alone(case: consents.Round, truths: list[Truth]) -> Enrolment:
    """A case in which only the answers that stand were given, one party and kind at a time, and withdrawn."""
    fresh = EnrolmentFactory(project=case.world.project)
    CaseAssignmentFactory(enrolment=fresh, user=case.guest, role="contact")
    by_key = {party.pk: party for party in (case.af, case.fk)}
    for truth in (truth for truth in truths if not truth.is_gone):
        for party, kind in sorted(truth.cells):
            asked = ConsentQuestion([by_key[party]], [Category(kind)], truth.words, ConsentForm.ORAL, case.worker)
            term = {"valid_from": truth.first, "valid_through": truth.last}
            consent = give_consent(enrolment=fresh, asked=asked, by=case.worker, **term)
            if (party, kind) in truth.withdrawn:
                withdraw_consent(consent=consent, form=ConsentForm.ORAL, by=case.worker)
    return fresh


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_what_may_be_read_is_that_of_a_history_with_the_right_things_alone(world, seed) -> None:
    case = consents.gather(world)
    truths = Player(case, seed).play()
    fresh = right_things_alone(case, truths)
    assert opened(case.enrolment) == opened(fresh)
    assert opened(fresh) == {cell for truth in truths for cell in truth.opens()}
    scope = Scope.of(case.guest, today())
    seen = set(
        Enrolment.objects.visible_to(scope).filter(pk__in=[case.enrolment.pk, fresh.pk]).values_list("pk", flat=True)
    )
    assert (case.enrolment.pk in seen) == (fresh.pk in seen)
    assert set(scope.reading(case.enrolment).of_case) == set(scope.reading(fresh).of_case)


def test_the_histories_are_worth_trying(world) -> None:
    """Of twenty, some end with something open that was corrected, and some with something withdrawn."""
    case, found = consents.gather(world), {"corrected": 0, "withdrawn": 0, "renewed": 0, "gone": 0}
    for seed in range(4):
        truths = Player(case, seed).play()
        found["withdrawn"] += sum(bool(truth.withdrawn) for truth in truths)
        found["renewed"] += sum(truth.renews is not None for truth in truths)
        found["gone"] += sum(truth.is_gone for truth in truths)
    found["corrected"] = Consent.objects.current().exclude(corrects=None).count()
    assert min(found.values()) > 1, found


@pytest.mark.parametrize("seed", range(3))
def test_no_word_of_what_stood_on_the_wrong_person_is_left(world, log_in, seed) -> None:
    case = consents.gather(world)
    truths = Player(case, 100 + seed).play()
    client = log_in(case.worker)
    html = read(client, case.enrolment)
    html += client.get(reverse("consent_list", args=[case.enrolment.public_id])).content.decode()
    roots = {truth.words for truth in truths if not truth.is_erased}
    for truth in truths:
        assert (truth.words in html) is (truth.words in roots), truth
