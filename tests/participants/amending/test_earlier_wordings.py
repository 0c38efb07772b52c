"""What a fact said before it was corrected, where that alone was about somebody else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from actionplans.meetings.actions import correct_paragraph
from actionplans.models import Meeting, MeetingParagraph, MilestoneStatus
from core.facts import AmendedFact
from core.forms.concurrency import ChangedMeanwhile
from core.models import TextBody
from participants.amending.versions import next_version
from participants.amending.wordings import take_wording_away
from participants.areas.actions import AreaReply
from participants.areas.corrections import correct_area
from participants.enums import ExitReason, LegalGroundKind, MisplacedWay
from participants.exits.actions import end_enrolment
from participants.legal_ground.actions import record_legal_ground
from participants.misplaced.forms import ALL
from participants.models import AreaAnswer, CaseOutcome, Enrolment, Misplacement, SickListing
from participants.outcomes.actions import OUTCOMES, OutcomeRecord, Outcomes, record_outcomes
from participants.placement.misplaced import EARLIER as EARLIER_PLACEMENTS
from participants.sick_listing.actions import SickListingRecord, correct_sick_listing, record_sick_listing
from projects.enums import AssessmentArea, ListKind
from projects.models import Listed
from tests.casework.case.reads import entries
from tests.world.areas import begun, mapped
from tests.world.canary import rows_with
from tests.world.case_rows import ability, employment, placement
from tests.world.cases import days_ago, met, plan
from tests.world.factories.background import PlacementCertificateFactory
from tests.world.factories.beside import CoordinatedPlanFactory, SupportTalkFactory, WorkplaceSheetFactory
from tests.world.factories.plans import CaseActivityFactory
from tests.world.pages import rolled_back, shown

FIRST, WRONG, NOW = "Kanarietext ett", "Kanarietext om barnet", "Kanarietext tre"


def again(fact: Any, column: str, by: Any) -> Any:
    """Corrected into words about somebody else, and back."""
    for words in (WRONG, NOW):
        fact = next_version(fact, "Skrev fel", by, **{column: TextBody.objects.write(words)})
    return fact


def a_meeting(world: Any, wrong: Enrolment) -> tuple[str, Meeting]:
    meeting = met(wrong, world.case_worker, days_ago(3), text=FIRST)
    note = MeetingParagraph.objects.get(meeting=meeting)
    for words in (WRONG, NOW):
        note = correct_paragraph(paragraph=note, text=words, by=world.case_worker)
    return "meeting_misplaced", meeting


def an_assessment(world: Any, wrong: Enrolment) -> tuple[str, Any]:
    done = mapped(wrong, world.case_worker, on=days_ago(40), summary=FIRST)
    return "assessment_misplaced", again(done, "summary", world.case_worker)


def an_area(world: Any, wrong: Enrolment) -> tuple[str, Any]:
    done = mapped(wrong, world.case_worker, on=days_ago(40))
    answer = AreaAnswer.objects.get(work=done.work, area=AssessmentArea.HEALTH)
    TextBody.objects.filter(pk=answer.answer_id).update(text=FIRST)
    for words in (WRONG, NOW):
        answer = correct_area(answer=answer, reply=AreaReply(words), why="Skrev fel", by=world.case_worker)
    return "assessment_misplaced", done


def a_begun_area(world: Any, wrong: Enrolment) -> tuple[str, Any]:
    for words in (FIRST, WRONG, NOW):
        others = set(AssessmentArea) - {AssessmentArea.HEALTH}
        work = begun(wrong, world.case_worker, text=words, but=others)
    return "assessment_work_misplaced", work


def a_plan(world: Any, wrong: Enrolment) -> tuple[str, Any]:
    made = plan(wrong, world.case_worker, main_activity=FIRST)
    return "revision_misplaced", again(made, "main_activity", world.case_worker)


def a_delmal(world: Any, wrong: Enrolment) -> tuple[str, Any]:
    plan(wrong, world.case_worker)
    status = MilestoneStatus.objects.filter(enrolment=wrong).latest("pk")
    TextBody.objects.filter(pk=status.text_id).update(text=FIRST)
    return "milestone_misplaced", again(status, "text", world.case_worker)


def a_placement(world: Any, wrong: Enrolment) -> tuple[str, Any]:
    made = placement(wrong, by=world.case_worker, place=FIRST)
    return "placement_misplaced", again(made, "place", world.case_worker)


def a_ground(world: Any, wrong: Enrolment) -> tuple[str, Any]:
    ground = LegalGroundKind.values[0]
    made = record_legal_ground(
        enrolment=wrong, ground=LegalGroundKind(ground), from_day=days_ago(9), note=FIRST, by=world.case_worker
    )
    return "ground_misplaced", again(made, "note", world.case_worker)


def an_exit(world: Any, wrong: Enrolment) -> tuple[str, Any]:
    reason = ExitReason(ExitReason.values[0])
    made = end_enrolment(enrolment=wrong, exited_on=days_ago(1), reason=reason, comment=FIRST, by=world.case_worker)
    return "exit_misplaced", again(made, "comment", world.case_worker)


def an_employment(world: Any, wrong: Enrolment) -> tuple[str, Any]:
    made = employment(wrong, by=world.case_worker, employer=FIRST)
    return "employment_misplaced", again(made, "employer", world.case_worker)


def a_view_of_the_ability_to_work(world: Any, wrong: Enrolment) -> tuple[str, Any]:
    made = ability(wrong, by=world.case_worker, words=FIRST)
    return "ability_misplaced", again(made, "words", world.case_worker)


def an_activity(world: Any, wrong: Enrolment) -> tuple[str, Any]:
    made = CaseActivityFactory(enrolment=wrong, recorded_by=world.case_worker, rhythm=FIRST)
    return "activity_misplaced", again(made, "rhythm", world.case_worker)


def a_sip(world: Any, wrong: Enrolment) -> tuple[str, Any]:
    made = CoordinatedPlanFactory(enrolment=wrong, recorded_by=world.case_worker, contact=FIRST)
    return "sip_misplaced", again(made, "contact", world.case_worker)


def a_certificate(world: Any, wrong: Enrolment) -> tuple[str, Any]:
    made = PlacementCertificateFactory(enrolment=wrong, recorded_by=world.case_worker, extent=FIRST)
    return "certificate_misplaced", again(made, "extent", world.case_worker)


def a_workplace_sheet(world: Any, wrong: Enrolment) -> tuple[str, Any]:
    made = WorkplaceSheetFactory(enrolment=wrong, recorded_by=world.case_worker, words=FIRST)
    return "workplace_sheet_misplaced", again(made, "words", world.case_worker)


KINDS = [
    a_meeting,
    an_assessment,
    an_area,
    a_begun_area,
    a_plan,
    a_delmal,
    a_placement,
    a_ground,
    an_exit,
    an_employment,
    a_view_of_the_ability_to_work,
    a_sip,
    a_certificate,
    a_workplace_sheet,
    an_activity,
]


def page_of(name: str, fact: Any) -> str:
    subject = fact.enrolment if name == "exit_misplaced" else fact
    return reverse(name, args=[subject.public_id])


def send(client, address: str, part: str, to: Enrolment | None = None):
    way = MisplacedWay.MOVED_AWAY if to else MisplacedWay.TAKEN_AWAY
    sent = shown(client.get(address).context["form"]) | {"part": part, "way": way}
    return client.post(address, sent | {"right": str(to.public_id) if to else ""}, follow=True)


def choice(client, address: str, words: str) -> str:
    """The key of the choice that names these words."""
    (key,) = [key for key, label in client.get(address).context["form"].fields["part"].choices if words in label]
    return key


@pytest.mark.parametrize("kind", KINDS)
def test_words_about_somebody_else_go_and_what_stands_stays(
    world, wrong, right, client, kind: Callable[[Any, Enrolment], tuple[str, Any]]
) -> None:
    name, fact = kind(world, wrong)
    address = page_of(name, fact)
    assert rows_with([WRONG])
    answer = send(client, address, choice(client, address, WRONG))
    assert "Det som stod förut är borttaget härifrån" in answer.content.decode()
    assert rows_with([WRONG]) == []
    assert rows_with([FIRST])
    assert rows_with([NOW])
    (mark,) = Misplacement.objects.all()
    assert (mark.enrolment, mark.way) == (wrong, MisplacedWay.PART_TAKEN)
    assert [entry for entry in entries(client, wrong) if entry.title.startswith("En tidigare lydelse av")]
    # What stood first can go too; what stands is still to be found by every address it has had.
    send(client, address, choice(client, address, FIRST))
    assert rows_with([FIRST]) == []
    assert rows_with([NOW])
    assert "part" not in client.get(address).context["form"].fields


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_says_what_goes_along_before_it_goes(world, wrong, right, client, kind) -> None:
    name, fact = kind(world, wrong)
    field = client.get(page_of(name, fact)).context["form"]["part"]
    assert field.value() == ALL
    labels = [label for key, label in field.field.choices if key != ALL]
    assert [any(words in label for label in labels) for words in (FIRST, WRONG, NOW)] == [True, True, False]


def test_a_talk_that_was_somebody_elses_goes_with_why_it_was_corrected(world, wrong, right, client) -> None:
    fact = SupportTalkFactory(enrolment=wrong, recorded_by=world.case_worker, minutes=45)
    for minutes, why in ((60, WRONG), (30, NOW)):
        fact = next_version(fact, why, world.case_worker, minutes=minutes)
    address = page_of("talk_misplaced", fact)
    send(client, address, choice(client, address, "60 minuter"))
    left = type(fact).objects.placed().filter(enrolment=wrong).order_by("pk").values_list("minutes", flat=True)
    assert list(left) == [45, 30]
    assert "60 minuter" not in client.get(address).content.decode()
    assert rows_with([WRONG]) == []
    assert rows_with([NOW])


@pytest.mark.parametrize("whole", [True, False])
def test_pieces_that_a_wrong_sick_listing_cut_tell_nobody_its_days(world, wrong, right, client, whole) -> None:
    own = {"enrolment": wrong, "by": world.case_worker}
    record_sick_listing(from_day=days_ago(50), last_day=None, percent=100, **own)
    said = record_sick_listing(from_day=days_ago(30), last_day=days_ago(20), percent=50, **own)
    for first, last in ((27, 17), (30, 20)):
        record = SickListingRecord(percent=50, from_day=days_ago(first), last_day=days_ago(last))
        said = correct_sick_listing(sick_listing=said, record=record, why="Fel dagar", by=world.case_worker)
    address = page_of("sick_listing_misplaced", said)
    (_, wording, *_) = [key for key, _ in client.get(address).context["form"].fields["part"].choices]
    send(client, address, ALL if whole else wording, right if whole else None)
    shown_days = {
        day for row in SickListing.objects.placed().filter(enrolment=wrong) for day in (row.concerns_on, row.until)
    }
    ends = {days_ago(27), days_ago(16)} | ({days_ago(30), days_ago(19)} if whole else set())
    assert shown_days & ends == set()


def test_an_outcome_that_was_somebody_elses_goes_with_why_it_was_corrected(world, wrong, right, client) -> None:
    def line(code: str) -> Listed:
        return Listed.objects.get(project=wrong.project, kind=ListKind.OUTCOME, code=code)

    outcomes = Outcomes(on=days_ago(3), main=line("work"))
    (fact,) = record_outcomes(enrolment=wrong, outcomes=outcomes, by=world.case_worker)
    for code, why in (("disability", WRONG), ("studies", NOW)):
        record = OutcomeRecord(outcome=line(code), on=days_ago(3), is_main=True)
        fact = OUTCOMES.correct(fact=fact, record=record, why=why, by=world.case_worker)
    address = page_of("outcome_misplaced", fact)
    send(client, address, choice(client, address, "Sjuk- eller aktivitetsersättning"))
    codes = CaseOutcome.objects.placed().filter(enrolment=wrong).order_by("pk").values_list("outcome__code", flat=True)
    assert list(codes) == ["work", "studies"]
    assert "Sjuk- eller" not in client.get(address).content.decode()
    assert rows_with([WRONG]) == []
    assert rows_with([NOW])
    assert Misplacement.objects.get().way == MisplacedWay.PART_TAKEN


def test_one_wording_isnt_moved(world, wrong, right, client) -> None:
    name, meeting = a_meeting(world, wrong)
    address = page_of(name, meeting)
    answer = send(client, address, choice(client, address, WRONG), right)
    assert "kan bara tas bort" in answer.content.decode()
    assert rows_with([WRONG])
    assert not Misplacement.objects.exists()


def test_what_was_taken_out_isnt_moved_with_the_rest(world, wrong, right, client) -> None:
    name, meeting = a_meeting(world, wrong)
    address = page_of(name, meeting)
    send(client, address, choice(client, address, WRONG))
    send(client, address, ALL, right)
    kept = MeetingParagraph.objects.placed()
    assert {row.body.text for row in kept.filter(enrolment=right)} == {FIRST, NOW}
    assert not kept.filter(enrolment=wrong).exists()
    assert MeetingParagraph.objects.filter(enrolment=wrong, body__text="").exists()


def test_old_addresses_lead_to_what_stands(world, wrong, client) -> None:
    name, now = a_placement(world, wrong)
    first, middle = now.corrects.corrects, now.corrects
    address = page_of(name, now)
    send(client, address, choice(client, address, WRONG))
    model: Any = type(now)
    assert model.objects.placed().standing(first.public_id) == now
    assert model.objects.placed().standing(middle.public_id) is None


def test_the_same_words_go_wherever_they_were_said(world, wrong, client) -> None:
    _, fact = a_placement(world, wrong)
    name, fact = "placement_misplaced", again(fact, "place", world.case_worker)
    address = page_of(name, fact)
    labels = [key for key, label in client.get(address).context["form"].fields["part"].choices if WRONG in label]
    assert len(labels) == 2
    send(client, address, labels[0])
    assert rows_with([WRONG]) == []


def test_what_stands_and_what_is_gone_isnt_taken_out(world, wrong) -> None:
    _, fact = a_placement(world, wrong)
    middle = fact.corrects
    asked = {"fact": fact, "earlier": EARLIER_PLACEMENTS, "by": world.case_worker}
    with pytest.raises(ChangedMeanwhile):
        take_wording_away(wording=fact, **asked)
    take_wording_away(wording=middle, **asked)
    with pytest.raises(ChangedMeanwhile):
        take_wording_away(wording=middle, **asked)


def test_words_that_stand_take_no_other_version_along(world, wrong, client) -> None:
    """Only the days were somebody else's, and each form writes the place anew."""
    first = placement(wrong, by=world.case_worker, place=FIRST)
    fact = first
    for day in (days_ago(9), days_ago(8)):
        anew = {"concerns_on": day, "place": TextBody.objects.write(FIRST)}
        fact = next_version(fact, "Fel dag", world.case_worker, **anew)
    take_wording_away(fact=fact, wording=fact.corrects, earlier=EARLIER_PLACEMENTS, by=world.case_worker)
    left = type(fact).objects.placed().filter(enrolment=wrong).order_by("pk")
    assert [(row.pk, str(row.place)) for row in left] == [(first.pk, FIRST), (fact.pk, FIRST)]


def test_no_kind_of_fact_is_left_out(world, wrong) -> None:
    """A consent is asked anew as a whole. A sick-listing, an outcome, a talk, a signature and a paper have no words:
    their days and lines are tried above or in their own tests. Nor have means of support and groups: see
    tests/participants/livelihood and grouping."""
    tried = {Meeting, AreaAnswer}
    for kind in KINDS:
        with rolled_back():
            tried.add(type(kind(world, wrong)[1]))
    kinds = {model for model in apps.get_models() if issubclass(model, AmendedFact)}
    left = {"CaseGrouping", "CaseOutcome", "Consent", "LivelihoodRecord", "PlanSignature", "SickListing"}
    left |= {"SignedPaper", "SupportTalk"}
    assert {model.__name__ for model in kinds - tried} == left
