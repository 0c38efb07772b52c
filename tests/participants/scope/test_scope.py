"""What consent opens, and what it doesn't: another organisation's contact, by each kind of information."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from actionplans.models import Meeting, MeetingParagraph, PlanRevision, StepAssessment, StepClock
from core.days.dates import today
from core.enums import Category
from participants.models import Assessment, Enrolment
from participants.scope.scope import Scope
from projects.enums import Role
from tests.world import consent_rows as consents
from tests.world import worlds
from tests.world.case_rows import assign_contact, meeting_by
from tests.world.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast):
    """A case full of things, in which another organisation's case worker stands as contact."""
    found = cast.cases.of_hanna.enrolment
    assign_contact(found, cast.alva)
    return found


def opened(cast: Cast, case, *categories, **period):
    return consents.give(case, [cast.world.af], list(categories), by=cast.hanna, **period)


MODELS = {
    Category.ASSESSMENT: Assessment,
    Category.PLAN: PlanRevision,
    Category.MEETINGS: Meeting,
    Category.STEPS: StepAssessment,
}


def kinds(user, case):
    """Which kinds of facts of the case the user reaches."""
    return {
        kind
        for kind, model in MODELS.items()
        if model.objects.visible_to(Scope.of(user, today())).filter(enrolment=case).exists()
    }


@pytest.fixture
def guest(cast: Cast):
    return cast.alva


def theirs(guest, case):
    return Enrolment.objects.visible_to(Scope.of(guest, today())).filter(pk=case.pk).exists()


def test_without_consent_a_contact_sees_nothing(cast: Cast, case, guest):
    assert not theirs(guest, case)
    assert cast.client(cast.alva).get(case.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("category", MODELS)
def test_consent_opens_its_own_kind_and_no_other(cast: Cast, case, guest, category):
    opened(cast, case, category)
    assert kinds(guest, case) == {category}
    clock = StepClock.objects.visible_to(Scope.of(guest, today())).filter(enrolment=case)
    assert clock.exists() == (category == Category.STEPS)


def test_nobody_else_of_the_organisation_is_let_in(cast: Cast, case, guest):
    opened(cast, case, *Category)
    case_worker = worlds.member(cast.world.project, cast.world.af, Role.CASE_WORKER, "Alf Annan")
    assert theirs(guest, case)
    assert not theirs(case_worker, case)
    assert theirs(cast.sune, case), "the coordinator works with the whole project"


def test_the_page_says_the_alias_and_holds_nothing_that_is_not_opened(cast: Cast, case, guest):
    opened(cast, case, Category.PLAN)
    page = cast.client(cast.alva).get(case.get_absolute_url())
    said = page.content.decode()
    assert page.status_code == 200
    assert case.participant.alias in said
    assert "Kanarietext aktivitet" in said
    for secret in ("Kanariehök", "Kanarietext möte", "Kanarietext kartläggning", "1899", "070-", "Steg 1"):
        assert secret not in said, secret


def test_the_name_is_a_kind_of_its_own(cast: Cast, case, guest):
    opened(cast, case, Category.IDENTITY)
    said = cast.client(cast.alva).get(case.get_absolute_url()).content.decode()
    assert "Kanariehök" in said
    assert "Kanarietext" not in said


def test_a_page_of_a_kind_that_is_not_opened_does_not_exist(cast: Cast, case):
    client = cast.client(cast.alva)
    plan, missing = reverse("plan_detail", args=[case.public_id]), reverse("plan_detail", args=[uuid4()])
    opened(cast, case, Category.MEETINGS)
    answers = [client.get(address) for address in (plan, missing)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    meeting = cast.cases.of_hanna.ids["meeting"]
    assert client.get(reverse("meeting_detail", args=[meeting])).status_code == 200


@pytest.mark.parametrize("name", ["plan_edit", "enrolment_exit", "assessment_create", "enrolment_correct"])
def test_a_guest_reads_and_changes_nothing(cast: Cast, case, name):
    opened(cast, case, *Category)
    client = cast.client(cast.alva)
    assert client.get(reverse(name, args=[case.public_id])).status_code == 403


@pytest.mark.parametrize(
    ("first", "last", "is_open"), [(-10, 0, True), (-10, -1, False), (0, 10, True), (1, 10, False)]
)
def test_a_consent_holds_from_its_first_day_through_its_last(cast: Cast, case, guest, first, last, is_open):
    on = today()
    opened(cast, case, Category.PLAN, valid_from=on + timedelta(days=first), valid_through=on + timedelta(days=last))
    assert theirs(guest, case) == is_open
    assert PlanRevision.objects.visible_to(Scope.of(guest, on)).filter(enrolment=case).exists() == is_open


def test_a_withdrawal_works_at_the_next_question(cast: Cast, case, guest):
    consent = opened(cast, case, Category.PLAN, Category.STEPS)
    consents.withdraw(consent, Category.PLAN)
    assert theirs(guest, case)
    assert not PlanRevision.objects.visible_to(Scope.of(guest, today())).filter(enrolment=case).exists()
    consents.withdraw(consent, Category.STEPS)
    assert not theirs(guest, case)


def test_a_note_for_the_own_organisation_stays_there(cast: Cast, case, guest):
    opened(cast, case, Category.MEETINGS)
    notes = MeetingParagraph.objects.filter(enrolment=case)
    assert notes.exists()
    assert not notes.visible_to(Scope.of(guest, today())).exists()
    notes.update(reader_level="consented")
    assert notes.visible_to(Scope.of(guest, today())).exists()


def test_a_protected_identity_needs_an_assignment_by_name(cast: Cast, guest):
    case = cast.cases.protected.enrolment
    opened(cast, case, *Category)
    assert not theirs(cast.sune, case)
    assert not theirs(guest, case)
    assign_contact(case, guest)
    assert theirs(guest, case)


def test_lists_and_figures_are_about_the_own_organisation(cast: Cast, case, guest):
    opened(cast, case, *Category)
    own = Enrolment.objects.filter(Scope.of(guest, today()).own())
    assert not own.filter(pk=case.pk).exists()
    said = cast.client(cast.alva).get("/deltagare/?visa=alla").content.decode()
    assert "Kanariehök" not in said


def test_what_the_own_organisation_wrote_stays_its_own(cast: Cast, case, guest):
    note = meeting_by(case, guest)
    assert theirs(guest, case), "the case is found by the own note"
    assert Meeting.objects.visible_to(Scope.of(guest, today())).filter(enrolment=case).get() == note
    said = cast.client(cast.alva).get(case.get_absolute_url()).content.decode()
    assert case.participant.alias in said
    assert "Kanariehök" not in said
    owner = cast.hanna
    assert not Meeting.objects.visible_to(Scope.of(owner, today())).filter(pk=note.pk).exists(), (
        "no consent lets them in"
    )
