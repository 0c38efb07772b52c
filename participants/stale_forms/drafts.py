"""No draft from before a person's identity was protected: it may hold who that was."""

from core.forms.showing import FormPage
from participants.models import Participant


def is_from_before_protection(page: FormPage) -> bool:
    """Whether the person of the page has been protected since it was shown. The person is locked while it is asked."""
    people = Participant.objects.select_for_update(of=("self",))
    person = people.filter(enrolments__public_id=page.subject).first() if page.subject else None
    return bool(person and person.protected_at and person.protected_at >= page.moment)
