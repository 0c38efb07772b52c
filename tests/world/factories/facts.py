"""What the factories of facts share: whose a fact is, since when, and by whom."""

import factory

from accounts.models import User
from core.days.dates import today
from tests.world.factories import EnrolmentFactory
from tests.world.factories.words import WordsFactory


class FactFactory(WordsFactory):
    """Concerns today, and belongs to the organisation whose case it is; the trait `full` fills what may be empty."""

    class Meta:
        abstract = True

    class Params:
        full = factory.Trait()

    enrolment = factory.SubFactory(EnrolmentFactory)
    concerns_on = factory.LazyFunction(today)
    owner = factory.SelfAttribute("enrolment.owner")
    recorded_by = factory.LazyFunction(User.objects.system)
