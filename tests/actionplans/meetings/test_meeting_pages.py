"""Logging a meeting: what the page asks, what it refuses, what is saved."""

import re
from datetime import date, timedelta
from html import unescape
from unittest.mock import ANY

import pytest
from django.urls import reverse

from accounts.models import AccessEvent
from actionplans.enums import MeetingKind, Outcome
from actionplans.meetings.next_days import next_days
from actionplans.models import CriterionResult, Meeting, StepAssessment, StepClock
from actionplans.plans.actions import MilestoneRecord
from actionplans.steps.forms import Situation
from core.days.dates import is_free, today, workday
from core.forms.saving import ALREADY
from core.swedish.words import day as in_words
from core.swedish.words import weekday
from participants.enums import ProtectionLevel
from participants.models import Enrolment, Participant
from projects.actions import ladder_on
from tests.world.cases import days_ago, met, plan, started
from tests.world.factories.access import ProjectOrganisationFactory
from tests.world.factories.background import SickListingFactory
from tests.world.factories.plans import StepClockFactory
from tests.world.pages import faults, fill, queries, shown

TEXT = "Kommer i tid och trivs med gruppen."


def create_url(world) -> str:
    return reverse("meeting_create", args=[world.enrolment.public_id])


@pytest.fixture
def begun(world):
    """Åsa's enrolment began a hundred days ago, so that no test depends on the year."""
    world.enrolment = started(world.enrolment, 100)
    return world


@pytest.fixture
def worker(begun, log_in):
    return log_in(begun.case_worker)


def criteria(world, number: int):
    return list(ladder_on(world.project, world.enrolment.enrolled_on).steps.get(number=number).criteria.all())


def yes_to_all(world, number: int) -> dict[str, str]:
    answers = {f"criterion_{criterion.pk}": "met" for criterion in criteria(world, number)}
    answers |= {
        f"supervisor_{criterion.pk}": "Kim" for criterion in criteria(world, number) if criterion.supervisor_required
    }
    return {"step": str(number), **answers}


def log(client, world, **answers):
    return client.post(create_url(world), fill(client, create_url(world), **answers), follow=True)


def page_text(response) -> str:
    return unescape(response.content.decode())


class TestThePage:
    def test_is_filled_in_with_the_ordinary_case(self, begun, worker) -> None:
        values = shown(worker.get(create_url(begun)).context["form"])
        assert values["kind"] == MeetingKind.FOLLOW_UP
        assert values["held_on"] == today().isoformat()
        assert values["participant_present"] == "on"
        assert values["users"] == [str(begun.case_worker.public_id)]
        assert "step" not in values

    def test_can_be_opened_at_a_step(self, begun, worker) -> None:
        assert shown(worker.get(create_url(begun) + "?steg=2").context["form"])["step"] == "2"
        assert "step" not in shown(worker.get(create_url(begun) + "?steg=nio").context["form"])

    def test_offers_own_colleagues_who_see_persons_and_the_other_parties(self, begun, worker) -> None:
        ProjectOrganisationFactory(project=begun.project, organisation=begun.af)
        ProjectOrganisationFactory(project=begun.project, organisation__name="Regionen")
        form = worker.get(create_url(begun)).context["form"]
        assert {user.name for user in form.fields["users"].rows.values()} == {"Hanna Handläggare", "Samira Samordnare"}
        assert {row.name for row in form.fields["organisations"].rows.values()} == {"Arbetsförmedlingen", "Regionen"}

    def test_shows_what_was_said_last_time(self, begun, worker) -> None:
        met(begun.enrolment, begun.case_worker, days_ago(30), text="Förra gången talade vi om buss.")
        assert "Förra gången talade vi om buss." in page_text(worker.get(create_url(begun)))

    def test_needs_no_script_to_show_the_criteria(self, begun, worker) -> None:
        html = page_text(worker.get(create_url(begun)))
        for number in range(1, 6):
            assert all(criterion.text in html for criterion in criteria(begun, number))

    @pytest.mark.parametrize("cases", [0, 12])
    def test_asks_the_database_equally_often_however_much_there_is(self, begun, worker, cases) -> None:
        for days in range(cases):
            met(begun.enrolment, begun.case_worker, days_ago(days))
        plan(begun.enrolment, begun.case_worker, milestones=[MilestoneRecord(text=f"Mål {n}") for n in range(cases)])
        worker.get(create_url(begun))
        assert queries(worker, create_url(begun)) == 23


