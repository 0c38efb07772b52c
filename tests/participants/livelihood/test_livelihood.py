"""Support, occupation and education through their pages: noted, corrected, taken back, moved, side by side."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AccessEvent
from core.days.dates import add_months
from core.enums import Category
from core.swedish.words import day
from participants.enums import ExitReason, LivelihoodKind, LivelihoodMoment, MisplacedWay
from participants.exits.actions import end_enrolment
from participants.livelihood.actions import LIVELIHOODS, LivelihoodAnswers
from participants.livelihood.counted_from import EXIT_IS_GONE
from participants.models import Enrolment, LivelihoodRecord, LivelihoodSource, Misplacement, Participant
from projects.enums import ListKind
from projects.models import Listed
from tests.casework.case.reads import entries, page
from tests.world import consent_rows as consents
from tests.world.case_rows import assign_contact, livelihood
from tests.world.cases import days_ago
from tests.world.factories.livelihood import LivelihoodRecordFactory, LivelihoodSourceFactory
from tests.world.pages import faults, fill, queries, shown, submit

ENROLMENT, EXIT, THREE = LivelihoodMoment.ENROLMENT, LivelihoodMoment.EXIT, LivelihoodMoment.AFTER_3_MONTHS
DAY = date(2026, 1, 12)
TAKEN = "är redan inskrivet"


def line(world, code: str, kind: ListKind = ListKind.SUPPORT) -> Listed:
    return Listed.objects.get(project=world.project, kind=kind, code=code)


def key(world, code: str, kind: ListKind = ListKind.SUPPORT) -> str:
    return str(line(world, code, kind).public_id)


def lives(world, *means: tuple[str, int | None], case: Enrolment | None = None, **said) -> LivelihoodRecord:
    given = {"moment": ENROLMENT, "day": DAY, **said}
    record = LivelihoodAnswers(means=[(line(world, code), percent) for code, percent in means], **given)
    return LIVELIHOODS.record(enrolment=case or world.enrolment, record=record, by=world.case_worker)


def stands(case: Enrolment, moment: str = ENROLMENT) -> list[tuple[str, int | None]]:
    """Means of support of the moment that stand, in their order."""
    record = LivelihoodRecord.objects.placed().current().get(enrolment=case, moment=moment)
    return [(source.line.code, source.percent) for source in record.sources.select_related("line")]


def url(case: Enrolment, name: str = "livelihood_create") -> str:
    return reverse(name, args=[case.public_id])


def said(answer) -> str:
    return answer.content.decode().replace("\xa0", " ")


def ended(world, on: date = date(2026, 6, 30)) -> None:
    end_enrolment(enrolment=world.enrolment, exited_on=on, reason=ExitReason.WORK, by=world.case_worker)
    world.enrolment.refresh_from_db()


def test_saves_the_moment_and_says_it_on_the_case(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    assert url(case, "livelihood_list") in page(client, case)
    answer = submit(
        client,
        url(case),
        k1_line=key(world, "social_assistance"),
        k1_percent="60",
        k3_line=key(world, "wage"),
        k3_percent="40",
        occupation=key(world, "unemployed", ListKind.OCCUPATION),
        education=key(world, "upper_secondary", ListKind.EDUCATION),
        months_before="14",
    )
    assert answer["Location"] == url(case, "livelihood_list")
    (fact,) = LivelihoodRecord.objects.all()
    assert (fact.moment, fact.concerns_on, fact.months_before) == (ENROLMENT, DAY, 14)
    assert (fact.category, fact.owner, fact.not_reached) == (Category.SUPPORT, world.ame, False)
    assert stands(case) == [("social_assistance", 60), ("wage", 40)]
    (entry,) = [entry for entry in entries(client, case) if entry.title.startswith("Försörjning")]
    assert entry.text.replace("\xa0", " ") == (
        "Försörjningsstöd 60 %, lön 40 %. Sysselsättning: arbetslös. Utbildning: gymnasium. "
        "14 månader med stöd före starten."
    )
    event = AccessEvent.objects.get(part="livelihood_create", kind="change")
    assert list(event.subjects.values_list("person", flat=True)) == [case.participant.public_id]


def test_one_who_was_not_reached_is_saved_without_anything_else(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    answer = submit(client, url(case), not_reached="on", k1_line=key(world, "wage"))
    assert list(faults(answer)) == ["not_reached"]
    client.post(url(case), {**shown(answer.context["form"]), "k1_line": ""})
    fact = LivelihoodRecord.objects.get()
    assert (fact.not_reached, fact.sources.count()) == (True, 0)
    assert "Inte nådd" in said(client.get(url(case, "livelihood_list")))


@pytest.mark.parametrize(
    ("percents", "words"),
    [(("60", "20"), "Andelarna är tillsammans 80 %, inte 100 %."), (("60", "40"), ""), (("60", ""), "")],
)
def test_a_sum_other_than_a_hundred_is_said_and_saved(world, log_in, percents, words) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    answers = {"k1_line": key(world, "wage"), "k1_percent": percents[0]}
    answers |= {"k2_line": key(world, "sickness_benefit"), "k2_percent": percents[1]}
    grown = client.post(url(case), {**fill(client, url(case), **answers), "do": "add"})
    assert ("Andelarna är" in said(grown)) is bool(words)
    answer = submit(client, url(case), **answers)
    told = said(client.get(answer["Location"]))
    # Once in the receipt, and once in the table.
    assert told.count(words or "Andelarna är") == (2 if words else 0)
    (entry,) = [entry for entry in entries(client, case) if entry.title.startswith("Försörjning")]
    assert ("Andelarna är" in entry.text) is bool(words)
    edit = said(client.get(LivelihoodRecord.objects.get().get_absolute_url()))
    assert ("Det går att spara ändå" in edit) is bool(words)


def test_one_more_row_keeps_all_that_was_typed(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    typed = fill(client, url(case), k1_line=key(world, "wage"), k2_percent="abc", months_before="x")
    answer = client.post(url(case), {**typed, "do": "add"})
    kept = shown(answer.context["form"])
    assert {**kept, "rows": int(kept["rows"])} == {**typed, "rows": 4}
    assert "k4_line" in answer.context["form"].fields
    assert not LivelihoodRecord.objects.exists()
    submitted = {**kept, "k4_line": key(world, "pension"), "k2_percent": "", "months_before": ""}
    client.post(url(case), submitted)
    assert stands(case) == [("wage", None), ("pension", None)]


@pytest.mark.parametrize(
    ("asked", "field", "words"),
    [
        ({}, "k1_line", "Välj minst en försörjning"),
        ({"k2_percent": "50"}, "k2_line", "Rad 2: välj försörjning."),
        ({"k1_line": "wage", "k2_line": "wage"}, "k2_line", "Rad 2: Lön står redan på rad 1."),
        ({"k1_line": "wage", "k2_line": "no_income"}, "k2_line", "Rad 2: den som inte har någon inkomst kan inte"),
        ({"k1_line": "wage", "k1_percent": "1_0"}, "k1_percent", "Rad 1: skriv procenten"),
        ({"k1_line": "wage", "k1_percent": "0"}, "k1_percent", "Rad 1: skriv procenten"),
        ({"k1_line": "wage", "k1_percent": "101"}, "k1_percent", "Rad 1: skriv procenten"),
        ({"k1_line": "wage", "k1_percent": "halva"}, "k1_percent", "Rad 1: skriv procenten"),
        ({"k1_line": "wage", "months_before": "601"}, "months_before", "högst 600"),
        ({"k1_line": "wage", "day": "1826-01-01"}, "day", "årtalet"),
        ({"k1_line": "wage", "moment": "exit"}, "moment", "Välj på nytt"),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_typed(world, log_in, asked, field, words) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    answers = {name: key(world, value) if name.endswith("_line") else value for name, value in asked.items()}
    data = fill(client, url(case), **answers)
    answer = client.post(url(case), data)
    assert list(faults(answer)) == [field]
    assert words in faults(answer)[field][0]
    assert shown(answer.context["form"]) == data
    assert not LivelihoodRecord.objects.exists()


def test_a_line_is_offered_for_its_days(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    Listed.objects.filter(pk=line(world, "wage").pk).update(valid_until=date(2026, 6, 1))
    asked = {"k1_line": key(world, "wage")}
    answer = submit(client, url(case), **asked, day="2026-06-01")
    assert "erbjuds till och med 31 maj 2026" in faults(answer)["k1_line"][0].replace("\xa0", " ")
    submit(client, url(case), **asked, day="2026-05-31")
    assert stands(case) == [("wage", None)]
    # Corrected, it keeps what the list no longer has.
    Listed.objects.filter(pk=line(world, "wage").pk).update(valid_until=date(2025, 6, 1))
    submit(client, LivelihoodRecord.objects.get().get_absolute_url(), k1_percent="50", why="Fel.")
    assert stands(case) == [("wage", 50)]


def test_a_second_one_of_a_moment_leads_to_the_first_and_changes_nothing(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    fact = lives(world, ("wage", None))
    # The page asks for the one at the exit alone.
    ended(world)
    said_again = {"moment": "enrolment", "k1_line": key(world, "pension"), "day": "2026-01-13"}
    answer = submit(client, url(case) + "?lage=enrolment", **said_again)
    assert TAKEN in faults(answer)["moment"][0]
    assert f'href="{fact.get_absolute_url()}"' in said(answer)
    assert shown(answer.context["form"])["k1_line"] == key(world, "pension")
    assert stands(case) == [("wage", None)]
    # It is said before anything is typed, too.
    assert f'href="{fact.get_absolute_url()}"' in said(client.get(url(case) + "?lage=enrolment"))
    with transaction.atomic(), pytest.raises(IntegrityError):
        LivelihoodRecordFactory(enrolment=case, recorded_by=world.case_worker)


def test_the_moments_after_the_exit_come_with_it(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    assert [value for value, _ in client.get(url(case)).context["form"].fields["moment"].choices] == ["enrolment"]
    with pytest.raises(ValidationError, match="inte avslutad"):
        lives(world, ("wage", None), moment=THREE)
    ended(world, days_ago(70))
    form = client.get(url(case) + "?lage=after_3_months").context["form"]
    # The later ones can't have come.
    assert [value for value, _ in form.fields["moment"].choices] == ["enrolment", "exit", "after_3_months"]
    assert form["moment"].value() == "after_3_months"
    assert "months_before" not in form.fields
    answer = submit(client, url(case) + "?lage=after_3_months", k1_line=key(world, "wage"), day=str(days_ago(70)))
    assert list(faults(answer)) == ["day"]
    answer = submit(client, url(case) + "?lage=after_3_months", k1_line=key(world, "wage"), months_before="3")
    assert list(faults(answer)) == ["months_before"]
    submit(client, url(case) + "?lage=after_3_months", k1_line=key(world, "wage"))
    assert stands(case, THREE) == [("wage", None)]


@pytest.mark.parametrize(
    ("moment", "on", "words"),
    [
        (ENROLMENT, date(1979, 12, 31), "Dagen ligger före födelsen"),
        (ENROLMENT, date(2025, 12, 11), "Läget vid inskrivning kan gälla tidigast 12 december 2025, en månad före"),
        (ENROLMENT, date(2026, 7, 1), "Läget vid inskrivning kan gälla senast 30 juni 2026, då inskrivningen avsl"),
        (EXIT, date(2026, 5, 29), "Läget vid avslut kan gälla tidigast 30 maj 2026."),
        (EXIT, date(2026, 10, 1), "Läget vid avslut kan gälla senast 30 september 2026. Efter det"),
        (THREE, date(2026, 7, 2), "Läget 3 månader efter avslut kan gälla tidigast 30 augusti 2026, en månad innan"),
    ],
)
def test_a_day_on_which_its_moment_cannot_have_come_is_refused(world, moment, on, words) -> None:
    Participant.objects.update(birth_date=date(1980, 1, 1))
    ended(world)
    with pytest.raises(ValidationError) as refused:
        lives(world, ("wage", None), moment=moment, day=on)
    assert words in refused.value.message_dict["day"][0].replace("\xa0", " ")
    assert not LivelihoodRecord.objects.exists()


def test_the_moments_stand_side_by_side(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    ended(world)
    works = line(world, "works", ListKind.OCCUPATION)
    lives(world, ("wage", None), moment=EXIT, day=date(2026, 6, 30), occupation=works)
    lives(world, ("social_assistance", 60), ("wage", 40), months_before=7)
    answer = client.get(url(case, "livelihood_list"))
    assert [column.moment for column in answer.context["columns"]] == ["Vid inskrivning", "Vid avslut"]
    told = {row.label: [list(answer.lines) for answer in row.answers] for row in answer.context["rows"]}
    assert told == {
        "Försörjning": [["Försörjningsstöd 60 %", "Lön 40 %"], ["Lön"]],
        "Varav offentlig försörjning": [["60 %"], ["Ingen"]],
        "Sysselsättning": [[], ["Arbetar"]],
        "Månader med stöd före starten": [["7"], []],
    }


def test_nothing_is_asked_about_somebody_who_has_died(world, log_in) -> None:
    case, client = world.enrolment, log_in(world.case_worker)
    end_enrolment(enrolment=case, exited_on=days_ago(120), reason=ExitReason.DECEASED, by=world.case_worker)
    assert "?lage=" not in page(client, case)
    assert "?lage=" not in said(client.get(url(case, "livelihood_list")))


@pytest.mark.parametrize(
    ("exited_on", "recorded", "words"),
    [
        (None, [], "Läget vid inskrivning är inte inskrivet"),
        (None, [ENROLMENT], ""),
        (days_ago(10), [ENROLMENT], "Läget vid avslut är inte inskrivet"),
        (days_ago(120), [ENROLMENT, EXIT], "Läget 3 månader efter avslut är inte inskrivet"),
        (days_ago(120), [THREE], ""),
    ],
)
def test_the_case_says_which_moment_waits(world, log_in, exited_on, recorded, words) -> None:
    case = world.enrolment
    if exited_on:
        ended(world, exited_on)
    for moment in recorded:
        LivelihoodRecordFactory(enrolment=case, moment=moment, recorded_by=world.case_worker)
    html = page(log_in(world.case_worker), case)
    assert ("<h2>Försörjning</h2>" in html) is bool(words)
    assert words in html
    # Who may not write there is told, and led nowhere.
    read = page(log_in(world.coordinator), case)
    assert words in read
    assert "?lage=" not in read


def test_a_correction_is_a_new_version_with_why(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    old = lives(world, ("wage", 50), ("pension", None))
    unchanged = submit(client, old.get_absolute_url(), why="Fel.")
    assert "Du har inte ändrat något" in said(unchanged)
    answer = submit(client, old.get_absolute_url(), k2_line=key(world, "sickness_benefit"), why="Fel slag.")
    assert answer["Location"] == url(case, "livelihood_list")
    now = LivelihoodRecord.objects.current().get()
    assert (now.corrects, str(now.why), stands(case)) == (old, "Fel slag.", [("wage", 50), ("sickness_benefit", None)])
    html = said(client.get(now.get_absolute_url()))
    assert "Tidigare versioner" in html
    assert "lön 50 %, ålderspension" in html
    (entry,) = [entry for entry in entries(client, case) if entry.title.startswith("Försörjning")]
    assert "Fel slag." in entry.text


def test_a_coordinator_reads_takes_back_and_writes_nothing(world, log_in) -> None:
    fact, coordinator = lives(world, ("wage", None)), log_in(world.coordinator)
    assert fact.get_absolute_url() in said(coordinator.get(url(world.enrolment, "livelihood_list")))
    assert "Spara rättelsen" not in said(coordinator.get(fact.get_absolute_url()))
    assert coordinator.get(url(world.enrolment)).status_code == 403
    assert coordinator.post(fact.get_absolute_url(), {"k1_line": ""}).status_code == 403
    submit(coordinator, reverse("livelihood_take_back", args=[fact.public_id]), reason="Blev fel.")
    assert not LivelihoodRecord.objects.current().exists()
    assert "Försörjning vid inskrivning (återtagen)" in [entry.title for entry in entries(coordinator, world.enrolment)]
    # The moment can be written anew.
    lives(world, ("pension", None))
    assert stands(world.enrolment) == [("pension", None)]


@pytest.mark.parametrize("way", [MisplacedWay.MOVED_AWAY, MisplacedWay.TAKEN_AWAY])
def test_one_on_the_wrong_person_leaves_nothing_there(world, wrong, right, log_in, way) -> None:
    client = log_in(world.case_worker)
    fact = lives(world, ("pension", None), case=wrong, day=days_ago(9))
    moves = way == MisplacedWay.MOVED_AWAY
    address = reverse("livelihood_misplaced", args=[fact.public_id])
    submit(client, address, way=way, right=str(right.public_id) if moves else "")
    assert Misplacement.objects.filter(enrolment=wrong).exists()
    for read in (page, lambda client, case: said(client.get(url(case, "livelihood_list")))):
        assert "lderspension" not in read(client, wrong)
        assert ("lderspension" in read(client, right)) is moves


def test_it_is_not_moved_to_who_has_that_moment(world, wrong, right, log_in) -> None:
    client = log_in(world.case_worker)
    fact, theirs = (
        lives(world, (code, None), case=case, day=days_ago(9)) for code, case in (("pension", wrong), ("wage", right))
    )
    address = reverse("livelihood_misplaced", args=[fact.public_id])
    answer = submit(client, address, way=MisplacedWay.MOVED_AWAY, right=str(right.public_id))
    assert list(faults(answer)) == ["right"]
    assert (stands(wrong), stands(right)) == ([("pension", None)], [("wage", None)])
    assert not Misplacement.objects.exists()
    # One that was taken back doesn't stand in the way.
    theirs.superseded_at = theirs.recorded_at
    LivelihoodRecord.objects.filter(pk=theirs.pk).update(superseded_at=theirs.recorded_at)
    LIVELIHOODS.put_right(fact=fact, right=right, by=world.case_worker)
    assert stands(right) == [("pension", None)]


def test_what_was_about_somebody_else_before_a_correction_goes_alone(world, wrong, log_in) -> None:
    """Means of support stand in rows of their own: a version that differs in them alone is another."""
    client = log_in(world.case_worker)
    first = lives(world, ("pension", None), case=wrong, day=days_ago(9))
    submit(client, first.get_absolute_url(), k1_line=key(world, "wage"), why="Fel person.")
    now = LivelihoodRecord.objects.current().get()
    address = reverse("livelihood_misplaced", args=[now.public_id])
    (part,) = [
        value
        for value, label in client.get(address).context["form"].fields["part"].choices
        if "ålderspension" in str(label)
    ]
    submit(client, address, part=part, way=MisplacedWay.TAKEN_AWAY)
    assert stands(wrong) == [("wage", None)]
    assert client.get(now.get_absolute_url()).context["versions"] == []


@pytest.mark.parametrize("kinds", [[Category.PLAN], [Category.SUPPORT], []])
def test_others_read_it_by_consent_to_its_kind_alone(world, log_in, kinds) -> None:
    lives(world, ("pension", None))
    assign_contact(world.enrolment, world.af_case_worker)
    consents.give(world.enrolment, [world.af], [Category.IDENTITY, *kinds], by=world.case_worker)
    client, reads = log_in(world.af_case_worker), Category.SUPPORT in kinds
    assert ("Ålderspension" in page(client, world.enrolment)) is reads
    answer = client.get(url(world.enrolment, "livelihood_list"))
    assert answer.status_code == (200 if reads else 404)
    assert ("Ålderspension" in said(answer)) is reads
    assert client.get(url(world.enrolment)).status_code == 403


def test_what_a_register_named_shows_and_can_be_corrected(world, log_in) -> None:
    """Also where the project's list has no such line."""
    client, case = log_in(world.case_worker), world.enrolment
    record = LivelihoodRecordFactory(enrolment=case, recorded_by=world.case_worker)
    LivelihoodSourceFactory(record=record, line=None, kind=LivelihoodKind.STUDY_SUPPORT, percent=100)
    assert "Studiestöd 100 %" in page(client, case)
    html = said(client.get(record.get_absolute_url()))
    assert "I registret stod studiestöd" in html
    submit(client, record.get_absolute_url(), k1_line=key(world, "wage"), why="Ur registret.")
    assert stands(case) == [("wage", None)]


