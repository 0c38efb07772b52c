"""Reports name nobody; where one does all the same, a protection takes the name out of it."""

from datetime import date

import pytest
from django.urls import reverse

from participants.enums import ProtectionLevel
from participants.models import Participant
from participants.protection.actions import protect_participant
from reports.documents.actions import write_report
from reports.enums import ReportState
from reports.models import Release, Report
from tests.world.pages import fill

DAYS = {"period_start": date(2026, 1, 1), "period_end": date(2026, 6, 30), "as_of": date(2026, 6, 30)}
NAME = "Åsa Öberg"


def written(world) -> Report:
    texts = [f"{NAME} har arbete.", "Åsa är ett vanligt namn.", "Slutsatser"]
    asked, by = f"Målet om {NAME}.", world.project_leader
    report = write_report(project=world.project, title=f"Om {NAME}", texts=texts, by=by, release_asked=asked, **DAYS)
    Release.objects.create(report=report, as_of=date(2026, 6, 30), reason=f"{NAME} vet.", released_by=world.coordinator)
    return report


def protect(world) -> str:
    person = Participant.objects.get(pk=world.enrolment.participant_id)
    level = ProtectionLevel.CONFIDENTIALITY_MARK
    protect_participant(level=level, case=world.enrolment, by=world.case_worker)
    return person.alias


@pytest.mark.parametrize("state", list(ReportState))
def test_the_alias_stands_in_drafts_and_adopted_reports(world, state) -> None:
    report = written(world)
    Report.objects.filter(pk=report.pk).update(state=state)
    alias = protect(world)
    report.refresh_from_db()
    assert (report.title, report.release_asked) == (f"Om {alias}", f"Målet om {alias}.")
    assert report.releases.get().reason == f"{alias} vet."
    texts = list(report.sections.values_list("text", flat=True))
    assert texts == [f"{alias} har arbete.", "Åsa är ett vanligt namn.", "Slutsatser"]


def test_a_form_that_was_open_brings_no_name_back(world, log_in) -> None:
    report, client = written(world), log_in(world.project_leader)
    url = reverse("report_edit", args=[report.public_id])
    data = fill(client, url, title="Om året")
    assert any(NAME in str(value) for value in data.values())
    protect(world)
    answer = client.post(url, data)
    assert answer.status_code == 200
    assert "Någon annan har ändrat uppgifterna" in answer.content.decode()
    report.refresh_from_db()
    assert [text for text in report.sections.values_list("text", flat=True) if NAME in text] == []
    assert report.title != "Om året"


def test_a_report_that_names_nobody_is_left_alone(world) -> None:
    report = write_report(project=world.project, title="Om", texts=["a", "b", "c"], by=world.project_leader, **DAYS)
    protect(world)
    report.refresh_from_db()
    assert report.version == 1
