"""Drafts tell nobody more than their author gave and may know: no name behind an alias, no colleague's words."""

from uuid import uuid4

import pytest
from django.urls import reverse
from lxml import html

from accounts.models import AccessEvent
from core.drafts.store import unkept
from core.enums import Category
from core.forms.sent import with_answers
from core.forms.showing import FormPage
from core.models import Draft
from tests.world import consents
from tests.world.cases import days_ago, plan, started
from tests.world.forms import text_of
from tests.world.pages import fill, queries, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

KEEP = "/utkast/spara/"
EMPTY = ("employment_create", "activity_create", "sip_create", "ability_create", "meeting_create")
THEIRS = "Kanariefågelns gymnastik"


@pytest.fixture
def case(world):
    return started(world.enrolment, 60)


def type_in(client, url: str, **answers) -> Draft:
    """Keep what is typed, as the page's script does."""
    assert client.post(KEEP, typed(client, url, **answers)).status_code == 200
    return Draft.objects.latest("pk")


def pages_of_drafts(client) -> list[str]:
    return [text_of(client.get(path, follow=True)) for path in ("/", reverse("home"), reverse("draft_list"))]


@pytest.mark.parametrize("names", [True, False])
def test_a_draft_is_called_by_the_name_that_its_author_may_read(world, log_in, case, names) -> None:
    shared = consents.gather(world)
    shared.give(Category.MEETINGS, *([Category.IDENTITY] if names else []))
    guest = log_in(shared.guest)
    type_in(guest, reverse("meeting_create", args=[case.public_id]), text="Ring före.")
    name = case.participant.identity.name
    assert [name in page for page in pages_of_drafts(guest)] == [names] * 3
    assert all(names or case.participant.alias in page for page in pages_of_drafts(guest)[1:])


def test_what_a_colleague_wrote_is_nobody_elses_words(world, log_in, client, case) -> None:
    plan(case, world.case_worker, main_activity=THEIRS)
    draft = type_in(client, reverse("plan_edit", args=[case.public_id]), m1_text="Mina ord")
    assert THEIRS in str(draft.data), "the form is filled in whole"
    case.assignments.update(valid_until=days_ago(0))
    assert client.get(case.get_absolute_url()).status_code == 404
    said = text_of(client.get(reverse("draft_detail", args=[draft.public_id])))
    assert "Mina ord" in said
    assert THEIRS not in said


def test_what_is_shown_once_where_nothing_is_kept_is_ones_own_too(world, client, case) -> None:
    plan(case, world.case_worker, main_activity=THEIRS)
    sent = typed(client, reverse("plan_edit", args=[case.public_id]), m1_text="Mina ord")
    page = FormPage.read(sent)
    assert [said for _, said in unkept(page, with_answers({}, sent))] == ["Mina ord"]


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_form_that_is_refused_is_no_draft(client, case, name) -> None:
    url = reverse(name, args=[case.public_id])
    answer = client.post(url, fill(client, url))
    assert answer.context["form"].errors
    assert not Draft.objects.exists()
    assert "står här igen" not in text_of(client.get(url))


def test_what_stands_again_as_it_opened_is_no_draft_any_more(client, case) -> None:
    url = reverse("activity_create", args=[case.public_id])
    sent = typed(client, url, note="Gymmet")
    client.post(KEEP, sent)
    assert Draft.objects.count() == 1
    again = sent.copy()
    again["note"] = " "
    client.post(KEEP, again)
    assert not Draft.objects.exists()


def test_a_chosen_day_alone_is_kept(client, case) -> None:
    url = reverse("activity_create", args=[case.public_id])
    type_in(client, url, first_day="2026-11-02")
    assert "står här igen" in text_of(client.get(url))


def test_one_is_let_go_from_the_list_and_the_list_comes_again(client, case) -> None:
    draft = type_in(client, reverse("meeting_create", args=[case.public_id]), text="Mina ord")
    page = html.fromstring(client.get(reverse("draft_list")).content)
    (leads,) = page.xpath("//li//a[starts-with(normalize-space(), 'Kasta')]/@href")
    asked = client.get(leads)
    assert "Kasta utkastet?" in text_of(asked)
    assert html.fromstring(asked.content).xpath("//a[text()='Behåll det']/@href") == [reverse("draft_list")]
    assert Draft.objects.filter(pk=draft.pk).exists()
    assert client.post(leads)["Location"] == reverse("draft_list")
    assert not Draft.objects.exists()


def test_who_reads_own_words_about_somebody_stands_in_the_log(world, client, case) -> None:
    draft = type_in(client, reverse("meeting_create", args=[case.public_id]), text="Ring före.")
    for is_open in (True, False):
        if not is_open:
            case.assignments.update(valid_until=days_ago(0))
        client.get(reverse("draft_detail", args=[draft.public_id]))
        event = AccessEvent.objects.filter(part="draft_detail").latest("pk")
        assert list(event.subjects.values_list("person", flat=True)) == [case.participant.public_id]


def test_asks_the_database_equally_often_however_many_there_are(client, case) -> None:
    draft = type_in(client, reverse("meeting_create", args=[case.public_id]), text="Ring före.")
    client.get(reverse("draft_list"))
    few = queries(client, reverse("draft_list"))
    columns = {name: getattr(draft, name) for name in ("author", "address", "form", "subject", "data", "labels")}
    Draft.objects.bulk_create(Draft(**columns, token=uuid4()) for _ in range(9))
    assert queries(client, reverse("draft_list")) == few
    assert "Du har tio utkast som inte är sparade" in text_of(client.get(case.get_absolute_url()))