@pytest.mark.parametrize("rows", [1, 15])
def test_asks_the_database_equally_often_however_much_there_is(world, log_in, rows) -> None:
    lines = Listed.objects.filter(project=world.project, kind=ListKind.SUPPORT)[:rows]
    record = LivelihoodRecordFactory(enrolment=world.enrolment, recorded_by=world.case_worker)
    for support in lines:
        LivelihoodSourceFactory(record=record, line=support, percent=1)
    client = log_in(world.case_worker)
    for address in (url(world.enrolment, "livelihood_list"), url(world.enrolment), record.get_absolute_url()):
        client.get(address)
        assert queries(client, address) <= 23


def test_an_older_database_is_read_both_ways(world) -> None:
    """What registers named by codes become lines, and codes again."""
    migration = import_module("participants.migrations.0048_livelihood_lines")
    case, by = world.enrolment, world.case_worker
    named = livelihood(case, by=by)
    named.sources.all().delete()
    for code in ("wage", "not_reached"):
        LivelihoodSource.objects.create(record=named, kind=code, percent=50)
    lost = LivelihoodRecordFactory(enrolment=case, moment=EXIT, recorded_by=by)
    LivelihoodSource.objects.create(record=lost, kind="not_reached")
    migration.name_lines(apps, None)
    assert stands(case) == [("wage", 50)]
    lost.refresh_from_db()
    named.refresh_from_db()
    assert (lost.not_reached, lost.sources.count(), named.not_reached) == (True, 0, False)
    migration.name_codes(apps, None)
    assert list(named.sources.values_list("kind", "line", "percent")) == [("wage", None, 50)]
    assert list(lost.sources.values_list("kind", "line")) == [("not_reached", None)]


