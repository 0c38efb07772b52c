"""Signed papers through their pages: kept, fetched, corrected, taken back, moved; and gone with a protected name."""

import io
from datetime import timedelta
from uuid import uuid4

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.models import AccessEvent
from core.days.dates import today
from core.enums import Category
from core.models import StoredFile
from core.operation.places import Places
from core.pdf import process as pdf
from core.pdf.received import document_of
from core.swedish.words import day
from participants.enums import ProtectionLevel
from participants.models import Enrolment, Participant, SignedPaper
from participants.papers import views
from participants.papers.actions import PAPERS, PROTECTED, PaperRecord
from participants.protection.actions import protect_participant, reapply_protection
from tests.casework.case.reads import entries
from tests.world import consents
from tests.world.cases import days_ago, plan, started
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory
from tests.world.factories.beside import SignedPaperFactory
from tests.world.forms import text_of
from tests.world.pages import fill

DAY = timedelta(days=1)


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 80)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "grey").save(target, kind)
    return target.getvalue()


def sent(content: bytes, name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def here(monkeypatch):
    """Files are looked through in the process of the tests."""
    monkeypatch.setattr(pdf, "received", document_of)


@pytest.fixture
def case(world) -> Enrolment:
    started(world.enrolment, 60)
    plan(world.enrolment, world.case_worker, valid_on=days_ago(20))
    return world.enrolment


def url(case: Enrolment) -> str:
    return reverse("paper_create", args=[case.public_id])


def keep(client, case, *files, **answers):
    """The answer to the form with these files; it must have been saved for `paper` to find one."""
    said = {"matter": "consent", "on": str(days_ago(5)), **answers}
    return client.post(url(case), fill(client, url(case)) | said | {"paper": list(files)})


def paper_of(case: Enrolment) -> SignedPaper:
    return SignedPaper.objects.placed().current().get(enrolment=case)


def fetch(client, paper: SignedPaper):
    return client.post(reverse("paper_file", args=[paper.public_id]))


def kept(world, *, number: int | None = None, content: bytes = b"%PDF-1.7 sidan") -> SignedPaper:
    record = PaperRecord(number=number, on=days_ago(5), content=content, pages=1)
    return PAPERS.record(enrolment=world.enrolment, record=record, by=world.case_worker)


# --- Kept and fetched -------------------------------------------------------------------------------------------------


def test_two_photographs_become_one_paper_that_stands_by_the_consents_and_on_the_timeline(client, case) -> None:
    """In a process of its own, as in operation."""
    answer = keep(client, case, sent(picture()), sent(picture("PNG"), "sida 2.png"))
    assert answer["Location"] == url(case)
    paper = paper_of(case)
    assert paper.in_words.replace("\xa0", " ") == f"Samtycke, {_day(5)}"
    assert (paper.file.pages, paper.category) == (2, Category.IDENTITY)
    consents_page = text_of(client.get(reverse("consent_list", args=[case.public_id]))).replace("\xa0", " ")
    assert f"Samtycke, {_day(5)} 2 sidor" in consents_page
    assert "Samtycke, 2\\xa0sidor." in str(entries(client, case))
    file = fetch(client, paper)
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"] == f'attachment; filename="Underskrivet papper {days_ago(5)}.pdf"'
    assert "sandbox" in file["Content-Security-Policy"].split("; ")
    assert "script-src 'self'" in file["Content-Security-Policy"]
    assert file["X-Content-Type-Options"] == "nosniff"
    with pikepdf.open(io.BytesIO(file.content)) as document:
        assert len(document.pages) == 2
    event = AccessEvent.objects.filter(part="paper_file").latest("number")
    assert (event.kind, event.reason) == ("export", "Läste ett underskrivet papper")


def _day(ago: int) -> str:
    return day(days_ago(ago)).replace("\xa0", " ")


@pytest.mark.usefixtures("here")
def test_a_plans_paper_stands_on_the_plan(world, client, case) -> None:
    keep(client, case, sent(picture()), matter="1")
    paper = paper_of(case)
    assert (paper.matter, paper.number, paper.category) == ("Plan 1", 1, Category.PLAN)
    assert f"Plan 1, {_day(5)}" in text_of(client.get(reverse("plan_detail", args=[case.public_id]))).replace(
        "\xa0", " "
    )
    assert f'{url(case)}?om=1"' in client.get(reverse("plan_detail", args=[case.public_id])).content.decode()
    assert client.get(f"{url(case)}?om=1").context["form"]["matter"].value() == "1"


@pytest.mark.usefixtures("here")
def test_a_file_that_is_not_taken_is_said_and_nothing_is_kept(client, case) -> None:
    for files, said in (
        ([], "Välj en fil, eller fotografera pappret."),
        ([sent(b"")], "Filen är tom."),
        ([sent(b"<html>")], "Filen är varken en PDF eller en bild."),
        ([sent(b"\0\0\0\x18ftypheic....", "IMG.HEIC")], "Bilden är sparad som HEIC"),
        ([sent(picture()[:200])], "Filen är trasig eller inte hel."),
        ([sent(picture()) for _ in range(11)], "Det var 11 filer. Lägg in högst 10 åt gången."),
    ):
        answer = keep(client, case, *files)
        assert answer.status_code == 200
        assert said in str(answer.context["form"].errors["paper"])
        assert answer.context["form"]["on"].value() == str(days_ago(5))
    assert not SignedPaper.objects.exists()
    assert not StoredFile.objects.exists()


def test_it_waits_for_its_turn_and_says_so(client, case, monkeypatch) -> None:
    monkeypatch.setattr(views, "PLACES", Places(f"papers-{uuid4()}", 1))
    with views.PLACES.hold("somebody else"):
        answer = keep(client, case, sent(picture()))
    assert "Andra papper tas emot just nu." in str(answer.context["form"].errors["paper"])


def test_one_that_breaks_its_reader_is_said_too(client, case, monkeypatch) -> None:
    def broken(files):
        raise pdf.PdfFailedError

    monkeypatch.setattr(pdf, "received", broken)
    assert "Filen gick inte att gå igenom." in str(keep(client, case, sent(picture())).context["form"].errors["paper"])


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"on": str(today() + DAY)}, "on", "kommit"),
        ({"on": ""}, "on", "Fyll i dagen som står på pappret."),
        ({"matter": "7"}, "matter", "giltigt"),
        ({"matter": ""}, "matter", "Välj vad pappret gäller."),
    ],
)
def test_other_answers_are_checked_before_the_file_is_looked_at(client, case, answers, field, said) -> None:
    answer = keep(client, case, sent(picture()), **answers)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not StoredFile.objects.exists()


