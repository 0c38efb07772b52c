"""The administrator's pages: accounts and roles of the own organisation, and nobody's persons."""

import io
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.enums import Duty
from accounts.letters.outbox import LettersWait, send_waiting
from accounts.models import AccessEvent, Organisation, OutgoingMail, User
from core.days.dates import today
from projects.enums import Role
from projects.models import Membership
from projects.proposals.actions import accept, as_seen
from projects.proposals.grants import HAS_DUTY, HAS_ROLES
from projects.proposals.models import Proposal
from projects.users.actions import (
    ONESELF,
    UserFields,
    add_membership,
    change_user,
    end_membership,
    open_user,
    set_open,
)
from projects.users.forms import key_of
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory, MembershipFactory, UserFactory
from tests.world.factories.access import ProjectOrganisationFactory
from tests.world.letters import letters
from tests.world.pages import faults, fill, submit
from tests.world.worlds import model_project

NEW = {"name": "Nina Ny", "email": "Nina@Example.se", "duty": "case_work"}


@pytest.fixture
def ada(world, log_in) -> Client:
    return log_in(world.administrator)


def of(user: User, page: str = "user_detail") -> str:
    return reverse(page, args=[user.public_id])


def role(world, **fields) -> Membership:
    fields = {
        "project": world.project,
        "role": Role.STEERING_GROUP,
        "valid_from": today(),
        "valid_until": None,
    } | fields
    return add_membership(by=world.administrator, **{"user": world.case_worker, **fields})


class TestTheList:
    def test_everybody_in_the_organisation_and_nobody_else(self, world, ada) -> None:
        page = ada.get("/anvandare/").content.decode()
        assert "Hanna Handläggare" in page
        assert "Handläggare, Vägar till arbete" in page
        assert "Alva" not in page
        assert "Samverkan</a>" not in page

    def test_it_shows_no_participant_and_costs_the_same_for_many(
        self, world, ada, django_assert_max_num_queries
    ) -> None:
        ada.get("/anvandare/")
        for _ in range(20):
            MembershipFactory(user=UserFactory(organisation=world.ame), project=world.project)
        with django_assert_max_num_queries(14):
            page = ada.get("/anvandare/").content.decode()
        assert "Öberg" not in page

    def test_only_administrators_have_it(self, world, log_in) -> None:
        for user in (world.case_worker, world.coordinator, world.project_leader, world.log_reviewer, world.outsider):
            assert log_in(user).get("/anvandare/").status_code == 403

    def test_the_administrator_sees_no_persons_and_no_figures(self, world, ada) -> None:
        for path in ("/deltagare/", "/resultat/", "/rapporter/", of(world.enrolment.participant, "participant_detail")):
            assert ada.get(path).status_code in (403, 404)
        assert "Användare" in ada.get("/").content.decode()


class TestANewAccount:
    def test_without_mail_the_link_is_shown_and_works_once(self, world, ada) -> None:
        answer = submit(ada, "/anvandare/ny/", **NEW)
        user = User.objects.get(email="nina@example.se")
        assert answer["Location"] == of(user)
        assert (user.organisation, user.has_usable_password(), user.is_active) == (world.ame, False, True)
        page = ada.post(of(user), {"do": "link"}).content.decode()
        link = re.search(r"/glomt-losenord/[^<]+/", page)[0]
        guest = Client()
        form = guest.get(link, follow=True)
        path = form.redirect_chain[-1][0]
        password = "ett-langt-losenord-7"
        assert guest.post(path, {"password1": password, "password2": password}).status_code == 302
        assert guest.post("/logga-in/", {"login": user.email, "password": password})["Location"] == "/"
        assert "gäller inte längre" in Client().get(link, follow=True).content.decode()
        assert mail.outbox == []

    def test_with_mail_it_is_sent_and_never_shown(self, world, ada, settings) -> None:
        settings.EMAIL_HOST = "mail.invalid"
        submit(ada, "/anvandare/ny/", **NEW)
        [message] = letters()
        assert message.to == ["nina@example.se"]
        assert "/glomt-losenord/" in message.body
        assert "Nina" not in message.subject + message.body
        user = User.objects.get(email="nina@example.se")
        assert ada.post(of(user), {"do": "link"})["Location"] == of(user)
        assert len(letters()) == 2
        # Who has a password gets no new one by way of the administrator.
        answer = ada.post(of(world.case_worker), {"do": "link"})
        assert (answer.status_code, len(letters())) == (200, 2)
        assert "/glomt-losenord/" not in answer.content.decode()

    def test_an_address_that_somebody_has_is_refused_on_its_field(self, world, ada) -> None:
        answer = submit(ada, "/anvandare/ny/", **{**NEW, "email": world.af_case_worker.email.upper()})
        assert faults(answer) == {"email": ["Adressen används redan."]}

    def test_a_second_press_makes_no_second_account(self, world, ada) -> None:
        data = fill(ada, "/anvandare/ny/", **NEW)
        assert ada.post("/anvandare/ny/", data)["Location"] == ada.post("/anvandare/ny/", data)["Location"]

    def test_it_is_in_the_log(self, world, ada) -> None:
        submit(ada, "/anvandare/ny/", **NEW)
        assert AccessEvent.objects.filter(user=world.administrator, part="user_create", kind="change").count() == 1


