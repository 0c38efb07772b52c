"""What was somebody else's, and stood as a person's name, number or contact, goes from the history too."""

import pytest
from django.urls import reverse

from core.days.dates import today
from participants.enums import CaseRole
from participants.identity.misplaced import NOTHING
from participants.models import Enrolment, Misplacement, PersonalNumber
from participants.scope.scope import Scope
from participants.twins.actions import join_twins, part_twins
from participants.twins.pairs import Pair
from projects.enums import Role
from tests.actionplans.misplaced.test_misplaced import about
from tests.world import worlds
from tests.world.canary import rows_with
from tests.world.case_rows import assign
from tests.world.pages import faults, submit

MAIL, PHONE, NUMBER = "kanarie@exempel.se", "073-765 43 21", "196205189829"
WRONG = {"email": MAIL, "phone": PHONE, "number": NUMBER, "birth_date": ""}
RIGHT = {"email": "", "phone": "", "number": "", "birth_date": "1980-01-01", "of_another": "on"}


@pytest.fixture
def url(world) -> str:
    return reverse("enrolment_correct", args=[world.enrolment.public_id])


def written(client, case: Enrolment) -> list[str]:
    html = about(client, case)
    return [word for word in (MAIL, PHONE, NUMBER, f"{NUMBER[:8]}-{NUMBER[8:]}", "Kanariesson") if word in html]


def test_nothing_of_it_is_left_on_the_page_or_in_the_registerutdrag(world, client, url) -> None:
    submit(client, url, **WRONG, family_name="Kanariesson")
    assert len(written(client, world.enrolment)) == 5
    assert submit(client, url, **RIGHT, family_name="Öberg").status_code == 302
    assert written(client, world.enrolment) == []
    assert rows_with([MAIL, PHONE, NUMBER, "kanariesson"]) == []
    assert not PersonalNumber.objects.exists()
    assert "En uppgift om vem personen är stod på fel person och är borttagen" in about(client, world.enrolment)


def test_without_the_box_the_history_says_what_was_corrected(world, client, url) -> None:
    submit(client, url, **WRONG)
    submit(client, url, **RIGHT | {"of_another": ""})
    assert MAIL in written(client, world.enrolment)
    assert not Misplacement.objects.exists()


def test_the_mark_says_who_had_read_it(world, client, url, log_in) -> None:
    submit(client, url, **WRONG)
    log_in(world.coordinator).get(world.enrolment.get_absolute_url())
    submit(client, url, **RIGHT)
    assert "Samira Samordnare" in Misplacement.objects.get().readers.text


def test_it_is_taken_away_by_who_wrote_it_or_the_coordinator(world, client, url, log_in) -> None:
    submit(client, url, **WRONG)
    colleague = worlds.member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    assign(world.enrolment, colleague, CaseRole.SUBSTITUTE)
    answer = submit(log_in(colleague), url, **RIGHT)
    assert "Be Hanna Handläggare eller samordnaren" in str(faults(answer)["of_another"])
    assert MAIL in written(client, world.enrolment)
    assert submit(log_in(world.coordinator), url, **RIGHT).status_code == 302
    assert written(client, world.enrolment) == []


def test_the_box_alone_and_a_number_that_is_new_are_refused(world, client, url) -> None:
    assert faults(submit(client, url, of_another="on")) == {"of_another": [NOTHING]}
    submit(client, url, **WRONG)
    other = {"number": "198112289874", "number_is": "new", "of_another": "on"}
    assert list(faults(submit(client, url, **other))) == ["of_another"]
    assert not Misplacement.objects.exists()


def test_undoing_a_join_brings_none_of_it_back(world, client, url, log_in) -> None:
    submit(client, url, **WRONG, family_name="Kanariesson")
    ids = (world.enrolment.participant.public_id, world.unassigned.participant.public_id)
    Enrolment.objects.filter(pk=world.unassigned.pk).update(is_void=True)
    pair = Pair.of(*ids, Scope.of(world.coordinator, today()))
    answer = join_twins(pair=pair, second=set(), why="Samma.", seen=pair.fingerprint, by=world.coordinator)
    coordinator = log_in(world.coordinator)
    assert submit(coordinator, url, **RIGHT | {"number": NUMBER, "birth_date": ""}, family_name="Öberg")["Location"]
    assert rows_with([MAIL, PHONE, "kanariesson"]) == []
    part_twins(answer=answer, why="Det var två.", by=world.coordinator)
    assert rows_with([MAIL, PHONE, "kanariesson"]) == []


def test_a_name_that_was_overwritten_by_mistake_never_left_the_history(world, client, url) -> None:
    identity = world.enrolment.participant.identity
    name = identity.given_name
    submit(client, url, given_name="Kanarieina")
    submit(client, url, given_name=name, of_another="on")
    html = about(client, world.enrolment)
    assert "Kanarieina" not in html
    assert "Förnamn:" not in html
