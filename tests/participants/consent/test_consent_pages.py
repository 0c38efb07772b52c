"""The pages of consent: asking, reading aloud, printing, taking back, and what stands."""

import io
import re
from datetime import date, timedelta

import pikepdf
import pypdf
import pytest
import time_machine
from django.urls import reverse

from accounts.models import AccessEvent
from core.days.dates import today
from core.enums import Category
from participants.assessment.actions import record_assessment
from participants.consent.actions import refuse_consent, renew_consent, withdraw_consent
from participants.enums import CaseRole, ConsentForm, ProtectionLevel
from participants.models import Consent, ConsentGrant, ConsentWithdrawal, LegalGround, Participant
from projects.enums import Role
from projects.models import ProjectOrganisation
from tests.world import consents
from tests.world.case_rows import meeting_by
from tests.world.factories import CaseAssignmentFactory, OrganisationFactory
from tests.world.pages import faults, fill, queries, submit
from tests.world.worlds import member

PLAN, HEALTH, ASSESSMENT, MEETINGS = Category.PLAN, Category.HEALTH, Category.ASSESSMENT, Category.MEETINGS
DAY = timedelta(days=1)


@pytest.fixture
def case(world):
    return consents.gather(world)


@pytest.fixture
def worker(case, log_in):
    return log_in(case.worker)


def at(case, name: str) -> str:
    return reverse(name, args=[case.enrolment.public_id])


def of(consent: Consent, name: str) -> str:
    return reverse(name, args=[consent.public_id])


def words(response) -> str:
    """What can be read on the page."""
    assert response.status_code == 200
    return plain(re.sub(r"<[^>]+>", " ", response.content.decode()))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " "))


def answers(case, **more) -> dict[str, object]:
    said = {
        "parties": [str(case.af.public_id), str(case.fk.public_id)],
        "categories": [ASSESSMENT, PLAN],
        "purpose": "planera praktik",
        "period": "dag",
        "valid_through": "2027-06-30",
        "form": ConsentForm.WRITTEN,
    }
    return said | more


# --- Who opens what -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [
        ("case_worker", 200, 200),
        ("coordinator", 200, 403),
        ("project_leader", 404, 404),
        ("administrator", 404, 404),
        ("af_coordinator", 403, 403),
        ("af_case_worker", 403, 403),
    ],
)
def test_the_owner_s_case_worker_writes_its_coordinator_reads_and_those_let_in_do_neither(
    case, log_in, who, reads, writes
) -> None:
    consent = case.give(*Category)
    client = log_in(getattr(case.world, who))
    assert client.get(at(case, "consent_list")).status_code == reads
    for name in ("consent_create", "consent_meeting", "consent_ground"):
        assert client.get(at(case, name)).status_code == writes
    assert client.post(at(case, "consent_paper"), {"x": "1"}).status_code == writes
    assert client.get(of(consent, "consent_withdraw")).status_code == writes
    assert client.post(of(consent, "consent_renew"), {"x": "1"}).status_code == (302 if writes == 200 else writes)


def test_without_identity_a_guest_isn_t_told_that_there_is_a_consent(case, log_in) -> None:
    consent = case.give(PLAN)
    assert log_in(case.guest).get(of(consent, "consent_withdraw")).status_code == 404


def test_a_coordinator_is_offered_nothing_to_press(case, log_in) -> None:
    consent = case.give(PLAN)
    page = log_in(case.world.coordinator).get(at(case, "consent_list")).content.decode()
    assert "får läsa plan" in page
    for url in (of(consent, "consent_withdraw"), of(consent, "consent_renew"), at(case, "consent_create")):
        assert url not in page


# --- Giving ---------------------------------------------------------------------------------------------------------


