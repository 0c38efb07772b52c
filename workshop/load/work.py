"""The work of users, click by click: mixed work, in the shares in which pages are opened."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from django.urls import reverse

from accounts.models import User
from participants.models import Enrolment
from participants.scope.scope import Scope
from projects.enums import Role
from workshop.answers import hidden, note
from workshop.demo.people import FAMILY
from workshop.scale.people import World
from workshop.serving.visitor import Visitor

START, LIST, CASE, FORM = "start page", "list", "participant", "meeting form"
SAVE, SEARCH, RESULT = "save of a meeting", "search, typed and answered", "result page"
# How often each page is opened, in a hundred choices of somebody with the role. A form that has been opened is then
# saved, so there are as many saves as forms. A leader's start page is the result.
SHARES = {
    Role.CASE_WORKER: {START: 20, LIST: 15, CASE: 30, FORM: 20, SEARCH: 15},
    Role.COORDINATOR: {START: 25, LIST: 35, CASE: 20, SEARCH: 20},
    Role.PROJECT_LEADER: {RESULT: 100},
}
_CASES = 200


@dataclass(frozen=True, slots=True)
class Click:
    """Something to ask for: what it is called, and the call that asks."""

    page: str
    ask: Callable[[], object]


class Work:
    """The work of one user in a role.

    Which cases there are is asked at once, so that nothing but the server asks the database later.
    """

    def __init__(self, world: World, user: User, role: Role, visitor: Visitor, chance: Random) -> None:
        self.world, self.user, self.role, self.visitor, self.chance = world, user, role, visitor, chance
        scope = Scope.of(user, world.on)
        self.cases = list(Enrolment.objects.own_to(scope).on(world.on).order_by("-pk")[:_CASES])
        self.url, self.form = "", ""

    def begin(self) -> None:
        """Open the page that the user works from. The browser gets the token that forms send back."""
        self.visitor.get(reverse("result" if self.role is Role.PROJECT_LEADER else "participant_list"))

    def clicks(self) -> Iterator[Click]:
        """One click after another, without end."""
        calls: dict[str, Callable[[], object]] = {
            START: lambda: self.visitor.get(reverse("home")),
            LIST: lambda: self.visitor.get(reverse("participant_list")),
            CASE: lambda: self.visitor.get(self.chance.choice(self.cases).get_absolute_url()),
            FORM: self._open,
            SEARCH: self._search,
            RESULT: lambda: self.visitor.get(reverse("result")),
        }
        shares = {page: share for page, share in SHARES[self.role].items() if self.cases or page not in (CASE, FORM)}
        while True:
            page = self.chance.choices(list(shares), list(shares.values()))[0]
            yield Click(page, calls[page])
            if page == FORM and self.form:
                yield Click(SAVE, self._save)

    def _open(self) -> None:
        self.form, self.url = "", reverse("meeting_create", args=[self.chance.choice(self.cases).public_id])
        self.form = self.visitor.get(self.url)

    def _save(self) -> None:
        taking_part = {"users": str(self.user.public_id)}
        self.visitor.send(self.url, {**hidden(self.form, beside="token"), **note(self.world), **taking_part})

    def _search(self) -> None:
        self.visitor.get(self.visitor.send(reverse("participant_list"), {"q": self.chance.choice(FAMILY)}))