class TestDutyAndRolesExcludeEachOther:
    def test_who_has_roles_cant_get_a_duty(self, world, ada) -> None:
        answer = submit(ada, of(world.case_worker, "user_edit"), duty="administrator")
        assert faults(answer) == {"duty": [HAS_ROLES]}
        Membership.objects.filter(user=world.case_worker).update(valid_until=today())
        answer = submit(ada, of(world.case_worker, "user_edit"), duty="log_reviewer")
        assert answer.status_code == 302, (faults(answer), answer.context["form"].conflict, answer.context["form"].data)
        assert User.objects.get(pk=world.case_worker.pk).duty == Duty.CASE_WORK, "a second person must say yes"
        waiting = world.case_worker.proposals.waiting().get()
        accept(proposal=waiting, seen=as_seen(waiting), by=world.coordinator)
        assert User.objects.get(pk=world.case_worker.pk).duty == Duty.LOG_REVIEWER

    def test_a_role_to_come_counts_too(self, world) -> None:
        Membership.objects.filter(user=world.case_worker).update(valid_until=today())
        role(world, valid_from=today() + timedelta(days=9))
        fields = UserFields("Hanna", world.case_worker.email, Duty.ADMINISTRATOR)
        with pytest.raises(ValidationError, match="Avsluta dem först"):
            change_user(user=world.case_worker, fields=fields, by=world.administrator)

    def test_who_has_a_duty_cant_get_roles(self, world, ada) -> None:
        url = of(world.log_reviewer, "membership_create")
        answer = submit(ada, url, role="coordinator", project=str(world.project.public_id))
        assert faults(answer) == {"__all__": [HAS_DUTY]}
        assert "Ny roll" not in ada.get(of(world.log_reviewer)).content.decode()

    def test_nobody_changes_themselves(self, world, ada) -> None:
        me = world.administrator
        for page in ("user_edit", "user_close", "membership_create"):
            assert ada.get(of(me, page)).status_code == 403
            assert ada.post(of(me, page), {"x": "1"}).status_code == 403
        with pytest.raises(ValidationError, match=re.escape(ONESELF)):
            set_open(user=me, is_open=False, by=me)
        with pytest.raises(ValidationError, match=re.escape(ONESELF)):
            change_user(user=me, fields=UserFields("Ada", me.email, Duty.CASE_WORK), by=me)

    def test_another_organisations_users_dont_exist(self, world, ada) -> None:
        for page in ("user_detail", "user_edit", "user_close", "membership_create"):
            assert ada.get(of(world.af_case_worker, page)).status_code == 404
        with pytest.raises(User.DoesNotExist):
            set_open(user=world.af_case_worker, is_open=False, by=world.administrator)


