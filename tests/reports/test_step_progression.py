"""The command line's figures: the promised form, and nothing else on standard output."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.reports.oracle import Begun, Case, Judged, Left
from tests.world.populations import write
from tests.world.worlds import model_project

DAY = date(2011, 1, 1)


def run(*args):
    out, err = StringIO(), StringIO()
    call_command("step_progression", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def project(db):
    """Twelve enrolled the same day: eight clear step 1 on time, one a day late, two leave, one isn't assessed."""
    project = model_project()
    due = date(2011, 4, 1)
    on_time = [Case([Begun(on=DAY)], judged=[Judged(on=due, cleared=due)]) for _ in range(8)]
    late = Case([Begun(on=DAY)], judged=[Judged(on=due + timedelta(days=1), cleared=due + timedelta(days=1))])
    dead = Case([Begun(on=DAY)], [Left(on=DAY + timedelta(days=9), reason="deceased")])
    gone = Case([Begun(on=DAY)], [Left(on=due - timedelta(days=1))], [Judged(on=DAY, outcome="not_cleared")])
    write(project, [*on_time, late, dead, gone, Case([Begun(on=DAY)])])
    return project


def test_json_has_exactly_the_promised_form(project):
    out, err = run("--project", project.register_number, "--as-of", "2011-12-31", "--format", "json")
    data = json.loads(out)
    assert err == ""
    assert list(data) == ["project", "as_of", "targets"]
    assert (data["project"], data["as_of"]) == (project.register_number, "2011-12-31")
    assert [target["step"] for target in data["targets"]] == [1, 2, 3, 4, 5]
    first = data["targets"][0]
    low, high = first.pop("wilson_low"), first.pop("wilson_high")
    assert (low, high) == (pytest.approx(0.39062, abs=1e-4), pytest.approx(0.86188, abs=1e-4))
    assert first == {
        "step": 1,
        "months": 3,
        "target_percent": 75,
        "enrolled": 12,
        "due": 12,
        "cleared_in_time": 8,
        "share": 8 / 12,
        "status": "not_met",
        "not_yet_due": 0,
        "left_before_due": 2,
        "not_assessed": 3,
        "adjusted": {"due": 11, "cleared_in_time": 8, "share": 8 / 11},
        "kaplan_meier": first["kaplan_meier"],
    }
    assert [(p["day"], p["at_risk"], set(p)) for p in first["kaplan_meier"]] == [
        (90, 12, {"day", "share", "low", "high", "at_risk"}),
        (91, 4, {"day", "share", "low", "high", "at_risk"}),
    ]


def test_nobody_due_is_too_early_with_null_shares(project):
    out, _ = run("--project", project.register_number, "--as-of", "2011-03-31", "--format", "json")
    first = json.loads(out)["targets"][0]
    assert (first["status"], first["share"], first["wilson_low"], first["due"]) == ("too_early", None, None, 0)
    assert first["not_yet_due"] == first["enrolled"] == 12
    assert first["adjusted"] == {"due": 0, "cleared_in_time": 0, "share": None}


def test_without_enrolments_the_targets_in_force_are_shown(db):
    project = model_project()
    out, _ = run("--project", project.register_number, "--as-of", "2011-03-31", "--format", "json")
    assert [(target["step"], target["enrolled"], target["kaplan_meier"]) for target in json.loads(out)["targets"]] == [
        (step, 0, []) for step in (1, 2, 3, 4, 5)
    ]


def test_the_table_is_readable(project):
    out, _ = run("--project", project.register_number, "--as-of", "2011-12-31")
    line = next(line for line in out.splitlines() if line.startswith("1 Deltar"))
    for part in ("75 % på 3 mån", "8 av 12", "66,7", "inte nått", "72,7"):
        assert part in line
    assert any(line.startswith("Steg 4 eller 5") for line in out.splitlines())


def test_known_at_asks_what_was_known_then(project):
    before = (project.enrolments.first().entries.get().recorded_at - timedelta(days=1)).isoformat()
    out, _ = run(
        "--project", project.register_number, "--as-of", "2011-12-31", "--known-at", before, "--format", "json"
    )
    assert json.loads(out)["targets"] == []


def test_a_day_to_come_is_counted_with_a_warning_beside_the_json(project):
    out, err = run("--project", project.register_number, "--as-of", "2999-01-01", "--format", "json")
    assert json.loads(out)["as_of"] == "2999-01-01"
    assert "framtiden" in err


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--project", "FINNS-INTE", "--as-of", "2011-12-31"), "diarienumret"),
        (("--project", "PROV-2026-1", "--as-of", "31/12"), "dag"),
        (("--project", "PROV-2026-1", "--as-of", "2011-12-31", "--known-at", "nyss"), "tidpunkt"),
    ],
)
def test_what_cannot_be_understood_is_told_in_swedish(project, args, says):
    with pytest.raises(CommandError, match=says):
        run(*args)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59-05:00"])
def test_a_moment_that_no_database_can_be_asked_about_is_refused_in_words(project, moment):
    with pytest.raises(CommandError, match="går inte att fråga om"):
        run("--project", project.register_number, "--as-of", "2011-12-31", "--known-at", moment)
