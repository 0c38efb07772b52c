"""Plans, meetings and steps: one factory for each fact, and the files that cases are read from.

What stands in a plan or was said at a meeting is given that, and takes case, day, owner and writer from it."""

from datetime import timedelta

import factory

from actionplans.enums import Attendance, CriterionOutcome, MeetingKind, Outcome
from actionplans.models import (
    ActionPlan,
    CaseActivity,
    CriterionResult,
    ImportBatch,
    Meeting,
    MeetingParagraph,
    MeetingParty,
    Milestone,
    MilestoneStatus,
    PlanRevision,
    PlanSignature,
    StepAssessment,
    StepClock,
)
from core.days.dates import today
from participants.enums import ExitReason
from projects.actions import ladder_on
from projects.enums import ListKind
from tests.world.factories import EnrolmentFactory, UserFactory
from tests.world.factories.background import ListedFactory
from tests.world.factories.facts import FactFactory
from tests.world.factories.words import WordsFactory


class ActionPlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActionPlan

    enrolment = factory.SubFactory(EnrolmentFactory)


class PlanRevisionFactory(FactFactory):
    class Meta:
        model = PlanRevision

    class Params:
        full = factory.Trait(
            main_activity="Praktik på lager",
            schedule="Mån–ons",
            next_follow_up_on=factory.LazyFunction(today),
            why="Planen rättad",
        )

    plan = factory.SubFactory(ActionPlanFactory)
    enrolment = factory.SelfAttribute("plan.enrolment")
    number = 1


class PlanSignatureFactory(FactFactory):
    """The participant's, under the first plan."""

    class Meta:
        model = PlanSignature

    class Params:
        full = factory.Trait(signer=factory.SelfAttribute("enrolment.owner"), why="Skälet till ändrad underskrift")

    number = 1


class CaseActivityFactory(FactFactory):
    """Physical activity, until further notice."""

    class Meta:
        model = CaseActivity

    class Params:
        full = factory.Trait(
            rhythm="Tisdagar klockan tio",
            note="Gymmet vid torget",
            helper=factory.SelfAttribute("enrolment.owner"),
            until=factory.LazyFunction(lambda: today() + timedelta(days=1)),
            why="Skälet till ändrad aktivitet",
        )
        in_group = factory.Trait(
            kind=factory.SubFactory(
                ListedFactory,
                project=factory.SelfAttribute("..enrolment.project"),
                kind=ListKind.GROUP_ACTIVITY,
                code="study_visit",
                name="Studiebesök i grupp",
            ),
            attendance=Attendance.INVITED,
        )

    kind = factory.SubFactory(
        ListedFactory,
        project=factory.SelfAttribute("..enrolment.project"),
        kind=ListKind.ACTIVITY,
        code="physical",
        name="Fysisk aktivitet",
    )


class MilestoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Milestone

    plan = factory.SubFactory(ActionPlanFactory)


class MilestoneStatusFactory(FactFactory):
    class Meta:
        model = MilestoneStatus

    class Params:
        full = factory.Trait(dropped_because="För att", why="Delmålet rättat", due_on=factory.LazyFunction(today))

    milestone = factory.SubFactory(MilestoneFactory)
    enrolment = factory.SelfAttribute("milestone.plan.enrolment")
    text = "Cykla"


class MeetingFactory(FactFactory):
    class Meta:
        model = Meeting

    class Params:
        full = factory.Trait(next_meeting_on=factory.LazyFunction(today), why="Skälet till rättelsen")

    project = factory.SelfAttribute("enrolment.project")
    kind = MeetingKind.FOLLOW_UP


class OfMeetingFactory(FactFactory):
    """A fact that came up at a meeting."""

    class Meta:
        abstract = True

    meeting = factory.SubFactory(MeetingFactory)
    enrolment = factory.SelfAttribute("meeting.enrolment")
    concerns_on = factory.SelfAttribute("meeting.concerns_on")
    owner = factory.SelfAttribute("meeting.owner")
    recorded_by = factory.SelfAttribute("meeting.recorded_by")


class MeetingParagraphFactory(OfMeetingFactory):
    class Meta:
        model = MeetingParagraph

    author = factory.SelfAttribute("recorded_by")
    body = "Vi talade om lagret"


class MeetingPartyFactory(factory.django.DjangoModelFactory):
    """Somebody who has no account here, for the organisation whose meeting it is."""

    class Meta:
        model = MeetingParty

    meeting = factory.SubFactory(MeetingFactory)
    organisation = factory.SelfAttribute("meeting.owner")
    name = "Gudrun Granne"


class StepAssessmentFactory(OfMeetingFactory):
    """Of the first step: not cleared, or with `full` cleared against what the criteria say."""

    class Meta:
        model = StepAssessment

    class Params:
        full = factory.Trait(
            outcome=Outcome.CLEARED,
            cleared_on=factory.SelfAttribute("concerns_on"),
            proposal=Outcome.NOT_CLEARED,
            other_support=True,
            departure="Skillnaden",
            late_reason="Försenad",
        )

    step = factory.LazyAttribute(
        lambda row: ladder_on(row.enrolment.project, row.enrolment.enrolled_on).steps.get(number=1)
    )
    outcome = Outcome.NOT_CLEARED


class CriterionResultFactory(WordsFactory):
    """The first criterion of the step: met."""

    class Meta:
        model = CriterionResult

    class Params:
        full = factory.Trait(why="Svarets skäl", supervisor="Hilda Handledare")

    assessment = factory.SubFactory(StepAssessmentFactory)
    criterion = factory.LazyAttribute(lambda row: row.assessment.step.criteria.first())
    outcome = CriterionOutcome.MET


class StepClockFactory(factory.django.DjangoModelFactory):
    """Of the first step: running, or with `full` reached on the day of the exit, today."""

    class Meta:
        model = StepClock

    class Params:
        full = factory.Trait(
            exit_reason=ExitReason.WORK,
            **{
                name: factory.LazyFunction(today)
                for name in ("exited_on", "due_on", "cleared_on", "reached_on", "assessed_on")
            },
        )

    enrolment = factory.SubFactory(EnrolmentFactory)
    project = factory.SelfAttribute("enrolment.project")
    step_number = 1
    enrolled_on = factory.SelfAttribute("enrolment.enrolled_on")


class ImportBatchFactory(factory.django.DjangoModelFactory):
    """A register file on its way in to the project that its sender coordinates."""

    class Meta:
        model = ImportBatch

    project = factory.SubFactory("tests.world.factories.ProjectFactory")
    created_by = factory.SubFactory(UserFactory)
    organisation = factory.SelfAttribute("created_by.organisation")