class TestSaving:
    def test_one_press_saves_all_of_it(self, begun, worker) -> None:
        next_on = today() + timedelta(days=30)
        log(
            worker,
            begun,
            text=TEXT,
            others="Kalle Kurator, tolk",
            next_choice="other",
            next_meeting_on=next_on.isoformat(),
            **yes_to_all(begun, 1),
        )
        meeting = Meeting.objects.get()
        assert (meeting.kind, meeting.concerns_on, meeting.participant_present) == ("follow_up", today(), True)
        assert (meeting.owner, meeting.recorded_by, meeting.next_meeting_on) == (begun.ame, begun.case_worker, next_on)
        assert meeting.paragraphs.get().body.text == TEXT
        assert {str(party) for party in meeting.parties.all()} == {"Hanna Handläggare", "Kalle Kurator", "tolk"}
        assessment = meeting.step_assessments.get()
        assert (assessment.outcome, assessment.cleared_on, assessment.proposal) == ("cleared", today(), "cleared")
        assert assessment.results.count() == 6
        clock = StepClock.objects.get(enrolment=begun.enrolment, step_number=1)
        assert (clock.cleared_on, clock.holds_now) == (today(), True)
        assert Enrolment.objects.get(pk=begun.enrolment.pk).next_contact_on == next_on

    def test_the_receipt_says_what_and_when(self, begun, worker) -> None:
        html = page_text(log(worker, begun, text=TEXT, **yes_to_all(begun, 1)))
        assert "Mötet är sparat. Steg 1 klarat sedan" in html
        assert f"av {begun.case_worker.name}." in html
        assert "kl." in html

    def test_is_written_in_the_access_log_with_the_person(self, begun, worker) -> None:
        log(worker, begun, text=TEXT)
        event = AccessEvent.objects.get(part="meeting_create", kind="change")
        assert list(event.subjects.values_list("person", flat=True)) == [begun.enrolment.participant.public_id]

    def test_a_second_press_finds_the_first_receipt(self, begun, worker) -> None:
        data = fill(worker, create_url(begun), text=TEXT, **yes_to_all(begun, 1))
        first = worker.post(create_url(begun), data)
        again = worker.post(create_url(begun), data)
        assert first["Location"] == again["Location"] == Meeting.objects.get().get_absolute_url()
        assert StepAssessment.objects.count() == 1

    def test_a_no_show_needs_no_words_and_nobody_was_there(self, begun, worker) -> None:
        log(worker, begun, kind=MeetingKind.NO_SHOW)
        meeting = Meeting.objects.get()
        assert meeting.participant_present is False
        assert not meeting.paragraphs.exists()

    def test_a_day_chosen_before_but_no_longer_asked_for_is_not_saved(self, begun, worker) -> None:
        log(worker, begun, text=TEXT, next_choice="", next_meeting_on=(today() + timedelta(days=3)).isoformat())
        assert Meeting.objects.get().next_meeting_on is None

    def test_a_meeting_before_the_enrolment_can_be_written_but_not_judge(self, begun, worker) -> None:
        before = (begun.enrolment.enrolled_on - timedelta(days=5)).isoformat()
        refused = log(worker, begun, text=TEXT, held_on=before, **yes_to_all(begun, 1))
        assert "cleared_on" in faults(refused)
        log(worker, begun, text=TEXT, held_on=before, step="")
        assert Meeting.objects.count() == 1


