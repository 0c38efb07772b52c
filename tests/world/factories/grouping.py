"""Groups of a participant: lines of the project's lists."""

import factory

from core.enums import Category
from participants.models import CaseGrouping, CaseGroupingLine
from projects.enums import ListKind
from tests.world.factories.background import ListedFactory
from tests.world.factories.facts import FactFactory


class CaseGroupingFactory(FactFactory):
    """In the workshop, and nothing about health."""

    class Meta:
        model = CaseGrouping

    class Params:
        full = factory.Trait(why="Skälet till ändrad målgrupp")

    unit = factory.SubFactory(
        ListedFactory,
        project=factory.SelfAttribute("..enrolment.project"),
        kind=ListKind.UNIT,
        code="workshop",
        name="Verkstan",
    )
    category = Category.SUPPORT


class CaseGroupingLineFactory(factory.django.DjangoModelFactory):
    """Born abroad."""

    class Meta:
        model = CaseGroupingLine

    record = factory.SubFactory(CaseGroupingFactory)
    line = factory.SubFactory(
        ListedFactory,
        project=factory.SelfAttribute("..record.enrolment.project"),
        kind=ListKind.TARGET_GROUP,
        code="born_abroad",
        name="Född utanför Sverige",
    )
