"""Ending an enrolment, correcting how it ended, and taking it back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEvent
from core.days.dates import today
from participants.enums import ExitReason, MisplacedWay
from participants.exits.actions import end_enrolment, reopen_enrolment
from participants.models import Enrolment, Exit, Misplacement
from projects.enums import Role
from reports.figures.past import cases_at
from tests.casework.case.reads import entries
from tests.world.canary import rows_with
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory
from tests.world.pages import faults, fill, shown, submit
from tests.world.worlds import member


@pytest.fixture
def url(world) -> str:
    return reverse("enrolment_exit", args=[world.enrolment.public_id])


BACK, AWAY = "ta-tillbaka/", "fel-person/"
ANSWERS = {"exited_on": "2026-06-30", "reason": "work", "comment": "Fick jobb på lagret."}


def test_ended_with_day_reason_and_comment(world, client, url) -> None:
    answer = submit(client, url, **ANSWERS)
    assert answer["Location"] == world.enrolment.get_absolute_url()
    world.enrolment.refresh_from_db()
    assert (world.enrolment.exited_on, world.enrolment.exit_reason) == (date(2026, 6, 30), "work")
    fact = Exit.objects.get(enrolment=world.enrolment)
    assert (fact.concerns_on, fact.reason, fact.comment.text) == (date(2026, 6, 30), "work", ANSWERS["comment"])
    assert AccessEvent.objects.filter(user=world.case_worker, kind="change", part="enrolment_exit").count() == 1


def test_an_existing_exit_is_shown_and_corrected(world, client, url) -> None:
    submit(client, url, **ANSWERS)
    page = client.get(url)
    assert shown(page.context["form"]) | {"token": "", "seen": ""} == ANSWERS | {"token": "", "seen": ""}
    assert "Ta tillbaka avslutet" in page.content.decode()
    submit(client, url, exited_on="2026-07-01", reason="studies", why="Fel dag.")
    current = Exit.objects.filter(enrolment=world.enrolment).current().get()
    assert (current.concerns_on, current.reason) == (date(2026, 7, 1), "studies")
    assert Exit.objects.filter(enrolment=world.enrolment).count() == 2


def test_a_correction_says_why_and_the_version_before_stays(world, client, url) -> None:
    submit(client, url, **ANSWERS)
    assert list(faults(submit(client, url, reason="studies"))) == ["why"]
    submit(client, url, reason="studies", why="Fel orsak.")
    old, new = Exit.objects.order_by("pk")
    assert (new.corrects, new.first, new.why.text) == (old, old, "Fel orsak.")
    assert "arbete. Fick jobb på lagret." in client.get(url).content.decode()
    assert "Fel orsak." in client.get(world.enrolment.get_absolute_url()).content.decode()


def test_taken_back(world, client, url) -> None:
    submit(client, url, **ANSWERS)
    sent = fill(client, url + BACK, reason="Hon slutade inte.")
    for _ in range(2):
        assert client.post(url + BACK, sent)["Location"] == world.enrolment.get_absolute_url()
    world.enrolment.refresh_from_db()
    assert (world.enrolment.exited_on, world.enrolment.exit_reason) == (None, "")
    old, end = Exit.objects.order_by("pk")
    assert (end.corrects, end.taken_back, end.why.text) == (old, True, "Hon slutade inte.")
    assert not Exit.objects.current().exists()
    (told,) = [entry for entry in entries(client, world.enrolment) if entry.title == "Inskrivningen pågår igen"]
    assert "Hon slutade inte." in told.text


def test_only_its_author_and_the_coordinator_take_it_back(world, client, url, log_in) -> None:
    submit(client, url, **ANSWERS)
    colleague = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    CaseAssignmentFactory(enrolment=world.enrolment, user=colleague, role="substitute")
    assert log_in(colleague).get(url + BACK).status_code == 403
    with pytest.raises(PermissionDenied):
        reopen_enrolment(enrolment=world.enrolment, reason="Fel.", by=colleague)
    coordinator = log_in(world.coordinator)
    assert url + BACK in coordinator.get(url).content.decode()
    assert submit(coordinator, url + BACK, reason="Fel.").status_code == 302
    html = log_in(colleague).get(world.enrolment.get_absolute_url()).content.decode()
    assert ANSWERS["comment"] not in html


def test_not_taken_back_over_a_later_enrolment(world, client, url) -> None:
    submit(client, url, **ANSWERS)
    EnrolmentFactory(project=world.project, participant=world.enrolment.participant, enrolled_on=date(2026, 8, 1))
    for page, said in ((BACK, {"reason": "Fel."}), (AWAY, {"way": MisplacedWay.TAKEN_AWAY})):
        answer = submit(client, url + page, **said)
        assert "annan inskrivning i projektet" in answer.content.decode()
    world.enrolment.refresh_from_db()
    assert world.enrolment.exited_on == date(2026, 6, 30)


@pytest.fixture
def right(world) -> Enrolment:
    case = EnrolmentFactory(project=world.project, given_name="Vilgot", enrolled_on=date(2026, 2, 2))
    CaseAssignmentFactory(enrolment=case, user=world.case_worker)
    return case


def _moved(client, url: str, right: Enrolment | None):
    way = MisplacedWay.MOVED_AWAY if right else MisplacedWay.TAKEN_AWAY
    sent = fill(client, url + AWAY, way=way, right=str(right.public_id) if right else "")
    assert [client.post(url + AWAY, sent).status_code for _ in range(2)] == [302, 302]


@pytest.mark.parametrize("is_taken_back", [False, True])
def test_on_the_wrong_person_it_moves_with_its_versions_and_nothing_is_left(
    world, client, url, right, is_taken_back
) -> None:
    submit(client, url, **ANSWERS)
    submit(client, url, comment="Fick jobb i köket.", why="Fel plats.")
    if is_taken_back:
        submit(client, url + BACK, reason="Blev inte av.")
    then = timezone.now()
    _moved(client, url, right)
    ended = {case.pk: case.exited_on for case in Enrolment.objects.filter(pk__in=[world.enrolment.pk, right.pk])}
    assert ended == {world.enrolment.pk: None, right.pk: None if is_taken_back else date(2026, 6, 30)}
    words = ("på lagret", "i köket", "Fel plats.")
    here = reverse("enrolment_exit", args=[right.public_id])
    pages = client.get(here).content.decode() + client.get(right.get_absolute_url()).content.decode()
    assert [said for said in words if said not in pages] == []
    left = client.get(url).content.decode() + client.get(world.enrolment.get_absolute_url()).content.decode()
    assert [said for said in words if said in left] == []
    assert {mark.enrolment_id for mark in Misplacement.objects.all()} == {world.enrolment.pk, right.pk}
    past = {case.enrolment: case.exited_on for case in cases_at(world.project, then, [world.enrolment.pk, right.pk])}
    assert past[world.enrolment.pk] == (None if is_taken_back else date(2026, 6, 30))
    assert past[right.pk] is None


def test_moved_it_tells_the_corrections_that_were_made_and_no_other(world, client, url, right) -> None:
    def told() -> str:
        return next(entry.text for entry in entries(client, right) if entry.title == "Avslut: arbete")

    submit(client, url, **ANSWERS)
    _moved(client, url, right)
    assert told() == ANSWERS["comment"]
    here = reverse("enrolment_exit", args=[right.public_id])
    submit(client, here, comment="Fick jobb i köket.", why="Fel plats.")
    corrected = told()
    assert "Fel plats." in corrected
    _moved(client, here, world.enrolment)
    _moved(client, url, right)
    assert told() == corrected


def test_taken_away_its_words_are_nowhere(world, client, url) -> None:
    submit(client, url, **ANSWERS)
    _moved(client, url, None)
    world.enrolment.refresh_from_db()
    assert world.enrolment.exited_on is None
    assert rows_with([ANSWERS["comment"]]) == []


def test_it_does_not_end_one_that_has_ended_or_began_later(world, client, url, right) -> None:
    submit(client, url, **ANSWERS)
    way = {"way": MisplacedWay.MOVED_AWAY, "right": str(right.public_id)}
    Enrolment.objects.filter(pk=right.pk).update(enrolled_on=date(2026, 7, 1))
    assert "right" in faults(submit(client, url + AWAY, **way))
    Enrolment.objects.filter(pk=right.pk).update(
        enrolled_on=date(2026, 2, 2), exited_on=date(2026, 5, 5), exit_reason="moved"
    )
    assert "right" in faults(submit(client, url + AWAY, **way))
    assert not Misplacement.objects.exists()


@pytest.mark.parametrize(
    ("answers", "field", "text"),
    [
        ({"exited_on": "2026-01-11"}, "exited_on", "före inskrivningen"),
        ({"exited_on": "2099-01-11"}, "exited_on", "framtiden"),
        ({"exited_on": ""}, "exited_on", "Fyll i sista dagen"),
        ({"reason": ""}, "reason", "Välj orsak"),
        ({"reason": "hittepå"}, "reason", ""),
    ],
)
def test_a_fault_stands_on_its_field_and_the_text_is_kept(world, client, url, answers, field, text) -> None:
    answer = submit(client, url, **{**ANSWERS, **answers})
    assert list(faults(answer)) == [field]
    assert text in faults(answer)[field][0]
    assert ANSWERS["comment"] in answer.content.decode()
    assert not Exit.objects.filter(enrolment=world.enrolment).exists()


def test_the_day_of_enrolment_is_a_possible_last_day(world, client, url) -> None:
    assert submit(client, url, **{**ANSWERS, "exited_on": "2026-01-12"}).status_code == 302


def test_pressed_twice_is_one_exit(world, client, url) -> None:
    data = fill(client, url, **ANSWERS)
    assert client.post(url, data)["Location"] == client.post(url, data)["Location"]
    assert Exit.objects.filter(enrolment=world.enrolment).count() == 1


def test_an_exit_in_between_is_not_run_over(world, client, url) -> None:
    data = fill(client, url, **ANSWERS)
    submit(client, url, exited_on="2026-05-05", reason="moved")
    answer = client.post(url, data)
    assert "Du har själv ändrat" in faults(answer)["__all__"][0]
    assert ANSWERS["comment"] in answer.content.decode()
    # Having seen it, the user may save all the same.
    assert client.post(url, shown(answer.context["form"]) | {"why": "Fel dag."}).status_code == 302
    assert Exit.objects.filter(enrolment=world.enrolment).current().get().reason == "work"


def test_the_default_day_is_today(client, url) -> None:
    assert client.get(url).context["form"]["exited_on"].value() == today()


def test_an_ended_enrolment_can_be_ended_again_by_a_new_one(world, client, url) -> None:
    """The corrected exit must not reach into a later enrolment."""
    submit(client, url, **ANSWERS)
    later = EnrolmentFactory(
        project=world.project, participant=world.enrolment.participant, enrolled_on=date(2026, 8, 1)
    )
    answer = submit(
        client, url, why="Fel dag.", **{**ANSWERS, "exited_on": (later.enrolled_on + timedelta(days=1)).isoformat()}
    )
    assert "annan inskrivning" in faults(answer)["__all__"][0]
    assert Enrolment.objects.get(pk=world.enrolment.pk).exited_on == date(2026, 6, 30)


def test_why_it_is_taken_back_is_asked_for_in_an_empty_field(world, log_in) -> None:
    end_enrolment(enrolment=world.enrolment, exited_on=today(), reason=ExitReason.WORK, by=world.case_worker)
    page = log_in(world.case_worker).get(reverse("enrolment_reopen", args=[world.enrolment.public_id]))
    assert not page.context["form"]["reason"].value()


def test_the_blank_form_offers_to_move_nothing_but_the_one_that_was_taken_back(world, client, url) -> None:
    submit(client, url, **ANSWERS)
    assert ">Fel person</a>" in client.get(url).content.decode()
    submit(client, url + BACK, reason="Slutade inte.")
    page = client.get(url).content.decode()
    assert ">Fel person</a>" not in page
    assert "Gällde det återtagna avslutet någon annan?" in page
    assert f'href="{url}{AWAY}"' in page