@time_machine.travel("2026-11-22 12:00Z", tick=False)
def test_what_is_given_stands_as_a_sentence_and_the_receipt_says_it(case, worker) -> None:
    saved = submit(worker, at(case, "consent_create"), **answers(case))
    assert saved["Location"] == at(case, "consent_list")
    page = words(worker.get(saved["Location"]))
    who_what = "Arbetsförmedlingen och Försäkringskassan får läsa kartläggning och plan till och med 30 juni 2027"
    told = who_what.replace(" och Försäkringskassan", "")
    assert (
        f"Samtycket från 22 november 2026 är sparat. {told}. Ingen hos Försäkringskassan arbetar med ärendet än" in page
    )
    assert f"{who_what} för att planera praktik." in page
    assert "Skriftligt 22 november 2026, mottaget av Hanna Handläggare." in page
    assert "Kan läsa hos Arbetsförmedlingen: Alva Arbetsförmedlare" in page
    assert "Ingen hos Försäkringskassan arbetar med ärendet än, så ingen där kan läsa." in page


def contact_of(party) -> str:
    return f"contact_{party.public_id}"


@time_machine.travel("2026-11-22 12:00Z", tick=False)
def test_the_contact_is_named_in_the_same_form_and_reads_from_then_on(case, worker, log_in) -> None:
    frida = member(case.world.project, case.fk, Role.CASE_WORKER, "Frida Försäkring")
    form = words(worker.get(at(case, "consent_create")))
    assert "Kontakt hos Försäkringskassan" in form
    assert "Ingen än: då kan ingen där läsa" in form
    assert "Ingen till. Alva Arbetsförmedlare" in form
    assert "Närvaro" not in form, "nobody writes it, so nobody is asked"
    chosen = {contact_of(case.fk): str(frida.public_id)}
    submit(worker, at(case, "consent_create"), **answers(case, **chosen))
    page = words(worker.get(at(case, "consent_list")))
    assert "Arbetsförmedlingen och Försäkringskassan får läsa kartläggning och plan" in page
    assert "Kan läsa hos Försäkringskassan: Frida Försäkring" in page
    assert log_in(frida).get(case.enrolment.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("kind", ["consent_create", "consent_meeting"])
def test_a_contact_of_a_party_that_may_not_read_is_refused_and_nothing_is_saved(case, worker, kind) -> None:
    frida = member(case.world.project, case.fk, Role.CASE_WORKER, "Frida Försäkring")
    wrong = {contact_of(case.fk): str(frida.public_id), "parties": [str(case.af.public_id)]}
    page = submit(worker, at(case, kind), **answers(case, **wrong))
    assert list(faults(page)) == [contact_of(case.fk)]
    assert Consent.objects.count() == 0
    assert not case.enrolment.assignments.filter(user=frida).exists()


def test_for_a_meeting_the_contact_is_named_for_that_day(case, worker) -> None:
    frida = member(case.world.project, case.fk, Role.CASE_WORKER, "Frida Försäkring")
    chosen = {contact_of(case.fk): str(frida.public_id), "parties": [str(case.fk.public_id)]}
    submit(worker, at(case, "consent_meeting"), **chosen)
    assignment = case.enrolment.assignments.get(user=frida)
    assert (assignment.valid_from, assignment.valid_until) == (today(), today() + DAY)


@time_machine.travel("2026-11-22 12:00Z", tick=False)
@pytest.mark.parametrize(
    ("chosen", "last"),
    [("3", date(2027, 2, 21)), ("6", date(2027, 5, 21)), ("projekt", date(2027, 8, 31)), ("dag", date(2027, 6, 30))],
)
def test_the_lengths_that_are_proposed(case, worker, chosen, last) -> None:
    case.world.project.ends_on = date(2027, 8, 31)
    case.world.project.save()
    submit(worker, at(case, "consent_create"), **answers(case, period=chosen))
    assert Consent.objects.get().valid_through == last


def test_a_project_that_has_ended_is_no_length(case, worker) -> None:
    case.world.project.ends_on = today() - DAY
    case.world.project.save()
    assert "Tills projektet slutar" not in words(worker.get(at(case, "consent_create")))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"parties": []}, "parties"),
        ({"categories": []}, "categories"),
        ({"purpose": "praktik"}, "purpose"),
        ({"valid_through": ""}, "valid_through"),
        ({"valid_through": "2020-01-01"}, "valid_through"),
        ({"valid_from": "2020-01-01"}, "valid_from"),
        ({"valid_from": "snart"}, "valid_from"),
        ({"form": ""}, "form"),
        ({"received_by": ""}, "received_by"),
    ],
)
def test_a_fault_stands_at_its_answer_and_nothing_is_saved(case, worker, wrong, field) -> None:
    page = submit(worker, at(case, "consent_create"), **answers(case, **wrong))
    assert set(faults(page)) == {field}
    assert Consent.objects.count() == 0
    assert wrong.get("purpose", "planera praktik") in page.content.decode()


