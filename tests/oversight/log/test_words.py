"""What was done, in the words of «Vem har läst»."""

import pytest
from django.urls import reverse

from oversight.log.has_read import readers_of
from oversight.log.words import in_words
from tests.world.cases import days_ago, met


def done(world) -> tuple[str, ...]:
    (day,) = readers_of(world.enrolment.participant.public_id)
    (reader,) = [reader for reader in day.readers if reader.who == str(world.case_worker)]
    return reader.what


def test_who_opens_a_new_meeting_has_read_none(world, log_in) -> None:
    log_in(world.case_worker).get(reverse("meeting_create", args=[world.enrolment.public_id]))
    assert [said for said in done(world) if said.startswith("Läste")] == []
    assert "Öppnade sidan för ett nytt möte" in " ".join(done(world))


def test_what_is_written_for_the_first_time_is_not_called_changed(world) -> None:
    met(world.enrolment, world.case_worker, days_ago(1))
    assert "Skrev in ett möte" in done(world)
    assert not any("Ändrade" in said for said in done(world))


@pytest.mark.parametrize(
    "part", ["talk_create", "sip_create", "placement_create", "outcome_create", "employment_create", "consent_create"]
)
def test_so_it_is_with_other_things(part) -> None:
    assert in_words("change", part).startswith("Skrev in")
