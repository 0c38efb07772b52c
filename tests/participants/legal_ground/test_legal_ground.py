"""The legal ground: a new one follows the one before; a mistake is corrected, taken back or moved."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.days.dates import today
from core.forms.concurrency import ChangedMeanwhile
from core.models import TextBody
from core.swedish.words import day
from participants.enums import CaseRole, LegalGroundKind
from participants.legal_ground.actions import correct_ground, put_ground_right, record_legal_ground, take_back_ground
from participants.legal_ground.standing import holding, periods
from participants.models import CaseAssignment, LegalGround, Misplacement
from projects.enums import Role
from tests.oversight.extract.test_extract import answer_of
from tests.world import worlds
from tests.world.case_rows import assign
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory
from tests.world.factories.access import LegalGroundFactory
from tests.world.pages import fill

DAY = timedelta(days=1)
INTEREST, DUTY = LegalGroundKind.PUBLIC_INTEREST, LegalGroundKind.LEGAL_OBLIGATION
WHY = "Fel dag"


def note(world, kind=INTEREST, days=0, **more) -> LegalGround:
    said = {"enrolment": world.enrolment, "ground": kind, "from_day": today() - days * DAY, "by": world.case_worker}
    return record_legal_ground(**{**said, **more})


def correct(world, fact: LegalGround, kind=INTEREST, days=0, **more) -> LegalGround:
    said = {"ground": kind, "from_day": today() - days * DAY, "why": WHY, "by": world.case_worker}
    return correct_ground(legal_ground=fact, **{**said, **more})


def address(name: str, fact: LegalGround) -> str:
    return reverse(name, args=[fact.public_id])


def list_of(client, world) -> str:
    return client.get(reverse("consent_list", args=[world.enrolment.public_id])).content.decode()


def now() -> str | None:
    fact = holding(list(LegalGround.objects.placed()), today())
    return fact and fact.ground


def test_a_new_ground_follows_the_one_before_and_leaves_it_as_it_was(world) -> None:
    first, second = note(world, days=20), note(world, DUTY)
    assert (first.superseded_at, second.corrects) == (None, None)
    assert [until for _, until in periods(list(LegalGround.objects.all()))] == [today() - DAY, None]
    assert now() == DUTY


def test_the_receipt_says_from_which_day_it_holds(world, log_in) -> None:
    client, page = log_in(world.case_worker), reverse("consent_ground", args=[world.enrolment.public_id])
    answer = client.post(page, fill(client, page, ground=INTEREST, from_day="i går"), follow=True)
    assert f"Den gäller från {day(today() - DAY)}." in answer.content.decode()


def test_taken_back_the_one_before_holds_again(world, log_in) -> None:
    note(world, days=20)
    wrong, client = note(world, DUTY), log_in(world.case_worker)
    page = address("ground_take_back", wrong)
    answer = client.post(page, fill(client, page, reason=WHY), follow=True)
    assert "räknas inte längre" in answer.content.decode()
    assert now() == INTEREST
    assert answer_of(world)["legal_grounds"] == [f"{INTEREST.label}, från {_said(today() - 20 * DAY)}"]
    assert WHY in list_of(client, world)


def _said(day) -> str:
    from core.swedish.words import day as in_words

    return in_words(day)


def test_every_field_is_corrected_from_the_page(world, log_in) -> None:
    fact, client = note(world, note="Nämndens beslut"), log_in(world.case_worker)
    page = address("ground_edit", fact)
    said = {"ground": DUTY, "from_day": str(today() - 3 * DAY), "note": "Lagen", "why": WHY}
    answer = client.post(page, fill(client, page, **said), follow=True)
    assert "är rättad" in answer.content.decode()
    new = LegalGround.objects.get(corrects=fact)
    assert (new.ground, new.concerns_on, new.note.text, new.why.text) == (DUTY, today() - 3 * DAY, "Lagen", WHY)
    html = list_of(client, world)
    assert "Tidigare versioner" in html
    assert "Nämndens beslut" in html
    assert "Nämndens beslut" not in " ".join(answer_of(world)["legal_grounds"])


def test_wrong_answers_name_the_field_and_a_draft_keeps_what_was_typed(world, log_in) -> None:
    fact, client = note(world), log_in(world.case_worker)
    page = address("ground_edit", fact)
    for field, said in (("why", {"why": ""}), ("from_day", {"why": "Kanarieord", "from_day": str(today() + DAY)})):
        form = client.post(page, fill(client, page, **said)).context["form"]
        assert field in form.errors
    assert "Kanarieord" in client.get(page).content.decode()
    with pytest.raises(ValidationError):
        correct(world, fact, days=-1)


def test_on_the_wrong_person_it_moves_and_leaves_a_mark(world, log_in) -> None:
    fact, right = note(world, note="Kanariebeslut"), EnrolmentFactory(project=world.project)
    CaseAssignmentFactory(enrolment=right, user=world.case_worker)
    put_ground_right(legal_ground=fact, right=right, by=world.case_worker)
    fact.refresh_from_db()
    assert fact.enrolment == right
    assert Misplacement.objects.filter(enrolment=world.enrolment, what="ground").count() == 1
    assert "Kanariebeslut" not in list_of(log_in(world.case_worker), world)
    put_ground_right(legal_ground=fact, right=None, by=world.case_worker)
    assert not TextBody.objects.filter(text__contains="Kanarie").exists()


def test_who_may(world, log_in) -> None:
    fact = note(world)
    colleague = worlds.member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    names = ("ground_edit", "ground_take_back", "ground_misplaced")
    assert {log_in(colleague).get(address(name, fact)).status_code for name in names} == {404}
    assert {log_in(world.af_case_worker).get(address(name, fact)).status_code for name in names} == {404}
    assign(world.enrolment, colleague, CaseRole.SUBSTITUTE)
    assert [log_in(colleague).get(address(name, fact)).status_code for name in names] == [200, 403, 403]
    assert [log_in(world.coordinator).get(address(name, fact)).status_code for name in names] == [403, 200, 200]


def test_who_lost_the_case_meanwhile_or_has_a_stale_version_saves_nothing(world, log_in) -> None:
    fact, client = note(world), log_in(world.case_worker)
    page = address("ground_edit", fact)
    stale = fill(client, page, ground=DUTY, why=WHY)
    correct(world, fact, days=2)
    assert "Du har själv ändrat" in client.post(page, stale).content.decode()
    with pytest.raises(ChangedMeanwhile):
        take_back_ground(legal_ground=fact, reason=WHY, by=world.case_worker)
    CaseAssignment.objects.filter(user=world.case_worker).delete()
    assert client.post(page, stale).status_code == 404
    assert LegalGround.objects.count() == 2


def test_rows_of_before_follow_each_other_or_correct_and_back_again(world) -> None:
    """As the program stored them: each new ground «corrected» the one before it."""
    migration = import_module("participants.migrations.0028_legal_grounds_that_follow")
    moment = LegalGroundFactory(enrolment=EnrolmentFactory(project=world.project)).recorded_at
    rows, before = [], None
    for days in (30, 20, 20, 5):
        fact = LegalGroundFactory(
            enrolment=world.enrolment, concerns_on=today() - days * DAY, corrects=before, note=f"Grund {len(rows)}"
        )
        if before:
            LegalGround.objects.filter(pk=before.pk).update(superseded_at=moment)
        before = fact
        rows.append(fact)

    def stored() -> list[tuple]:
        found = LegalGround.objects.filter(enrolment=world.enrolment).order_by("pk")
        keys = {row.pk: number for number, row in enumerate(rows)}
        return [(keys.get(fact.corrects_id), keys.get(fact.first_id), fact.stands) for fact in found]

    old = stored()
    migration.part_from_corrections(apps, None)
    assert stored() == [(None, None, True), (None, None, False), (1, 1, True), (None, None, True)]
    migration.join_to_corrections(apps, None)
    assert stored() == old