class TestRoles:
    def test_a_role_is_given_until_a_last_day(self, world, ada) -> None:
        url = of(world.case_worker, "membership_create")
        last = today() + timedelta(days=30)
        submit(ada, url, role="coordinator", project=str(world.project.public_id), last_day=last.isoformat())
        made = Proposal.objects.latest("pk")
        assert (made.user, made.role, made.valid_until) == (
            world.case_worker,
            Role.COORDINATOR,
            last + timedelta(days=1),
        )

    def test_it_works_once_accepted_and_ends_at_once(self, world, ada, log_in) -> None:
        client = log_in(world.outsider)
        world.outsider.organisation = world.ame
        world.outsider.save()
        assert client.get("/deltagare/").status_code == 403
        waiting = role(world, user=world.outsider, role=Role.CASE_WORKER)
        assert client.get("/deltagare/").status_code == 403
        accept(proposal=waiting, seen=as_seen(waiting), by=world.coordinator)
        made = Membership.objects.get(user=world.outsider)
        assert client.get("/deltagare/").status_code == 200
        yesterday = (today() - timedelta(days=1)).isoformat()
        data = {"do": "end", "membership": key_of(made), "last_day": yesterday}
        assert submit(ada, of(world.outsider), **data).status_code == 302
        assert client.get("/deltagare/").status_code == 403

    def test_a_last_day_before_the_first_is_refused(self, world, ada) -> None:
        made = role(world)
        wrong = (today() - timedelta(days=5)).isoformat()
        answer = submit(ada, of(world.case_worker), do="end", membership=key_of(made), last_day=wrong)
        assert set(faults(answer)) == {"last_day"}

    def test_a_role_is_made_shorter_but_never_longer(self, world) -> None:
        made = role(world, valid_until=today() + timedelta(days=10))
        role(world, valid_from=today() + timedelta(days=10))
        with pytest.raises(ValidationError, match="slutar redan"):
            end_membership(membership=made, valid_until=today() + timedelta(days=20), by=world.administrator)
        end_membership(membership=made, valid_until=today() + timedelta(days=5), by=world.administrator)

    def test_somebody_elses_role_cant_be_ended_through_the_form(self, world, ada) -> None:
        other = Membership.objects.get(user=world.af_coordinator)
        answer = submit(ada, of(world.case_worker), do="end", membership=key_of(other))
        assert "membership" in faults(answer)
        with pytest.raises(User.DoesNotExist):
            end_membership(membership=other, valid_until=today(), by=world.administrator)

    def test_only_projects_that_the_organisation_is_in(self, world, ada) -> None:
        foreign = model_project(host=world.af, name="Deras", register_number="X-1")
        guest = model_project(host=world.af, name="Gemensamt", register_number="X-2")
        ProjectOrganisationFactory(project=guest, organisation=world.ame)
        choices = dict(ada.get(of(world.case_worker, "membership_create")).context["form"].fields["project"].choices)
        assert set(choices.values()) == {world.project.name, "Gemensamt"}
        with pytest.raises(ValidationError, match="inte med i projektet"):
            role(world, project=foreign)
        with pytest.raises(ValidationError, match="värd"):
            role(world, project=guest, role=Role.PROJECT_LEADER)

    def test_the_same_role_twice_at_the_same_time_is_refused(self, world) -> None:
        role(world, valid_until=today() + timedelta(days=10))
        with pytest.raises(ValidationError, match="redan"):
            role(world, valid_from=today() + timedelta(days=9))
        role(world, valid_from=today() + timedelta(days=10))


class TestClosing:
    def test_it_says_what_is_left_without_naming_anybody(self, world, ada) -> None:
        ended = EnrolmentFactory(project=world.project, exited_on=today(), exit_reason="work")
        CaseAssignmentFactory(enrolment=ended, user=world.case_worker)
        page = ada.get(of(world.case_worker, "user_close")).content.decode()
        assert "1\xa0pågående ärende i Vägar till arbete. Be Samira Samordnare lämna över." in page
        assert "Öberg" not in page

    def test_every_session_ends_and_the_account_can_be_opened_again(self, world, ada, log_in) -> None:
        clients = [log_in(world.case_worker), log_in(world.case_worker)]
        assert [client.get("/").status_code for client in clients] == [200, 200]
        submit(ada, of(world.case_worker, "user_close"))
        assert [client.get("/").status_code for client in clients] == [302, 302]
        assert User.objects.get(pk=world.case_worker.pk).is_active is False
        submit(ada, of(world.case_worker, "user_close"))
        assert log_in(world.case_worker).get("/").status_code == 200

    def test_two_administrators_who_close_it_at_once_leave_it_closed(self, world, ada, log_in) -> None:
        other = log_in(UserFactory(organisation=world.ame, duty=Duty.ADMINISTRATOR))
        url = of(world.case_worker, "user_close")
        forms = [(client, fill(client, url)) for client in (ada, other)]
        for client, data in forms:
            assert "Kontot är stängt." in client.post(url, data, follow=True).content.decode()
        assert not User.objects.get(pk=world.case_worker.pk).is_active
        assert AccessEvent.objects.filter(part__in=("user_close", "user_reopen"), kind="change").count() == 1

    def test_a_session_from_before_is_dead_when_the_account_opens_again(self, world, ada, log_in) -> None:
        before, others = log_in(world.case_worker), log_in(world.coordinator)
        for is_open in (False, True):
            set_open(user=world.case_worker, is_open=is_open, by=world.administrator)
        assert [client.get("/").status_code for client in (before, others)] == [302, 200]


