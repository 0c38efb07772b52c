"""What is known of a participant: one factory for each fact about how things stand, began and ended."""

from datetime import timedelta

import factory
from django.utils import timezone

from core.days.dates import today
from participants.enums import ExitReason, MisplacedKind, MisplacedWay, ReferralSource, VoidState
from participants.models import (
    AreaAnswer,
    Assessment,
    AssessmentWork,
    CaseOutcome,
    EmploymentPeriod,
    Exit,
    KeptNote,
    Misplacement,
    OwnWords,
    PlacementCertificate,
    PlacementPeriod,
    Referral,
    SickListing,
    Voiding,
)
from projects.enums import AssessmentArea, ListKind, WorkplaceKind
from projects.lists.health import is_about_health
from projects.models import Listed, Workplace
from tests.world.factories import ProjectFactory
from tests.world.factories.facts import FactFactory
from tests.world.factories.words import WordsFactory


class AssessmentFactory(FactFactory):
    class Meta:
        model = Assessment

    class Params:
        full = factory.Trait(summary="Kartläggningens sammanfattning", why="Kartläggningen rättad")


class AssessmentWorkFactory(FactFactory):
    """Under way."""

    class Meta:
        model = AssessmentWork

    class Params:
        full = factory.Trait(why="Kartläggningen blir inte av")


class AreaAnswerFactory(FactFactory):
    """In words, about the participant's own view."""

    class Meta:
        model = AreaAnswer

    class Params:
        full = factory.Trait(why="Svaret rättat")

    work = factory.SubFactory(AssessmentWorkFactory)
    enrolment = factory.SelfAttribute("work.enrolment")
    area = AssessmentArea.OWN_VIEW
    answer = "Vill komma ut bland folk"


class OwnWordsFactory(FactFactory):
    class Meta:
        model = OwnWords

    work = factory.SubFactory(AssessmentWorkFactory)
    enrolment = factory.SelfAttribute("work.enrolment")
    words = "Jag vill inte sitta hemma"


class SickListingFactory(FactFactory):
    """Until further notice."""

    class Meta:
        model = SickListing

    class Params:
        full = factory.Trait(percent=50, until=factory.LazyFunction(today), why="Skälet till ändrad procent")

    percent = 100


class ListedFactory(factory.django.DjangoModelFactory):
    """A line of one of the project's lists, a form of employment; the project's own where it has one of that code."""

    class Meta:
        model = Listed
        django_get_or_create = ("project", "kind", "code")

    kind = ListKind.EMPLOYMENT
    code = "development_employment"
    name = "Utvecklingsanställning"
    is_about_health = factory.LazyAttribute(lambda line: is_about_health(line.kind, line.code))


class WorkplaceFactory(factory.django.DjangoModelFactory):
    """A workplace of a project's register."""

    class Meta:
        model = Workplace
        django_get_or_create = ("project", "name")

    name = "Växthuset"
    kind = WorkplaceKind.MUNICIPAL
    places = 3


class CaseOutcomeFactory(FactFactory):
    """The main outcome: work."""

    class Meta:
        model = CaseOutcome

    class Params:
        full = factory.Trait(why="Skälet till ändrat utfall")

    outcome = factory.SubFactory(
        ListedFactory,
        project=factory.SelfAttribute("..enrolment.project"),
        kind=ListKind.OUTCOME,
        code="work",
        name="Arbete",
    )
    is_main = True


class EmploymentPeriodFactory(FactFactory):
    """Until further notice."""

    class Meta:
        model = EmploymentPeriod

    class Params:
        full = factory.Trait(
            percent=75,
            other_support=True,
            until=factory.LazyFunction(lambda: today() + timedelta(days=1)),
            why="Skälet till ändrad anställning",
        )

    form = factory.SubFactory(ListedFactory, project=factory.SelfAttribute("..enrolment.project"))
    employer = "Återbruket i Solna"


class PlacementPeriodFactory(FactFactory):
    """Until further notice, under whoever wrote it down."""

    class Meta:
        model = PlacementPeriod

    class Params:
        full = factory.Trait(
            until=factory.LazyFunction(lambda: today() + timedelta(days=1)),
            why="Skälet till ändrad placering",
            guide="Handledaren utan konto",
            guide_phone="Telefonen till handledaren",
        )

    place = "Köket på Solgården"
    supervisor = factory.SelfAttribute("recorded_by")


class ReferralFactory(WordsFactory):
    """From the social services to the project's host, about nobody until a participant is given."""

    class Meta:
        model = Referral

    class Params:
        full = factory.Trait(
            applied_on=factory.LazyFunction(today),
            reason="Anvisningens skäl",
            first_contact_by="participant",
            consent_on=factory.LazyFunction(today),
            consent_given="oral",
            ended_on=factory.LazyFunction(today),
            said="Anvisningens slut",
        )

    project = factory.SubFactory(ProjectFactory)
    source = ReferralSource.SOCIAL_SERVICES
    concerns_on = factory.LazyFunction(today)
    owner = factory.SelfAttribute("project.host")
    recorded_by = FactFactory.recorded_by


class MisplacementFactory(FactFactory):
    """A meeting that stood on the wrong person, and was taken away."""

    class Meta:
        model = Misplacement

    class Params:
        full = factory.Trait(readers="Rut Läsare 3 mars 2026")

    what = MisplacedKind.MEETING
    way = MisplacedWay.TAKEN_AWAY
    stood_from = factory.LazyFunction(timezone.now)


class PlacementCertificateFactory(FactFactory):
    """Of a placement that goes on."""

    class Meta:
        model = PlacementCertificate

    class Params:
        full = factory.Trait(
            last_day=factory.SelfAttribute("first_day"),
            extent="Intygets omfattning",
            verdict="Intygets omdöme",
            signer="Den som skriver under intyget",
            why="Skälet till ändrat intyg",
        )

    place = "Intygets arbetsplats"
    tasks = "Intygets arbetsuppgifter"
    first_day = factory.SelfAttribute("concerns_on")


class KeptNoteFactory(FactFactory):
    class Meta:
        model = KeptNote

    body = "Ord som blev kvar"


class ExitFactory(FactFactory):
    class Meta:
        model = Exit

    class Params:
        full = factory.Trait(comment="Fick jobb", why="Fel orsak")

    reason = ExitReason.WORK


class VoidingFactory(FactFactory):
    class Meta:
        model = Voiding

    state = VoidState.ASKED
    why = "Fel person, trodde jag"
