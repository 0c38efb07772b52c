"""Every kind of case that the table «Cases» of docs/access.md speaks of."""

from dataclasses import dataclass

from accounts.models import User
from core.days.dates import today
from participants.enums import CaseRole, ExitReason
from participants.exits.actions import end_enrolment
from participants.models import Enrolment
from projects.models import Project
from tests.world import worlds
from tests.world.case_rows import assign, assign_contact
from tests.world.cast.rows import Case, enrol, filled, protected, sketched
from tests.world.factories import MembershipFactory


@dataclass(slots=True)
class Cases:
    """One case of each kind, by whose it is or what has become of it."""

    of_hanna: Case
    of_kim: Case
    of_nobody: Case
    of_the_unit: Case
    # These four are Hanna's too, but the unit's.
    ended: Case
    protected: Case
    protected_of_the_unit: Case
    wrongly_registered: Case
    # Of Arbetsförmedlingen; in the second Hanna stands as contact.
    of_alva: Case
    of_alva_with_hanna: Case
    # Hanna's, where she has no role any more.
    in_other_project: Case


def write_cases(world: worlds.World, *, kim: User, fia: User, other_project: Project) -> Cases:
    """Write the cases; Fia stands as substitute in Hanna's."""
    hanna, alva, project = world.case_worker, world.af_case_worker, world.project
    own = enrol(project, "Kanariehök", by=hanna)
    assign(own, fia, CaseRole.SUBSTITUTE)
    return Cases(
        of_hanna=filled(own, hanna),
        of_kim=sketched(enrol(project, "Kanarietrast", by=kim), kim),
        of_nobody=sketched(enrol(project, "Kanariegök"), world.coordinator),
        of_the_unit=sketched(_for_the_unit(enrol(project, "Kanarieduva")), hanna),
        ended=_ended(enrol(project, "Kanariesvan", by=hanna), hanna),
        protected=filled(protected(enrol(project, "Kanarieuggla", by=hanna)), hanna),
        protected_of_the_unit=sketched(_for_the_unit(protected(enrol(project, "Kanariefalk"))), hanna),
        wrongly_registered=_void(enrol(project, "Kanarieanka", by=hanna), hanna),
        of_alva=filled(enrol(project, "Kanarietärna", by=alva, owner=world.af), alva),
        of_alva_with_hanna=_with_contact(enrol(project, "Kanariemås", by=alva, owner=world.af), hanna, by=alva),
        in_other_project=_left_behind(other_project, hanna),
    )


def _for_the_unit(enrolment: Enrolment) -> Enrolment:
    assign(enrolment, None, CaseRole.RESPONSIBLE)
    return enrolment


def _ended(enrolment: Enrolment, by: User) -> Case:
    case = filled(enrolment, by)
    end_enrolment(enrolment=enrolment, exited_on=today(), reason=ExitReason.WORK, comment="Kanarietext avslut", by=by)
    return case


def _void(enrolment: Enrolment, by: User) -> Case:
    case = sketched(enrolment, by)
    Enrolment.objects.filter(pk=enrolment.pk).update(is_void=True)
    return case


def _with_contact(enrolment: Enrolment, contact: User, *, by: User) -> Case:
    assign_contact(enrolment, contact)
    return sketched(enrolment, by)


def _left_behind(project: Project, user: User) -> Case:
    """The user's case in a project where the user has a role no longer."""
    role = MembershipFactory(user=user, project=project)
    enrolment = enrol(project, "Kanariestork", by=user)
    role.delete()
    return sketched(enrolment, user)