@pytest.mark.usefixtures("here")
def test_a_second_press_keeps_one(client, case) -> None:
    data = fill(client, url(case)) | {"matter": "consent", "on": str(days_ago(5))}
    for _ in range(2):
        assert client.post(url(case), data | {"paper": [sent(picture())]}).status_code == 302
    assert SignedPaper.objects.count() == StoredFile.objects.count() == 1


@pytest.mark.usefixtures("here")
def test_the_same_answers_with_another_second_page_are_another_press(client, case) -> None:
    data = fill(client, url(case)) | {"matter": "consent", "on": str(days_ago(5))}
    first, second = sent(picture(), "1.jpg"), sent(picture(), "2.jpg")
    assert client.post(url(case), data | {"paper": [first, second]}).status_code == 302
    first.seek(0), second.seek(0)
    other = client.post(url(case), data | {"paper": [sent(picture(size=(90, 90)), "3.jpg"), second]})
    assert other.status_code == 200, "the token has saved other pages"


# --- Corrected, taken back, moved -------------------------------------------------------------------------------------


def test_a_correction_keeps_the_pages(world, client, case) -> None:
    paper = kept(world)
    data = fill(client, paper.get_absolute_url()) | {"matter": "1", "on": str(days_ago(4)), "why": "Det var planen."}
    assert client.post(paper.get_absolute_url(), data).status_code == 302
    now = paper_of(case)
    assert (now.matter, now.concerns_on, now.category) == ("Plan 1", days_ago(4), Category.PLAN)
    assert now.file_id == paper.file_id
    assert fetch(client, now).content == b"%PDF-1.7 sidan"


