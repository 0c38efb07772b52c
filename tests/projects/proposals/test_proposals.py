"""What an administrator proposes gives nothing until a second person has said yes."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Duty
from accounts.models import AccessEvent, User
from core.days.dates import today
from projects.enums import Permission, Role
from projects.models import Membership, Project
from projects.proposals.actions import CHANGED, GONE, accept, as_seen, decline, withdraw
from projects.proposals.enums import Decision, ProposalKind
from projects.proposals.models import Proposal
from projects.proposals.rules import WITHOUT_PERSONS, deciders, reads_persons
from projects.users.actions import UserFields, add_membership, change_user, make_link, set_open
from tests.world.factories import MembershipFactory, UserFactory
from tests.world.factories.access import ProjectOrganisationFactory
from tests.world.letters import letters
from tests.world.pages import faults, fill, submit
from tests.world.worlds import member, model_project

PASSWORD = "ett-langt-losenord-7"


@pytest.fixture
def puppet(world) -> User:
    """An account of the administrator's own making."""
    return UserFactory(organisation=world.ame, name="Pelle Påhitt")


@pytest.fixture
def ada(world, log_in) -> Client:
    return log_in(world.administrator)


@pytest.fixture
def samira(world, log_in) -> Client:
    return log_in(world.coordinator)


def propose(world, user, role=Role.CASE_WORKER, **fields) -> Proposal:
    fields = {"project": world.project, "valid_from": today(), "valid_until": None, "by": world.administrator} | fields
    return add_membership(user=user, role=role, **fields)


def say_yes(proposal, by) -> str:
    return accept(proposal=proposal, seen=as_seen(proposal), by=by)


def of(user: User, page: str = "user_detail") -> str:
    return reverse(page, args=[user.public_id])


class TestWhichRoles:
    def test_those_that_read_persons_and_whatever_is_added_later(self) -> None:
        assert {role for role in Role if reads_persons(role)} == {
            Role.CASE_WORKER,
            Role.COORDINATOR,
            Role.SUPERVISOR,
        }
        assert Permission.SEE_PERSONS not in WITHOUT_PERSONS
        assert Permission.SEE_PLACEMENTS not in WITHOUT_PERSONS

    @pytest.mark.parametrize("role", Role)
    def test_a_role_gives_nothing_by_one_administrator_alone_if_it_reads_persons(self, world, puppet, role) -> None:
        made = propose(world, puppet, role)
        assert isinstance(made, Proposal) == reads_persons(role)
        assert Membership.objects.filter(user=puppet).exists() != reads_persons(role)


class TestAsking:
    def test_the_form_says_which_roles_wait_for_a_second_person(self, ada, puppet) -> None:
        text = ada.get(of(puppet, "membership_create")).content.decode()
        assert "Handläggare, samordnare och handledare läser om deltagare, och godkänns därför av en person" in text

    def test_the_menu_counts_what_waits_for_whoever_decides_and_for_nobody_else(
        self, world, ada, samira, puppet
    ) -> None:
        def waits(client: Client) -> int | None:
            return next(item.count for item in client.get("/").context["menu"] if item.url == "/godkanna/")

        assert waits(samira) is None
        made = propose(world, puppet)
        assert (waits(samira), waits(ada)) == (1, None)
        assert samira.get("/").context["menu_more"] == 1, "on a phone the line lies under «Mer»"
        say_yes(made, world.coordinator)
        assert waits(samira) is None