class TestRefusals:
    def refused(self, worker, begun, **answers) -> dict:
        """What the page says is wrong; nothing is saved, and everything typed stands there still."""
        data = fill(worker, create_url(begun), **answers)
        response = worker.post(create_url(begun), data)
        assert response.status_code == 200
        assert not Meeting.objects.exists()
        assert _as_sent(shown(response.context["form"])) == _as_sent(data)
        html = page_text(response)
        assert "<title>Fel: " in html
        for name in faults(response):
            assert name == "__all__" or f'href="#id_{name}' in html
        return faults(response)

    def test_an_empty_page(self, begun, worker) -> None:
        assert list(self.refused(worker, begun)) == ["text"]

    def test_a_day_to_come(self, begun, worker) -> None:
        tomorrow = (today() + timedelta(days=1)).isoformat()
        assert list(self.refused(worker, begun, text=TEXT, held_on=tomorrow)) == ["held_on"]

    @pytest.mark.parametrize("day", ["", "i höstas", "2026-02-30"])
    def test_a_day_that_is_none(self, begun, worker, day) -> None:
        assert list(self.refused(worker, begun, text=TEXT, held_on=day)) == ["held_on"]

    def test_another_day_without_a_day(self, begun, worker) -> None:
        assert list(self.refused(worker, begun, text=TEXT, next_choice="other")) == ["next_meeting_on"]

    def test_a_next_meeting_that_is_not_later(self, begun, worker) -> None:
        answers = {"next_choice": "other", "next_meeting_on": today().isoformat()}
        assert list(self.refused(worker, begun, text=TEXT, **answers)) == ["next_meeting_on"]

    def test_a_step_with_criteria_left(self, begun, worker) -> None:
        answers = yes_to_all(begun, 1)
        left = list(answers)[-1]
        del answers[left]
        assert list(self.refused(worker, begun, text=TEXT, **answers)) == [left]

    def test_departing_without_a_reason(self, begun, worker) -> None:
        answers = {**yes_to_all(begun, 1), "outcome": Outcome.NOT_CLEARED}
        assert list(self.refused(worker, begun, text=TEXT, **answers)) == ["departure"]

    def test_praktik_without_a_supervisor(self, begun, worker) -> None:
        answers = {key: value for key, value in yes_to_all(begun, 3).items() if not key.startswith("supervisor")}
        found = self.refused(worker, begun, text=TEXT, **answers)
        assert list(found) == [
            f"supervisor_{criterion.pk}" for criterion in criteria(begun, 3) if criterion.supervisor_required
        ]

    def test_a_clearing_long_ago_without_a_reason(self, begun, worker) -> None:
        answers = {**yes_to_all(begun, 1), "cleared_on": days_ago(15).isoformat()}
        assert list(self.refused(worker, begun, text=TEXT, **answers)) == ["late_reason"]

    def test_self_support_without_saying_whether_there_is_other_support(self, begun, worker) -> None:
        assert list(self.refused(worker, begun, text=TEXT, **yes_to_all(begun, 4))) == ["other_support"]

    def test_losing_what_is_not_held(self, begun, worker) -> None:
        answers = {"step": "1", "outcome": Outcome.LOST, "departure": "Kommer inte längre."}
        assert list(self.refused(worker, begun, text=TEXT, **answers)) == ["outcome"]

    def test_colleagues_of_another_organisation(self, begun, worker) -> None:
        assert list(self.refused(worker, begun, text=TEXT, users=[str(begun.af_case_worker.public_id)])) == ["users"]