def test_pages_of_one_that_was_taken_back_are_fetched_by_nobody(world, client, case) -> None:
    paper = kept(world)
    PAPERS.take_back(fact=paper, reason="Fel sidor.", by=world.case_worker)
    answer = fetch(client, paper)
    assert answer.status_code == 302
    assert "Content-Disposition" not in answer
    assert "Underskrivet papper (återtaget)" in str(entries(client, case))
    assert "Hämta pappret" not in text_of(client.get(reverse("consent_list", args=[case.public_id])))


def test_one_on_the_wrong_person_goes_to_the_right_one_or_its_pages_go(world, client, case) -> None:
    right = EnrolmentFactory(project=world.project, owner=world.ame, participant__organisation=world.ame)
    CaseAssignmentFactory(enrolment=right, user=world.case_worker)
    started(right, 60)
    paper = kept(world)
    PAPERS.put_right(fact=paper, right=right, by=world.case_worker)
    moved = paper_of(right)
    assert fetch(client, moved).content == b"%PDF-1.7 sidan"
    assert not SignedPaper.objects.placed().filter(enrolment=case).exists()
    PAPERS.put_right(fact=moved, right=None, by=world.case_worker)
    assert StoredFile.objects.get().content is None


def test_it_moves_to_nobody_without_that_plan_and_to_nobody_protected(world, case) -> None:
    right = EnrolmentFactory(project=world.project, owner=world.ame, participant__organisation=world.ame)
    with pytest.raises(ValidationError, match="finns ingen plan 1"):
        PAPERS.put_right(fact=kept(world, number=1), right=right, by=world.case_worker)
    Participant.objects.filter(pk=right.participant_id).update(
        protection=ProtectionLevel.CONFIDENTIALITY_MARK, protected_at=timezone.now()
    )
    with pytest.raises(ValidationError, match="skyddade personuppgifter"):
        PAPERS.put_right(fact=kept(world), right=right, by=world.case_worker)


# --- Who reads it -----------------------------------------------------------------------------------------------------


def test_no_consent_opens_it_to_another_party(world, client, case, log_in) -> None:
    told = consents.gather(world)
    told.give(*Category)
    papers = [kept(world), kept(world, number=1)]
    guest = log_in(told.guest)
    for paper in papers:
        assert fetch(guest, paper).status_code == 404
        assert guest.get(paper.get_absolute_url()).status_code == 404
    assert "Underskrivet papper" not in str(entries(guest, case))
    assert "Underskrivet papper" in str(entries(client, case))
    assert "Hämta" not in text_of(guest.get(reverse("plan_detail", args=[case.public_id])))


# --- Protected --------------------------------------------------------------------------------------------------------


def test_with_the_name_of_somebody_protected_the_pages_go(world, client, case) -> None:
    paper, other = kept(world), SignedPaperFactory()
    assert "Sidorna i inlagda papper tas bort" in text_of(
        client.get(reverse("participant_protect", args=[case.participant.public_id]))
    )
    protect_participant(
        level=ProtectionLevel.CONFIDENTIALITY_MARK, case=case, responsible=world.case_worker, by=world.case_worker
    )
    assert StoredFile.objects.get(pk=paper.file_id).content is None
    assert StoredFile.objects.get(pk=other.file_id).content is not None
    assert fetch(client, paper).status_code == 302
    page = text_of(client.get(reverse("consent_list", args=[case.public_id])))
    assert "Sidorna finns inte kvar här." in page


def test_nothing_is_kept_of_somebody_protected(world, client, case, monkeypatch) -> None:
    monkeypatch.setattr(pdf, "received", document_of)
    protect_participant(
        level=ProtectionLevel.CONFIDENTIALITY_MARK, case=case, responsible=world.case_worker, by=world.case_worker
    )
    answer = keep(client, case, sent(picture()))
    assert answer.context["form"].errors["paper"] == [PROTECTED]
    assert not StoredFile.objects.exists()


def test_a_restored_copy_lets_go_of_them_again(world, case) -> None:
    paper = kept(world)
    case.participant.__class__.objects.filter(pk=case.participant_id).update(
        protection=ProtectionLevel.CONFIDENTIALITY_MARK
    )
    reapply_protection(by=world.case_worker)
    assert StoredFile.objects.get(pk=paper.file_id).content is None