def test_a_party_of_another_project_can_t_be_sent_in(case, worker) -> None:
    stranger = OrganisationFactory(name="Regionen")
    page = submit(worker, at(case, "consent_create"), **answers(case, parties=[str(stranger.public_id)]))
    assert set(faults(page)) == {"parties"}


def test_a_second_press_gives_one_consent(case, worker) -> None:
    data = fill(worker, at(case, "consent_create"), **answers(case))
    for _ in range(2):
        assert worker.post(at(case, "consent_create"), data).status_code == 302
    assert Consent.objects.count() == 1


def test_a_no_is_saved_without_a_last_day_and_hinders_nothing(case, worker) -> None:
    data = answers(case, do="refuse", period="dag", valid_through="")
    assert submit(worker, at(case, "consent_create"), **data).status_code == 302
    page = words(worker.get(at(case, "consent_list")))
    asked = "Arbetsförmedlingen och Försäkringskassan får läsa kartläggning och plan för att planera praktik."
    assert f"Nej till att {asked}" in page
    assert "hindrar aldrig någon från att vara med" in page
    assert ConsentGrant.objects.count() == 0


def test_with_no_other_party_there_is_nobody_to_ask_for(world, log_in) -> None:
    ProjectOrganisation.objects.exclude(organisation=world.ame).delete()
    client = log_in(world.case_worker)
    for name in ("consent_create", "consent_meeting"):
        page = words(client.get(reverse(name, args=[world.enrolment.public_id])))
        assert "Projektet har inga andra parter" in page


# --- Reading aloud, and paper ---------------------------------------------------------------------------------------


ALOUD = (
    "Arbetsförmedlingen och Försäkringskassan får läsa din kartläggning och din plan i Vägar till arbete, "
    "till och med 30 juni 2027. Det är för att planera praktik, inte för något annat."
)


@time_machine.travel("2026-11-22 12:00Z", tick=False)
def test_the_text_to_read_aloud_is_shown_without_a_script_and_nothing_is_saved(case, worker) -> None:
    page = submit(worker, at(case, "consent_create"), **answers(case, do="read"))
    assert ALOUD in words(page)
    assert Consent.objects.count() == 0


@time_machine.travel("2026-11-22 12:00Z", tick=False)
def test_the_script_gets_the_piece_alone_and_half_an_answer_is_no_text(case, worker) -> None:
    url = at(case, "consent_create")
    data = fill(worker, url, **answers(case, do="read"))
    piece = worker.post(url, data, headers={"X-Requested-With": "fetch"})
    assert ALOUD in words(piece)
    assert "<html" not in piece.content.decode()
    half = worker.post(url, data | {"parties": []}, headers={"X-Requested-With": "fetch"})
    assert "Texten står här när" in words(half)


@time_machine.travel("2026-11-22 12:00Z", tick=False)
def test_the_paper_says_the_same_and_names_the_person_inside_only(case, worker) -> None:
    data = fill(worker, at(case, "consent_create"), **answers(case))
    paper = worker.post(at(case, "consent_paper"), data)
    assert paper["Content-Disposition"] == 'attachment; filename="Samtycke 2026-11-22.pdf"'
    text = plain(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper.content)).pages))
    for said in (ALOUD, "Åsa Öberg", "Du kan säga nej och får vara med i projektet ändå.", "Deltagarens namnteckning"):
        assert said in text
    with pikepdf.open(io.BytesIO(paper.content)) as document:
        assert (document.Root.Lang, document.docinfo.Title) == ("sv", "Samtycke")
        assert document.Root.MarkInfo.Marked
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
    assert Consent.objects.count() == 0
    event = AccessEvent.objects.filter(user=case.worker).latest("number")
    assert (event.kind, event.part) == ("export", "consent_paper")
    assert worker.post(at(case, "consent_create"), data).status_code == 302, "the form is still unused"


