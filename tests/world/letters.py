"""The letters that the program has written, sent as its periodic job does."""

from django.core import mail
from django.core.mail import EmailMessage

from accounts.letters.outbox import send_waiting


def letters() -> list[EmailMessage]:
    """All letters so far, those that waited included."""
    send_waiting()
    return mail.outbox
