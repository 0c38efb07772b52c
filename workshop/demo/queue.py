"""The demo's referrals: some wait, one of them for nobody yet, and some have ended without an enrolment."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from accounts.models import User
from participants.enrolment.new import NewEnrolment
from participants.enums import ConsentForm, FirstContact, ReferralSource, ReferralState
from participants.models import Referral
from participants.referral.actions import ReferralRecord, end_referral, receive_referral
from projects.models import Project
from workshop.demo.first_things import written_on
from workshop.demo.people import People

_S, _C = ReferralSource, FirstContact
# Who sent somebody, how many days ago, how many days after the application, why, and who takes the first contact.
_WAITING: Final = (
    (_S.SOCIAL_SERVICES, 16, 3, "Har haft försörjningsstöd i två år och vill prova att arbeta igen.", _C.COORDINATOR),
    (_S.EMPLOYMENT_SERVICE, 6, 9, "Behöver arbetsträna och få stöd av flera för att komma i gång.", _C.COORDINATOR),
    (_S.OWN_APPLICATION, 3, 0, "Såg en affisch på biblioteket. Vill helst börja i ett kök.", _C.PARTICIPANT),
    (_S.SOCIAL_INSURANCE, 1, 4, "Sjukskriven på halvtid, rehabkedjan tar slut i februari.", _C.COORDINATOR),
)
_NOBODY: Final = "Vill ha kontakt om en plats för en ung person. Ring Arbetsförmedlingens ungdomsteam."
_ENDED: Final = (
    (30, ReferralState.PASSED_ON, "Rehabkoordinatorn på Norra vårdcentralen"),
    (45, ReferralState.NOT_REACHED, ""),
    (62, ReferralState.DECLINED_HERE, "Alla platser var upptagna till årsskiftet."),
)


def fill_queue(project: Project, users: Mapping[str, User], people: People, day: date) -> None:
    """Receive them, each on its day."""
    by = users["samira"]
    for source, ago, before, why, contact in _WAITING:
        on = day - timedelta(days=ago)
        _receive(project, by, people, on, _record(source, on, before, why, contact))
    on = day - timedelta(days=2)
    _receive(project, by, None, on, _record(_S.EMPLOYMENT_SERVICE, on, 0, _NOBODY, _C.COORDINATOR))
    for ago, state, said in _ENDED:
        on = day - timedelta(days=ago)
        record = _record(_S.SOCIAL_SERVICES, on, 2, "Söker hjälp att komma ut i arbete.", _C.COORDINATOR)
        referral = _receive(project, by, people, on, record)
        with written_on(on + timedelta(days=12)):
            end_referral(referral=referral, state=state, ended_on=on + timedelta(days=12), said=said, by=by)


def _record(source: ReferralSource, on: date, before: int, why: str, contact: FirstContact) -> ReferralRecord:
    is_own = source == ReferralSource.OWN_APPLICATION
    return ReferralRecord(
        source=source,
        referred_on=on,
        applied_on=None if is_own or not before else on - timedelta(days=before),
        reason=why,
        first_contact_by=contact,
        consent_on=None if is_own else on,
        consent_given="" if is_own else ConsentForm.ORAL,
    )


def _receive(project: Project, by: User, people: People | None, on: date, record: ReferralRecord) -> Referral:
    """Receive a referral on its day: of somebody invented, or of nobody yet."""
    person = None
    if people is None:
        record = replace(record, consent_on=None, consent_given="")
    else:
        invented, phone = people.next(), f"070-174 06 {people.random.randrange(10, 99)}"
        person = NewEnrolment(
            enrolled_on=on,
            given_name=invented.given_name,
            family_name=invented.family_name,
            sex=invented.sex,
            number=invented.number,
            phone=phone,
        )
    with written_on(on):
        return receive_referral(record=record, person=person, project=project, owner=by.own_organisation, by=by)
