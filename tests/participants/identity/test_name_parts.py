"""Parts of names: searches find by them whom they found by reading every name, and they follow the name."""

from functools import reduce
from operator import or_
from random import Random

import pytest
from django.core.management import call_command
from django.db.models import F, Q

from accounts.models import User
from core.swedish.keys import search_term, spellings
from core.swedish.typed import clean_name
from participants.enums import ProtectionLevel
from participants.models import Enrolment, NamePart, PersonIdentity
from participants.protection.actions import protect_participant
from participants.querysets.names import FEW_LETTERS
from tests.world import random_worlds
from tests.world.factories import EnrolmentFactory, OrganisationFactory, PersonIdentityFactory, ProjectFactory

pytestmark = pytest.mark.django_db

# What names are made of: letters of their own, signs that spellings leave out, and what LIKE takes for something else.
SYLLABLES = "å ø æ ß ı ŋ ö ä oe aa é 'a ’ - -b ann lin qvist son ek o' | % _ \\ İ ŉ ü ĳ 李".split()


def reading_every_name(text: str) -> set[int]:
    """Keys of the enrolments whose person's key holds each word, as it was asked before there were parts."""
    found = Enrolment.objects.all()
    for word in search_term(clean_name(text)).replace(",", " ").split():
        signs = (" ", "-") if len(word) <= FEW_LETTERS else ("",)
        texts = (sign + spelled for spelled in spellings(word) for sign in signs)
        found = found.filter(reduce(or_, (Q(participant__identity__search_key__contains=key) for key in texts)))
    return set(found.values_list("pk", flat=True))


def by_parts(text: str, owner: int | None = None) -> set[int]:
    return set(Enrolment.objects.named(text, owner=owner).values_list("pk", flat=True))


def name(chance: Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(1, 5)))


def differing() -> list[str]:
    people = PersonIdentity.objects.select_related("participant")
    return [str(person) for person in people if NamePart.objects.differ(person)]


@pytest.mark.parametrize("seed", range(3))
def test_any_word_finds_whom_reading_every_name_finds(seed: int) -> None:
    chance = Random(seed)
    project, owners = ProjectFactory(), [OrganisationFactory(), OrganisationFactory()]
    for number in range(40):
        owner = owners[number % 2]
        given = f"{name(chance)} {name(chance)}" if number % 9 else ""
        person = PersonIdentityFactory(
            participant__organisation=owner, family_name=name(chance), given_name=given
        ).participant
        EnrolmentFactory(project=project, participant=person, owner=owner)
    of_one = set(Enrolment.objects.filter(owner=owners[0]).values_list("pk", flat=True))
    found = 0
    for _ in range(300):
        text = name(chance) if chance.random() < 0.5 else chance.choice(SYLLABLES)
        if chance.random() < 0.2:
            text = f"{text} {chance.choice(SYLLABLES)}"
        people = reading_every_name(text)
        assert by_parts(text) == people, text
        assert by_parts(text, owners[0].pk) & of_one == people & of_one, text
        found += len(people)
    assert found > 100


@pytest.mark.parametrize("seed", range(5))
def test_in_worlds_by_chance_every_person_is_of_the_organisation_that_has_the_case(seed: int) -> None:
    """Else a search would miss the person: it reads the names of its own organisation."""
    assert random_worlds.build(seed).cases
    assert not Enrolment.objects.exclude(owner=F("participant__organisation")).exists()
    assert NamePart.objects.exists()
    assert differing() == []


def test_a_search_reads_no_row_of_a_name(world) -> None:
    plan = Enrolment.objects.named("lindqvist", owner=world.ame.pk).explain()
    # PostgreSQL takes another index of the same table where it is as small as here.
    assert "participants_namepart" in plan or "name_part" in plan
    assert "personidentity" not in plan


def protect(case: Enrolment, by: User) -> None:
    protect_participant(level=ProtectionLevel.CONFIDENTIALITY_MARK, case=case, responsible=by, by=by)


class TestProtection:
    def test_nothing_is_left_of_the_name(self, world) -> None:
        case = world.enrolment
        mine = NamePart.objects.filter(identity=case.participant_id)
        before = set(mine.values_list("part", flat=True))
        protect(case, world.case_worker)
        case.participant.refresh_from_db()
        left = set(mine.values_list("part", flat=True))
        assert before
        assert left
        assert not before & left
        assert [part for part in left if part not in case.participant.alias.casefold()] == []
        assert differing() == []

    def test_parts_that_came_back_are_blanked_again(self, world) -> None:
        """As in a database that was restored, or served by a release that knows no parts."""
        protect(world.enrolment, world.case_worker)
        NamePart.objects.create(
            identity_id=world.enrolment.participant_id, organisation=world.ame, part="öberg", is_start=True
        )
        call_command("reapply_protection")
        assert not NamePart.objects.filter(part="öberg").exists()
        assert differing() == []
