"""What happens to an account is in its own chain, and what is unusual comes before the log's reviewer."""

from datetime import datetime, timedelta

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail

from accounts.enums import AccessKind, Duty
from accounts.letters.outbox import send_waiting
from accounts.log.access import broken_links
from accounts.log.account import PARTS, UNKNOWN_ADDRESS
from accounts.log.unusual import FAILED_BEFORE, FAILED_IN_A_DAY, unusual_log_ins
from accounts.models import AccessEvent, User
from core.days.dates import STOCKHOLM
from tests.world.codes import code_now
from tests.world.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

NEW = "kaffe-pa-stationen-7"


@pytest.fixture
def user():
    return UserFactory(name="Åsa Lind", email="asa@example.se")


@pytest.fixture
def reviewer(user):
    return UserFactory(organisation=user.organisation, duty=Duty.LOG_REVIEWER)


def parts(user):
    rows = AccessEvent.objects.filter(user=user, kind=AccessKind.ACCOUNT).order_by("number")
    assert broken_links(user) == []
    return list(rows.values_list("part", flat=True))


def log_in(client, password=PASSWORD, email="asa@example.se"):
    return client.post("/logga-in/", {"login": email, "password": password})


def set_up(user):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return code_now(secret)


def test_in_wrong_and_out(user, client):
    log_in(client, "fel-losenord-12")
    log_in(client)
    client.post("/logga-ut/")
    assert parts(user) == ["login_failed", "login", "logout"]


def test_every_part_has_words_and_is_written_by_something(user):
    assert all(words[0].isupper() for words in PARTS.values())


def test_an_unknown_address_is_counted_and_not_kept(user, client):
    log_in(client, email="ingen.alls@example.se")
    event = AccessEvent.objects.get(kind=AccessKind.ACCOUNT)
    assert (event.user, event.part, event.reason) == (User.objects.system(), "login_failed", UNKNOWN_ADDRESS)
    assert parts(user) == []


def test_known_and_unknown_ask_as_much_of_the_database(user, client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    log_in(client, "fel-losenord-12")
    log_in(client, email="ingen.alls@example.se")
    counts = []
    for email in (user.email, "ingen.alls@example.se"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            log_in(client, "fel-losenord-12", email)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_second_step_its_faults_and_its_codes(user, client):
    code = set_up(user)
    codes = RecoveryCodes.activate(user)
    log_in(client)
    client.post("/logga-in/tvasteg/", {"code": "000000"})
    client.post("/logga-in/tvasteg/", {"code": code})
    client.post("/logga-ut/")
    log_in(client)
    client.post("/logga-in/tvasteg/", {"code": codes.get_unused_codes()[0]})
    assert parts(user) == [*("factor_add", "codes_make", "factor_failed", "login", "logout", "code_use", "login")]
    assert AccessEvent.objects.filter(part="login").order_by("pk").last().reason


def test_a_password_that_is_changed_and_one_that_is_chosen_through_a_link(user, client):
    log_in(client)
    client.post("/konto/losenord/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    client.post("/logga-ut/")
    client.post("/glomt-losenord/", {"email": user.email})
    send_waiting()
    link = next(word for word in mail.outbox[-1].body.split() if "/glomt-losenord/" in word)
    page = client.get("/" + link.split("/", 3)[3], follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    assert [part for part in parts(user) if part.startswith("password")] == ["password_change", "password_link"]


def test_the_second_step_set_up_and_taken_away(user, client):
    log_in(client)
    page = client.get("/konto/tvasteg/aktivera/")
    if page.status_code == 302:
        client.post(page["Location"], {"password": PASSWORD})
        client.get("/konto/tvasteg/aktivera/")
    secret = client.session["mfa.totp.secret"]
    code = code_now(secret)
    client.post("/konto/tvasteg/aktivera/", {"code": code})
    client.post("/konto/tvasteg/reservkoder/nya/")
    client.post("/konto/tvasteg/avaktivera/")
    assert {"factor_add", "codes_make", "factor_remove"} <= set(parts(user))


class TestUnusual:
    @pytest.fixture
    def at(self):
        with time_machine.travel(datetime(2026, 11, 10, 10, 0, tzinfo=STOCKHOLM), tick=False) as clock:
            yield clock

    def found(self, reviewer):
        return [(line.who, line.what) for line in unusual_log_ins(datetime(2026, 11, 1).date(), reviewer)]

    def test_an_ordinary_day_is_not_unusual(self, user, reviewer, client, at):
        log_in(client, "fel-losenord-12")
        log_in(client)
        assert self.found(reviewer) == []

    def test_a_log_in_at_night(self, user, reviewer, client, at):
        for hour, minute in ((21, 59), (22, 0), (23, 30)):
            at.move_to(datetime(2026, 11, 10, hour, minute, tzinfo=STOCKHOLM))
            log_in(client)
            client.post("/logga-ut/")
        at.move_to(datetime(2026, 11, 11, 4, 59, tzinfo=STOCKHOLM))
        log_in(client)
        assert self.found(reviewer) == [("Åsa Lind", "Loggade in på natten")] * 3

    def test_a_log_in_after_many_wrong_passwords(self, user, reviewer, at):
        from accounts.log.account import log_account

        for _ in range(FAILED_BEFORE):
            log_account(user, "login_failed", None)
        at.shift(timedelta(minutes=59))
        log_account(user, "login", None)
        assert self.found(reviewer) == [("Åsa Lind", f"Loggade in efter {FAILED_BEFORE} fel lösenord")]

    def test_many_wrong_passwords_and_nobody_in(self, user, reviewer, at):
        from accounts.log.account import log_account

        for _ in range(FAILED_IN_A_DAY - 1):
            log_account(user, "login_failed", None)
        assert self.found(reviewer) == []
        log_account(user, "login_failed", None)
        assert len(self.found(reviewer)) == 1

    @pytest.mark.parametrize("part", ["password_link", "factor_remove", "code_use"])
    def test_what_always_is(self, user, reviewer, at, part):
        from accounts.log.account import log_account

        log_account(user, part, None)
        assert len(self.found(reviewer)) == 1

    def test_other_organisations_and_the_reviewer_are_left_out(self, user, reviewer, at):
        from accounts.log.account import log_account

        for whom in (reviewer, UserFactory()):
            log_account(whom, "factor_remove", None)
        assert self.found(reviewer) == []

    def test_the_review_keeps_them_and_shows_them(self, world, log_in, at):
        from accounts.log.account import log_account
        from accounts.models import LogReview

        reviewer = UserFactory(organisation=world.project.host, duty=Duty.LOG_REVIEWER)
        log_account(world.case_worker, "factor_remove", None)
        client = log_in(reviewer)
        from oversight.log.sample import draw_sample

        review = draw_sample(month=datetime(2026, 11, 1).date(), by=reviewer).store(by=reviewer)
        log_account(world.case_worker, "code_use", None)
        page = client.get(review.get_absolute_url()).content.decode()
        assert "Inloggningar att titta på" in page
        assert "Tog bort tvåstegsinloggningen" in page
        assert "Använde en reservkod" not in page, "the sample stays as it was drawn"
        assert LogReview.objects.get().log_ins
