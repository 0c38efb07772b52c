"""One factory per model: the smallest valid row; variations are arguments and traits.

Here people, projects and cases; what is written in a case: `background`, `access` and `plans`.
"""

from datetime import date

import factory
from django.contrib.auth.hashers import make_password

from accounts.enums import Duty, OrganisationKind
from accounts.models import Organisation, User
from participants.enrolment.deadlines import first_due_on
from participants.enums import CaseRole, ReferralSource, Sex
from participants.identity.history import begin_history
from participants.models import CaseAssignment, Enrolment, EnrolmentEntry, Participant, PersonalNumber, PersonIdentity
from participants.models.identity import Who
from projects.enums import Role
from projects.models import Membership, Project
from tests.world.factories.words import WordsFactory

PASSWORD = "prov-losenord-1"
_HASHED = make_password(PASSWORD, hasher="argon2")


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    kind = OrganisationKind.LABOUR_MARKET_UNIT


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"prov{n}@example.se")
    name = factory.Sequence(lambda n: f"Prov Person{n}")
    organisation = factory.SubFactory(OrganisationFactory)
    duty = Duty.CASE_WORK
    password = _HASHED


class ProjectFactory(factory.django.DjangoModelFactory):
    """A bare project; `tests.world.worlds.model_project` has ladder and targets too."""

    class Meta:
        model = Project

    name = factory.Sequence(lambda n: f"Projekt {n}")
    register_number = factory.Sequence(lambda n: f"PROV-{n}")
    host = factory.SubFactory(OrganisationFactory)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    project = factory.SubFactory(ProjectFactory)
    role = Role.CASE_WORKER
    valid_from = date(2000, 1, 1)


class ParticipantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participant

    organisation = factory.SubFactory(OrganisationFactory)
    sex = Sex.FEMALE
    birth_date = date(1980, 1, 1)


class PersonIdentityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PersonIdentity

    participant = factory.SubFactory(ParticipantFactory)
    given_name = factory.Sequence(lambda n: f"Förnamn{n}")
    family_name = factory.Sequence(lambda n: f"Efternamn{n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        identity = model_class(*args, **kwargs).set_keys()
        identity.save(force_insert=True)
        return identity


class PersonalNumberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PersonalNumber

    participant = factory.SubFactory(ParticipantFactory)
    organisation = factory.SelfAttribute("participant.organisation")
    value = "196205189829"
    kind = "personal"


class EnrolmentFactory(factory.django.DjangoModelFactory):
    """An enrolment with its person and its first entry; pass `given_name`/`family_name` for the name."""

    class Meta:
        model = Enrolment
        skip_postgeneration_save = True

    class Params:
        given_name = factory.Sequence(lambda n: f"Förnamn{n}")
        family_name = factory.Sequence(lambda n: f"Efternamn{n}")

    project = factory.SubFactory(ProjectFactory)
    owner = factory.SelfAttribute("project.host")
    participant = factory.LazyAttribute(lambda o: _person(o.owner, o.given_name, o.family_name))
    source = ReferralSource.SOCIAL_SERVICES
    enrolled_on = date(2026, 1, 1)
    sort_key = factory.LazyAttribute(lambda o: o.participant.identity.sort_key)
    applied_on = referred_on = exited_on = assessed_on = planned_on = next_contact_on = None
    first_met_on = first_placed_on = followed_up_on = None
    first_due_on = factory.LazyAttribute(lambda o: first_due_on(o, o.project))

    @factory.post_generation
    def entry(self, create, extracted, **kwargs):
        EnrolmentEntry.objects.create(
            enrolment=self,
            concerns_on=self.enrolled_on,
            source=self.source,
            applied_on=self.applied_on,
            referred_on=self.referred_on,
            owner=self.owner,
            recorded_by=User.objects.system(),
        )

    @factory.post_generation
    def identity_version(self, create, extracted, **kwargs):
        person = self.participant
        if not person.identity_versions.exists():
            who = Who(
                person.identity.given_name, person.identity.family_name, "", person.birth_date, person.sex, "", ""
            )
            begin_history([(person, who)], User.objects.system())


class CaseAssignmentFactory(WordsFactory):
    """A user who is responsible; with `unit`, the whole of the organisation that owns the case."""

    class Meta:
        model = CaseAssignment

    class Params:
        unit = factory.Trait(
            user=None,
            organisation=factory.SelfAttribute("enrolment.owner"),
            recorded_by=factory.LazyFunction(User.objects.system),
        )

    enrolment = factory.SubFactory(EnrolmentFactory)
    user = factory.SubFactory(UserFactory)
    organisation = factory.SelfAttribute("user.organisation")
    role = CaseRole.RESPONSIBLE
    valid_from = date(2000, 1, 1)
    recorded_by = factory.SelfAttribute("user")


def _person(organisation, given_name, family_name):
    participant = ParticipantFactory(organisation=organisation)
    PersonIdentityFactory(participant=participant, given_name=given_name, family_name=family_name)
    return participant
