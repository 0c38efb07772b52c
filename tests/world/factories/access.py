"""Who is let in to a case, and by what: one factory for each consent, ground, opening and question of access."""

from datetime import timedelta
from uuid import uuid4

import factory
from django.utils import timezone

from core.days.dates import today
from core.enums import Category
from participants.enums import ConsentForm, LegalGroundKind
from participants.models import (
    Consent,
    ConsentGrant,
    ConsentWithdrawal,
    EmergencyAccess,
    EmergencyNotice,
    LegalGround,
    ProtectedNotice,
    ProtectedNumber,
    SamePersonAnswer,
    SelfEnrolment,
    TextToCheck,
)
from projects.models import ProjectOrganisation
from tests.world.factories import EnrolmentFactory, OrganisationFactory, ParticipantFactory, ProjectFactory, UserFactory
from tests.world.factories.facts import FactFactory
from tests.world.factories.words import WordsFactory


class ProjectOrganisationFactory(factory.django.DjangoModelFactory):
    """An organisation that takes part in another's project."""

    class Meta:
        model = ProjectOrganisation

    project = factory.SubFactory(ProjectFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class ConsentFactory(FactFactory):
    """Said today, through today; what it opens are its grants."""

    class Meta:
        model = Consent

    form = ConsentForm.ORAL
    purpose = "Ändamålet praktik"
    valid_through = factory.LazyFunction(today)
    received_by = factory.SelfAttribute("recorded_by")

    class Params:
        full = factory.Trait(why="Samtycket skrevs in av misstag")


class ConsentWithdrawalFactory(FactFactory):
    class Meta:
        model = ConsentWithdrawal

    consent = factory.SubFactory(ConsentFactory)
    enrolment = factory.SelfAttribute("consent.enrolment")
    recorded_by = factory.SelfAttribute("consent.recorded_by")
    form = ConsentForm.ORAL
    note = "Tog tillbaka"


class ConsentGrantFactory(factory.django.DjangoModelFactory):
    """Opens the plan to an organisation for as long as the consent holds."""

    class Meta:
        model = ConsentGrant

    consent = factory.SubFactory(ConsentFactory)
    enrolment = factory.SelfAttribute("consent.enrolment")
    organisation = factory.SubFactory(OrganisationFactory)
    category = Category.PLAN
    valid_from = factory.SelfAttribute("consent.concerns_on")
    valid_through = factory.SelfAttribute("consent.valid_through")


class LegalGroundFactory(FactFactory):
    class Meta:
        model = LegalGround

    class Params:
        full = factory.Trait(why="Fel dag")

    ground = LegalGroundKind.PUBLIC_INTEREST
    note = "Grundens not"


class EmergencyAccessFactory(FactFactory):
    """Open for an hour, to a user of the organisation whose opening it is."""

    class Meta:
        model = EmergencyAccess

    user = factory.SubFactory(UserFactory)
    owner = factory.SelfAttribute("user.organisation")
    recorded_by = factory.SelfAttribute("user")
    reason = "Deltagaren ringde akut"
    until = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=1))


class EmergencyNoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EmergencyNotice

    class Params:
        full = factory.Trait(seen_at=factory.LazyFunction(timezone.now))

    opening = factory.SubFactory(EmergencyAccessFactory)
    user = factory.SelfAttribute("opening.user")


class TextToCheckFactory(WordsFactory):
    """Waits for somebody; with `full`, somebody has gone through it."""

    class Meta:
        model = TextToCheck

    class Params:
        full = factory.Trait(
            checked_at=factory.LazyFunction(timezone.now),
            checked_by=factory.SubFactory(UserFactory),
        )

    participant = factory.SubFactory(ParticipantFactory)
    owner = factory.SelfAttribute("participant.organisation")
    body = "Att gå igenom"
    spans = factory.LazyFunction(lambda: [[0, 3]])


class ProtectedNumberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProtectedNumber

    participant = factory.SubFactory(ParticipantFactory)
    organisation = factory.SelfAttribute("participant.organisation")
    digest = "0" * 64


class ProtectedNoticeFactory(factory.django.DjangoModelFactory):
    """Somebody asked today about a number of which nothing but the digest is kept."""

    class Meta:
        model = ProtectedNotice

    class Params:
        full = factory.Trait(told=factory.SelfAttribute("asked_by"), seen_at=factory.LazyFunction(timezone.now))

    participant = factory.SubFactory(ParticipantFactory)
    digest = "0" * 64
    asked_by = factory.SubFactory(UserFactory)
    asked_on = factory.LazyFunction(today)
    asked_at = factory.LazyFunction(timezone.now)


class SamePersonAnswerFactory(WordsFactory):
    """No, with the reason."""

    class Meta:
        model = SamePersonAnswer

    participant = factory.SubFactory(ParticipantFactory)
    newcomer = factory.LazyFunction(uuid4)
    is_same = False
    why = "Varför inte samma"
    owner = factory.SelfAttribute("participant.organisation")
    recorded_by = factory.SubFactory(UserFactory)


class SelfEnrolmentFactory(factory.django.DjangoModelFactory):
    """Whether who wrote somebody down is that person: no, and who was asked has seen it."""

    class Meta:
        model = SelfEnrolment

    enrolment = factory.SubFactory(EnrolmentFactory)
    user = factory.SubFactory(UserFactory)
    is_self = False
    seen_at = factory.LazyFunction(timezone.now)
    seen_by = factory.SelfAttribute("user")
