"""Facts that the forms about the areas of a kartläggning show and replace, to notice two who save at once."""

from collections.abc import Mapping
from typing import Any

from core.forms.concurrency import Shared
from core.swedish.words import day
from participants.amending.shared_facts import said_taken_back
from participants.areas.actions import AreaReply
from participants.areas.corrections import ANSWER, WORK
from participants.areas.page import answers_now, completed_as, work_under_way
from participants.models import AreaAnswer, AssessmentWork, Enrolment
from participants.shared_facts import of_case, written
from projects.enums import AssessmentArea


def declines_name(area: AssessmentArea) -> str:
    """The name in a form of the box «Vill inte svara»."""
    return f"declines_{area.value}"


def areas_of(enrolment: Enrolment) -> Shared:
    """The answers of the kartläggning that is under way, by area."""
    last = AreaAnswer.objects.filter(enrolment=enrolment).select_related("recorded_by")

    def read() -> Mapping[str, Any]:
        work = work_under_way(enrolment)
        answers = answers_now(work) if work else {}
        stored = {area: AreaReply.of(answers.get(area)) for area in AssessmentArea}
        texts = {area.value: reply.text for area, reply in stored.items()}
        return texts | {declines_name(area): reply.declines for area, reply in stored.items()}

    return Shared([of_case(enrolment)], read, lambda: written(last.order_by("pk").last()))


def work_facts(work: AssessmentWork) -> Shared:
    """The answers that are about to be called complete, and whether somebody else has completed or removed them all."""
    versions = AssessmentWork.objects.versions_of(work).select_related("recorded_by", "why")

    def read() -> Mapping[str, Any]:
        now = versions.order_by("-pk")[0]
        done = completed_as(now)
        answers = {} if done else {area.numbered: said.in_words for area, said in answers_now(now).items()}
        is_done = {"Kartläggningen": f"är klar {day(done.concerns_on)}"} if done else {}
        return {**answers, **is_done, **said_taken_back(now, WORK)}

    return Shared([of_case(work.enrolment)], read, lambda: written(completed_as(work) or versions.order_by("-pk")[0]))


def answer_facts(answer: AreaAnswer) -> Shared:
    """The answer of one area, in its last version."""
    versions = AreaAnswer.objects.versions_of(answer).select_related("recorded_by", "answer")

    def latest() -> AreaAnswer:
        return versions.order_by("-pk")[0]

    def read() -> Mapping[str, Any]:
        now = latest()
        gone = {} if now.stands else {ANSWER.definite.capitalize(): "räknas inte längre"}
        return {"answer": str(now.answer or ""), "declines": now.declines, **gone}

    return Shared([of_case(answer.enrolment)], read, lambda: written(latest()))