class TestTheLog:
    """A link opens the account to whoever has it, and a role opens cases: the log says about whom, never by name."""

    def about(self, world) -> list[tuple[str, str]]:
        events = AccessEvent.objects.filter(user=world.administrator, kind="change").order_by("number")
        return list(events.values_list("part", "reason"))

    def test_a_link_that_is_shown(self, world, ada) -> None:
        new = UserFactory(organisation=world.ame, password="!")
        assert "/glomt-losenord/" in ada.post(of(new), {"do": "link"}).content.decode()
        assert self.about(world) == [("user_link", str(new.public_id))]

    def test_a_link_that_is_mailed_with_a_new_account_and_again(self, world, ada, settings) -> None:
        settings.EMAIL_HOST = "mail.invalid"
        data = fill(ada, "/anvandare/ny/", **NEW)
        for _ in range(2):
            ada.post("/anvandare/ny/", data)
        user = User.objects.get(email="nina@example.se")
        ada.post(of(user), {"do": "link"})
        key = str(user.public_id)
        assert self.about(world) == [("user_create", key), ("user_link", key), ("user_link", key)]
        assert len(letters()) == 2

    def test_every_change_of_a_user(self, world) -> None:
        user, by = world.steering, world.administrator
        made = role(world, user=user, role=Role.PROJECT_LEADER)
        end_membership(membership=made, valid_until=today(), by=by)
        change_user(user=user, fields=UserFields("Stig", user.email, Duty.CASE_WORK), by=by)
        for is_open in (False, True):
            set_open(user=user, is_open=is_open, by=by)
        parts = ("membership_create", "membership_end", "user_edit", "user_close", "user_reopen")
        assert self.about(world) == [(part, str(user.public_id)) for part in parts]

    def test_a_mail_server_that_is_down_loses_neither_account_nor_letter(self, world, ada, settings) -> None:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        answer = ada.post("/anvandare/ny/", fill(ada, "/anvandare/ny/", **NEW), follow=True)
        assert answer.status_code == 200
        user = User.objects.get(email="nina@example.se")
        with pytest.raises(LettersWait):
            send_waiting()
        assert OutgoingMail.objects.get().user == user


class TestTheFirstAdministrator:
    ASKED = ("create_administrator", "--email", "Ada2@Example.se", "--name", "Ada Två", "--organisation")

    def test_it_gets_a_link_and_no_password(self, world) -> None:
        out = io.StringIO()
        call_command(*self.ASKED, "Ny förvaltning", stdout=out)
        user = User.objects.get(email="ada2@example.se")
        assert (user.duty, user.organisation) == (Duty.ADMINISTRATOR, Organisation.objects.get(name="Ny förvaltning"))
        assert not user.has_usable_password()
        path = re.search(r"(/glomt-losenord/\S+)", out.getvalue())[1]
        assert "Spara lösenordet" in Client().get(path, follow=True).content.decode()

    def test_an_address_that_somebody_has_changes_nothing(self, world) -> None:
        UserFactory(email="ada2@example.se")
        with pytest.raises(CommandError, match="används redan"):
            call_command(*self.ASKED, "Ny förvaltning")
        assert not Organisation.objects.filter(name="Ny förvaltning").exists()


def test_a_new_account_is_always_of_the_own_organisation(world) -> None:
    made = open_user(
        fields=UserFields("Nils", "nils@example.se", Duty.CASE_WORK), organisation=world.ame, by=world.administrator
    )
    assert made.organisation == world.ame