def test_on_paper_a_protected_person_has_the_alias(case, worker) -> None:
    Participant.objects.update(protection=ProtectionLevel.CONFIDENTIALITY_MARK)
    paper = worker.post(at(case, "consent_paper"), fill(worker, at(case, "consent_create"), **answers(case)))
    text = plain(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper.content)).pages))
    assert case.enrolment.participant.alias in text
    assert "Öberg" not in text


def test_the_question_is_read_and_printed_before_there_is_an_answer(case, worker) -> None:
    data = fill(worker, at(case, "consent_create"), **answers(case, form="", received_by=""))
    assert faults(worker.post(at(case, "consent_create"), data | {"do": "read"})) == {}
    assert worker.post(at(case, "consent_paper"), data)["Content-Type"] == "application/pdf"
    assert set(faults(worker.post(at(case, "consent_create"), data))) == {"form", "received_by"}


def test_what_can_t_be_printed_comes_back_as_the_form(case, worker) -> None:
    page = worker.post(at(case, "consent_paper"), fill(worker, at(case, "consent_create"), **answers(case, parties=[])))
    assert set(faults(page)) == {"parties"}
    assert f'action="{at(case, "consent_create")}"' in page.content.decode()


# --- For one meeting ------------------------------------------------------------------------------------------------


def test_a_party_and_the_button_are_enough_for_a_meeting_today(case, worker) -> None:
    url = at(case, "consent_meeting")
    assert url in worker.get(case.enrolment.get_absolute_url()).content.decode()
    assert submit(worker, url, parties=[str(case.af.public_id)])["Location"] == at(case, "consent_list")
    consent = Consent.objects.get()
    assert (consent.concerns_on, consent.valid_through) == (today(), today())
    assert (consent.form, consent.received_by) == (ConsentForm.ORAL, case.worker)
    assert list(consent.grants.values_list("organisation", "category")) == [(case.af.pk, MEETINGS)]
    assert "bara den" in words(worker.get(at(case, "consent_list")))


def test_the_only_party_is_chosen_beforehand(case, worker) -> None:
    ProjectOrganisation.objects.filter(organisation=case.fk).delete()
    assert submit(worker, at(case, "consent_meeting")).status_code == 302


def test_a_meeting_to_come_opens_on_its_day_and_one_that_was_opens_nothing(case, worker) -> None:
    url, party = at(case, "consent_meeting"), [str(case.af.public_id)]
    submit(worker, url, parties=party, held_on=(today() + 3 * DAY).isoformat())
    assert Consent.objects.get().concerns_on == today() + 3 * DAY
    assert "Börjar" in words(worker.get(at(case, "consent_list")))
    page = submit(worker, url, parties=party, held_on=(today() - DAY).isoformat())
    assert set(faults(page)) == {"held_on"}


# --- Taking back, renewing ------------------------------------------------------------------------------------------


def test_two_presses_take_it_back_whole(case, worker) -> None:
    consent = case.give(PLAN, HEALTH)
    assert of(consent, "consent_withdraw") in worker.get(at(case, "consent_list")).content.decode()
    assert submit(worker, of(consent, "consent_withdraw"))["Location"] == at(case, "consent_list")
    page = words(worker.get(at(case, "consent_list")))
    assert "Arbetsförmedlingen kan inte längre läsa uppgifter om hälsa och plan genom det här samtycket." in page
    assert "Ingen annan part kan läsa om deltagaren." in page
    assert "Återkallat" in page
    assert "fick läsa" in page


def test_what_is_unticked_stays(case, worker) -> None:
    consent = case.give(PLAN, HEALTH, parties=[case.af, case.fk])
    chosen = [f"{case.af.public_id}:{HEALTH}", f"{case.fk.public_id}:{PLAN}"]
    submit(worker, of(consent, "consent_withdraw"), cells=chosen)
    page = words(worker.get(at(case, "consent_list")))
    assert "Arbetsförmedlingen får läsa plan till" in page
    assert "Försäkringskassan får läsa uppgifter om hälsa till" in page
    assert "): Arbetsförmedlingen: uppgifter om hälsa; Försäkringskassan: plan." in page


