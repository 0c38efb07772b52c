"""What has been, on the case page."""

from actionplans.meetings.actions import correct_paragraph
from actionplans.models import MeetingParagraph
from actionplans.steps.actions import withdraw_assessment
from core.days.dates import today
from core.swedish.words import day
from participants.assessment.actions import record_assessment
from participants.assignment.actions import assign_case
from participants.enrolment.actions import correct_enrolment
from participants.enums import ExitReason, ReferralSource
from participants.exits.actions import end_enrolment, reopen_enrolment
from tests.casework.case.reads import entries, page, steps
from tests.world.cases import days_ago, met, plan
from tests.world.factories import (
    MembershipFactory,
    UserFactory,
)


def test_the_timeline_tells_what_was_said_and_who_can_read_it(world, client, case) -> None:
    meeting = met(case, world.case_worker, days_ago(1), clears=1)
    record_assessment(enrolment=case, completed_on=days_ago(30), summary="Bor ensam.", by=world.case_worker)
    plan(case, world.case_worker)
    found = {entry.title: entry for entry in entries(client, case)}
    said = found["Uppföljningsmöte"]
    assert said.text == "Trivs och kommer i tid."
    assert (said.readers, said.url) == ("Vuxenenheten", meeting.get_absolute_url())
    assert said.when.startswith(day(days_ago(1)))
    assert "Hanna Handläggare" in said.when
    step = found["Steg 1, deltar: klarat"]
    assert step.kind == "step"
    assert step.text.replace("\xa0", " ") == "Dag 39 · 6 av 6 kriterier uppfyllda"
    assert found["Kartläggningen är klar"].text == "Dag 10\n\nBor ensam."
    assert "inskrivet" in found["Kartläggningen är klar"].when
    assert found["Handlingsplan 1"].text.startswith("Återbruket, 20 timmar")
    assert found["Inskriven"].kind == "quiet"
    days = [entry.on for entry in entries(client, case)]
    assert days == sorted(days, reverse=True)


def test_a_corrected_note_says_so(world, client, case) -> None:
    met(case, world.case_worker, days_ago(1))
    correct_paragraph(paragraph=MeetingParagraph.objects.get(), text="Kom i tid.", by=world.coordinator)
    text = entries(client, case)[0].text
    assert text.startswith("Kom i tid.")
    assert f"Rättad {day(today())} av Samira Samordnare" in text
    assert "Trivs" not in text


def test_a_withdrawn_assessment_stands_with_its_reason(world, client, case) -> None:
    meeting = met(case, world.case_worker, days_ago(1), clears=1)
    withdraw_assessment(assessment=meeting.step_assessments.get(), reason="Fel person.", by=world.case_worker)
    found = [entry for entry in entries(client, case) if entry.title.startswith("Steg 1")]
    assert [entry.title for entry in found] == ["Steg 1, deltar: klarat (återtaget)"]
    assert found[0].kind == "quiet"
    assert f"Återtaget {day(today())} av Hanna Handläggare: Fel person." in found[0].text
    assert steps(client, case)[0][0] == "now"


def test_exits_corrections_and_reopenings_are_told(world, client, case) -> None:
    by = world.case_worker
    end_enrolment(enrolment=case, exited_on=days_ago(5), reason=ExitReason.MOVED, comment="Till Luleå.", by=by)
    end_enrolment(enrolment=case, exited_on=days_ago(4), reason=ExitReason.WORK, by=by)
    titles = [entry.title for entry in entries(client, case)]
    assert "Avslut: arbete" in titles
    assert "Avslut: flyttat" not in titles
    text = next(entry.text for entry in entries(client, case) if entry.title == "Avslut: arbete")
    assert f"Förut stod: Avslut: flyttat, {day(days_ago(5))}" in text
    reopen_enrolment(enrolment=case, by=by)
    titles = [entry.title for entry in entries(client, case)]
    assert "Avslut: arbete (återtaget)" in titles
    assert "Inskrivningen pågår igen" in titles


