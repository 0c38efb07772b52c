"""What others give or say of a participant: one factory for each fact of theirs."""

import factory

from participants.enums import PlanHolder, TalkHolder
from participants.models import AbilityStatement, CoordinatedPlan, SupportTalk
from tests.world.factories.facts import FactFactory


class SupportTalkFactory(FactFactory):
    """Forty-five minutes with a psychologist."""

    class Meta:
        model = SupportTalk

    class Params:
        full = factory.Trait(why="Skälet till ändrat samtal")

    held_by = TalkHolder.PSYCHOLOGIST
    minutes = 45


class CoordinatedPlanFactory(FactFactory):
    """Held by the region."""

    class Meta:
        model = CoordinatedPlan

    class Params:
        full = factory.Trait(contact="Den som håller i planen", why="Skälet till ändrad SIP")

    holder = PlanHolder.REGION


class AbilityStatementFactory(FactFactory):
    """Arbetsförmedlingen's."""

    class Meta:
        model = AbilityStatement

    class Params:
        full = factory.Trait(words="Partens egna ord om förmågan", why="Skälet till ändrad bedömning av arbetsförmågan")

    party = "employment_service"
    answer = "employable"
