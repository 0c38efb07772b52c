"""What happens to people by chance before, while and after their identity is protected; and what must be gone then."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.test import Client
from django.urls import reverse
from personnummer import personnummer

from accounts.models import User
from core.swedish.keys import fold
from participants.models import Enrolment, Participant
from projects.enums import Role
from projects.models import Project
from tests.world import worlds
from tests.world.factories import MembershipFactory
from tests.world.factories.access import ProjectOrganisationFactory
from tests.world.pages import Browser, submit
from tests.world.worlds import World, member


@dataclass(frozen=True, slots=True)
class Version:
    """Who somebody was said to be once: nothing in it stands anywhere else."""

    given: str
    family: str
    number: str
    phone: str
    email: str

    @property
    def typed(self) -> dict[str, str]:
        """As a form takes it."""
        names = {"given_name": self.given, "family_name": self.family, "phone": self.phone, "email": self.email}
        return {**names, "number": self.dashed, "birth_date": ""}

    @property
    def dashed(self) -> str:
        return f"{self.number[:8]}-{self.number[8:]}"

    @property
    def digits(self) -> list[str]:
        """The number as it may stand: twelve digits and ten, with a dash and without."""
        short = self.number[2:]
        return [self.number, self.dashed, short, f"{short[:6]}-{short[6:]}"]

    @property
    def others(self) -> list[str]:
        """Name, phone and mail as they may stand, also folded as keys of lists and searches are."""
        plain = self.phone.replace("-", "")
        names = [self.given, self.family, fold(self.given), fold(self.family)]
        return [name for name in [*names, self.phone, plain, plain[1:], self.email] if name]

    def told(self) -> list[str]:
        """As a colleague writes it in a text."""
        names = [f"{self.given} {self.family}", f"{self.family}, {self.given}", f"{self.given} {self.family}s"]
        reached = [self.phone, f"+46 {self.phone[1:3]} {self.phone[4:]}", self.email.upper()]
        return [*names, *self.digits, *(reached if self.phone else ())]


@dataclass(slots=True)
class Somebody:
    """A person in a case, with whoever works with it and whoever may confirm and undo."""

    case: Enrolment
    by: User
    coordinator: User
    live: list[Version]
    gone: list[Version] = field(default_factory=list)
    barred: set[str] = field(default_factory=set)

    @property
    def person(self) -> Participant:
        return Participant.objects.get(enrolments=self.case.pk)

    def url(self, name: str) -> str:
        """A page of the person's case."""
        return reverse(name, args=[self.case.public_id])