def test_nothing_ticked_is_a_fault(case, worker) -> None:
    consent = case.give(PLAN)
    page = submit(worker, of(consent, "consent_withdraw"), cells=[])
    assert set(faults(page)) == {"cells"}
    assert ConsentWithdrawal.objects.count() == 0


def test_the_page_tells_what_goes_and_what_stays_before_one_presses(case, worker) -> None:
    for day in (20, 10):
        record_assessment(enrolment=case.enrolment, completed_on=today() - day * DAY, by=case.worker)
    consent = case.give(ASSESSMENT, HEALTH, Category.IDENTITY, parties=[case.af, case.fk])
    page = words(worker.get(of(consent, "consent_withdraw")))
    assert "Kartläggning: 2 kartläggningar" in page
    assert "Hälsa: inget skrivet än" in page
    assert "Namn och kontakt: namn, personnummer och kontaktuppgifter" in page
    names = "Alva Arbetsförmedlare och Sune Samordnare"
    assert f"Återkallas allt ser {names} inget annat i ärendet än det som Arbetsförmedlingen själv har skrivit." in page
    assert "Ingen hos Försäkringskassan arbetar med ärendet nu." in page
    assert "Det som har lästs förut står kvar i åtkomstloggen." in page
    assert "Det Vuxenenheten själv har skrivit finns kvar hos er." in page


def test_the_page_tells_of_notes_only_those_that_are_written_for_others(case, worker) -> None:
    meeting = meeting_by(case.enrolment, case.worker)
    consent = case.give(MEETINGS)
    assert "Möten: 1 möte " in words(worker.get(of(consent, "consent_withdraw")))
    meeting.paragraphs.update(reader_level="consented")
    assert "Möten: 1 möte och 1 anteckning " in words(worker.get(of(consent, "consent_withdraw")))


def test_the_page_tells_of_what_goes_on_being_read(case, worker) -> None:
    consent = case.give(PLAN, HEALTH)
    other = case.give(PLAN, last=today() + 10 * DAY)
    page = words(worker.get(of(consent, "consent_withdraw")))
    assert "Handlingsplan och delmål: kan läsas även efteråt, genom ett annat samtycke" in page
    assert "ser ärendet även efteråt, genom ett annat samtycke." in page
    withdraw_consent(consent=other, form=ConsentForm.ORAL, by=case.worker)
    before = words(worker.get(of(consent, "consent_withdraw")))
    assert "inget annat i ärendet än det som Arbetsförmedlingen själv har skrivit" in before
    meeting_by(case.enrolment, case.guest)
    assert words(worker.get(of(consent, "consent_withdraw"))) == before, "the owner isn't told that others have written"


@time_machine.travel("2026-11-22 12:00Z", tick=False)
def test_what_carries_it_on_is_taken_back_with_it_and_the_page_says_so(case, worker) -> None:
    consent = case.give(PLAN, HEALTH, last=date(2026, 12, 21))
    new = renew_consent(consent=consent, by=case.worker)
    page = words(worker.get(of(consent, "consent_withdraw")))
    assert "inget skrivet än; förnyelsen till och med 21 januari 2027 försvinner också" in page
    submit(worker, of(consent, "consent_withdraw"), cells=[f"{case.af.public_id}:{PLAN}"])
    for asked in (consent, new):
        assert [grant.category for grant in asked.grants.filter(withdrawal=None)] == [HEALTH]
    submit(worker, of(consent, "consent_withdraw"))
    assert not ConsentGrant.objects.on_or_after(today()).exists()
    assert [row.consent for row in ConsentWithdrawal.objects.order_by("pk")] == [consent, new, consent, new]


@time_machine.travel("2026-11-22 12:00Z", tick=False)
def test_the_page_tells_of_what_opens_again_by_a_consent_of_its_own(case, worker) -> None:
    consent = case.give(PLAN, last=date(2026, 12, 21))
    case.give(PLAN, first=date(2026, 12, 1), last=date(2026, 12, 31))
    page = words(worker.get(of(consent, "consent_withdraw")))
    assert "kan läsas igen från och med 1 december 2026, genom ett annat samtycke" in page
    assert "Från och med 1 december 2026 öppnar ett annat samtycke ärendet igen." in page


