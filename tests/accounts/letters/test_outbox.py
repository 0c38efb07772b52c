"""Letters go outside the request: a mail server that is slow or gone changes no answer and loses no letter."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import jobs
from accounts.letters.outbox import CLAIMED_FOR, KEPT_FOR, send_waiting
from accounts.login.tokens import end_links
from accounts.models import OutgoingMail
from tests.world.factories import UserFactory

pytestmark = pytest.mark.django_db

FORGOT = "/glomt-losenord/"


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


@pytest.fixture
def user():
    return UserFactory(email="hanna@example.se")


@pytest.fixture
def no_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


def forgot(client, email):
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(FORGOT, {"email": email})
    return (answer.status_code, answer["Location"]), len(asked)


def test_known_unknown_and_closed_get_the_same_answer_after_the_same_work(user, client, no_server):
    UserFactory(email="borta@example.se", is_active=False)
    forgot(client, "varm@example.se")
    answers = {forgot(client, email) for email in (user.email, "finns.inte@example.se", "borta@example.se")}
    assert len(answers) == 1
    assert OutgoingMail.objects.count() == 4
    assert mail.outbox == []


def test_the_link_is_made_when_it_is_sent(user, client):
    forgot(client, user.email)
    row = OutgoingMail.objects.get()
    assert "glomt-losenord" not in "".join(str(value) for value in vars(row).values())
    assert send_waiting() == "1 brev skickade"
    letter = mail.outbox[0]
    assert letter.to == [user.email]
    link = next(word for word in letter.body.split() if FORGOT in word)
    assert link.startswith("http://testserver/glomt-losenord/")
    assert client.get(link.removeprefix("http://testserver"), follow=True).status_code == 200
    assert not OutgoingMail.objects.exists()
    assert send_waiting() == "0 brev skickade"


def test_nobody_gets_a_letter_that_is_for_nobody(client):
    forgot(client, "finns.inte@example.se")
    send_waiting()
    assert mail.outbox == []
    assert not OutgoingMail.objects.exists()


def test_a_letter_waits_while_the_server_is_gone_and_the_job_says_so(user, client, no_server, settings):
    forgot(client, user.email)
    with pytest.raises(CommandError, match="1 brev gick inte att skicka"):
        jobs.send_mail()
    assert OutgoingMail.objects.count() == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_waiting() == "0 brev skickade", "another process may be at it"
    OutgoingMail.objects.update(claimed_at=timezone.now() - CLAIMED_FOR - timedelta(seconds=1))
    assert send_waiting() == "1 brev skickade"
    assert len(mail.outbox) == 1


def test_a_letter_that_has_waited_for_a_day_is_let_go_and_told(user, client):
    forgot(client, user.email)
    OutgoingMail.objects.update(written_at=timezone.now() - KEPT_FOR - timedelta(minutes=1))
    with pytest.raises(CommandError, match="1 har väntat för länge"):
        jobs.send_mail()
    assert mail.outbox == []


def test_without_a_mail_server_letters_are_files_and_never_in_the_log():
    from samverkan import settings as written

    assert written.EMAIL_BACKEND == "django.core.mail.backends.filebased.EmailBackend"
    assert "mail" in str(written.EMAIL_FILE_PATH)


def test_a_link_that_was_called_back_while_it_waited_is_never_sent(user, client):
    forgot(client, user.email)
    end_links(user)
    assert send_waiting() == "0 brev skickade"
    assert mail.outbox == []
