"""The imported register's figures against a count that shares no code with the program."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import Organisation
from projects.enums import Role
from reports.datasets import Population
from reports.figures.catalogue import DEADLINES, STEPS
from reports.figures.project import project_figures
from tests.reports.independent_count import count
from tests.world.worlds import member, model_project

DATA = Path(__file__).parents[1] / "data"
AS_OF = date(2012, 6, 30)


@pytest.fixture
def project(db):
    """The register as the command reads it, without the rows it refuses."""
    project = model_project(host=Organisation.objects.create(name="Vuxenenheten"), register_number="REGISTER")
    register = str(DATA / "deltagarforteckning.xlsx")
    call_command("import_register", register, project="REGISTER", skip_refused=True, stdout=StringIO())
    return project


@pytest.fixture(scope="module")
def counted():
    return json.loads(json.dumps(count()))


def test_the_independent_count_still_gives_what_was_checked_by_hand(counted):
    assert counted == json.loads((DATA / "expected_2012-06-30.json").read_text())


def test_the_command_prints_what_was_counted(project, counted):
    out = StringIO()
    call_command("step_progression", "--project=REGISTER", f"--as-of={AS_OF}", "--format=json", stdout=out)
    printed = json.loads(out.getvalue())
    assert (printed["project"], printed["as_of"]) == ("REGISTER", "2012-06-30")
    assert len(printed["targets"]) == len(counted["targets"]) == 5
    for target, expected in zip(printed["targets"], counted["targets"], strict=True):
        assert list(target) == list(expected)
        plain = [key for key in expected if key not in ("kaplan_meier", "adjusted")]
        assert {key: target[key] for key in plain} == pytest.approx({key: expected[key] for key in plain})
        assert target["adjusted"] == pytest.approx(expected["adjusted"])
        points, expected_points = target["kaplan_meier"], expected["kaplan_meier"]
        assert len(points) == len(expected_points) > 0
        for point, wanted in zip(points, expected_points, strict=True):
            assert point == pytest.approx(wanted)


def test_steps_4_and_5_together_and_the_14_days_are_as_counted(project, counted):
    figures = project_figures(Population.whole(project), as_of=AS_OF)
    together, expected = figures[STEPS].combined[0].result, counted["step_4_or_5"]
    assert (together.due, together.cleared_in_time) == (expected["due"], expected["cleared_in_time"])
    assert together.share == pytest.approx(expected["share"])
    deadlines = figures[DEADLINES]
    for result, name in ((deadlines.from_enrolment, "from_enrolment"), (deadlines.from_application, "from_referral")):
        wanted = counted["within_14_days"][name]
        assert (result.due, result.within, result.left_before) == (
            wanted["due"],
            wanted["within"],
            wanted["left_before"],
        )
        assert result.share == pytest.approx(wanted["share"])


def test_the_result_page_shows_the_counted_numbers(project, counted, log_in):
    coordinator = member(project, project.host, Role.COORDINATOR, "Samira Samordnare")
    page = log_in(coordinator).get("/resultat/", {"per": str(AS_OF)}).content.decode()
    for target in counted["targets"]:
        share = f"{100 * target['share']:.1f}".replace(".", ",")
        assert f"{share}\xa0%" in page