@time_machine.travel("2026-11-22 12:00Z", tick=False)
def test_a_consent_to_come_says_from_when_and_who_will_read(case, worker) -> None:
    case.give(PLAN, first=today() + DAY, last=today() + DAY)
    page = words(worker.get(at(case, "consent_list")))
    assert "Börjar 23 november 2026" in page
    assert "Ska kunna läsa hos Arbetsförmedlingen: Alva Arbetsförmedlare, Sune Samordnare." in page
    assert "Kan läsa hos" not in page


def test_what_was_open_is_told_part_by_part_until_each_ended(case, worker) -> None:
    with time_machine.travel("2026-01-15 12:00Z", tick=False):
        consent = case.give(PLAN, parties=[case.af, case.fk], last=date(2026, 3, 16))
    with time_machine.travel("2026-01-20 12:00Z", tick=False):
        withdraw_consent(consent=consent, cells=[(case.fk.pk, PLAN)], form=ConsentForm.ORAL, by=case.worker)
    with time_machine.travel("2026-11-22 12:00Z", tick=False):
        worker.get(at(case, "consent_list"))
        page = words(worker.get(at(case, "consent_list")))
    since = "fick läsa plan från och med 15 januari 2026 till och med"
    assert f"Arbetsförmedlingen {since} 16 mars 2026" in page
    assert f"Försäkringskassan {since} 20 januari 2026" in page


def test_what_is_taken_back_already_leads_to_the_list(case, worker) -> None:
    consent = case.give(PLAN)
    data = fill(worker, of(consent, "consent_withdraw"))
    withdraw_consent(consent=consent, form=ConsentForm.ORAL, by=case.worker)
    for answer in (worker.get(of(consent, "consent_withdraw")), worker.post(of(consent, "consent_withdraw"), data)):
        assert answer["Location"] == at(case, "consent_list")
    assert ConsentWithdrawal.objects.count() == 1


@time_machine.travel("2026-11-22 12:00Z", tick=False)
def test_one_press_renews(case, worker) -> None:
    consent = case.give(PLAN, last=date(2026, 12, 21))
    page = worker.get(at(case, "consent_list"))
    assert "Förnya muntligt till 21 januari 2027" in words(page)
    token = re.search(rf'name="{consent.public_id}-token" value="([^"]+)"', page.content.decode())[1]
    for _ in range(2):
        worker.post(of(consent, "consent_renew"), {f"{consent.public_id}-token": token})
    assert Consent.objects.filter(renews=consent).count() == 1
    page = words(worker.get(at(case, "consent_list")))
    assert "förnyat till och med 21 januari 2027" in page
    assert "från och med 22 december 2026 till och med 21 januari 2027" in page


def test_what_can_t_be_renewed_says_why(case, worker) -> None:
    consent = case.give(PLAN)
    renew_consent(consent=consent, by=case.worker)
    token = {f"{consent.public_id}-token": "9f2c5a0e-6d57-4a1f-9c0e-0d6c8f1d2b3a"}
    page = worker.post(of(consent, "consent_renew"), token, follow=True)
    assert "Samtycket är redan förnyat." in words(page)


# --- As it was on a day ---------------------------------------------------------------------------------------------


def test_the_state_on_any_past_day(case, worker) -> None:
    with time_machine.travel("2026-03-01 12:00Z", tick=False):
        consent = case.give(PLAN, HEALTH, last=date(2026, 3, 31))
    with time_machine.travel("2026-03-10 22:30Z", tick=False):
        withdraw_consent(consent=consent, cells=[(case.af.pk, HEALTH)], form=ConsentForm.ORAL, by=case.worker)

    def told(day: str) -> str:
        return words(worker.get(at(case, "consent_list"), {"per": day})).partition("Visa dagen")[2]

    with time_machine.travel("2026-11-22 12:00Z", tick=False):
        worker.get(at(case, "consent_list"))
        assert "Ingen annan part kunde läsa." in told("2026-02-28")
        for day in ("2026-03-01", "2026-03-09"):
            assert "Arbetsförmedlingen fick läsa uppgifter om hälsa och plan för att" in told(day)
        assert "fick läsa uppgifter om hälsa till 10 mars 2026 kl. 23.30 för att" in told("2026-03-10")
        assert "fick läsa plan för att" in told("2026-03-31")
        assert "hälsa" not in told("2026-03-11").partition("Ett nej")[0]
        assert "Ingen annan part kunde läsa." in told("2026-04-01")