def test_what_is_recorded_is_not_offered_and_the_page_says_what_comes(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    fact = lives(world, ("wage", None))
    html = " ".join(said(client.get(url(case))).split())
    assert 'name="moment"' not in html
    assert "Nästa läge är vid avslut. Det skrivs in när inskrivningen är avslutad." in html
    assert f'Läget vid inskrivning är inskrivet, för 12 januari 2026. <a href="{fact.get_absolute_url()}">' in html
    overview = " ".join(said(client.get(url(case, "livelihood_list"))).split())
    assert f'href="{url(case)}' not in overview
    assert "Nästa läge är vid avslut." in overview
    ended(world, days_ago(5))
    lives(world, ("wage", None), moment=EXIT, day=days_ago(5))
    first = add_months(add_months(days_ago(5), 3), -1)
    html = " ".join(said(client.get(url(case))).split())
    first_in_words = day(first).replace("\xa0", " ")
    assert f"Nästa läge är 3 månader efter avslut. Det går att skriva in från {first_in_words}." in html


def test_months_on_support_are_asked_for_at_the_enrolment_alone(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    assert "months_before" in client.get(url(case)).context["form"].fields
    lives(world, ("wage", None), months_before=7)
    first = LivelihoodRecord.objects.get()
    assert client.get(first.get_absolute_url()).context["form"]["months_before"].value() == 7
    ended(world, days_ago(5))
    assert "months_before" not in client.get(url(case)).context["form"].fields
    submit(client, url(case), k1_line=key(world, "wage"))
    assert stands(case, EXIT) == [("wage", None)]
    later = LivelihoodRecord.objects.get(moment=EXIT)
    assert "months_before" not in client.get(later.get_absolute_url()).context["form"].fields
    submit(client, later.get_absolute_url(), k1_line=key(world, "pension"), why="Fel.")
    assert stands(case, EXIT) == [("pension", None)]


@pytest.fixture
def followed_up(world):
    """Somebody who left four months ago, asked at the enrolment, at the exit and three months after it."""
    ended(world, days_ago(125))
    lives(world, ("social_assistance", None))
    lives(world, ("wage", None), moment=EXIT, day=days_ago(125))
    lives(world, ("wage", None), moment=THREE, day=days_ago(30))
    return world.enrolment


def moments(case: Enrolment) -> list[str]:
    rows = LivelihoodRecord.objects.placed().current().filter(enrolment=case)
    return list(rows.order_by("pk").values_list("moment", flat=True))


def test_what_counts_from_an_exit_is_taken_back_with_it(world, log_in, followed_up) -> None:
    client, case = log_in(world.case_worker), followed_up
    back = url(case, "enrolment_reopen")
    told = " ".join(said(client.get(back)).split())
    assert "Försörjningen som räknas från avslutet tas också tillbaka:" in told
    assert f"vid avslut ({day(days_ago(125))})".replace("\xa0", " ") in told
    assert f"3 månader efter avslut ({day(days_ago(30))})".replace("\xa0", " ") in told
    submit(client, back, reason="Fel ärende, det gällde Ofelia.")
    assert moments(case) == [ENROLMENT]
    gone = LivelihoodRecord.objects.filter(taken_back=True).order_by("pk")
    # The words about the exit stay with it alone.
    assert [(row.moment, row.why.text) for row in gone] == [(EXIT, EXIT_IS_GONE), (THREE, EXIT_IS_GONE)]
    assert AccessEvent.objects.filter(part="livelihood_take_back", kind="change").count() == 1
    # A new exit begins anew.
    ended(world, days_ago(1))
    assert moments(case) == [ENROLMENT]


@pytest.mark.parametrize("way", [MisplacedWay.MOVED_AWAY, MisplacedWay.TAKEN_AWAY])
def test_what_counts_from_an_exit_goes_when_that_was_somebody_elses(world, right, log_in, followed_up, way) -> None:
    client, case = log_in(world.case_worker), followed_up
    Enrolment.objects.filter(pk=right.pk).update(enrolled_on=days_ago(300))
    address = url(case, "exit_misplaced")
    assert "tas också tillbaka:" in said(client.get(address))
    submit(client, address, way=way, right=str(right.public_id) if way == MisplacedWay.MOVED_AWAY else "")
    assert moments(case) == [ENROLMENT]
    assert moments(right) == []


def test_an_exit_is_not_corrected_past_what_counts_from_it(world, log_in, followed_up) -> None:
    client, case = log_in(world.case_worker), followed_up
    address = url(case, "enrolment_exit")
    answer = submit(client, address, exited_on=str(days_ago(60)), why="Fel dag.")
    (fault,) = faults(answer)["exited_on"]
    assert f"Försörjningen vid avslut är inskriven för {day(days_ago(125))} och passar inte" in fault
    assert fault.endswith("Rätta eller ta tillbaka den först.")
    assert shown(answer.context["form"])["exited_on"] == str(days_ago(60))
    # A day that they still fit, and another reason, are no fault.
    submit(client, address, exited_on=str(days_ago(120)), reason="studies", why="Fel dag.")
    case.refresh_from_db()
    assert (case.exited_on, case.exit_reason) == (days_ago(120), "studies")
    assert moments(case) == [ENROLMENT, EXIT, THREE]


def test_an_enrolment_is_not_corrected_past_what_counts_from_it(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    first = case.enrolled_on
    lives(world, ("wage", None), day=first)
    address, later = url(case, "enrolment_correct"), first + timedelta(days=40)
    answer = submit(client, address, enrolled_on=str(later))
    (fault,) = faults(answer)["enrolled_on"]
    assert f"Försörjningen vid inskrivning är inskriven för {day(first)} och passar inte inskrivningsdagen." in fault
    assert shown(answer.context["form"])["enrolled_on"] == str(later)
    # A day that it still fits: it may be told a month ahead.
    submit(client, address, enrolled_on=str(first + timedelta(days=20)))
    case.refresh_from_db()
    assert case.enrolled_on == first + timedelta(days=20)


def test_nobody_ends_a_case_before_its_own_enrolment_was_told(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    lives(world, ("wage", None), day=date(2026, 3, 1))
    answer = submit(client, url(case, "enrolment_exit"), exited_on="2026-02-01", reason="work")
    (fault,) = faults(answer)["exited_on"]
    assert f"Försörjningen vid inskrivning är inskriven för {day(date(2026, 3, 1))}" in fault


@pytest.mark.parametrize(
    ("exited", "words"),
    [(None, "inskrivning är inte avslutad"), (60, "Hos den personen passar inte dagen"), (130, "")],
)
def test_a_record_is_moved_where_its_moment_has_come(world, right, log_in, followed_up, exited, words) -> None:
    client, fact = log_in(world.case_worker), LivelihoodRecord.objects.get(moment=THREE)
    Enrolment.objects.filter(pk=right.pk).update(enrolled_on=days_ago(300))
    if exited:
        end_enrolment(enrolment=right, exited_on=days_ago(exited), reason=ExitReason.WORK, by=world.case_worker)
    address = reverse("livelihood_misplaced", args=[fact.public_id])
    answer = submit(client, address, way=MisplacedWay.MOVED_AWAY, right=str(right.public_id))
    if words:
        assert words in faults(answer)["right"][0]
    assert moments(right) == ([] if words else [THREE])


def test_one_from_before_the_days_were_asked_is_corrected_in_all_else(world, log_in, followed_up) -> None:
    client, fact = log_in(world.case_worker), LivelihoodRecord.objects.get(moment=THREE)
    LivelihoodRecord.objects.filter(pk=fact.pk).update(concerns_on=days_ago(120))
    submit(client, fact.get_absolute_url(), k1_line=key(world, "pension"), why="Fel slag.")
    assert stands(followed_up, THREE) == [("pension", None)]
    now = LivelihoodRecord.objects.current().get(moment=THREE)
    assert list(faults(submit(client, now.get_absolute_url(), day=str(days_ago(119)), why="Fel dag."))) == ["day"]


def test_the_receipt_of_an_exit_leads_to_what_comes_next(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    data = fill(client, url(case, "enrolment_exit"), exited_on="2026-06-30", reason="work")
    html = client.post(url(case, "enrolment_exit"), data, follow=True).content.decode()
    receipt = html.partition("Inskrivningen är avslutad.")[2].partition("</div>")[0]
    assert f'href="{url(case)}?lage=exit"' in receipt
    assert f'href="{url(case, "case_sheet")}"' in receipt