class TestAccepting:
    def test_a_coordinator_says_yes_and_it_holds_from_then(self, world, ada, samira, puppet, log_in) -> None:
        answer = submit(ada, of(puppet, "membership_create"), role="case_worker", project=str(world.project.public_id))
        assert answer.status_code == 302
        assert "väntar på godkännande av Samira Samordnare" in ada.get(answer["Location"]).content.decode()
        assert log_in(puppet).get("/deltagare/").status_code == 403
        proposal = Proposal.objects.get()
        page = samira.get("/godkanna/").content.decode()
        assert "Pelle Påhitt" in page
        sheet = samira.get(proposal.get_absolute_url()).content.decode()
        assert puppet.email in sheet
        assert "Ada Administratör" in sheet
        assert submit(samira, proposal.get_absolute_url(), do="accept")["Location"] == "/godkanna/"
        assert log_in(puppet).get("/deltagare/").status_code == 200
        proposal.refresh_from_db()
        assert (proposal.decision, proposal.decided_by) == (Decision.ACCEPTED, world.coordinator)
        assert AccessEvent.objects.get(user=world.coordinator, part="proposal_accept").reason == str(puppet.public_id)

    def test_those_who_decide_are_told_by_mail_that_says_nothing(
        self, world, puppet, django_capture_on_commit_callbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            propose(world, puppet)
        [letter] = letters()
        assert letter.to == [world.coordinator.email]
        assert "Pelle" not in letter.subject + letter.body

    def test_a_first_day_that_has_passed_isnt_made_up_for(self, world, puppet) -> None:
        proposal = propose(world, puppet, valid_from=today() - timedelta(days=30))
        say_yes(proposal, world.coordinator)
        assert Membership.objects.get(user=puppet).valid_from == today()

    def test_a_no_needs_words_and_the_administrator_reads_them(self, world, ada, samira, puppet) -> None:
        url = propose(world, puppet).get_absolute_url()
        assert set(faults(submit(samira, url, do="decline"))) == {"words"}
        assert submit(samira, url, do="decline", words="Jag vet inte vem det är.").status_code == 302
        assert "Jag vet inte vem det är." in ada.get(of(puppet)).content.decode()
        assert not Membership.objects.filter(user=puppet).exists()

    def test_a_press_on_neither_button_is_no_yes(self, world, samira, puppet) -> None:
        url = propose(world, puppet).get_absolute_url()
        assert submit(samira, url).status_code == 200
        assert not Membership.objects.filter(user=puppet).exists()


class TestWhoDecides:
    def test_the_projects_coordinator_in_the_own_organisation_else_the_hosts_else_any(self, world) -> None:
        region = UserFactory(organisation__name="Regionen")
        ProjectOrganisationFactory(project=world.project, organisation=region.organisation)
        admin = UserFactory(organisation=region.organisation, duty=Duty.ADMINISTRATOR)
        proposal = propose(world, region, by=admin)
        assert list(deciders(proposal, today())) == [world.coordinator]
        own = member(world.project, region.organisation, Role.COORDINATOR, "Rut Samordnare")
        assert list(deciders(proposal, today())) == [own]
        Membership.objects.filter(user__in=(own, world.coordinator)).update(valid_until=today())
        assert list(deciders(proposal, today())) == [world.af_coordinator]

    def test_nobody_for_themselves(self, world, samira) -> None:
        proposal = propose(world, world.coordinator)
        assert world.coordinator not in deciders(proposal, today())
        assert samira.get(proposal.get_absolute_url()).status_code == 404
        with pytest.raises(ValidationError, match=re.escape(GONE)):
            say_yes(proposal, world.coordinator)

    @pytest.mark.parametrize(
        "who", ["administrator", "case_worker", "project_leader", "log_reviewer", "af_coordinator", "supervisor"]
    )
    def test_nobody_else(self, world, log_in, puppet, who) -> None:
        proposal = propose(world, puppet)
        client = log_in(getattr(world, who))
        assert client.get(proposal.get_absolute_url()).status_code in (403, 404)
        assert client.post(proposal.get_absolute_url(), {"do": "accept"}).status_code in (403, 404)
        with pytest.raises(ValidationError, match=re.escape(GONE)):
            say_yes(proposal, getattr(world, who))

    def test_a_coordinator_of_another_project_is_none_of_this_one(self, world, puppet) -> None:
        other = model_project(host=world.ame, name="Annat", register_number="X-9")
        stranger = member(other, world.ame, Role.COORDINATOR, "Olle Annanstans")
        with pytest.raises(ValidationError, match=re.escape(GONE)):
            say_yes(propose(world, puppet), stranger)

    def test_the_database_too_refuses_one_person(self, world, puppet) -> None:
        proposal = propose(world, puppet)
        for alone in (world.administrator, puppet):
            with pytest.raises(IntegrityError), transaction.atomic():
                Proposal.objects.filter(pk=proposal.pk).update(decision=Decision.ACCEPTED, decided_by=alone)


class TestMeanwhile:
    def refused(self, proposal, by, words) -> None:
        with pytest.raises(ValidationError, match=words):
            say_yes(Proposal.objects.select_related("user", "project").get(pk=proposal.pk), by)
        assert not Membership.objects.filter(user=proposal.user).exists()

    def test_the_proposer_is_closed(self, world, puppet) -> None:
        proposal = propose(world, puppet)
        User.objects.filter(pk=world.administrator.pk).update(is_active=False)
        self.refused(proposal, world.coordinator, "inte administratör längre")

    def test_the_proposer_is_no_administrator_any_more(self, world, puppet) -> None:
        proposal = propose(world, puppet)
        User.objects.filter(pk=world.administrator.pk).update(duty=Duty.CASE_WORK)
        self.refused(proposal, world.coordinator, "inte administratör längre")

    def test_the_coordinators_role_has_ended(self, world, puppet) -> None:
        proposal = propose(world, puppet)
        Membership.objects.filter(user=world.coordinator).update(valid_until=today())
        self.refused(proposal, world.coordinator, re.escape(GONE))

    def test_the_coordinators_account_is_closed(self, world, puppet) -> None:
        proposal = propose(world, puppet)
        User.objects.filter(pk=world.coordinator.pk).update(is_active=False)
        self.refused(proposal, User.objects.get(pk=world.coordinator.pk), re.escape(GONE))

    def test_the_user_is_closed(self, world, puppet) -> None:
        proposal = propose(world, puppet)
        set_open(user=puppet, is_open=False, by=world.administrator)
        proposal.refresh_from_db()
        assert proposal.decision == Decision.WITHDRAWN
        self.refused(proposal, world.coordinator, re.escape(GONE))

    def test_the_project_has_ended(self, world, puppet) -> None:
        proposal = propose(world, puppet)
        Project.objects.update(ends_on=today() - timedelta(days=1))
        self.refused(proposal, world.coordinator, "Projektet är avslutat")

    def test_the_time_has_run_out(self, world, puppet) -> None:
        proposal = propose(world, puppet, valid_until=today() + timedelta(days=1))
        Proposal.objects.update(valid_from=today() - timedelta(days=2), valid_until=today())
        self.refused(proposal, world.coordinator, "gått ut")

    def test_it_was_taken_back(self, world, ada, puppet) -> None:
        proposal = propose(world, puppet)
        answer = ada.post(of(puppet), {"do": "withdraw", "proposal": str(proposal.public_id)}, follow=True)
        assert "Det är återtaget." in answer.content.decode()
        self.refused(proposal, world.coordinator, re.escape(GONE))

    def test_the_account_is_another_than_the_one_that_was_read(self, world, samira, puppet) -> None:
        proposal = propose(world, puppet)
        data = fill(samira, proposal.get_absolute_url(), do="accept")
        User.objects.filter(pk=puppet.pk).update(email="elak@example.com")
        answer = samira.post(proposal.get_absolute_url(), data)
        assert faults(answer) == {"__all__": [CHANGED]}
        assert "elak@example.com" in answer.content.decode()
        assert not Membership.objects.filter(user=puppet).exists()
        again = data | {"seen": answer.context["form"].data["seen"]}
        assert samira.post(proposal.get_absolute_url(), again).status_code == 302

    def test_two_at_once_give_one_answer(self, world, puppet) -> None:
        proposal = propose(world, puppet)
        other = member(world.project, world.ame, Role.COORDINATOR, "Sara Samordnare")
        decline(proposal=proposal, words="Nej", by=other)
        self.refused(proposal, world.coordinator, re.escape(GONE))

    def test_a_second_press_gives_one_role(self, world, samira, puppet) -> None:
        proposal = propose(world, puppet)
        data = fill(samira, proposal.get_absolute_url(), do="accept")
        for _ in range(2):
            assert samira.post(proposal.get_absolute_url(), data)["Location"] == "/godkanna/"
        assert Membership.objects.filter(user=puppet).count() == 1

    def test_the_same_role_is_proposed_once(self, world, puppet) -> None:
        propose(world, puppet)
        with pytest.raises(ValidationError, match="redan föreslagen"):
            propose(world, puppet, valid_from=today() + timedelta(days=5))


class TestDuties:
    @pytest.mark.parametrize("duty", [Duty.ADMINISTRATOR, Duty.LOG_REVIEWER])
    def test_a_new_account_with_a_duty_waits_for_it(self, world, ada, duty) -> None:
        submit(ada, "/anvandare/ny/", name="Nina Ny", email="nina@example.se", duty=duty)
        nina = User.objects.get(email="nina@example.se")
        assert nina.duty == Duty.CASE_WORK
        say_yes(nina.proposals.get(), world.coordinator)
        nina.refresh_from_db()
        assert nina.duty == duty

    def test_another_administrator_can_say_yes_and_one_made_meanwhile_cant(self, world, puppet) -> None:
        change_user(
            user=puppet, fields=UserFields(puppet.name, puppet.email, Duty.ADMINISTRATOR), by=world.administrator
        )
        proposal = puppet.proposals.get()
        second = UserFactory(organisation=world.ame, duty=Duty.ADMINISTRATOR)
        stranger = UserFactory(organisation=world.af, duty=Duty.ADMINISTRATOR)
        for wrong in (puppet, world.administrator, stranger):
            with pytest.raises(ValidationError, match=re.escape(GONE)):
                say_yes(proposal, wrong)
        say_yes(proposal, second)

    def test_a_duty_is_taken_away_at_once(self, world) -> None:
        reviewer = world.log_reviewer
        fields = UserFields(reviewer.name, reviewer.email, Duty.CASE_WORK)
        change_user(user=reviewer, fields=fields, by=world.administrator)
        reviewer.refresh_from_db()
        assert reviewer.duty == Duty.CASE_WORK


class TestOpeningAgain:
    def test_roles_that_read_persons_wait_for_a_yes_others_are_there(self, world, log_in) -> None:
        MembershipFactory(user=world.case_worker, project=world.project, role=Role.STEERING_GROUP)
        for is_open in (False, True):
            set_open(user=world.case_worker, is_open=is_open, by=world.administrator)
        client = log_in(world.case_worker)
        assert (client.get("/deltagare/").status_code, client.get("/rapporter/").status_code) == (403, 200)
        say_yes(world.case_worker.proposals.waiting().get(), world.coordinator)
        assert client.get("/deltagare/").status_code == 200

    def test_a_duty_too(self, world) -> None:
        for is_open in (False, True):
            set_open(user=world.log_reviewer, is_open=is_open, by=world.administrator)
        world.log_reviewer.refresh_from_db()
        assert world.log_reviewer.duty == Duty.CASE_WORK
        assert world.log_reviewer.proposals.get().duty == Duty.LOG_REVIEWER


class TestLinks:
    def link_of(self, answer) -> str:
        found = re.search(r"/glomt-losenord/[^<]+/", answer.content.decode())
        return found[0] if found else ""

    def test_for_who_has_a_password_the_administrator_gets_none(self, world, ada) -> None:
        answer = ada.post(of(world.case_worker), {"do": "link"}, follow=True)
        assert self.link_of(answer) == ""
        assert "väntar på godkännande av Samira Samordnare" in answer.content.decode()
        assert Proposal.objects.get().kind == ProposalKind.LINK

    def test_the_second_person_hands_it_over_and_it_works_once(self, world, ada, samira) -> None:
        ada.post(of(world.case_worker), {"do": "link"})
        proposal = Proposal.objects.get()
        link = self.link_of(submit(samira, proposal.get_absolute_url(), do="accept"))
        assert self.link_of(ada.get(of(world.case_worker))) == ""
        form = Client().get(link, follow=True)
        assert "password1" in form.content.decode()
        guest = Client()
        path = guest.get(link, follow=True).redirect_chain[-1][0]
        assert guest.post(path, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
        assert "gäller inte längre" in Client().get(link, follow=True).content.decode()

    def test_not_by_the_one_it_is_for(self, world) -> None:
        make_link(user=world.coordinator, by=world.administrator)
        with pytest.raises(ValidationError, match=re.escape(GONE)):
            say_yes(Proposal.objects.get(), world.coordinator)

    def test_with_mail_it_goes_to_its_owner(self, world, ada, samira, settings) -> None:
        settings.EMAIL_HOST = "mail.invalid"
        User.objects.filter(pk=world.case_worker.pk).update(address_changed_at=timezone.now())
        ada.post(of(world.case_worker), {"do": "link"})
        answer = submit(samira, Proposal.objects.get().get_absolute_url(), do="accept")
        assert answer["Location"] == "/godkanna/"
        assert [letter.to for letter in letters() if "/glomt-losenord/" in letter.body] == [[world.case_worker.email]]

    def test_one_that_is_taken_back_is_dead(self, world, ada, samira) -> None:
        ada.post(of(world.case_worker), {"do": "link"})
        proposal = Proposal.objects.get()
        link = self.link_of(submit(samira, proposal.get_absolute_url(), do="accept"))
        withdraw(proposal=proposal, by=world.administrator)
        assert "gäller inte längre" in Client().get(link, follow=True).content.decode()

    def test_one_from_before_there_was_trust_in_the_account_is_dead(self, world, ada) -> None:
        new = UserFactory(organisation=world.ame, password="!")
        link = self.link_of(ada.post(of(new), {"do": "link"}))
        say_yes(propose(world, new), world.coordinator)
        assert "gäller inte längre" in Client().get(link, follow=True).content.decode()
        assert self.link_of(ada.post(of(new), {"do": "link"}, follow=True)) == ""

    def test_asked_for_twice_it_waits_once(self, world, ada) -> None:
        for _ in range(2):
            ada.post(of(world.case_worker), {"do": "link"})
        assert Proposal.objects.count() == 1


class TestAtTheServer:
    def run(self, capsys, *arguments: str) -> str:
        call_command(*arguments)
        return capsys.readouterr().out

    def test_where_nobody_can_it_is_accepted_there_with_a_reason(self, world, puppet, capsys) -> None:
        proposal = propose(world, puppet)
        with pytest.raises(CommandError, match="avgörs av Samira Samordnare"):
            self.run(capsys, "accept_proposal", "--email", puppet.email, "--reason", "Alla har slutat")
        Membership.objects.filter(role=Role.COORDINATOR).update(valid_until=today())
        with pytest.raises(CommandError, match="Skriv varför"):
            self.run(capsys, "accept_proposal", "--email", puppet.email)
        assert puppet.email in self.run(capsys, "accept_proposal")
        self.run(capsys, "accept_proposal", "--email", puppet.email, "--reason", "Alla har slutat")
        proposal.refresh_from_db()
        assert (proposal.decision, proposal.words) == (Decision.ACCEPTED, "Alla har slutat")
        event = AccessEvent.objects.get(user=User.objects.system(), part="proposal_accept")
        assert event.note.body.text == "Alla har slutat"
        assert Membership.objects.on(today()).filter(user=puppet).exists()

    def test_a_link_is_printed(self, world, capsys) -> None:
        Membership.objects.filter(role=Role.COORDINATOR).update(valid_until=today())
        make_link(user=world.case_worker, by=world.administrator)
        said = self.run(capsys, "accept_proposal", "--email", world.case_worker.email, "--reason", "Lo är ensam")
        assert re.search(r"https?://\S+/glomt-losenord/", said)

    def test_nothing_waits(self, world, capsys) -> None:
        with pytest.raises(CommandError, match="Ingenting väntar"):
            self.run(capsys, "accept_proposal", "--email", world.steering.email, "--reason", "x")