def test_a_taken_back_exit_shows_who_took_it_back(world, client, case) -> None:
    for by in (world.case_worker, world.coordinator):
        end_enrolment(enrolment=case, exited_on=days_ago(5), reason=ExitReason.WORK, by=world.case_worker)
        reopen_enrolment(enrolment=case, by=by)
    # Another person's is another matter.
    end_enrolment(enrolment=world.unassigned, exited_on=days_ago(5), reason=ExitReason.WORK, by=world.coordinator)
    reopen_enrolment(enrolment=world.unassigned, by=world.coordinator)
    said = [entry.when for entry in entries(client, case) if entry.title == "Inskrivningen pågår igen"]
    assert said == [f"{day(today())} · Samira Samordnare", f"{day(today())} · Hanna Handläggare"]


def test_each_change_of_the_responsible_one_is_told_without_the_note(world, client, case) -> None:
    colleague = UserFactory(organisation=world.ame, name="Kim Kollega")
    MembershipFactory(user=colleague, project=world.project)
    assign_case(enrolment=case, user=colleague, note="Ring på förmiddagen.", by=world.coordinator)
    assign_case(enrolment=case, user=world.case_worker, by=world.coordinator)
    changes = [entry for entry in entries(client, case) if entry.title.startswith("Ny ansvarig")]
    told = [(entry.title, entry.text, entry.when) for entry in changes]
    by = f"{day(today())} · Samira Samordnare"
    assert told[:2] == [
        ("Ny ansvarig: Hanna Handläggare", "Förut: Kim Kollega.", by),
        ("Ny ansvarig: Kim Kollega", "Förut: Hanna Handläggare.", by),
    ]
    assert "Ring på förmiddagen" not in page(client, case)


def test_the_first_responsible_one_is_told_when_it_came_after_the_enrolment(world, client, case) -> None:
    first = case.assignments.get()
    assert not [entry for entry in entries(client, case) if "ansvarig" in entry.title]
    case.assignments.filter(pk=first.pk).update(valid_from=days_ago(3))
    assert [entry.text for entry in entries(client, case) if "ansvarig" in entry.title] == ["Förut: ingen."]
    case.assignments.filter(pk=first.pk).update(recorded_at=case.entries.get().recorded_at)
    assert not [entry for entry in entries(client, case) if "ansvarig" in entry.title]


def test_a_corrected_enrolment_says_what_it_said_before(world, client, case) -> None:
    correct_enrolment(
        enrolment=case,
        enrolled_on=days_ago(42),
        source=ReferralSource.HEALTH_CARE,
        applied_on=None,
        referred_on=days_ago(50),
        by=world.case_worker,
    )
    found = {entry.title: entry for entry in entries(client, case)}
    assert f"Förut stod: Inskriven, anvisad från socialtjänsten, {day(days_ago(40))}" in found["Inskriven"].text
    assert found["Anvisad från hälso- och sjukvården"].on == days_ago(50)


def test_long_timelines_show_thirty_entries_until_asked(world, client, case) -> None:
    for number in range(32):
        met(case, world.case_worker, days_ago(number + 1))
    first = client.get(case.get_absolute_url())
    assert len(first.context["entries"]) == 30
    html = first.content.decode().replace("\xa0", " ")
    assert "Visa 3 äldre händelser" in html
    everything = client.get(case.get_absolute_url() + "?visa=allt")
    assert len(everything.context["entries"]) == 33
    assert "äldre händelse" not in everything.content.decode()


def test_three_months_stand_open_and_the_earlier_ones_are_folded(world, client, case) -> None:
    for months in range(5):
        met(case, world.case_worker, days_ago(31 * months), text=f"Möte {months}.")
    open_ones, folded = page(client, case).split('<details class="fold earlier">', maxsplit=1)
    assert "Möte 0." in open_ones
    assert "Möte 4." in folded
    assert "Tidigare" in folded
