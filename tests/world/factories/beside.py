"""What others give or say of a participant: one factory for each fact of theirs."""

import io
from functools import cache

import factory
import pikepdf

from actionplans.models import WorkplaceSheet
from core.models import StoredFile
from participants.enums import PaperAbout, PlanHolder, TalkHolder
from participants.models import AbilityStatement, CoordinatedPlan, SignedPaper, SupportTalk
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


@cache
def _blank_page() -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(target)
    return target.getvalue()


class StoredFileFactory(factory.django.DjangoModelFactory):
    """A document of one page."""

    class Meta:
        model = StoredFile

    content = factory.LazyFunction(lambda: _blank_page())
    pages = 1
    digest = "0" * 64


class SignedPaperFactory(FactFactory):
    """A consent's."""

    class Meta:
        model = SignedPaper

    class Params:
        full = factory.Trait(about=PaperAbout.PLAN, number=1, why="Skälet till ändrat papper")

    about = PaperAbout.CONSENT
    file = factory.SubFactory(StoredFileFactory)


class AbilityStatementFactory(FactFactory):
    """Arbetsförmedlingen's."""

    class Meta:
        model = AbilityStatement

    class Params:
        full = factory.Trait(words="Partens egna ord om förmågan", why="Skälet till ändrad bedömning av arbetsförmågan")

    party = "employment_service"
    answer = "employable"


class WorkplaceSheetFactory(FactFactory):
    """Without anything told."""

    class Meta:
        model = WorkplaceSheet

    class Params:
        full = factory.Trait(
            times="Bladets tider",
            words="Bladets ord om vad som är bra att veta",
            tells_phone=True,
            tells_contact=True,
            why="Skälet till ändrat blad",
        )

    place = "Bladets arbetsplats"
