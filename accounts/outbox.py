"""Letters, sent outside the requests that write them: a mail server that is slow or gone makes nobody wait."""

import logging
from datetime import timedelta
from smtplib import SMTPException
from urllib.parse import urljoin

from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.enums import MailKind
from accounts.invitations import link_path
from accounts.models import OutgoingMail, User

logger = logging.getLogger(__name__)

# A letter that another process has taken and not sent is tried again after so long; nobody waits longer than a day.
CLAIMED_FOR = timedelta(minutes=5)
KEPT_FOR = timedelta(days=1)
# So many at a time: the next minute goes on.
_AT_A_TIME = 100
# Subject and template of each.
_LETTERS = {
    MailKind.PASSWORD_LINK: ("Nytt lösenord till Samverkan", "account/email/password_link.txt"),
    MailKind.NEW_ACCOUNT: ("Välj ett lösenord till Samverkan", "account/email/new_account_message.txt"),
    MailKind.ADDRESS_CHANGED: ("Din e-postadress i Samverkan är ändrad", "account/email/address_changed.txt"),
    MailKind.PROPOSAL_WAITS: ("Du har en uppgift i Samverkan", "account/email/proposal_waits.txt"),
}
# Instead of a link that wouldn't hold: an administrator alone has vouched for the address.
_NO_LINK = ("Lösenord till Samverkan", "account/email/address_is_new.txt")
_WITH_LINK = (MailKind.PASSWORD_LINK, MailKind.NEW_ACCOUNT)


class LettersWait(Exception):
    """Letters could not be sent, and wait."""


def post(*, kind: MailKind, user: User | None, home: str, to: str = "") -> None:
    """Leave a letter to be sent: to the user's own address, or to another one of theirs. To nobody without a user."""
    OutgoingMail.objects.create(kind=kind, user=user, to=to, home=home)


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
    """Send one that has been claimed; no transaction is open while the mail server is waited for."""
    letter = OutgoingMail.objects.select_related("user").get(pk=key)
    try:
        # A former address is told whatever becomes of the account.
        if letter.user and (letter.user.is_active or letter.to):
            _message(letter, letter.user).send()
    except (OSError, SMTPException) as error:
        logger.warning("a letter could not be sent: %s", type(error).__name__)
        return False
    letter.delete()
    return True


def _message(letter: OutgoingMail, user: User) -> EmailMessage:
    kind = MailKind(letter.kind)
    link = urljoin(letter.home, link_path(user)) if kind in _WITH_LINK else ""
    subject, template = _NO_LINK if link and user.is_address_new else _LETTERS[kind]
    body = render_to_string(template, {"link": link, "home": letter.home})
    return EmailMessage(subject, body, to=[letter.to or user.email])
