"""Somebody who was referred turns out to be a person whom the organisation knows already."""

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.models import TextBody
from participants.identity.corrections import PersonCorrection
from participants.joining.moving import move_all
from participants.models import Enrolment, Participant, SamePersonAnswer

BOTH_ENROLLED = (
    "Båda har ärenden hos er. Är de en person, för samman dem under Finns någon två gånger? innan du skriver in."
)
WHY = "Anvisningen gällde någon som redan fanns hos er"


def join_referred(referred: Participant, person: Participant, by: User) -> None:
    """Let the person of a referral become the one who was registered before, whose name and number stand. Part of the
    action in which the user says that they are one.

    Raises ValidationError for `number` where the referral's person has been enrolled too: two with cases of their own
    are joined on a page that shows both.
    """
    if Enrolment.objects.filter(participant=referred).exists():
        raise ValidationError({"number": BOTH_ENROLLED})
    answer = SamePersonAnswer.objects.create(
        participant=person,
        newcomer=referred.public_id,
        is_same=True,
        why=TextBody.objects.write(WHY),
        owner=person.organisation,
        recorded_by=by,
    )
    joined = referred.public_id
    move_all(answer, referred, PersonCorrection.of(person).who, by)
    log_change(by=by, part="same_person_join", persons=[person.public_id, joined], reason=WHY)
