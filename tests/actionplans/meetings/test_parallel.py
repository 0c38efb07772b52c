"""Many hands at once: one meeting however often it is sent, one import, and nobody's plan run over."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from actionplans.models import ImportedRow, Meeting, MeetingParagraph, PlanRevision, StepAssessment, StepClock
from actionplans.plans.actions import PlanRecord, save_plan
from actionplans.steps.clock import clocks_of
from core.days.dates import today
from core.forms.concurrency import ChangedMeanwhile
from core.models import FormToken
from participants.models import Enrolment
from projects.actions import ladder_on
from tests.actionplans.register.builders import register_file
from tests.world import worlds
from tests.world.clocks import facts_of
from tests.world.pages import fill, shown

AT_ONCE = 10


@pytest.fixture
def world(transactional_db):
    return worlds.build()


def at_once(jobs: list[Callable[[], HttpResponse]]) -> list:
    """What the jobs answer when all begin together, each on a connection of its own."""
    ready = Barrier(len(jobs))

    def run(job: Callable[[], HttpResponse]):
        ready.wait()
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def copies(client: Client, count: int) -> list[Client]:
    """The same browser's session, pressed many times."""
    found = [Client() for _ in range(count)]
    for answer in found:
        answer.cookies = client.cookies.copy()
    return found


def test_ten_presses_at_once_make_one_meeting_and_all_get_its_receipt(world, log_in) -> None:
    client = log_in(world.case_worker)
    url = reverse("meeting_create", args=[world.enrolment.public_id])
    step = ladder_on(world.project, world.enrolment.enrolled_on).steps.get(number=1)
    answers = {f"criterion_{criterion.pk}": "met" for criterion in step.criteria.all()}
    data = fill(client, url, text="Kommer i tid.", step="1", **answers)
    replies = at_once([lambda browser=browser: browser.post(url, data) for browser in copies(client, AT_ONCE)])
    meeting = Meeting.objects.get()
    assert {(reply.status_code, reply.get("Location")) for reply in replies} == {(302, meeting.get_absolute_url())}
    assert (MeetingParagraph.objects.count(), StepAssessment.objects.count(), FormToken.objects.count()) == (1, 1, 1)


def test_different_meetings_at_once_are_all_saved_and_the_clock_knows_them(world, log_in) -> None:
    client = log_in(world.case_worker)
    url = reverse("meeting_create", args=[world.enrolment.public_id])
    steps = list(ladder_on(world.project, world.enrolment.enrolled_on).steps.all())[:3]
    forms = []
    for step in steps:
        answers = {f"criterion_{criterion.pk}": "met" for criterion in step.criteria.all()}
        answers |= {
            f"supervisor_{criterion.pk}": "Kim" for criterion in step.criteria.all() if criterion.supervisor_required
        }
        forms.append(fill(client, url, text=f"Steg {step.number}", step=str(step.number), **answers))
    pairs = zip(copies(client, len(forms)), forms, strict=True)
    replies = at_once([lambda browser=browser, data=data: browser.post(url, data) for browser, data in pairs])
    assert [reply.status_code for reply in replies] == [302] * len(forms)
    assert Meeting.objects.count() == len(forms)
    assert StepClock.objects.filter(enrolment=world.enrolment, holds_now=True).count() == len(forms)
    kept = facts_of(StepClock.objects.filter(enrolment=world.enrolment))
    assert kept == facts_of(clocks_of([Enrolment.objects.get(pk=world.enrolment.pk)], {}))


def test_a_note_corrected_by_many_at_once_has_one_new_version(world, log_in) -> None:
    client = log_in(world.case_worker)
    create = reverse("meeting_create", args=[world.enrolment.public_id])
    client.post(create, fill(client, create, text="Först."))
    url = reverse("meeting_correct", args=[MeetingParagraph.objects.get().public_id])
    forms = [fill(client, url, text=f"Rättelse {number}") for number in range(5)]
    pairs = zip(copies(client, 5), forms, strict=True)
    replies = at_once([lambda browser=browser, data=data: browser.post(url, data) for browser, data in pairs])
    assert sorted(reply.status_code for reply in replies) == [200] * 4 + [302]
    assert list(MeetingParagraph.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    for reply, data in zip(replies, forms, strict=True):
        if reply.status_code == 200:
            assert data["text"] in reply.content.decode()


def test_of_ten_who_save_the_same_plan_one_is_first_and_nine_are_told(world) -> None:
    def save(number: int) -> str:
        record = PlanRecord(valid_on=today(), main_activity=f"Aktivitet {number}")
        try:
            return str(save_plan(enrolment=world.enrolment, record=record, based_on=0, by=world.case_worker).number)
        except ChangedMeanwhile:
            return "told"

    answers = at_once([lambda number=number: save(number) for number in range(AT_ONCE)])
    assert sorted(answers) == ["1"] + ["told"] * 9
    assert PlanRevision.objects.count() == 1


def test_ten_approvals_at_once_import_once(world, log_in) -> None:
    client = log_in(world.coordinator)
    token = shown(client.get("/import/").context["form"])["token"]
    content = register_file({}, {"Personnr": None, "Efternamn": "Ek"})
    url = client.post("/import/", {"token": token, "file": SimpleUploadedFile("r.xlsx", content)})["Location"]
    before = Enrolment.objects.count()
    forms = [{**shown(client.get(url).context["form"]), "do": "approve"} for _ in range(4)]
    forms += [forms[0]] * 2
    pairs = zip(copies(client, len(forms)), forms, strict=True)
    replies = at_once([lambda browser=browser, data=data: browser.post(url, data) for browser, data in pairs])
    assert {reply.status_code for reply in replies} <= {200, 302}
    assert Enrolment.objects.count() == before + 2
    assert ImportedRow.objects.count() == 2
