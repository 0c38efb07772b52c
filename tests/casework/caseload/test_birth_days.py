"""Finding people by their birth day, written as dates are."""

from datetime import date

import pytest

from tests.casework.caseload.lines import look_for, names


@pytest.fixture
def searched(world, log_in):
    """Searches as the coordinator: the names that are found, and the page."""
    person = world.enrolment.participant
    type(person).objects.filter(pk=person.pk).update(birth_date=date(1969, 5, 10))
    client = log_in(world.coordinator)

    def search(text: str):
        page = look_for(client, text)
        return names(page), page

    return search


@pytest.mark.parametrize(
    "text",
    ["10 maj 1969", "10/5 1969", "1969-05-10", "19690510", "10.5.1969", "10-5-1969", "10 maj 69", "690510"],
)
def test_a_birth_day_is_found_however_it_is_written(world, searched, text) -> None:
    hits, page = searched(text)
    assert hits == [world.enrolment.participant.identity.full_name]
    assert "Namn, personnummer eller födelsedag" in page.content.decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [("10 maj", "Skriv också året"), ("10/5", "Skriv också året"), ("31 feb 1969", "Det finns ingen 31 februari")],
)
def test_a_birth_day_that_is_unclear_is_asked_about_and_nothing_is_searched(searched, text, said) -> None:
    hits, page = searched(text)
    assert hits == []
    assert said in page.content.decode()
    assert page.context["search"].text == text
    assert "träffar" not in page.content.decode().partition("<main")[2][:1500]
