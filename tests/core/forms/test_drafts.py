"""What is typed is kept for its author alone, filled in on return, and gone once it is saved."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from accounts.login.sessions import IDLE
from actionplans.meetings.corrections import take_back_meeting
from actionplans.meetings.forms import MeetingForm
from actionplans.models import Meeting
from core.drafts.store import KEPT_FOR, LONGEST, clear_drafts
from core.forms.showing import FormPage
from core.forms.token import SPOILT
from core.models import Draft
from participants.enums import CaseRole, ProtectionLevel
from participants.protection.actions import protect_participant
from tests.world.case_rows import livelihood
from tests.world.cases import started
from tests.world.factories import CaseAssignmentFactory
from tests.world.forms import text_of
from tests.world.pages import fill, shown, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

WORDS = "Kommer i tid och trivs med gruppen."
KEEP = "/utkast/spara/"


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as moving:
        yield moving


@pytest.fixture
def case(world):
    world.enrolment = started(world.enrolment, 100)
    return world.enrolment


@pytest.fixture
def url(case) -> str:
    return reverse("meeting_create", args=[case.public_id])


@pytest.fixture
def worker(world, log_in) -> Client:
    return log_in(world.case_worker)


def words_in(response) -> str:
    return response.context["form"]["text"].value()


class TestKeeping:
    def test_what_is_typed_is_filled_in_on_return_with_a_line_about_it(self, url, worker) -> None:
        answer = worker.post(KEEP, typed(worker, url, text=WORDS, kind="phone"))
        assert re.fullmatch(r"kl\.\xa0\d\d\.\d\d", answer.json()["kept_at"])
        page = worker.get(url)
        assert words_in(page) == WORDS
        assert page.context["form"]["kind"].value() == "phone"
        assert page.context["form"].errors == {}
        assert "står här igen. Det är ett utkast och inte sparat än." in text_of(page)

    def test_a_step_that_is_judged_without_a_word_is_kept_too(self, url, worker) -> None:
        data = typed(worker, url, text="  ", step="1")
        judged = next(name for name in worker.get(url).context["form"].fields if name.startswith("criterion_"))
        assert worker.post(KEEP, data | {judged: "met"}).json()["kept_at"]
        page = worker.get(url)
        assert (page.context["form"]["step"].value(), page.context["form"][judged].value()) == ("1", "met")
        (leads,) = html.fromstring(page.content).xpath("//a[text()='Kasta utkastet']/@href")
        assert "Inget är skrivet i ord." in text_of(worker.get(leads))

    @pytest.mark.parametrize(("about", "words"), [("", {"text": "Text"}), ("1-2-3", {})])
    def test_no_answer_is_kept_alone_of_a_page_about_nobody_or_of_a_form_without_words(
        self, world, worker, about, words
    ) -> None:
        page = FormPage(str(world.case_worker.public_id), "/start/", about, "PlainForm", words=words)
        answer = worker.post(KEEP, {"page": page.signed(), "token": str(uuid4()), "chosen": "1"})
        assert (answer.json()["kept_at"], answer.json()["fault"]) == ("", "")
        assert not Draft.objects.exists()

    def test_saved_is_gone_and_a_keeping_on_its_way_comes_too_late(self, url, worker) -> None:
        data = typed(worker, url, text=WORDS)
        worker.post(KEEP, data)
        assert worker.post(url, data).status_code == 302
        assert not Draft.objects.exists()
        late = worker.post(KEEP, data)
        assert (late.status_code, "kept_at" in late.json()) == (409, False)
        assert "redan sparat" in late.json()["fault"]
        assert not Draft.objects.exists()

    def test_what_is_refused_is_kept_without_any_script(self, url, worker) -> None:
        assert worker.post(url, typed(worker, url, text=WORDS, held_on="0026-11-20")).status_code == 200
        page = worker.get(url)
        assert (words_in(page), page.context["form"]["held_on"].value()) == (WORDS, "0026-11-20")

    def test_a_text_over_the_limit_is_kept_whole(self, url, worker) -> None:
        long = WORDS * 900
        worker.post(KEEP, typed(worker, url, text=long))
        assert words_in(worker.get(url)) == long

    def test_more_than_any_form_takes_is_refused_and_what_was_kept_stays(self, url, worker) -> None:
        worker.post(KEEP, typed(worker, url, text=WORDS))
        answer = worker.post(KEEP, typed(worker, url, text="x" * LONGEST))
        assert answer.status_code == 413
        assert "för lång" in answer.json()["fault"]
        assert words_in(worker.get(url)) == WORDS

    def test_the_latest_keeping_replaces_the_one_before(self, url, worker) -> None:
        for words in ("Ett", "Ett två"):
            worker.post(KEEP, typed(worker, url, text=words))
        assert Draft.objects.get().data["text"] == ["Ett två"]

    def test_it_can_be_let_go(self, url, worker) -> None:
        worker.post(KEEP, typed(worker, url, text=WORDS))
        (leads,) = html.fromstring(worker.get(url).content).xpath("//a[text()='Kasta utkastet']/@href")
        asked = worker.get(leads).content.decode()
        assert ("Kasta utkastet?" in asked, WORDS in asked, Draft.objects.count()) == (True, True, 1)
        assert worker.post(leads)["Location"] == url
        assert not Draft.objects.exists()
        assert words_in(worker.get(url)) in (None, "")

    def test_two_windows_keep_one_each_and_saving_in_one_leaves_the_other_s(self, url, worker) -> None:
        first, second = typed(worker, url, text="I det ena"), typed(worker, url, text="I det andra", kind="phone")
        for window in (first, second, first):
            assert worker.post(KEEP, window).json()["kept_at"]
        assert sorted(draft.data["text"][0] for draft in Draft.objects.all()) == ["I det andra", "I det ena"]
        assert worker.post(url, first).status_code == 302
        assert words_in(worker.get(url)) == "I det andra"
        # Filled in anew, it is the same draft that is typed in: it goes when that page is saved.
        third = typed(worker, url, text="I det andra, och mer", kind="phone")
        worker.post(KEEP, third)
        assert Draft.objects.get().data["text"] == ["I det andra, och mer"]
        assert worker.post(url, third).status_code == 302
        assert not Draft.objects.exists()

    def test_what_is_saved_without_more_typing_is_gone_too(self, url, worker) -> None:
        worker.post(KEEP, typed(worker, url, text=WORDS, kind="phone"))
        assert worker.post(url, typed(worker, url, text=WORDS, kind="phone")).status_code == 302
        assert not Draft.objects.exists()

    @pytest.mark.parametrize(("kept", "shown"), [("", "2"), ("1", "1")])
    def test_the_step_that_a_link_asks_for_stands_where_the_draft_judges_none(self, url, worker, kept, shown) -> None:
        worker.post(KEEP, typed(worker, url, text=WORDS, step=kept))
        page = worker.get(url, {"steg": "2"})
        assert (words_in(page), page.context["form"]["step"].value()) == (WORDS, shown)

    def test_after_fourteen_days_it_is_neither_filled_in_nor_there(self, url, worker) -> None:
        worker.post(KEEP, typed(worker, url, text=WORDS))
        Draft.objects.update(saved_at=timezone.now() - KEPT_FOR - timedelta(minutes=1))
        assert words_in(worker.get(url)) in (None, "")
        clear_drafts()
        assert not Draft.objects.exists()

    def test_a_password_is_never_kept(self, world, log_in) -> None:
        client = log_in(world.administrator)
        url = reverse("user_edit", args=[world.case_worker.public_id])
        client.post(KEEP, typed(client, url, name="Nytt Namn", proof="mycket hemligt"))
        assert Draft.objects.get().data["name"] == ["Nytt Namn"]
        assert "mycket hemligt" not in str(list(Draft.objects.values_list("data", flat=True)))


class TestWhose:
    def test_another_user_of_the_browser_neither_keeps_nor_sees_nor_saves_it(self, world, url, worker, log_in) -> None:
        data = typed(worker, url, text=WORDS)
        other = log_in(world.coordinator)
        assert other.post(KEEP, data).json()["is_logged_in"] is False
        plan = reverse("plan_edit", args=[world.enrolment.public_id])
        colleague = log_in(world.case_worker)
        assert WORDS not in colleague.get(plan).content.decode()
        draft = Draft.objects.get()
        assert draft.author == world.case_worker
        for ask in (other.get, other.post):
            assert ask(f"/utkast/{draft.public_id}/?kasta").status_code == 404

    def test_a_form_of_another_users_page_is_kept_for_that_user_and_not_saved(self, world, log_in, url, worker) -> None:
        data = typed(worker, url, text=WORDS)
        worker.force_login(world.coordinator)
        CaseAssignmentFactory(enrolment=world.enrolment, user=world.coordinator, role=CaseRole.SUBSTITUTE)
        answer = worker.post(url, data)
        assert answer.status_code in (403, 404)
        assert WORDS not in answer.content.decode()
        assert not Meeting.objects.exists()
        assert Draft.objects.get().author == world.case_worker

    def test_without_a_mark_or_with_a_made_up_one_nothing_is_kept(self, url, worker) -> None:
        data = typed(worker, url, text=WORDS)
        for page in ("", "x", data["page"][:-1] + ("a" if data["page"][-1] != "a" else "b")):
            assert worker.post(KEEP, data | {"page": page}).status_code == 403
        assert not Draft.objects.exists()


class TestLoggedOut:
    def test_a_save_after_the_log_in_has_ended_is_there_after_the_next_one(self, world, url, worker, clock) -> None:
        data = typed(worker, url, text=WORDS)
        clock.shift(IDLE)
        answer = worker.post(url, data)
        assert answer["Location"] == f"/logga-in/?next={url}"
        assert "Det du skrev är kvar som utkast" in text_of(worker.get(answer["Location"]))
        worker.force_login(world.case_worker)
        page = worker.get(url)
        assert words_in(page) == WORDS
        assert worker.post(url, fill(worker, url)).status_code == 302
        assert Meeting.objects.count() == 1

    def test_typing_goes_on_being_kept_and_is_told_that_nobody_is_logged_in(self, url, worker) -> None:
        data = typed(worker, url, text=WORDS)
        worker.logout()
        assert worker.post(KEEP, data).json()["is_logged_in"] is False
        assert Draft.objects.count() == 1

    def test_typing_is_a_sign_of_life_and_asking_how_long_is_none(self, url, worker, clock) -> None:
        data = typed(worker, url, text=WORDS)
        clock.shift(IDLE - timedelta(minutes=2))
        worker.post(KEEP, data)
        clock.shift(IDLE - timedelta(minutes=2))
        left = worker.get("/logga-in/kvar/").json()["seconds"]
        assert 100 <= left <= 120
        assert worker.get("/logga-in/kvar/").json()["seconds"] <= left
        assert worker.post("/logga-in/kvar/").json()["seconds"] == IDLE.total_seconds()

    def test_a_page_from_before_another_log_in_is_saved(self, world, url) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(world.case_worker)
        data = typed(client, url, text=WORDS, csrfmiddlewaretoken="x" * 64)
        assert client.post(url, data).status_code == 302
        assert Meeting.objects.count() == 1

    def test_a_form_from_elsewhere_is_still_refused(self, world, url) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(world.case_worker)
        data = typed(client, url, text=WORDS)
        answer = client.post(url, data | {"page": "", "csrfmiddlewaretoken": "x" * 64})
        assert answer.status_code == 403
        assert "ladda om" not in answer.content.decode()
        other = reverse("plan_edit", args=[world.enrolment.public_id])
        assert client.post(other, data | {"csrfmiddlewaretoken": "x" * 64}).status_code == 403
        assert not Meeting.objects.exists()


class TestProtection:
    def test_nothing_from_before_the_protection_is_kept(self, world, url, worker) -> None:
        data = typed(worker, url, text=WORDS)
        worker.post(KEEP, data)
        protect_participant(level=ProtectionLevel.PROTECTED_REGISTRATION, case=world.enrolment, by=world.case_worker)
        assert not Draft.objects.exists()
        worker.post(KEEP, data)
        assert not Draft.objects.exists()
        worker.post(KEEP, typed(worker, url, text=WORDS))
        assert Draft.objects.count() == 1


class TestOnceMeansTheContent:
    def test_the_same_words_of_a_new_showing_are_asked_about_and_saved_when_meant(self, url, worker) -> None:
        worker.post(url, fill(worker, url, text=WORDS))
        again = fill(worker, url, text=WORDS)
        answer = worker.post(url, again)
        assert re.fullmatch(
            r"Du sparade ett likadant möte kl\.\s\d\d\.\d\d\. Trycker du på knappen igen sparas ett till\.",
            *answer.context["form"].non_field_errors(),
        )
        page = answer.content.decode()
        assert "Ska det sparas en gång till?" in page
        assert "behöver rättas" not in page
        assert f'href="{Meeting.objects.get().get_absolute_url()}">Öppna det som är sparat' in page
        assert Meeting.objects.count() == 1
        assert not Draft.objects.exists()
        meant = re.search(r'name="repeated" value="([^"]+)"', answer.content.decode())[1]
        assert worker.post(url, again | {"repeated": meant, "text": WORDS}).status_code == 302
        assert Meeting.objects.count() == 2

    def test_nobody_asks_about_one_that_has_been_taken_back(self, world, url, worker) -> None:
        worker.post(url, fill(worker, url, text=WORDS))
        take_back_meeting(meeting=Meeting.objects.get(), reason="Fel dag.", by=world.case_worker)
        assert worker.post(url, fill(worker, url, text=WORDS)).status_code == 302
        assert Meeting.objects.current().count() == 1

    @pytest.mark.parametrize("at", ["asks_about_repeating", "is_valid"])
    def test_a_press_that_is_faster_is_the_same_press(self, url, worker, monkeypatch, at) -> None:
        data = fill(worker, url, text=WORDS)
        reads = getattr(MeetingForm, at)
        faster: list[str] = []

        def after_the_other(form, *args):
            if not faster:
                faster.append("")
                faster[0] = worker.post(url, data)["Location"]
                return at == "asks_about_repeating" and reads(form, *args)
            return reads(form, *args)

        monkeypatch.setattr(MeetingForm, at, after_the_other)
        assert worker.post(url, data)["Location"] == faster[0] == Meeting.objects.get().get_absolute_url()
        assert not Draft.objects.exists()

    def test_other_words_and_another_case_are_asked_about_by_nobody(self, world, url, worker) -> None:
        worker.post(url, fill(worker, url, text=WORDS))
        assert worker.post(url, fill(worker, url, text=WORDS + " Ja.")).status_code == 302
        assert Meeting.objects.count() == 2

    def test_after_some_minutes_nobody_asks(self, url, worker, clock) -> None:
        worker.post(url, fill(worker, url, text=WORDS))
        clock.shift(timedelta(minutes=11))
        assert worker.post(url, fill(worker, url, text=WORDS)).status_code == 302


class TestLimits:
    def test_too_much_is_refused_with_how_much_and_nothing_is_cut(self, url, worker) -> None:
        answer = worker.post(url, fill(worker, url, text="å" * 20_040))
        assert answer.context["form"].errors["text"] == [
            "Texten har 20\xa0040 tecken och får ha högst 20\xa0000. Korta den med 40 tecken."
        ]
        html = answer.content.decode()
        assert 'data-most="20000"' in html
        assert "maxlength" not in html[html.index("<main") :]

    def test_a_line_end_counts_once(self, url, worker) -> None:
        assert worker.post(url, fill(worker, url, text="a\r\n" * 400 + "b" * 19_000)).status_code == 302


@pytest.mark.parametrize(
    ("page", "counted"), [("livelihood_edit", "rows"), ("plan_edit", "rows"), ("plan_edit", "times")]
)
@pytest.mark.parametrize("sent", ["0", "200", "x"])
def test_a_page_opens_whatever_stands_in_its_draft(world, log_in, page, counted, sent) -> None:
    fact = livelihood(world.enrolment, by=world.case_worker) if page == "livelihood_edit" else world.enrolment
    client, address = log_in(world.case_worker), reverse(page, args=[fact.public_id])
    form = client.get(address).context["form"]
    data = {name: [str(value)] for name, value in shown(form).items()} | {counted: [sent]}
    Draft.objects.create(author=world.case_worker, form=form.key, address=address, data=data, labels={"x": "X"})
    answer = client.get(address)
    assert answer.status_code == 200
    assert shown(answer.context["form"])[counted] == shown(form)[counted]


def test_a_spoilt_token_is_said_in_words_and_replaced(url, worker) -> None:
    sent = typed(worker, url, text="Ring före.") | {"token": "zz"}
    refused = worker.post(url, sent)
    page = html.fromstring(refused.content)
    assert page.xpath("//*[@role='alert']//li//text()[normalize-space()]") == [SPOILT]
    (token,) = page.xpath("//form//input[@name='token']/@value")
    assert worker.post(url, sent | {"token": token}).status_code == 302
