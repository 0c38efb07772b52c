"""How a participant lives at an agreed moment."""

import factory

from participants.models import LivelihoodRecord, LivelihoodSource
from projects.enums import ListKind
from tests.world.factories.background import ListedFactory
from tests.world.factories.facts import FactFactory


class LivelihoodRecordFactory(FactFactory):
    class Meta:
        model = LivelihoodRecord

    class Params:
        full = factory.Trait(
            occupation=factory.SubFactory(
                ListedFactory,
                project=factory.SelfAttribute("..enrolment.project"),
                kind=ListKind.OCCUPATION,
                code="works",
                name="Arbetar",
            ),
            education=factory.SubFactory(
                ListedFactory,
                project=factory.SelfAttribute("..enrolment.project"),
                kind=ListKind.EDUCATION,
                code="primary",
                name="Grundskola",
            ),
            months_before=14,
            why="Skälet till ändrad försörjning",
        )

    moment = "enrolment"


class LivelihoodSourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LivelihoodSource

    record = factory.SubFactory(LivelihoodRecordFactory)
    line = factory.SubFactory(
        ListedFactory,
        project=factory.SelfAttribute("..record.enrolment.project"),
        kind=ListKind.SUPPORT,
        code="wage",
        name="Lön",
    )
    percent = 50