class TestTheStep:
    @pytest.mark.parametrize(("number", "support", "said"), [(4, "yes", "Ja"), (5, "no", "Nej"), (1, None, "")])
    def test_its_page_says_whether_there_is_other_support(self, begun, worker, number, support, said) -> None:
        answers = yes_to_all(begun, number) | ({"other_support": support} if support else {})
        answer = log(worker, begun, text=TEXT, **answers)
        found = re.findall(r"Har deltagaren också stöd den månaden\? <b>(\w+)</b>", page_text(answer))
        assert found == ([said] if said else [])

    def test_one_since_an_earlier_day_says_why_it_comes_late(self, begun, worker) -> None:
        day = days_ago(40)
        log(worker, begun, cleared_on=day.isoformat(), late_reason="Vi hann inte ses.", **yes_to_all(begun, 2))
        assessment = StepAssessment.objects.get()
        assert (assessment.cleared_on, assessment.late_reason.text) == (day, "Vi hann inte ses.")

    def test_who_is_sick_listed_full_time_that_day_is_exempt_from_what_exempts(self, begun, worker) -> None:
        _sick(begun)
        form = worker.get(create_url(begun)).context["form"]
        cv = next(criterion for criterion in criteria(begun, 1) if criterion.exempts_full_time_sick)
        assert form[f"criterion_{cv.pk}"].value() == "not_applicable"
        log(worker, begun, **{**yes_to_all(begun, 1), f"criterion_{cv.pk}": "not_met"})
        result = CriterionResult.objects.get(criterion=cv)
        assert (result.outcome, result.why.text) == ("not_applicable", "Sjukskriven på heltid")
        assert StepAssessment.objects.get().outcome == "cleared"

    @pytest.mark.parametrize(("days", "cleared"), [(11, True), (10, False)])
    def test_the_exemption_is_judged_by_the_day_of_the_meeting(self, begun, worker, days, cleared) -> None:
        _sick(begun, until=days_ago(10))
        cv = next(criterion for criterion in criteria(begun, 1) if criterion.exempts_full_time_sick)
        answers = {**yes_to_all(begun, 1), f"criterion_{cv.pk}": "not_met"}
        log(worker, begun, held_on=days_ago(days).isoformat(), **answers)
        assert (StepAssessment.objects.get().outcome == "cleared") is cleared

    def test_can_be_lost_again_and_keeps_the_day_it_was_cleared(self, begun, worker) -> None:
        met(begun.enrolment, begun.case_worker, days_ago(30), clears=1)
        log(worker, begun, step="1", outcome=Outcome.LOST, departure="Har uteblivit i tre veckor.")
        clock = StepClock.objects.get(enrolment=begun.enrolment, step_number=1)
        assert (clock.cleared_on, clock.holds_now) == (days_ago(30), False)

    def test_one_cleared_already_says_so_and_counts_from_its_first_day(self, begun, worker) -> None:
        met(begun.enrolment, begun.case_worker, days_ago(30), clears=1)
        labels = dict(worker.get(create_url(begun)).context["form"].fields["step"].choices)
        assert [number for number, label in labels.items() if label.endswith(" (klarat)")] == ["1"]
        html = page_text(log(worker, begun, text=TEXT, **yes_to_all(begun, 1)))
        first, now = in_words(days_ago(30)), in_words(today())
        assert f"Steg 1 klarat sedan {first}." in html
        assert f"sedan {first}, här bedömt som klarat {now}" in html

    def test_the_proposal_is_told_while_the_page_is_filled_in(self, begun, worker) -> None:
        url = reverse("meeting_proposal", args=[begun.enrolment.public_id])
        answers = yes_to_all(begun, 1)
        data = fill(worker, create_url(begun), **answers)
        assert "klarat." in page_text(worker.post(url, data))
        data[list(answers)[-1]] = "not_met"
        assert "inte klarat än." in page_text(worker.post(url, data))
        del data[list(answers)[-1]]
        assert "Ett svar kvar" in page_text(worker.post(url, data))
        nothing = page_text(
            worker.post(url, {key: value for key, value in data.items() if key not in answers} | {"step": "1"})
        )
        assert "Steget föreslås som klarat" in nothing, "before the first answer only the rule stands there"
        assert "Förslag" not in nothing
        assert page_text(worker.post(url, {**data, "step": ""})).strip() == ""
        assert worker.post(url, {**data, "step": "nio", "held_on": "någon gång"}).status_code == 200
        assert worker.get(url).status_code == 405


