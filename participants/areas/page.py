"""Reads for the pages of a kartläggning's areas."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.urls import reverse

from core.swedish.words import listed
from participants.models import AreaAnswer, Assessment, AssessmentWork, Enrolment, OwnWords
from projects.enums import AssessmentArea

Answers = Mapping[AssessmentArea, AreaAnswer]


def work_under_way(enrolment: Enrolment) -> AssessmentWork | None:
    """The kartläggning of the case that has been begun and isn't complete. One query."""
    return AssessmentWork.objects.filter(enrolment=enrolment).current().select_related("recorded_by").first()


def answers_now(work: AssessmentWork) -> Answers:
    """The present answer of each area that has one. One query."""
    rows = AreaAnswer.objects.filter(work=work.root_id).current()
    return last_of_each(rows.select_related("answer", "recorded_by"))


def own_words_now(work: AssessmentWork) -> list[OwnWords]:
    """The participant's own words in a kartläggning that is under way, in the order of writing. One query."""
    rows = OwnWords.objects.filter(work=work.root_id).current()
    return list(rows.select_related("words", "recorded_by").order_by("pk"))


def last_of_each(answers: Iterable[AreaAnswer]) -> Answers:
    """The last version of each area, of answers in the order of writing."""
    return {AssessmentArea(row.area): row for row in answers}


def missing_areas(answers: Answers) -> list[AssessmentArea]:
    """Areas without an answer, in their order."""
    return [area for area in AssessmentArea if area not in answers]


def areas_left(enrolment: Enrolment) -> list[AssessmentArea]:
    """Areas without an answer in the kartläggning of the case that is under way, in their order. Two queries."""
    work = work_under_way(enrolment)
    return missing_areas(answers_now(work)) if work else []


def next_left(missing: Sequence[AssessmentArea], after: Collection[AssessmentArea]) -> AssessmentArea | None:
    """The first area without an answer after those that were just written in, else the first of all; None where every
    area has one."""
    last = max((area.number for area in after), default=0)
    return next((area for area in missing if area.number > last), missing[0] if missing else None)


def area_address(enrolment: Enrolment, area: AssessmentArea | None) -> str:
    """The page of the areas, with this one open."""
    page = reverse("assessment_create", args=[enrolment.public_id])
    return f"{page}?omrade={area.number}" if area else page


def progress(missing: Collection[AssessmentArea]) -> str:
    """«3 av 5 områden har svar. Kvar: 2. Intressen, styrkor och erfarenheter, 5. Hälsa och vanor.»"""
    if not missing:
        return "Alla fem områden har svar."
    return f"{answered(missing)} har svar. Kvar: {', '.join(area.numbered for area in missing)}."


def answered(missing: Collection[AssessmentArea]) -> str:
    """«3 av 5 områden»."""
    return f"{len(AssessmentArea) - len(missing)} av {len(AssessmentArea)} områden"


def in_numbers(areas: Iterable[AssessmentArea]) -> str:
    """«område 3 och 5»."""
    return f"område {listed([str(area.number) for area in areas])}"


def completed_as(work: AssessmentWork) -> Assessment | None:
    """The kartläggning that this became; None while it is under way, and where it was taken back. One query."""
    return Assessment.objects.filter(work=work.root_id).current().select_related("enrolment").first()
