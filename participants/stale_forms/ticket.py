"""The ticket of a form about a case: proves that the page was shown to the user who sends it, and with which fields."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Self
from uuid import UUID, uuid4

from django import forms
from django.core import signing

from accounts.models import User
from core.forms.token import TokenForm
from participants.models import Enrolment, Participant

NAME = "ticket"
# Another salt whenever the fields change: a page that is open meanwhile carries the old ones.
_SALT, _SECONDS = "case-form-3", 12 * 3600
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Ticket:
    """Signed, so that nobody makes one: for whom, which case, whether its person was protected and when the identity
    was last taken away, the id in the address that the form is sent to, the form's one-time token, and of each field
    that takes words or a day its name, label and whether it takes words."""

    user: str
    organisation: str
    case: str
    is_protected: bool
    protected_at: str
    about: str
    token: str
    asked: list[tuple[str, str, bool]]

    @classmethod
    def of(cls, user: User, enrolment: Enrolment, about: UUID, form: TokenForm | None) -> Self:
        """For a form on a page that is shown now; None is a form of nothing but its button."""
        return cls(
            user=str(user.public_id),
            organisation=str(user.organisation_id),
            case=str(enrolment.public_id),
            is_protected=enrolment.participant.is_protected,
            protected_at=_moment(enrolment.participant),
            about=str(about),
            token=str(form["token"].value() if form else uuid4()),
            asked=list(_asked(form)) if form else [],
        )

    def signed(self) -> str:
        """The ticket signed, as the page carries it in a hidden field."""
        return signing.dumps(asdict(self), salt=_SALT, compress=True)

    @classmethod
    def read(cls, data: Mapping[str, str], user: User, about: UUID) -> Self | None:
        """From a form as it was sent, if its page was shown to this user within the time that one is logged in."""
        try:
            ticket = cls(**signing.loads(data.get(NAME, ""), salt=_SALT, max_age=_SECONDS))
            UUID(ticket.token)
        except (signing.BadSignature, ValueError):
            return None
        who = (str(user.public_id), str(user.organisation_id), str(about))
        return ticket if (ticket.user, ticket.organisation, ticket.about) == who else None

    def is_older_than_protection(self, person: Participant) -> bool:
        """Whether the identity has been protected since, also where the protection is over again."""
        return (person.is_protected and not self.is_protected) or _moment(person) != self.protected_at

    def said(self, data: Mapping[str, str]) -> str:
        """The words of the form, each answer under its label; empty where only days and choices were answered."""
        answers = [(label, _answer(data.get(name, "")), is_words) for name, label, is_words in self.asked]
        if not any(answer for _, answer, is_words in answers if is_words):
            return ""
        return "\n".join(f"{label}{'' if label.endswith('?') else ':'} {said}" for label, said, _ in answers if said)


def _moment(person: Participant) -> str:
    return person.protected_at.isoformat() if person.protected_at else ""


def _asked(form: TokenForm) -> Iterator[tuple[str, str, bool]]:
    """Who somebody is isn't in anybody's own words: it is never kept in a text, where no masking would find it."""
    for bound in form:
        if not bound.is_hidden and getattr(bound.field, "says_who", None) is False:
            yield bound.html_name, str(bound.label), isinstance(bound.field, forms.CharField)


def _answer(typed: str) -> str:
    """No form has looked at this: PostgreSQL stores no such sign, and no text is endless."""
    return typed.replace("\x00", "").strip()[:_LONGEST]