def proposed(world, on: date) -> dict[date, str]:
    return {day.day: day.label for day in next_days(world.project, Situation.of(world.enrolment, on), on)}


class TestNextDays:
    def test_lie_four_to_six_weeks_ahead_on_workdays(self, begun) -> None:
        StepClock.objects.all().delete()
        days = proposed(begun, date(2026, 11, 22))
        assert list(days) == [date(2026, 12, 21), date(2026, 12, 28), date(2026, 12, 30)]
        assert next(iter(days.values())) == "Om 4 veckor, måndag 21\xa0december"

    def test_come_no_later_than_the_nearest_step_day(self, begun) -> None:
        StepClock.objects.filter(enrolment=begun.enrolment).delete()
        _clock(begun, 1, date(2026, 4, 18), target_of=1)
        assert proposed(begun, date(2026, 3, 16)) == {
            date(2026, 4, 13): "Om 4 veckor, måndag 13\xa0april",
            date(2026, 4, 17): "För att bedöma steg 1, fredag 17\xa0april",
        }

    @pytest.mark.parametrize("fields", [{"reached_on": date(2026, 3, 1)}, {"target_of": 4}])
    def test_heed_neither_reached_steps_nor_those_of_the_group(self, begun, fields) -> None:
        StepClock.objects.filter(enrolment=begun.enrolment).delete()
        _clock(begun, 1, date(2026, 4, 1), **{"target_of": 1, **fields})
        assert len(proposed(begun, date(2026, 3, 16))) == 3


class TestNextDaysOfThePage:
    """The days are counted from the day of the meeting, whenever it is written in."""

    @pytest.fixture(autouse=True)
    def _no_step_is_near(self, begun) -> None:
        StepClock.objects.all().delete()

    def offered(self, form) -> dict[str, date]:
        return {day.key: day.day for day in form.next_days.values()}

    def test_a_meeting_written_in_late_gets_the_days_that_its_page_shows(self, begun, worker) -> None:
        """Without anything running in the page: it was counted from today, so the page asks once."""
        held_on = days_ago(14)
        data = fill(worker, create_url(begun), text=TEXT, held_on=str(held_on), next_choice="5v")
        data["counted_from"] = str(today())
        asked = worker.post(create_url(begun), data)
        assert faults(asked) == {"next_choice": [ANY]}
        form = asked.context["form"]
        assert self.offered(form)["5v"] == workday(held_on + timedelta(weeks=5))
        html = page_text(asked)
        assert f'name="counted_from" value="{held_on}"' in html
        assert f"Om 5 veckor, {weekday(workday(held_on + timedelta(weeks=5)))}" in html
        assert form["next_choice"].value() == "5v"
        worker.post(create_url(begun), {**data, "counted_from": str(held_on)})
        assert Meeting.objects.get().next_meeting_on == workday(held_on + timedelta(weeks=5))

    def test_the_page_gets_the_days_anew_when_the_day_is_changed(self, begun, worker) -> None:
        held_on = days_ago(14)
        data = fill(worker, create_url(begun), held_on=str(held_on), next_choice="4v", part="next_days")
        answer = worker.post(reverse("meeting_proposal", args=[begun.enrolment.public_id]), data)
        html = page_text(answer)
        assert f'name="counted_from" value="{held_on}"' in html
        assert f"Om 4 veckor, {weekday(workday(held_on + timedelta(weeks=4)))}" in html
        assert re.search(r'value="4v"[^>]*checked', html)
        assert "field-error" not in html
        assert not Meeting.objects.exists()

    def test_days_that_have_been_are_not_proposed(self, begun, worker) -> None:
        data = fill(worker, create_url(begun), text=TEXT, held_on=str(days_ago(60)), next_choice="4v")
        answer = worker.post(create_url(begun), data | {"counted_from": str(days_ago(60))})
        assert self.offered(answer.context["form"]) == {}
        assert list(faults(answer)) == ["next_choice"]

    def test_no_proposed_day_is_free_in_all_of_a_year(self, begun) -> None:
        for place in range(366):
            on = date(2026, 1, 1) + timedelta(days=place)
            days = next_days(begun.project, Situation(is_sick=False, next_step=1, next_step_on=on), on)
            assert not [day for day in days if is_free(day.day)]
            assert all(day.day <= on + timedelta(days=42) for day in days)

    def test_the_day_of_a_step_is_moved_to_the_workday_before(self, begun) -> None:
        on, due_on = date(2026, 12, 1), date(2026, 12, 26)
        days = next_days(begun.project, Situation(is_sick=False, next_step=2, next_step_on=due_on), on)
        assert [(day.key, day.day) for day in days] == [("steg", date(2026, 12, 23))]


