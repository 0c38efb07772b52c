"""A withdrawal whose page was open while a renewal of the consent was widened."""

import pytest
from django.urls import reverse

from core.enums import Category
from core.forms.concurrency import ChangedMeanwhile
from participants.consent.actions import CORRECTED, WIDENED, renew_consent, withdraw_consent
from participants.enums import ConsentForm
from participants.models import ConsentGrant, ConsentWithdrawal
from tests.participants.consent.test_corrections import correct, live
from tests.world import consents
from tests.world.pages import fill

PLAN, HEALTH = Category.PLAN, Category.HEALTH


@pytest.fixture
def case(world) -> consents.Round:
    return consents.gather(world)


def test_what_was_added_is_shown_and_then_taken_back_too(case, log_in) -> None:
    consent, client = case.give(PLAN), log_in(case.worker)
    renewal = renew_consent(consent=consent, by=case.worker)
    page = reverse("consent_withdraw", args=[consent.public_id])
    sent = fill(client, page)
    correct(case, renewal, PLAN, HEALTH)
    refused = client.post(page, sent)
    assert WIDENED in refused.content.decode()
    assert not ConsentWithdrawal.objects.exists()
    shown = refused.context["form"]
    boxes = [f"{case.af.public_id}:{kind}" for kind in (PLAN, HEALTH)]
    assert sorted(shown.data.getlist("cells")) == sorted(boxes)
    again = {name: shown.data.getlist(name) for name in shown.data}
    assert client.post(page, again).status_code == 302
    assert live() == set()


def test_what_was_added_under_the_lock_is_refused(case) -> None:
    consent = case.give(PLAN, HEALTH)
    with pytest.raises(ChangedMeanwhile):
        withdraw_consent(consent=consent, offered=[(case.af.pk, PLAN)], form=ConsentForm.ORAL, by=case.worker)
    assert not ConsentGrant.objects.filter(withdrawal__isnull=False).exists()


def test_what_a_correction_added_is_ticked_on_the_page_that_asks_again(case, log_in) -> None:
    """Its sentence says that all is chosen."""
    consent, client = case.give(PLAN), log_in(case.worker)
    page = reverse("consent_withdraw", args=[consent.public_id])
    sent = fill(client, page)
    correct(case, consent, PLAN, HEALTH)
    refused = client.post(page, sent)
    assert CORRECTED in refused.content.decode()
    boxes = [f"{case.af.public_id}:{kind}" for kind in (PLAN, HEALTH)]
    assert sorted(refused.context["form"].data.getlist("cells")) == sorted(boxes)
    assert not ConsentWithdrawal.objects.exists()
