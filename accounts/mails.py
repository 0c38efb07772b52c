"""Mail to users, about their account or something that waits for them. It says nothing about a participant."""

import logging
from collections.abc import Sequence

from django.core.mail import send_mail
from django.db import transaction

logger = logging.getLogger(__name__)


def tell(addresses: Sequence[str], subject: str, text: str) -> None:
    """Write to each of the addresses once what is being saved is saved. A mail server that is down stops nothing."""
    transaction.on_commit(lambda: _send(addresses, subject, text))


def _send(addresses: Sequence[str], subject: str, text: str) -> None:
    for address in addresses:
        try:
            send_mail(subject, text, None, [address])
        except OSError as error:
            logger.warning("no mail about an account went out: %s", type(error).__name__)
