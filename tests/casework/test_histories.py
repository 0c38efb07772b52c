"""Whatever is written, corrected, taken back and moved, of all kinds together: two cases, the work list, what is late
and all figures are as if the right things alone had been written, and no word of it stands about the other person.

`make soak` tries ten times as many histories.
"""

import os
import random
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from participants.models import Enrolment
from reports.datasets import Population
from reports.figures.project import project_figures
from tests.casework.caseload.lines import URL, names
from tests.casework.worklist.lines import HOME, tasks
from tests.world.cases import days_ago
from tests.world.deeds.answers import read
from tests.world.deeds.assessments import AssessmentDeeds
from tests.world.deeds.exits import ExitDeeds
from tests.world.deeds.livelihoods import LivelihoodDeeds
from tests.world.deeds.meetings import MeetingDeeds
from tests.world.deeds.plans import PlanDeeds
from tests.world.deeds.presence import PresenceDeeds
from tests.world.deeds.stage import Deeds, Stage, two_cases
from tests.world.late import assert_late_is_what_it_was
from tests.world.pages import rolled_back

SEEDS = range(max(20, int(os.environ.get("WORLDS", "50")) * 2 // 5))
# The last deeds of a short history aren't mended by later ones.
SHORTEST, LONGEST = 4, 60
KINDS: list[type[Any]] = [MeetingDeeds, PlanDeeds, AssessmentDeeds, PresenceDeeds, ExitDeeds, LivelihoodDeeds]


@dataclass
class History:
    """Deeds of all kinds, in one order."""

    stage: Stage
    kinds: list[Deeds] = field(default_factory=list)

    @classmethod
    def played(cls, world: Any, cases: list[Enrolment], seed: int) -> "History":
        """One of `SHORTEST` to `LONGEST` deeds."""
        stage = Stage(world, cases, random.Random(seed))
        history = cls(stage, [kind(stage) for kind in KINDS])
        for _ in range(stage.chance.randint(SHORTEST, LONGEST)):
            # In a case that has ended, some of what comes after its last day is refused.
            with suppress(ValidationError):
                stage.chance.choice(history.kinds).deed()
        return history

    def write_right(self) -> None:
        """The right things alone, in the order in which they were first written."""
        for _, write in sorted((turn for kind in self.kinds for turn in kind.rightly()), key=lambda turn: turn[0]):
            write()

    def state(self, client: Client) -> dict[str, object]:
        """Projections, clocks, the work list, what is late by each way of asking, and all figures."""
        cases = self.stage.cases
        held = {(case.pk, type(kind).__name__): kind.state(case) for case in cases for kind in self.kinds}
        project = self.stage.world.project
        assert_late_is_what_it_was(project, days_ago(0))
        figures = project_figures(Population.whole(project), as_of=days_ago(0))
        return {**held, **late(client, cases), "work list": tasks(client), "figures": figures.results}


def late(client: Client, cases: list[Enrolment]) -> dict[str, object]:
    """What is late: on the start page, in the list, by its filter and on the pages of the cases."""
    groups = [group for group in client.get(HOME).context["groups"] if group.is_late]
    rows = client.get(URL).context["rows"]
    pages = [client.get(case.get_absolute_url()).context["now"] for case in cases]
    return {
        "late at home": [(task.what, task.when) for group in groups for task in group.tasks],
        "late in the list": [(row.name, row.status, row.status_kind) for row in rows],
        "late by the filter": names(client.get(URL, {"sena": "on"})),
        "late on the pages": [[(item.kind, item.text) for item in now.missing] for now in pages],
        "facts on the pages": [now.facts for now in pages],
    }


def printed(client: Client, case: Enrolment) -> str:
    """The words of the registerutdrag on paper, with no space between them."""
    address = reverse("participant_extract_pdf", args=[case.participant.public_id])
    content = b"".join(client.post(address, {"reason": "asked"}))
    ran = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return "".join(ran.stdout.decode().split())


@pytest.mark.parametrize("seed", SEEDS)
def test_all_is_as_of_a_history_with_the_right_things_alone(world, log_in, seed) -> None:
    cases = two_cases(world)
    with rolled_back():
        history = History.played(world, cases, seed)
        played = history.state(log_in(world.case_worker))
    with rolled_back():
        history.write_right()
        right = history.state(log_in(world.case_worker))
    assert {what: (played[what], right[what]) for what in right if played[what] != right[what]} == {}


@pytest.mark.parametrize("seed", SEEDS[: len(SEEDS) // 2])
def test_no_word_of_what_was_moved_is_in_any_answer_about_the_other_person(world, log_in, seed) -> None:
    history = History.played(world, two_cases(world), 1000 + seed)
    client = log_in(world.case_worker)
    for number, case in enumerate(history.stage.cases):
        html = read(client, case)
        everything = html + (printed(client, case) if seed % 5 == 0 else "")
        absent = set().union(*(kind.absent(number) for kind in history.kinds))
        present = set().union(*(kind.present(number) for kind in history.kinds))
        assert sorted(words for words in absent if words in everything) == []
        assert sorted(words for words in present if words not in html) == []
