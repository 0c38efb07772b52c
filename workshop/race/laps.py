"""The laps of the race: list, search, page of a case and save, in both programs."""

from collections.abc import Callable, Iterator
from itertools import cycle

from django.urls import reverse

from workshop import aims
from workshop.answers import Answers, hidden, note
from workshop.bench.measure import Measured
from workshop.bench.pages import NAME
from workshop.bench.saves import cases
from workshop.scale.people import World
from workshop.serving.server import Server
from workshop.serving.visitor import Visitor, WrongAnswerError

Call = Callable[[], object]
_CASES, _NOTES = "/admin/participants/enrolment/", "/admin/core/textbody/"
_NOTE = f"{_NOTES}add/"


def laps(world: World, ours: Server, admins: Server) -> Iterator[Measured]:
    """The measurements, each with the admin as its floor. One user, who is logged in on both."""
    mine, theirs = Visitor(ours, world.coordinator), Visitor(admins, world.coordinator)
    people, case = reverse("participant_list"), world.case

    def search() -> None:
        """Typed and answered: the program sends the name beside the address, and is led on."""
        mine.get(mine.send(people, {"q": NAME}))

    def lap(name: str, run: Call, floor: Call, ready: Call = object) -> Measured:
        return Measured(name, run, floor, aims.RACE[name], ready=ready)

    yield lap("list", lambda: mine.get(people), lambda: theirs.get(_CASES))
    yield lap("search", search, lambda: theirs.get(f"{_CASES}?q={NAME}"))
    hits = mine.send(people, {"q": NAME})
    yield Measured("search, the page of hits", lambda: mine.get(hits), lambda: theirs.get(f"{_CASES}?q={NAME}"))
    yield lap("open", lambda: mine.get(case.get_absolute_url()), lambda: theirs.get(f"{_CASES}{case.pk}/change/"))
    theirs.get(_NOTE)
    save = NoteSave(world, Visitor(ours, world.case_worker))
    yield lap("save", save.run, lambda: _admin_save(theirs, note(world)["text"]), save.open)


def _admin_save(visitor: Visitor, text: str) -> None:
    """Save a note. Raises WrongAnswerError where the admin doesn't lead on to its list of notes."""
    if (found := visitor.send(_NOTE, {"text": text})) != _NOTES:
        raise WrongAnswerError(f"{found} instead of {_NOTES}")


class NoteSave:
    """The program's save of a meeting with a note. The form is opened beforehand, as the admin's is."""

    def __init__(self, world: World, visitor: Visitor) -> None:
        self.world, self.visitor = world, visitor
        self.cases = cycle(cases(world)[0] or [world.case])
        self.url, self.answers = "", Answers()

    def open(self) -> None:
        """Open the form of the next case and fill it in."""
        self.url = reverse("meeting_create", args=[next(self.cases).public_id])
        page = self.visitor.get(self.url)
        taking_part = {"users": str(self.world.case_worker.public_id)}
        self.answers = {**hidden(page, beside="token"), **note(self.world), **taking_part}

    def run(self) -> None:
        """Press the button."""
        self.visitor.send(self.url, self.answers)