class TestWhoMay:
    def test_others_find_nothing(self, begun, log_in) -> None:
        for user in (begun.af_case_worker, begun.af_coordinator, begun.outsider, begun.project_leader, begun.steering):
            assert log_in(user).get(create_url(begun)).status_code == 404
            assert log_in(user).post(create_url(begun), {"text": TEXT}).status_code == 404

    def test_a_coordinator_reads_but_does_not_write(self, begun, log_in) -> None:
        meeting = met(begun.enrolment, begun.case_worker, days_ago(3))
        client = log_in(begun.coordinator)
        assert client.get(create_url(begun)).status_code == 403
        html = page_text(client.get(meeting.get_absolute_url()))
        assert "Trivs och kommer i tid." in html
        assert "Rätta anteckningen" not in html

    def test_a_meeting_of_another_organisations_case_is_not_there(self, begun, log_in) -> None:
        theirs = met(begun.af_enrolment, begun.af_case_worker, days_ago(3))
        for user in (begun.case_worker, begun.coordinator):
            assert log_in(user).get(theirs.get_absolute_url()).status_code == 404
            assert log_in(user).get(_correct_url(theirs)).status_code == 404

    def test_a_protected_identity_is_there_only_for_those_assigned_by_name(self, begun, log_in) -> None:
        meeting = met(begun.enrolment, begun.case_worker, days_ago(3))
        Participant.objects.filter(enrolments=begun.enrolment).update(protection=ProtectionLevel.CONFIDENTIALITY_MARK)
        assert log_in(begun.coordinator).get(meeting.get_absolute_url()).status_code == 404
        assert log_in(begun.case_worker).get(meeting.get_absolute_url()).status_code == 200


class TestTheMeetingsPage:
    @pytest.mark.parametrize("versions", [0, 9])
    def test_asks_the_database_equally_often_however_much_there_is(self, begun, worker, versions) -> None:
        meeting = met(begun.enrolment, begun.case_worker, days_ago(3), clears=1, others=["en", "två"])
        for number in range(versions):
            _correct(worker, meeting, f"Lydelse {number}")
        worker.get(meeting.get_absolute_url())
        assert queries(worker, meeting.get_absolute_url()) == 16


