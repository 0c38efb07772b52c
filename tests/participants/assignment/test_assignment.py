"""Who answers for which case: handed over one at a time, or many from the list."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import AccessEvent
from core.days.dates import today
from participants.models import CaseAssignment, Enrolment
from participants.scope.scope import Scope
from projects.enums import Role
from tests.world.factories import EnrolmentFactory
from tests.world.pages import faults, fill, shown, submit
from tests.world.worlds import member

BULK = "/deltagare/ansvarig/"


def responsible(enrolment: Enrolment) -> list[str]:
    live = enrolment.assignments.on(today()).responsible()
    return list(live.values_list("user__name", flat=True))


@pytest.fixture
def colleague(world):
    return member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")


@pytest.fixture
def client(world, log_in):
    return log_in(world.coordinator)


class TestOne:
    @pytest.fixture
    def url(self, world) -> str:
        return reverse("enrolment_assign", args=[world.enrolment.public_id])

    def test_handed_over_with_a_note(self, world, client, url, colleague) -> None:
        answer = submit(client, url, responsible=str(colleague.public_id), note="Ring på förmiddagen.")
        assert answer["Location"] == world.enrolment.get_absolute_url()
        assert responsible(world.enrolment) == ["Kim Kollega"]
        assert world.enrolment.assignments.get(user=colleague).note.text == "Ring på förmiddagen."
        assert not Enrolment.objects.visible_to(Scope.of(world.case_worker, today())).exists()
        assert Enrolment.objects.visible_to(Scope.of(colleague, today())).exists()

    def test_only_present_case_workers_of_the_own_organisation(self, world, client, url, colleague) -> None:
        gone = member(world.project, world.ame, Role.CASE_WORKER, "Gun Gången")
        gone.memberships.update(valid_until=today())
        shut = member(world.project, world.ame, Role.CASE_WORKER, "Stina Stängd")
        shut.is_active = False
        shut.save()
        choices = client.get(url).context["form"].fields["responsible"].choices
        # The present one is no choice either.
        assert [label for _, label in choices] == ["Välj", "Kim Kollega"]
        for user in (gone, shut, world.af_case_worker, world.coordinator):
            assert list(faults(submit(client, url, responsible=str(user.public_id)))) == ["responsible"]

    def test_the_note_is_kept_when_nobody_was_chosen(self, client, url) -> None:
        answer = submit(client, url, note="Ring på förmiddagen.")
        assert faults(answer) == {"responsible": ["Välj vem som ska vara ansvarig."]}
        assert "Ring på förmiddagen." in answer.content.decode()

    def test_pressed_twice_is_one(self, world, client, url, colleague) -> None:
        data = fill(client, url, responsible=str(colleague.public_id))
        assert client.post(url, data).status_code == client.post(url, data).status_code == 302
        assert world.enrolment.assignments.filter(user=colleague).count() == 1


class TestMany:
    def data(self, client, user, scope: str, *ticked: Enrolment, **more) -> dict:
        page = client.get("/deltagare/", more)
        return {
            **page.context["search"].parameters,
            **{name: shown(page.context["bulk"])[name] for name in ("token", "seen")},
            "responsible": str(user.public_id),
            "omfattning": scope,
            "val": [str(enrolment.public_id) for enrolment in ticked],
        }

    def test_the_ticked_ones(self, world, client, colleague) -> None:
        answer = client.post(BULK, self.data(client, colleague, "valda", world.unassigned))
        assert answer["Location"] == "/deltagare/"
        assert responsible(world.unassigned) == ["Kim Kollega"]
        assert responsible(world.enrolment) == ["Hanna Handläggare"]

    def test_all_that_the_search_found_after_one_question(self, world, client, colleague) -> None:
        register = [EnrolmentFactory(project=world.project) for _ in range(138)]
        question = client.post(BULK, self.data(client, colleague, "alla", ansvarig="ingen"))
        html = question.content.decode()
        assert "139\xa0inskrivningar" in html
        assert responsible(register[0]) == []
        context = question.context
        answer = client.post(
            BULK,
            {
                "ansvarig": "ingen",
                "token": str(context["form"].cleaned_data["token"]),
                "responsible": str(colleague.public_id),
                "seen": context["seen"],
                "omfattning": "bekraftat",
            },
            follow=True,
        )
        assert "Kim Kollega är nu ansvarig för 139\xa0inskrivningar." in answer.content.decode()
        assert all(responsible(enrolment) == ["Kim Kollega"] for enrolment in register)
        assert responsible(world.enrolment) == ["Hanna Handläggare"]
        assert Enrolment.objects.visible_to(Scope.of(colleague, today())).count() == 139

    def test_one_event_in_the_log_with_all_persons(self, world, client, colleague) -> None:
        client.post(BULK, self.data(client, colleague, "valda", world.unassigned, world.enrolment))
        event = AccessEvent.objects.get(user=world.coordinator, kind="change")
        assert (event.part, event.subjects_count) == ("participant_assign", 2)

    def test_the_question_tells_how_many_lose_the_one_they_have(self, world, client, colleague) -> None:
        html = client.post(BULK, self.data(client, colleague, "alla")).content.decode()
        assert "1 har en annan ansvarig i dag" in html

    def test_a_list_that_has_changed_since_is_asked_again(self, world, client, colleague) -> None:
        question = client.post(BULK, self.data(client, colleague, "alla"))
        Enrolment.objects.filter(pk=world.enrolment.pk).update(is_void=True)
        EnrolmentFactory(project=world.project)
        data = self.data(client, colleague, "bekraftat") | {"seen": question.context["seen"]}
        answer = client.post(BULK, data)
        assert "Någon annan hann spara före dig" in answer.content.decode()
        assert responsible(world.unassigned) == []

    def test_those_who_have_the_person_already_are_left_alone(self, world, client) -> None:
        client.post(BULK, self.data(client, world.case_worker, "valda", world.enrolment, world.unassigned))
        assert CaseAssignment.objects.filter(user=world.case_worker).count() == 2
        assert AccessEvent.objects.get(user=world.coordinator, kind="change").subjects_count == 1

    def test_nothing_ticked_says_so_and_keeps_the_choice(self, world, client, colleague) -> None:
        answer = client.post(BULK, self.data(client, colleague, "valda"))
        assert faults(answer) == {"__all__": ["Bocka för minst en person."]}
        assert f'value="{colleague.public_id}" selected' in answer.content.decode()

    def test_nobody_chosen_keeps_the_ticks(self, world, client, colleague) -> None:
        data = self.data(client, colleague, "valda", world.unassigned) | {"responsible": ""}
        answer = client.post(BULK, data)
        assert list(faults(answer)) == ["responsible"]
        assert f'value="{world.unassigned.public_id}" checked' in answer.content.decode()

    def test_another_organisations_case_cannot_be_ticked(self, world, client, colleague) -> None:
        answer = client.post(BULK, self.data(client, colleague, "valda", world.af_enrolment, world.unassigned))
        assert faults(answer) == {"__all__": ["Någon av de valda finns inte i listan."]}
        assert responsible(world.af_enrolment) == ["Alva Arbetsförmedlare"]
        assert responsible(world.unassigned) == []

    @pytest.mark.parametrize("val", ["x", "00000000-0000-0000-0000-000000000000", "'"])
    def test_an_odd_tick_is_refused(self, world, client, colleague, val) -> None:
        answer = client.post(BULK, self.data(client, colleague, "valda") | {"val": [val]})
        assert faults(answer) == {"__all__": ["Någon av de valda finns inte i listan."]}

    def test_pressed_twice_is_one(self, world, client, colleague) -> None:
        data = self.data(client, colleague, "valda", world.unassigned)
        assert client.post(BULK, data).status_code == client.post(BULK, data).status_code == 302
        assert world.unassigned.assignments.count() == 1

    def test_a_case_worker_has_no_boxes(self, world, log_in) -> None:
        page = log_in(world.case_worker).get("/deltagare/")
        assert page.context["bulk"] is None
        assert 'name="val"' not in page.content.decode()

    def test_the_searched_name_is_in_the_form_but_not_in_the_address(self, world, client, colleague) -> None:
        page = client.post("/deltagare/", {"q": "Örjan"}, follow=True)
        data = {
            **page.context["search"].parameters,
            **{name: shown(page.context["bulk"])[name] for name in ("token", "seen")},
            "responsible": str(colleague.public_id),
            "omfattning": "valda",
            "val": [str(world.unassigned.public_id)],
        }
        answer = client.post(BULK, data)
        assert "rjan" not in answer["Location"]
        assert client.get(answer["Location"]).context["search"].text == "Örjan"


def test_an_earlier_responsible_ends_the_day_the_next_begins(world, client, colleague) -> None:
    url = reverse("enrolment_assign", args=[world.enrolment.public_id])
    submit(client, url, responsible=str(colleague.public_id))
    earlier = world.enrolment.assignments.get(user=world.case_worker)
    assert earlier.valid_until == today()
    assert not CaseAssignment.objects.on(today()).filter(pk=earlier.pk).exists()
    assert CaseAssignment.objects.on(today() - timedelta(days=1)).filter(pk=earlier.pk).exists()


@pytest.mark.parametrize(("is_there", "word"), [(True, "Byt ansvarig"), (False, "Utse ansvarig")])
def test_somebody_is_appointed_where_nobody_was(world, log_in, is_there, word) -> None:
    case = world.enrolment if is_there else world.unassigned
    other = "Utse ansvarig" if is_there else "Byt ansvarig"
    for name in ("enrolment_detail", "case_people", "enrolment_assign"):
        html = log_in(world.coordinator).get(reverse(name, args=[case.public_id])).content.decode()
        assert word in html, name
        assert other not in html, name
