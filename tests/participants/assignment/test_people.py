"""Who works with a case: substitutes, contacts of other parties, and that access ends when it is ended."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEvent
from core.days.dates import today
from core.days.periods import Period
from core.enums import Category
from participants.assignment.choices import Helper
from participants.assignment.helping import add_contact_of_party, add_substitute, end_assignment
from participants.assignment.page import AssignmentLine
from participants.consent.parties import parties_with_consent
from participants.enums import CaseRole, ProtectionLevel
from participants.models import CaseAssignment, Enrolment
from participants.scope.scope import Scope
from projects.enums import Role
from tests.world import consent_rows as consents
from tests.world.factories import CaseAssignmentFactory, OrganisationFactory
from tests.world.factories.access import EmergencyAccessFactory, ProjectOrganisationFactory
from tests.world.pages import queries, shown
from tests.world.worlds import member

DAY = timedelta(days=1)


@pytest.fixture
def colleague(world):
    return member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")


@pytest.fixture
def url(world) -> str:
    ProjectOrganisationFactory(project=world.project, organisation=world.af)
    return reverse("case_people", args=[world.enrolment.public_id])


@pytest.fixture
def agreed(world, url):
    """The participant lets the other organisation read the plan, for ninety days."""
    return consents.give(world.enrolment, [world.af], [Category.PLAN], by=world.case_worker)


def sees(user, enrolment) -> bool:
    return Enrolment.objects.visible_to(Scope.of(user, today())).filter(pk=enrolment.pk).exists()


def press(client, url, kind, **answers):
    """Fill in one of the two forms and press its button."""
    form = client.get(url).context["substitute" if kind == "ersattare" else "contact"]
    data = shown(form) | {f"{kind}-{name}": value for name, value in answers.items()}
    return client.post(url, {**data, "lagg-till": kind})


def faults(answer):
    return {name: list(errors) for name, errors in answer.context["form"].errors.items()}


def choices(form) -> list[str]:
    return [label for _, label in form.fields["who"].choices]


def week(days: int = 7) -> Period:
    return Period(today(), today() + timedelta(days=days))


class TestSubstitute:
    def test_a_colleague_sees_the_case_through_the_last_day(self, world, log_in, url, colleague) -> None:
        last = today() + 6 * DAY
        answer = press(log_in(world.case_worker), url, "ersattare", who=str(colleague.public_id), last_day=str(last))
        assert answer["Location"] == url
        made = world.enrolment.assignments.get(user=colleague)
        assert (made.role, made.valid_from, made.valid_until) == (CaseRole.SUBSTITUTE, today(), last + DAY)
        case = world.enrolment.get_absolute_url()
        assert log_in(colleague).get(case).status_code == 200
        for days, status in ((6, 200), (7, 404)):
            with time_machine.travel(timezone.now() + days * DAY):
                assert log_in(colleague).get(case).status_code == status

    def test_one_that_begins_later_sees_nothing_until_then(self, world, colleague) -> None:
        period = Period(today() + 5 * DAY, today() + 9 * DAY)
        add_substitute(enrolment=world.enrolment, helper=Helper(world.ame, colleague), period=period, by=colleague)
        assert not sees(colleague, world.enrolment)
        with time_machine.travel(timezone.now() + 5 * DAY):
            assert sees(colleague, world.enrolment)

    def test_the_whole_unit(self, world, log_in, url, colleague) -> None:
        answer = press(
            log_in(world.coordinator), url, "ersattare", who=str(world.ame.public_id), last_day=str(today() + DAY)
        )
        assert answer.status_code == 302
        assert sees(colleague, world.enrolment)
        assert not sees(world.af_case_worker, world.enrolment)

    def test_the_choices_are_free_colleagues_and_the_unit(self, world, log_in, url, colleague) -> None:
        gone = member(world.project, world.ame, Role.CASE_WORKER, "Gun Gången")
        gone.memberships.update(valid_until=today())
        page = log_in(world.case_worker).get(url)
        assert choices(page.context["substitute"]) == ["Välj", "Kim Kollega", "Hela enheten, Vuxenenheten"]

    def test_the_last_day_is_asked_for_and_what_was_typed_is_kept(self, world, log_in, url, colleague) -> None:
        answer = press(log_in(world.case_worker), url, "ersattare", who=str(colleague.public_id))
        assert faults(answer) == {"last_day": ["Fyll i den sista dagen som ersättaren behövs."]}
        assert f'value="{colleague.public_id}" selected' in answer.content.decode()

    def test_pressed_twice_is_one(self, world, log_in, url, colleague) -> None:
        client = log_in(world.case_worker)
        data = shown(client.get(url).context["substitute"]) | {
            "ersattare-who": str(colleague.public_id),
            "ersattare-last_day": str(today()),
            "lagg-till": "ersattare",
        }
        assert client.post(url, data).status_code == client.post(url, data).status_code == 302
        assert world.enrolment.assignments.filter(user=colleague).count() == 1

    def test_it_is_logged_with_the_person(self, world, colleague) -> None:
        add_substitute(
            enrolment=world.enrolment, helper=Helper(world.ame, colleague), period=week(), by=world.case_worker
        )
        event = AccessEvent.objects.get(user=world.case_worker, kind="change")
        assert event.part == "case_substitute"
        assert event.subjects.get().person == world.enrolment.participant.public_id

    @pytest.mark.parametrize(
        ("first", "last", "field"),
        [
            (-1, 5, "valid_from"),
            (3, 2, "last_day"),
            (0, None, "last_day"),
            (0, 4000, "last_day"),
            (4000, 4001, "valid_from"),
        ],
    )
    def test_odd_days_are_refused(self, world, colleague, first, last, field) -> None:
        period = Period(today() + first * DAY, None if last is None else today() + last * DAY)
        with pytest.raises(ValidationError) as error:
            add_substitute(
                enrolment=world.enrolment, helper=Helper(world.ame, colleague), period=period, by=world.case_worker
            )
        assert list(error.value.message_dict) == [field]
        assert not world.enrolment.assignments.filter(user=colleague).exists()

    def test_neither_strangers_nor_somebody_twice_at_the_same_time(self, world, colleague) -> None:
        add_substitute(enrolment=world.enrolment, helper=Helper(world.ame, colleague), period=week(), by=colleague)
        for user in (world.af_case_worker, world.coordinator, colleague, world.case_worker):
            helper = Helper(user.organisation, user)
            with pytest.raises(ValidationError) as error:
                add_substitute(enrolment=world.enrolment, helper=helper, period=week(3), by=world.case_worker)
            assert list(error.value.message_dict) == ["who"]
        later = Period(today() + 8 * DAY, today() + 9 * DAY)
        add_substitute(enrolment=world.enrolment, helper=Helper(world.ame, colleague), period=later, by=colleague)


class TestContact:
    def test_without_consent_nobody_can_be_chosen(self, world, log_in, url) -> None:
        page = log_in(world.case_worker).get(url)
        assert page.context["contact"] is None
        assert "Det behövs ett samtycke först" in page.content.decode()
        assert "Arbetsförmedlingen" in page.content.decode()

    def test_with_consent_somebody_by_name_sees_what_it_opens(self, world, log_in, agreed, url) -> None:
        client = log_in(world.case_worker)
        form = client.get(url).context["contact"]
        assert choices(form) == [
            "Välj",
            "Alva Arbetsförmedlare, Arbetsförmedlingen",
            "Hela enheten, Arbetsförmedlingen",
        ]
        assert not sees(world.af_case_worker, world.enrolment)
        assert press(client, url, "kontakt", who=str(world.af_case_worker.public_id)).status_code == 302
        assert sees(world.af_case_worker, world.enrolment)
        assert world.enrolment.assignments.get(user=world.af_case_worker).valid_until is None

    def test_the_whole_unit_of_a_party(self, world, agreed) -> None:
        add_contact_of_party(
            enrolment=world.enrolment, helper=Helper(world.af), period=Period(today()), by=world.case_worker
        )
        assert sees(world.af_case_worker, world.enrolment)

    def test_a_consent_that_is_taken_back_lets_nobody_be_added(self, world, log_in, agreed, url) -> None:
        client = log_in(world.case_worker)
        form = shown(client.get(url).context["contact"])
        consents.withdraw(agreed, Category.PLAN)
        data = form | {"kontakt-who": str(world.af_case_worker.public_id), "lagg-till": "kontakt"}
        assert client.post(url, data).status_code == 200
        with pytest.raises(ValidationError, match="samtycke först"):
            add_contact_of_party(
                enrolment=world.enrolment,
                helper=Helper(world.af, world.af_case_worker),
                period=Period(today()),
                by=world.case_worker,
            )
        assert not world.enrolment.assignments.filter(organisation=world.af).exists()

    @pytest.mark.parametrize(("first", "is_let_in"), [(0, True), (90, True), (91, False)])
    def test_the_consent_must_hold_on_the_first_day(self, world, agreed, first, is_let_in) -> None:
        helper, period = Helper(world.af, world.af_case_worker), Period(today() + first * DAY)
        try:
            add_contact_of_party(enrolment=world.enrolment, helper=helper, period=period, by=world.case_worker)
        except ValidationError as error:
            assert list(error.message_dict) == ["who"]
        assert world.enrolment.assignments.filter(organisation=world.af).exists() == is_let_in

    def test_somebody_can_be_asked_in_before_the_consent_begins_and_reads_nothing_until_then(
        self, world, log_in, url
    ) -> None:
        tomorrow = today() + DAY
        consents.give(
            world.enrolment,
            [world.af],
            [Category.PLAN],
            by=world.case_worker,
            valid_from=tomorrow,
            valid_through=tomorrow,
        )
        client = log_in(world.case_worker)
        assert "Det behövs ett samtycke först" not in client.get(url).content.decode()
        press(client, url, "kontakt", who=str(world.af_case_worker.public_id))
        assert "Inget samtycke gäller" in client.get(url).content.decode()
        assert not sees(world.af_case_worker, world.enrolment)
        with time_machine.travel(timezone.now() + DAY):
            assert sees(world.af_case_worker, world.enrolment)

    def test_an_organisation_outside_the_project_or_the_own_is_no_party(self, world, agreed) -> None:
        outside = OrganisationFactory(name="Utanför")
        consents.give(world.enrolment, [outside, world.ame], [Category.PLAN], by=world.case_worker)
        assert parties_with_consent(world.enrolment, today()) == [world.af]
        for party in (outside, world.ame):
            with pytest.raises(ValidationError):
                add_contact_of_party(
                    enrolment=world.enrolment, helper=Helper(party), period=Period(today()), by=world.case_worker
                )

    def test_a_case_worker_who_has_left_is_no_choice(self, world, agreed) -> None:
        world.af_case_worker.memberships.update(valid_until=today())
        with pytest.raises(ValidationError, match="inte handläggare i projektet"):
            add_contact_of_party(
                enrolment=world.enrolment,
                helper=Helper(world.af, world.af_case_worker),
                period=Period(today()),
                by=world.case_worker,
            )

    def test_the_page_says_when_the_consent_is_over(self, world, log_in, agreed, url) -> None:
        press(log_in(world.case_worker), url, "kontakt", who=str(world.af_case_worker.public_id))
        client = log_in(world.case_worker)
        assert "Inget samtycke gäller" not in client.get(url).content.decode()
        consents.withdraw(agreed, Category.PLAN)
        assert "Inget samtycke gäller" in client.get(url).content.decode()


class TestProtected:
    @pytest.fixture(autouse=True)
    def protected(self, world) -> None:
        world.enrolment.participant.protection = ProtectionLevel.CONFIDENTIALITY_MARK
        world.enrolment.participant.save()

    def test_nobody_but_by_name(self, world, log_in, agreed, url, colleague) -> None:
        page = log_in(world.case_worker).get(url)
        assert choices(page.context["substitute"]) == ["Välj", "Kim Kollega"]
        assert choices(page.context["contact"]) == ["Välj", "Alva Arbetsförmedlare, Arbetsförmedlingen"]
        with pytest.raises(ValidationError, match="vid namn"):
            add_substitute(enrolment=world.enrolment, helper=Helper(world.ame), period=week(), by=world.case_worker)
        with pytest.raises(ValidationError, match="vid namn"):
            add_contact_of_party(
                enrolment=world.enrolment, helper=Helper(world.af), period=Period(today()), by=world.case_worker
            )

    def test_the_coordinator_has_no_such_page(self, world, log_in, url) -> None:
        assert log_in(world.coordinator).get(url).status_code == 404


def key_of(assignment: CaseAssignment) -> str:
    """How the page names it."""
    return AssignmentLine(assignment, is_live=True, has_left=False, lacks_consent=False).key


class TestEnding:
    @pytest.fixture
    def substitute(self, world, colleague) -> CaseAssignment:
        return add_substitute(
            enrolment=world.enrolment, helper=Helper(world.ame, colleague), period=week(), by=world.case_worker
        )

    @pytest.fixture
    def end(self, world) -> str:
        return reverse("case_person_end", args=[world.enrolment.public_id])

    def press(self, client, url, assignment, **answers):
        page = client.get(url, {"vem": key_of(assignment)})
        return client.post(url, shown(page.context["form"]) | answers)

    def test_at_once_and_a_page_that_is_open_is_shut(self, world, log_in, end, substitute, colleague, url) -> None:
        open_page = log_in(colleague)
        assert open_page.get(world.enrolment.get_absolute_url()).status_code == 200
        assert self.press(log_in(world.case_worker), end, substitute)["Location"] == url
        assert open_page.get(world.enrolment.get_absolute_url()).status_code == 404
        saved = open_page.post(reverse("assessment_create", args=[world.enrolment.public_id]), {})
        assert saved.status_code == 404

    def test_after_a_last_day(self, world, log_in, end, substitute, colleague) -> None:
        self.press(log_in(world.coordinator), end, substitute, last_day=str(today() + DAY))
        assert sees(colleague, world.enrolment)
        with time_machine.travel(timezone.now() + 2 * DAY):
            assert not sees(colleague, world.enrolment)

    def test_one_that_has_not_begun_never_does(self, world, colleague) -> None:
        period = Period(today() + 5 * DAY, today() + 9 * DAY)
        made = add_substitute(
            enrolment=world.enrolment, helper=Helper(world.ame, colleague), period=period, by=world.case_worker
        )
        end_assignment(assignment=made, by=world.case_worker)
        with time_machine.travel(timezone.now() + 5 * DAY):
            assert not sees(colleague, world.enrolment)

    @pytest.mark.parametrize(("days", "field"), [(-1, "last_day"), (7, "last_day"), (30, "last_day"), (6, None)])
    def test_the_last_day_lies_between_today_and_the_one_it_had(self, world, substitute, days, field) -> None:
        before = substitute.valid_until
        try:
            end_assignment(assignment=substitute, last_day=today() + days * DAY, by=world.case_worker)
        except ValidationError as error:
            assert list(error.message_dict) == [field]
        substitute.refresh_from_db()
        assert substitute.valid_until == (before if field else today() + (days + 1) * DAY)

    def test_the_responsible_one_is_handed_over_instead(self, world, log_in, end, substitute) -> None:
        responsible = world.enrolment.assignments.get(user=world.case_worker)
        page = log_in(world.case_worker).get(end)
        assert choices(page.context["form"]) == ["Välj", "Kim Kollega (ersättare)"]
        with pytest.raises(ValidationError, match="byt ansvarig"):
            end_assignment(assignment=responsible, by=world.coordinator)

    def test_what_is_over_is_not_ended_again(self, world, substitute) -> None:
        end_assignment(assignment=substitute, by=world.case_worker)
        with pytest.raises(ValidationError, match="redan tagit slut"):
            end_assignment(assignment=substitute, by=world.case_worker)

    def test_another_cases_assignment_is_no_choice(self, world, log_in, end, substitute) -> None:
        other = CaseAssignmentFactory(enrolment=world.af_enrolment, user=world.af_coordinator, role=CaseRole.SUBSTITUTE)
        answer = self.press(log_in(world.case_worker), end, substitute, who=key_of(other))
        assert list(answer.context["form"].errors) == ["who"]
        other.refresh_from_db()
        assert other.valid_until is None

    def test_whoever_ends_their_own_is_sent_to_the_list(self, world, log_in, end, substitute, colleague) -> None:
        assert self.press(log_in(colleague), end, substitute)["Location"] == "/deltagare/"

    def test_the_log_has_it(self, world, substitute) -> None:
        end_assignment(assignment=substitute, by=world.coordinator)
        event = AccessEvent.objects.get(user=world.coordinator, kind="change")
        assert (event.part, event.subjects.get().person) == (
            "case_person_end",
            world.enrolment.participant.public_id,
        )


class TestThePage:
    def test_it_lists_those_who_do_and_those_who_did(self, world, log_in, url, colleague) -> None:
        CaseAssignmentFactory(
            enrolment=world.enrolment,
            user=colleague,
            role=CaseRole.SUBSTITUTE,
            valid_from=date(2026, 1, 2),
            valid_until=date(2026, 2, 1),
        )
        page = log_in(world.coordinator).get(url)
        assert [str(line.assignment.user) for line in page.context["now"]] == ["Hanna Handläggare"]
        (ended,) = page.context["ended"]
        assert (ended.assignment.user, ended.last_day) == (colleague, date(2026, 1, 31))
        assert "31\xa0januari" in page.content.decode()

    def test_whoever_has_left_is_marked(self, world, log_in, url) -> None:
        client = log_in(world.coordinator)
        assert "Har slutat" not in client.get(url).content.decode()
        world.case_worker.is_active = False
        world.case_worker.save()
        assert "Har slutat" in client.get(url).content.decode()

    def test_a_contact_reads_but_has_no_such_page(self, world, log_in, agreed, url) -> None:
        add_contact_of_party(
            enrolment=world.enrolment, helper=Helper(world.af), period=Period(today()), by=world.case_worker
        )
        client = log_in(world.af_case_worker)
        assert client.get(world.enrolment.get_absolute_url()).status_code == 200
        assert client.get(url).status_code == client.post(url, {}).status_code == 403

    def test_a_case_opened_in_haste_can_be_opened_to_nobody_else(self, world, log_in, url, colleague) -> None:
        """An hour must not become a lasting assignment by one's own hand."""
        EmergencyAccessFactory(enrolment=world.enrolment, user=colleague)
        client = log_in(colleague)
        assert client.get(world.enrolment.get_absolute_url()).status_code == 200
        for name in ("case_people", "case_person_end"):
            assert client.get(reverse(name, args=[world.enrolment.public_id])).status_code == 403
        protect = reverse("participant_protect", args=[world.enrolment.participant.public_id])
        assert client.get(protect).status_code == client.post(protect, {}).status_code == 403
        assert protect not in client.get(world.enrolment.get_absolute_url()).content.decode()

    def test_more_people_cost_no_more_questions(self, world, log_in, agreed, url) -> None:
        client = log_in(world.coordinator)
        client.get(url)
        few = queries(client, url)
        for number in range(8):
            user = member(world.project, world.ame, Role.CASE_WORKER, f"Person {number}")
            CaseAssignmentFactory(enrolment=world.enrolment, user=user, role=CaseRole.SUBSTITUTE)
        assert queries(client, url) == few
