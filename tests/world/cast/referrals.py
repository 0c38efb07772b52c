"""Referrals of the cast: of each sort that the queue knows, and of those who receive them elsewhere."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from accounts.models import User
from core.days.dates import today
from participants.enrolment.new import NewEnrolment
from participants.enums import ConsentForm, FirstContact, ProtectionLevel, ReferralSource, ReferralState
from participants.models import Participant, Referral
from participants.referral.actions import ReferralRecord, end_referral, receive_referral
from projects.models import Project
from tests.world.cast.cases import Cases
from tests.world.factories.background import ReferralFactory
from tests.world.worlds import World


@dataclass(frozen=True, slots=True)
class Referrals:
    """Public ids."""

    waiting: UUID
    nameless: UUID
    ended: UUID
    accepted: UUID
    protected: UUID
    of_sune: UUID
    in_other_project: UUID


def write_referrals(world: World, cases: Cases, other_project: Project) -> Referrals:
    """All of them; one that led to an enrolment is there already."""
    day = today() - timedelta(days=9)

    def received(family_name: str, project: Project = world.project, by: User = world.coordinator) -> Referral:
        record = ReferralRecord(
            source=ReferralSource.EMPLOYMENT_SERVICE,
            referred_on=day,
            applied_on=day,
            # A referral without a person has no words about one.
            reason="Kanarietext anvisning" if family_name else "Vill bli uppringd om en plats",
            first_contact_by=FirstContact.COORDINATOR,
            consent_on=day,
            consent_given=ConsentForm.ORAL,
        )
        person = NewEnrolment(
            enrolled_on=day,
            given_name="Kön",
            family_name=family_name,
            phone=f"070-999 {family_name[7:]}",
            email=f"{family_name.lower()}@example.org",
        )
        named = person if family_name else None
        return receive_referral(record=record, person=named, project=project, owner=by.own_organisation, by=by)

    waiting, ended, protected = received("Kanarieväntar"), received("Kanarieavböjd"), received("Kanarieskyddsväntar")
    end_referral(
        referral=ended, state=ReferralState.PASSED_ON, ended_on=today(), said="Kanarietext vidare", by=world.coordinator
    )
    # Somebody whose identity was protected after the referral had come.
    Participant.objects.filter(pk=protected.participant_id).update(protection=ProtectionLevel.CONFIDENTIALITY_MARK)
    hannas = cases.of_hanna.enrolment
    accepted = ReferralFactory(
        project=world.project,
        participant=hannas.participant,
        enrolment=hannas,
        owner=hannas.owner,
        state=ReferralState.ACCEPTED,
    )
    return Referrals(
        waiting=waiting.public_id,
        nameless=received("").public_id,
        ended=ended.public_id,
        accepted=accepted.public_id,
        protected=protected.public_id,
        of_sune=received("Kanariesunes", by=world.af_coordinator).public_id,
        in_other_project=received("Kanarieannat", other_project, by=world.coordinator).public_id,
    )