@pytest.mark.parametrize("day", ["2100-01-01", "i höstas", ""])
def test_a_day_that_can_t_be_asked_about_is_a_fault(case, worker, day) -> None:
    assert set(faults(worker.get(at(case, "consent_list"), {"per": day}))) == {"per"}


# --- Legal ground ---------------------------------------------------------------------------------------------------


def test_the_legal_ground_is_noted_apart(case, worker) -> None:
    assert "Ingen rättslig grund är angiven." in words(worker.get(at(case, "consent_list")))
    submit(worker, at(case, "consent_ground"), ground="public_interest", note="4 kap. socialtjänstlagen")
    page = words(worker.get(at(case, "consent_list")))
    assert "Uppgift av allmänt intresse, från" in page
    assert "4 kap. socialtjänstlagen" in page
    submit(worker, at(case, "consent_ground"), ground="public_authority")
    assert "ersatt" in words(worker.get(at(case, "consent_list")))
    assert LegalGround.objects.count() == 2
    assert Consent.objects.count() == 0


# --- The rest -------------------------------------------------------------------------------------------------------


def test_the_case_page_says_in_one_line_who_reads_and_asks_once_for_their_people(case, worker) -> None:
    url = case.enrolment.get_absolute_url()
    assert "Ingen annan part kan läsa." in words(worker.get(url))
    few = queries(worker, url)
    case.give(PLAN, last=date(today().year + 1, 6, 30))
    case.give(PLAN, HEALTH, parties=[case.fk], last=date(today().year + 1, 8, 31))
    assert f"2 parter kan läsa, som längst till och med 31 augusti {today().year + 1}." in words(worker.get(url))
    assert queries(worker, url) == few + 1


def test_the_page_asks_the_database_as_often_however_many_there_are(case, worker) -> None:
    def some() -> None:
        consent = case.give(PLAN, HEALTH, parties=[case.af, case.fk])
        withdraw_consent(consent=consent, cells=[(case.af.pk, PLAN)], form=ConsentForm.ORAL, by=case.worker)
        refuse_consent(enrolment=case.enrolment, asked=case.asked(PLAN), by=case.worker)

    url, consent = at(case, "consent_list"), case.give(PLAN)
    some()
    queries(worker, url)
    few = queries(worker, url), queries(worker, of(consent, "consent_withdraw"))
    for _ in range(3):
        some()
        CaseAssignmentFactory(enrolment=case.enrolment, user=case.guest, role=CaseRole.SUBSTITUTE)
    assert (queries(worker, url), queries(worker, of(consent, "consent_withdraw"))) == few


def test_no_name_stands_in_an_address_or_a_title(case, worker) -> None:
    consent = case.give(PLAN)
    urls = [at(case, name) for name in ("consent_list", "consent_create", "consent_meeting", "consent_ground")]
    for url in [*urls, of(consent, "consent_withdraw")]:
        page = worker.get(url).content.decode()
        heads = [re.search(r"<title>(.*?)</title>", page)[1], *re.findall(r'(?:href|action)="([^"]*)"', page)]
        assert heads
        assert not [head for head in heads if "Öberg" in head or "Åsa" in head]


def test_the_withdrawn_before_its_first_day_never_came_to_be(case, worker) -> None:
    consent = case.give(PLAN, first=today() + 5 * DAY)
    assert "kan inte läsas än" in words(worker.get(of(consent, "consent_withdraw")))
    withdraw_consent(consent=consent, form=ConsentForm.ORAL, by=case.worker)
    assert "Arbetsförmedlingen skulle få läsa plan för att" in words(worker.get(at(case, "consent_list")))