class TestCorrectingANote:
    def test_keeps_every_version(self, begun, worker) -> None:
        meeting = met(begun.enrolment, begun.case_worker, days_ago(3), text="Kom fem över.")
        _correct(worker, meeting, "Kom i tid.")
        versions = list(meeting.paragraphs.order_by("version"))
        assert [version.body.text for version in versions] == ["Kom fem över.", "Kom i tid."]
        assert versions[1].corrects == versions[0]
        assert versions[0].superseded_at == versions[1].recorded_at
        html = page_text(worker.get(meeting.get_absolute_url()))
        assert html.index("Kom i tid.") < html.index("Tidigare lydelser") < html.index("Kom fem över.")

    def test_a_second_press_makes_one_version(self, begun, worker) -> None:
        meeting = met(begun.enrolment, begun.case_worker, days_ago(3))
        url = _correct_url(meeting)
        data = fill(worker, url, text="Rättat.")
        assert worker.post(url, data)["Location"] == worker.post(url, data)["Location"]
        assert meeting.paragraphs.count() == 2

    def test_two_who_correct_at_once_see_each_others_words(self, begun, worker, log_in) -> None:
        meeting = met(begun.enrolment, begun.case_worker, days_ago(3), text="Först.")
        url = _correct_url(meeting)
        other = log_in(begun.case_worker)
        mine, theirs = fill(worker, url, text="Mitt."), fill(other, url, text="Ditt.")
        other.post(url, theirs)
        answer = worker.post(url, mine)
        assert answer.status_code == 200
        assert shown(answer.context["form"])["text"] == "Mitt."
        assert "Ditt." in page_text(answer)
        worker.post(url, {**shown(answer.context["form"])})
        said = meeting.paragraphs.order_by("version").values_list("body__text", flat=True)
        assert list(said) == ["Först.", "Ditt.", "Mitt."]

    def test_an_empty_correction_is_refused(self, begun, worker) -> None:
        meeting = met(begun.enrolment, begun.case_worker, days_ago(3))
        answer = worker.post(_correct_url(meeting), fill(worker, _correct_url(meeting), text=" "))
        assert list(faults(answer)) == ["text"]
        assert meeting.paragraphs.count() == 1


class TestTakingAnAssessmentBack:
    def test_sets_the_clock_back_and_shows_why(self, begun, worker) -> None:
        meeting = met(begun.enrolment, begun.case_worker, days_ago(3), clears=1)
        url = reverse("step_withdraw", args=[meeting.step_assessments.get().public_id])
        data = fill(worker, url, reason="Skrevs på fel deltagare.")
        worker.post(url, data)
        assert StepClock.objects.get(enrolment=begun.enrolment, step_number=1).cleared_on is None
        html = page_text(worker.get(meeting.get_absolute_url()))
        assert "Återtagen" in html
        assert "Skrevs på fel deltagare." in html
        again = worker.post(url, data, follow=True)
        assert ALREADY in page_text(again)
        assert StepAssessment.objects.count() == 2

    def test_takes_a_reason(self, begun, worker) -> None:
        meeting = met(begun.enrolment, begun.case_worker, days_ago(3), clears=1)
        url = reverse("step_withdraw", args=[meeting.step_assessments.get().public_id])
        assert list(faults(worker.post(url, fill(worker, url)))) == ["reason"]

    def test_is_for_those_who_work_with_the_case(self, begun, log_in) -> None:
        meeting = met(begun.enrolment, begun.case_worker, days_ago(3), clears=1)
        url = reverse("step_withdraw", args=[meeting.step_assessments.get().public_id])
        assert log_in(begun.coordinator).get(url).status_code == 403
        assert log_in(begun.af_case_worker).get(url).status_code == 404


def _as_sent(values: dict) -> dict[str, str]:
    return {name: str(value) for name, value in values.items() if value != ""}


def _correct_url(meeting: Meeting) -> str:
    return reverse("meeting_correct", args=[meeting.paragraphs.order_by("version").first().public_id])


def _correct(client, meeting: Meeting, text: str) -> None:
    url = _correct_url(meeting)
    assert client.post(url, fill(client, url, text=text)).status_code == 302


def _sick(world, until: date | None = None) -> None:
    SickListingFactory(enrolment=world.enrolment, concerns_on=world.enrolment.enrolled_on, until=until)


def _clock(world, number: int, due_on: date, *, target_of: int, reached_on: date | None = None) -> None:
    targets = world.project.target_versions.get().targets
    target = targets.get(step_number=target_of)
    StepClockFactory(enrolment=world.enrolment, step_number=number, target=target, due_on=due_on, reached_on=reached_on)
