"""Letters, sent outside the requests that write them: a mail server that is slow or gone makes nobody wait.

A letter says nothing about a participant. It is left in the transaction of what it tells of, and goes if that is saved.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPException
from urllib.parse import urljoin

from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.enums import MailKind
from accounts.letters.invitations import link_path
from accounts.models import OutgoingMail, User

logger = logging.getLogger(__name__)

# A letter that another process has taken and not sent is tried again after so long; nobody waits longer than a day.
CLAIMED_FOR = timedelta(minutes=5)
KEPT_FOR = timedelta(days=1)
# So many at a time: the next minute goes on.
_AT_A_TIME = 100
_NO_LINK = "account/email/address_is_new_message.txt"
_TEMPLATES = {
    MailKind.PASSWORD_LINK: "account/email/password_link.txt",
    MailKind.NEW_ACCOUNT: "account/email/new_account_message.txt",
}
_SUBJECTS = {
    MailKind.PASSWORD_LINK: "Lösenord till Samverkan",
    MailKind.NEW_ACCOUNT: "Välj ett lösenord till Samverkan",
}


class LettersWait(Exception):
    """Letters could not be sent, and wait."""


def tell(addresses: Iterable[str], subject: str, text: str) -> None:
    """Leave a letter for each of the addresses, to be sent later."""
    OutgoingMail.objects.bulk_create(
        OutgoingMail(kind=MailKind.WORDS, to=address, subject=subject, text=text) for address in addresses
    )


def post_link(kind: MailKind, user: User | None, home: str) -> None:
    """Leave a letter with a link for a password; `home` is the start page. To nobody without a user."""
    OutgoingMail.objects.create(kind=kind, user=user, home=home)


def send_waiting() -> str:
    """Send what waits, the oldest first, and say how many. Raises LettersWait where some could not be sent."""
    now = timezone.now()
    old, _ = OutgoingMail.objects.filter(written_at__lt=now - KEPT_FOR).delete()
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIMED_FOR)
    waiting = list(OutgoingMail.objects.filter(free).order_by("pk").values_list("pk", flat=True)[:_AT_A_TIME])
    sent = [_send(key) for key in waiting if OutgoingMail.objects.filter(free, pk=key).update(claimed_at=now)]
    if old or not all(sent):
        raise LettersWait(f"{sent.count(False)} brev gick inte att skicka, {old} har väntat för länge och är borttagna")
    return f"{len(sent)} brev skickade"


def _send(key: int) -> bool:
    """Send a letter that has been claimed; no transaction is open while the mail server is waited for."""
    letter = OutgoingMail.objects.select_related("user").get(pk=key)
    try:
        if message := _message(letter):
            message.send()
    except (OSError, SMTPException) as error:
        logger.warning("a letter could not be sent: %s", type(error).__name__)
        return False
    letter.delete()
    return True


def _message(letter: OutgoingMail) -> EmailMessage | None:
    """The letter to send, or None for a letter to nobody. Its link is made now, for the account of now."""
    kind, user = MailKind(letter.kind), letter.user
    if kind == MailKind.WORDS:
        return EmailMessage(letter.subject, letter.text, to=[letter.to])
    if user is None or not user.is_active:
        return None
    # An address that an administrator alone has vouched for gets no link by being asked for one.
    has_link = kind == MailKind.NEW_ACCOUNT or not user.is_address_new
    link = urljoin(letter.home, link_path(user)) if has_link else ""
    body = render_to_string(_TEMPLATES[kind] if has_link else _NO_LINK, {"link": link})
    return EmailMessage(_SUBJECTS[kind], body, to=[user.email])
