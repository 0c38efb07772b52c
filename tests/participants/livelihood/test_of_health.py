"""A record of means of support of which a line says something about health: of that kind of information wherever it is
written, and read by other parties only where health may be read."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from core.enums import Category
from participants.enrolment.first_facts import write_background
from participants.enrolment.new import NewEnrolment
from participants.enums import LivelihoodKind, LivelihoodMoment
from participants.livelihood.actions import LIVELIHOODS, LivelihoodAnswers, follow_line
from participants.models import LivelihoodRecord, LivelihoodSource
from projects.enums import ListKind
from projects.lists.actions import ListedLine, add_to_list, change_listed
from projects.models import Listed
from tests.participants.livelihood.test_livelihood import DAY, ENROLMENT, line, lives
from tests.world import consents
from tests.world.factories.livelihood import LivelihoodRecordFactory
from tests.world.forms import text_of

SUPPORT = (Category.IDENTITY, Category.SUPPORT)
OF_HEALTH = ("sickness_benefit", "rehabilitation_benefit", "sickness_compensation", "activity_compensation")


@pytest.fixture
def case(world) -> consents.Round:
    return consents.gather(world)


def stored(fact: LivelihoodRecord) -> str:
    return LivelihoodRecord.objects.get(pk=fact.pk).category


def pages(case, log_in) -> str:
    """All that the guest reads of it, on the case and on the page of the moments."""
    client = log_in(case.guest)
    listed = client.get(reverse("livelihood_list", args=[case.enrolment.public_id]))
    return text_of(client.get(case.enrolment.get_absolute_url())) + text_of(listed)


@pytest.mark.parametrize("code", OF_HEALTH)
def test_support_for_somebody_who_is_ill_is_read_with_health_alone(case, log_in, code) -> None:
    case.give(*SUPPORT)
    fact = lives(case.world, ("wage", 50), (code, 50))
    assert fact.category == Category.HEALTH
    name = line(case.world, code).name
    said = pages(case, log_in)
    told = (name, name.lower(), "50 %", "Försörjning vid inskrivning", "Varav")
    assert [word for word in told if word in said] == []
    case.give(Category.HEALTH)
    said = pages(case, log_in)
    assert name in said
    assert "50 %" in said


def test_that_somebody_is_sick_listed_is_read_with_health_alone(case, log_in) -> None:
    case.give(*SUPPORT)
    fact = lives(case.world, ("wage", None), occupation=line(case.world, "sick_listed", ListKind.OCCUPATION))
    assert fact.category == Category.HEALTH
    assert "jukskriven" not in pages(case, log_in)


def test_other_support_is_read_as_before(case, log_in) -> None:
    case.give(*SUPPORT)
    fact = lives(case.world, ("wage", None), occupation=line(case.world, "works", ListKind.OCCUPATION))
    assert fact.category == Category.SUPPORT
    said = pages(case, log_in)
    assert [word for word in ("Lön", "arbetar", "Varav") if word not in said] == []


def test_the_kind_follows_what_is_corrected_taken_back_and_moved(case, right) -> None:
    fact = lives(case.world, ("wage", None))
    for code, kind in (
        ("sickness_benefit", Category.HEALTH),
        ("wage", Category.SUPPORT),
        (OF_HEALTH[1], Category.HEALTH),
    ):
        said = LivelihoodAnswers(moment=ENROLMENT, day=DAY, means=[(line(case.world, code), None)])
        fact = LIVELIHOODS.correct(fact=fact, record=said, why="Fel", by=case.worker)
        assert (fact.category, fact.category_said) == (kind, kind)
    type(right).objects.filter(pk=right.pk).update(enrolled_on=DAY)
    right.refresh_from_db()
    LIVELIHOODS.put_right(fact=fact, right=right, by=case.worker)
    (moved,) = LivelihoodRecord.objects.placed().current().filter(enrolment=right)
    assert moved.category == Category.HEALTH
    assert LIVELIHOODS.take_back(fact=moved, reason="Fel", by=case.worker).category == Category.HEALTH


def test_a_reader_of_support_isnt_told_what_stood_before_it_was_corrected_to_illness(case, log_in) -> None:
    case.give(*SUPPORT)
    fact = lives(case.world, ("wage", None))
    said = LivelihoodAnswers(moment=ENROLMENT, day=DAY, means=[(line(case.world, "sickness_benefit"), None)])
    LIVELIHOODS.correct(fact=fact, record=said, why="Sjuk i stället", by=case.worker)
    told = pages(case, log_in)
    assert [word for word in ("Försörjning vid inskrivning", "Lön", "återtagen", "Sjuk") if word in told] == []


def test_what_was_taken_back_follows_too_though_it_has_no_means_of_its_own(case) -> None:
    migration = import_module("participants.migrations.0053_livelihoods_of_health")
    end = LIVELIHOODS.take_back(fact=lives(case.world, ("sickness_benefit", None)), reason="Fel", by=case.worker)
    LivelihoodRecord.objects.update(category=Category.SUPPORT)
    migration.to_health(apps, None)
    assert set(LivelihoodRecord.objects.values_list("category", flat=True)) == {Category.HEALTH}
    LivelihoodRecord.objects.update(category=Category.SUPPORT)
    follow_line(line(case.world, "sickness_benefit"))
    assert stored(end) == Category.HEALTH


def test_an_own_line_decides_and_its_records_follow_when_the_answer_changes(case, log_in) -> None:
    case.give(*SUPPORT)
    answers = {"name": "Från hälsofonden", "valid_from": None, "valid_until": None, "is_public_support": False}
    world, by = case.world, case.world.project_leader
    own = add_to_list(
        project=world.project, kind=ListKind.SUPPORT, line=ListedLine(**answers, is_about_health=True), by=by
    )
    record = LivelihoodAnswers(moment=ENROLMENT, day=DAY, means=[(own, None)])
    fact = LIVELIHOODS.record(enrolment=case.enrolment, record=record, by=case.worker)
    ill = LivelihoodAnswers(moment=ENROLMENT, day=DAY, means=[(own, 50), (line(world, "sickness_benefit"), 50)])
    assert fact.category == Category.HEALTH
    assert "hälsofonden" not in pages(case, log_in)
    change_listed(listed=own, line=ListedLine(**answers, is_about_health=False), by=by)
    assert "hälsofonden" in pages(case, log_in)
    # Another line of the record goes on saying it.
    fact = LIVELIHOODS.correct(fact=LivelihoodRecord.objects.current().get(), record=ill, why="Fel", by=case.worker)
    change_listed(listed=own, line=ListedLine(**answers, is_about_health=False), by=by)
    fact.refresh_from_db()
    assert fact.category == Category.HEALTH
    Listed.objects.filter(pk=own.pk).update(is_about_health=None)
    unsaid = LivelihoodAnswers(moment=ENROLMENT, day=DAY, means=[(Listed.objects.get(pk=own.pk), None)])
    fact = LIVELIHOODS.correct(fact=fact, record=unsaid, why="Fel", by=case.worker)
    assert fact.category == Category.HEALTH, "what nobody has answered counts as health"


def test_its_readers_are_those_of_health(case, log_in) -> None:
    case.give(*SUPPORT)
    client = log_in(case.worker)
    for code, reads in (("wage", True), ("sickness_benefit", False)):
        LivelihoodRecord.objects.all().delete()
        lives(case.world, (code, None))
        entries = client.get(case.enrolment.get_absolute_url()).context["entries"]
        (entry,) = [entry for entry in entries if entry.title.startswith("Försörjning")]
        assert (str(case.af) in entry.readers) is reads


@pytest.mark.parametrize("has_lines", [True, False])
@pytest.mark.parametrize("kind", LivelihoodKind)
def test_what_a_register_says_is_of_its_kind(case, kind, has_lines) -> None:
    if not has_lines:
        Listed.objects.filter(project=case.world.project, kind=ListKind.SUPPORT).delete()
    new = NewEnrolment(enrolled_on=case.enrolment.enrolled_on, livelihood_before=[(kind, None)])
    write_background([(new, case.enrolment)], {"recorded_by": case.worker, "owner": case.enrolment.owner})
    fact = LivelihoodRecord.objects.get(moment=LivelihoodMoment.ENROLMENT)
    assert fact.category == fact.category_said == (Category.HEALTH if kind in OF_HEALTH else Category.SUPPORT)


def test_records_of_an_earlier_release_follow_and_back(case) -> None:
    migration = import_module("participants.migrations.0053_livelihoods_of_health")
    world, given = case.world, {"enrolment": case.enrolment, "recorded_by": case.worker}
    own = Listed.objects.create(project=world.project, kind=ListKind.SUPPORT, name="Egen", sort_key="egen")
    sick = line(world, "sick_listed", ListKind.OCCUPATION)
    by_line = [{"line": line(world, "wage")}, {"line": line(world, "sickness_benefit")}, {"line": own}]
    means = [*by_line, {"kind": "wage"}, {"kind": "sickness_benefit"}]
    facts = [LivelihoodRecordFactory(moment=moment, **given) for moment in LivelihoodMoment]
    for fact, said in zip(facts, means, strict=True):
        LivelihoodSource.objects.create(record=fact, **said)
    migration.to_health(apps, None)
    assert [stored(fact) for fact in facts] == ["support", "health", "health", "support", "health"]
    LivelihoodRecord.objects.filter(pk=facts[0].pk).update(occupation=sick)
    migration.to_health(apps, None)
    assert stored(facts[0]) == "health"
    assert all(fact.category == fact.category_said for fact in LivelihoodRecord.objects.all())
    migration.to_support(apps, None)
    assert set(LivelihoodRecord.objects.values_list("category", flat=True)) == {"support"}
