"""After a project's last day nothing is late and nothing waits on a person."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.days.dates import today
from core.swedish.words import day
from tests.world.cases import started, with_days

HOME, LIST = "/", "/deltagare/"


@pytest.fixture
def case(world):
    """Begun forty days ago with neither kartläggning nor plan, and a contact that never came."""
    case = started(world.enrolment, 40)
    return with_days(case, next_contact_on=today() - timedelta(days=9))


def end(project, days_ago: int) -> None:
    project.ends_on = today() - timedelta(days=days_ago)
    project.save()


def test_on_the_last_day_what_is_late_is_late(world, case, client) -> None:
    end(world.project, 0)
    assert client.get(HOME).context["groups"]
    assert [row.status_kind for row in client.get(LIST, {"sena": "on"}).context["rows"]] == ["late"]
    assert "Sent" in client.get(case.get_absolute_url()).content.decode()


def test_from_the_day_after_nothing_waits(world, case, client) -> None:
    end(world.project, 1)
    assert client.get(HOME).context["groups"] == []
    assert list(client.get(LIST, {"sena": "on"}).context["rows"]) == []
    (row,) = client.get(LIST).context["rows"]
    assert (row.status, row.status_kind) == (f"Projektet slutade {day(world.project.ends_on)}", "")
    page = client.get(case.get_absolute_url())
    assert page.context["now"].missing == []
    assert "Uppföljning" not in dict(page.context["now"].facts)
    html = page.content.decode()
    assert f"Projektet slutade {day(world.project.ends_on)}." in html
    assert "Inget saknas" not in html


@pytest.mark.parametrize(("who", "reads_reports"), [("case_worker", False), ("coordinator", True)])
def test_the_start_page_says_so_and_points_to_what_it_came_to(world, case, log_in, who, reads_reports) -> None:
    end(world.project, 1)
    main = log_in(getattr(world, who)).get(HOME).content.decode().partition("<main")[2]
    assert f"Vägar till arbete slutade {day(world.project.ends_on)}" in main
    assert f'href="{reverse("result")}">resultatet' in main
    assert (f'href="{reverse("report_list")}">rapporterna' in main) == reads_reports
    assert "Inget väntar" not in main
    assert "Utan ansvarig" not in main
