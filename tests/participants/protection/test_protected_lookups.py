"""Amid corrections, claims and protections made by chance nobody out of scope learns whether a number is known.

A number that somebody out of sight has is answered as the same number when nobody has it: pages, queries and events of
the log, with one subject each. So is that of somebody protected, for another organisation than the one that is told.
"""

import os
from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from core.days.dates import today
from participants.enums import ProtectionLevel
from participants.joining.lookup import cases_in_sight
from participants.models import Enrolment, PersonalNumber, ProtectedNumber
from participants.scope.scope import Scope
from projects.models import Project
from tests.actionplans.register.builders import register_file
from tests.participants.joining.test_lookup import Answer, ask, even
from tests.participants.protection.protected_operations import act
from tests.participants.protection.protected_story import Story
from tests.world.pages import fill, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

SEEDS = range(101, 101 + (50 if "SOAK" in os.environ else 1))
ACTS = 30


def numbers_out_of_sight(story: Story, user: User, project: Project) -> Iterator[str]:
    """Numbers that somebody has whom the user can't see, or that are barred in another organisation."""
    seen = cases_in_sight(Scope.of(user, today()), user.own_organisation, project).values("participant")
    asked_about = Enrolment.objects.to_decide_by(Scope.of(user, today())).values("participant")
    near = PersonalNumber.objects.filter(participant__in=seen) | PersonalNumber.objects.filter(
        participant__in=asked_about
    )
    known = {version.number for who in story.people for version in [*who.live, *who.gone]}
    for number in sorted(known - set(near.values_list("value", flat=True))):
        if not story.is_barred(number, user):
            yield number


def both(number: str, send) -> list[object]:
    """What comes of it where nobody has the number or is recognised by it, and as it is."""
    found = []
    for is_known in (False, True):
        with transaction.atomic():
            if not is_known:
                PersonalNumber.objects.filter(value=number).delete()
                ProtectedNumber.objects.all().delete()
            found.append(send())
            transaction.set_rollback(True)
    return found


def tries(seed: int) -> Iterator[tuple[Story, User, Project, str]]:
    """A number for each of those who enrol in their project."""
    story = Story(seed)
    for _ in range(ACTS):
        act(story)
    world = story.world
    users = [(user, world.project) for user in (story.colleague, world.coordinator, world.af_case_worker)]
    for user, project in [*users, (world.af_coordinator, world.project), (story.stranger, story.elsewhere)]:
        # Logged in before, and not within what is taken back.
        story.client(user).get(reverse("home"))
        numbers = list(numbers_out_of_sight(story, user, project))
        within = [number for number in numbers if is_within(number, user)]
        for pool in (within, [number for number in numbers if number not in within]):
            for number in story.chance.sample(pool, min(1, len(pool))):
                yield story, user, project, f"{number[:8]}-{number[8:]}"


def is_within(number: str, user: User) -> bool:
    """Whether somebody of the user's own organisation has the number: the hardest to be silent about."""
    return PersonalNumber.objects.filter(value=number, organisation=user.organisation_id).exists()


@pytest.mark.parametrize("seed", SEEDS)
def test_enrolling_importing_correcting_and_searching_tell_nothing(seed, settings) -> None:
    asked, within = dict.fromkeys(SENT, 0), 0
    for story, user, project, number in tries(seed):
        within += is_within(number.replace("-", ""), user)
        for name, send in SENT.items():
            unknown, known = both(number.replace("-", ""), partial(send, story, user, project, number))
            assert known == unknown, (name, user.name)
            asked[name] += unknown is not None
    assert min(asked.values()) > 0, asked
    assert within > 0, "nobody out of sight within the own organisation: try another seed"


def enrol(story: Story, user: User, project: Project, number: str) -> Answer | None:
    client, url = story.client(user), reverse("participant_create")
    if client.get(url).status_code != 200:
        return None
    typed = {"given_name": "Inga", "family_name": "Ny", "source": "social_services", "number": number}
    return ask(user, client, url, fill(client, url, **typed))


def correct(story: Story, user: User, project: Project, number: str) -> Answer | None:
    """The first case that the user may correct."""
    seen = cases_in_sight(Scope.of(user, today()), user.own_organisation, project)
    mine = seen.filter(participant__protection=ProtectionLevel.NONE, is_void=False).order_by("pk").first()
    if mine is None:
        return None
    client, url = story.client(user), reverse("enrolment_correct", args=[mine.public_id])
    if client.get(url).status_code != 200:
        return None
    return ask(user, client, url, fill(client, url, number=number, birth_date=""), mine)


def search(story: Story, user: User, project: Project, number: str) -> tuple[int, str]:
    answer = story.client(user).post(reverse("participant_list"), {"q": number}, follow=True)
    return answer.status_code, even(answer.content.decode())


def read_a_register(story: Story, user: User, project: Project, number: str) -> tuple[str, Answer | None] | None:
    client, url = story.client(user), reverse("import_upload")
    if client.get(url).status_code != 200:
        return None
    row = {"Personnr": number, "Efternamn": "Ny", "Förnamn": "Inga", "Inskriven": date(2025, 1, 28)}
    answer = client.post(url, fill(client, url, file=SimpleUploadedFile("register.xlsx", register_file(row))))
    if answer.status_code != 302:
        return even(answer.content.decode()), None
    preview = client.get(answer["Location"])
    data = {**shown(preview.context["form"]), "do": "approve"}
    return even(preview.content.decode()), ask(user, client, answer["Location"], data)


SENT = {"enrol": enrol, "correct": correct, "search": search, "register": read_a_register}
