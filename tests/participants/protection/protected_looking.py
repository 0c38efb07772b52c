"""Looking for what must be gone where users could meet it: on pages, in files, in letters."""

import subprocess
from collections.abc import Iterator
from itertools import pairwise

from django.core import mail
from django.db import models
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import LogReview, OutgoingMail, User
from actionplans.models import (
    CaseActivity,
    ImportBatch,
    Meeting,
    MeetingParagraph,
    MilestoneStatus,
    PlanRevision,
    PlanSignature,
    StepAssessment,
    WorkplaceSheet,
)
from participants.models import (
    AbilityStatement,
    AreaAnswer,
    Assessment,
    AssessmentWork,
    CaseGrouping,
    CaseOutcome,
    Consent,
    CoordinatedPlan,
    EmploymentPeriod,
    Enrolment,
    KeptNote,
    LegalGround,
    LivelihoodRecord,
    Participant,
    PlacementCertificate,
    PlacementPeriod,
    SickListing,
    SignedPaper,
    SupportTalk,
)
from projects.proposals.models import Proposal
from reports.models import Report
from tests.guards import access_table as pages
from tests.participants.protection.protected_story import Story

_OF = {
    "enrolment": Enrolment,
    "participant": Participant,
    "meeting": Meeting,
    "note": MeetingParagraph,
    "assessment": StepAssessment,
    "mapping": Assessment,
    "work": AssessmentWork,
    "area": AreaAnswer,
    "milestone": MilestoneStatus,
    "activity": CaseActivity,
    "signature": PlanSignature,
    "paper": SignedPaper,
    "certificate": PlacementCertificate,
    "workplace_sheet": WorkplaceSheet,
    "revision": PlanRevision,
    "sick_listing": SickListing,
    "employment": EmploymentPeriod,
    "livelihood": LivelihoodRecord,
    "outcome": CaseOutcome,
    "grouping": CaseGrouping,
    "talk": SupportTalk,
    "sip": CoordinatedPlan,
    "ability": AbilityStatement,
    "consent": Consent,
    "ground": LegalGround,
    "kept note": KeptNote,
    "placement": PlacementPeriod,
}
_OF_OTHERS = {
    pages.SAME_PAGES: Participant,
    pages.TWIN_PAGES: Participant,
    pages.VOID_PAGES: Enrolment,
    pages.IMPORT_PAGES: ImportBatch,
    pages.REPORT_PAGES: Report,
    pages.RELEASE_PAGES: Report,
    pages.REVIEW_PAGES: LogReview,
    pages.USER_PAGES: User,
    pages.PROPOSAL_PAGES: Proposal,
}
_ALONE = (pages.PROJECT_PAGES, pages.LOG_PAGES, pages.USERS_PAGES, pages.SECOND_PAGES, pages.ACCOUNT_PAGES)
# Leaving it would be all that came of opening it.
_NOT_OPENED = {"account_logout"}
FILES = ("participant_extract_pdf", "participant_extract_json")


def users_of(story: Story) -> list[User]:
    """Everybody: the ones who work with people, their colleagues, those above them, and the other organisation."""
    world = story.world
    working = [world.case_worker, story.colleague, world.coordinator, story.second, story.stranger]
    above = [world.project_leader, world.steering, world.administrator, world.log_reviewer, world.supervisor]
    return [*working, *above, world.af_case_worker, world.af_coordinator, world.outsider]


def addresses(story: Story) -> list[str]:
    """Every page that can be opened, of everything there is; in an order by chance."""
    found = [*_alone(), *_of_things()]
    story.chance.shuffle(found)
    return found


def _alone() -> Iterator[str]:
    for row in pages.rows(*_ALONE):
        if row["method"] == "GET" and row["address"] not in _NOT_OPENED | set(pages.QUERIES):
            yield reverse(row["address"])


def _of_things() -> Iterator[str]:
    for row in pages.table(pages.CASE_PAGES):
        if row["method"] == "GET":
            yield from _of_each(row["address"], _OF[row["id of"]])
    for heading, model in _OF_OTHERS.items():
        for row in pages.table(heading):
            if row["method"] == "GET":
                yield from _of_each(row["address"], model)


def _of_each(address: str, model: type[models.Model]) -> Iterator[str]:
    newest = list(model._default_manager.order_by("-pk").values_list("public_id", flat=True)[:8])
    if address == "twins_join":
        yield from (reverse(address, args=pair) for pair in pairwise(newest))
    else:
        yield from (reverse(address, args=[key]) for key in newest)


def told_on_pages(story: Story, most: int) -> list[str]:
    """Where any user reads something that must be gone: so many pages of each, and files of all people."""
    wanted = [canary.casefold() for canary in story.canaries]
    found = []
    for user in users_of(story):
        client = story.client(user)
        answers = [(path, client.get(path)) for path in addresses(story)[:most]]
        for name in FILES if user.organisation_id == story.world.ame.pk and not most else FILES[1:]:
            urls = [reverse(name, args=[who.person.public_id]) for who in story.people]
            answers += [(url, client.post(url, {"reason": "asked"})) for url in urls]
        found += [(user.name, path) for path, answer in answers if any(text in _said(answer) for text in wanted)]
    return sorted({f"{name}: {path}" for name, path in found})


def _said(answer: HttpResponse) -> str:
    """Body and headers of an answer, as letters."""
    content = answer.content
    if answer.headers.get("Content-Type") == "application/pdf":
        content = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout
    return f"{content.decode(errors='ignore')}\n{dict(answer.headers)}".casefold()


def told_in_letters(story: Story) -> list[str]:
    """Letters that say anything of anybody's, gone or not."""
    everything = [form for who in story.people for version in who.live for form in [*version.others, *version.digits]]
    wanted = [text.casefold() for text in [*everything, *story.canaries]]
    said = [f"{letter.subject}\n{letter.body}" for letter in mail.outbox]
    said += [f"{letter.subject}\n{letter.text}" for letter in OutgoingMail.objects.all()]
    return [letter for letter in said if any(form in letter.casefold() for form in wanted)]