class Story:
    """A world, the people in it, and what may happen to them. `done` counts what came through."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.world: World = worlds.build()
        ProjectOrganisationFactory(project=self.world.project, organisation=self.world.af)
        self.colleague = member(self.world.project, self.world.ame, Role.CASE_WORKER, "Kim Kollega")
        self.second = member(self.world.project, self.world.ame, Role.COORDINATOR, "Stina Samordnare")
        self.elsewhere = worlds.model_project(host=self.world.ame, name="Annat projekt", register_number="PROV-2026-2")
        self.stranger = member(self.elsewhere, self.world.ame, Role.CASE_WORKER, "Egon Annars")
        MembershipFactory(user=self.stranger, project=self.elsewhere, role=Role.COORDINATOR)
        self.people: list[Somebody] = []
        self.refused: list[Version] = []
        self.done: dict[str, int] = {}
        self.acts = 0
        self.enrol()

    # --- Made up ----------------------------------------------------------------------------------------------------

    def version(self, number: str = "") -> Version:
        """Somebody new; with a number, under one that is known."""
        given, family = (self._word() for _ in range(2))
        phone = f"07{self.chance.randint(0, 9)}-{self.chance.randint(1000000, 9999999)}"
        return Version(given, family, number or self._number(), phone, f"{fold(self._word())}@example.org")

    def _word(self) -> str:
        pairs = (self.chance.choice("bdfgjklmprstv") + self.chance.choice("aeiouyåäö") for _ in range(5))
        return "".join(pairs).capitalize() + "x"

    def _number(self) -> str:
        day = date(1930, 1, 1) + timedelta(days=self.chance.randrange(20000))
        digits = f"{day:%y%m%d}98{self.chance.randint(0, 9)}"
        valid = (f"{digits}{last}" for last in range(10) if personnummer.valid(f"{day:%Y}{digits[2:]}{last}"))
        return f"{day:%Y}"[:2] + next(valid)

    @cached_property
    def clients(self) -> dict[int, Client]:
        return {}

    def client(self, user: User) -> Client:
        """Logged in as the user."""
        if user.pk not in self.clients:
            self.clients[user.pk] = Browser()
            self.clients[user.pk].force_login(user)
        return self.clients[user.pk]

    def somebody(self) -> Somebody:
        """Any of the people, the first most often."""
        return self.chance.choice([*self.people[:1] * 3, *self.people])

    def named(self, who: Somebody) -> str:
        """How somebody is named in a text: as anybody may know them; nothing where all of it is gone."""
        return self.chance.choice(self.chance.choice(who.live).told()) if who.live else "hen"

    # --- What must be gone ------------------------------------------------------------------------------------------

    @property
    def shared(self) -> set[str]:
        """Numbers of others who aren't protected: theirs to have, whoever else has had them."""
        return {version.number for who in self.people for version in who.live}

    @property
    def canaries(self) -> list[str]:
        """All that told of those who are or were protected, and of whom the program refused to write down."""
        return [form for version in self.lost for form in [*version.others, *self._digits(version)]]

    @property
    def lost(self) -> list[Version]:
        return [*self.refused, *(version for who in self.people for version in who.gone)]

    def _digits(self, version: Version) -> list[str]:
        return [] if version.number in self.shared else version.digits

    def is_barred(self, number: str, by: User) -> bool:
        """Whether the number is that of somebody protected in the user's organisation."""
        return any(number in who.barred for who in self.people if who.case.owner_id == by.organisation_id)

    def lose(self, who: Somebody) -> None:
        """All that was said of somebody is gone from now on, and by the numbers they are recognised."""
        versions, who.live = who.live, []
        who.gone += versions
        who.barred |= {version.number for version in versions[:-1]} - self.shared
        who.barred |= {version.number for version in versions[-1:]}

    def release(self, who: Somebody) -> None:
        """Nobody is stopped by the numbers any more."""
        who.barred = set()

    def join(self, holder: Somebody, newcomer: Somebody) -> None:
        """Two are one: all that was said of either was said of both."""
        holder.live, newcomer.live = [*newcomer.live, *holder.live], []
        newcomer.case.refresh_from_db()
        self.people.remove(newcomer)

    # --- What happens -----------------------------------------------------------------------------------------------

    def a_number(self) -> str:
        """One that somebody has, or has had, or nobody."""
        known = [version.number for who in self.people for version in [*who.live, *who.gone]]
        return self.chance.choice(["", *known, *known])

    def place(self) -> tuple[User, Project]:
        """Who enrols, and where."""
        everywhere = [
            (self.world.case_worker, self.world.project),
            (self.colleague, self.world.project),
            (self.stranger, self.elsewhere),
            (self.world.af_case_worker, self.world.project),
        ]
        return self.chance.choice(everywhere) if self.people else everywhere[0]

    def enrol(self) -> bool:
        """Somebody new, perhaps under a number that is known; it joins nobody, since nobody answers that it should."""
        by, _ = self.place()
        version = self.version(self.a_number() if self.people else "")
        answer = submit(self.client(by), reverse("participant_create"), source="social_services", **version.typed)
        if answer.status_code != 302:
            assert self.people, answer.context["form"].errors
            self.refused.append(version)
            return False
        assert not self.is_barred(version.number, by), "a barred number was enrolled"
        case = Enrolment.objects.select_related("participant").latest("pk")
        own = {self.stranger: self.stranger, self.world.af_case_worker: self.world.af_coordinator}
        self.people.append(Somebody(case, by, own.get(by, self.world.coordinator), [version]))
        return True
