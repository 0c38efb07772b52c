"""An adopted report says the same whatever happens to its project, its targets and those it counted."""

from datetime import date

import pytest

from core.days.dates import today
from participants.enrolment.actions import correct_enrolment
from participants.models import Enrolment
from projects.actions import change_project, change_targets
from projects.ladder.ladders import load_template
from reports.datasets import Population
from reports.documents.actions import adopt_report, release_figures
from reports.documents.document import document
from reports.documents.releases import Released
from reports.figures.edition import Hiding
from reports.models import Release, Report
from reports.pages.result import FiguresReader
from reports.safe.version import safe_figures
from tests.reports.conftest import known_cases
from tests.reports.documents.test_reports import make_report
from tests.reports.pages.test_result_page import words
from tests.world.pages import fill
from tests.world.populations import write

DAY = date(2012, 6, 30)


@pytest.fixture
def adopted(world, known_project):
    report = make_report(world)
    adopt_report(report=report, based_on=1, by=world.project_leader)
    report.refresh_from_db()
    return report


@pytest.mark.parametrize("change", [{"name": "Nytt namn"}, {"funder": "Ny finansiär"}, {"association": "Nytt förbund"}])
def test_it_says_what_the_project_was_called_then(world, adopted, change) -> None:
    draft = make_report(world)

    def said(report=adopted):
        content = document(Report.objects.get(pk=report.pk), None, on=today())
        return content["facts"], content["project"]

    before = said()
    change_project(project=world.project, version=1, data=change, organisations=[], by=world.project_leader)
    assert said() == before
    assert next(iter(change.values())) in str(said(draft))


def void(world, case):
    said = {name: getattr(case, name) for name in ("enrolled_on", "source", "applied_on", "referred_on")}
    correct_enrolment(enrolment=case, is_void=True, by=world.coordinator, **said)


@pytest.mark.parametrize("who", ["the others", "the reader's own", "some of the reader's own"])
def test_whom_a_reader_doesnt_know_is_as_hidden_once_somebody_is_found_wrongly_registered(world, adopted, who) -> None:
    cases = list(Enrolment.objects.filter(project=world.project, is_void=False).order_by("pk"))
    own = Enrolment.objects.filter(pk__in=[case.pk for case in cases[:-4]])

    def read():
        reader = FiguresReader(
            project=world.project,
            on=today(),
            own=Population.part(world.project, own),
            sees_persons=True,
            sees_project=True,
            makes_reports=False,
            wants_whole=True,
        )
        return document(adopted, reader, on=today())["page"]

    before = read()
    assert before.edition.hiding is Hiding.BESIDE_OWN
    for case in {"the others": cases[-4:], "the reader's own": cases[:-4], "some of the reader's own": cases[:9]}[who]:
        void(world, case)
    assert (read().edition.hiding, read().steps) == (before.edition.hiding, before.steps)


# --- Releases ---------------------------------------------------------------------------------------------------------


def decide(world, **change):
    targets = [{**target, **(change if target["step_number"] == 1 else {})} for target in load_template()["targets"]]
    change_targets(project=world.project, valid_from=date(1900, 1, 1), targets=targets, by=world.project_leader)


@pytest.fixture
def asking(world):
    """A report about eight people, which asks to show step 1."""
    world.project.enrolments.update(is_void=True)
    write(world.project, known_cases()[:8])
    return make_report(world, release_asked="Visa steg 1")


def release(world, report):
    release_figures(report=report, wanted=["1"], reason="Prövat", by=world.coordinator)


def shown(report):
    released = Released.of(report).targets
    rows = safe_figures(Population.whole(report.project), as_of=DAY, released=released).results["steps"].single
    return [row.target.months for row in rows if row.result]


@pytest.mark.parametrize("change", [{"months": 6}, {"percent": 80}, {"counts_higher": False}])
def test_a_release_is_of_the_target_that_was_weighed(world, asking, change) -> None:
    release(world, asking)
    assert shown(asking) == [3]
    decide(world, **change)
    assert shown(asking) == []
    assert "Ett mål som har ändrats sedan dess" in str(document(asking, None, on=today())["facts"])
    release(world, asking)
    assert shown(asking) == [change.get("months", 3)]


def test_targets_that_are_decided_again_as_they_were_stay_released(world, asking) -> None:
    release(world, asking)
    decide(world)
    assert shown(asking) == [3]


def test_a_release_that_only_has_the_target_s_name_is_of_the_one_that_had_it_then(world, asking) -> None:
    release(world, asking)
    Release.objects.update(target="1")
    assert shown(asking) == [3]
    decide(world, months=6)
    assert shown(asking) == []


def test_who_weighs_targets_that_are_decided_anew_meanwhile_is_told(world, asking, log_in) -> None:
    client, url = log_in(world.coordinator), f"{asking.get_absolute_url()}slapp/"
    answers = fill(client, url, wanted=["visa-1"], reason="Prövat")
    decide(world, months=6)
    told = words(client.post(url, answers))
    assert "Någon annan hann spara före dig" in told
    assert "75 % inom 6 månader" in told
    assert not Release.objects.exists()
