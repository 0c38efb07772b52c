"""The components, as the gallery shows them: whole, tied together, and within the content security policy."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.dispatch import Signal
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.signals import template_rendered
from lxml import html

from samverkan.gallery.samples import sample
from tests.world.factories import UserFactory

# Parts of a page that are components too: few enough to be named, and too much of their app to lie among the others.
PIECES = {
    *("actionplans/meetings/sentence.html", "actionplans/meetings/step_drawer.html"),
    *("actionplans/meetings/savebar.html", "casework/drafts/notice.html"),
    *("casework/case/now.html", "casework/case/filters.html", "casework/case/more.html"),
    *("casework/caseload/list_table.html", "casework/worklist/tasks.html", "casework/worklist/loads.html"),
    *("reports/chapters/steps.html", "reports/chapters/needed.html", "reports/chapters/curves.html"),
    *("charts/result_bar.html", "charts/curve_figure.html", "charts/curve_small.html"),
}


@contextmanager
def receiving(signal: Signal, receiver: Callable[..., Any]) -> Iterator[None]:
    """Hands what is sent to the receiver."""
    signal.connect(receiver, weak=False)
    try:
        yield
    finally:
        signal.disconnect(receiver)


@pytest.fixture
def request_without_user() -> HttpRequest:
    request = RequestFactory().get("/komponenter/")
    request.user = AnonymousUser()
    return request


@pytest.fixture
def page(request_without_user: HttpRequest) -> html.HtmlElement:
    return html.fromstring(render_to_string("core/gallery.html", sample(), request_without_user))


def test_every_component_stands_there_by_the_template_that_the_pages_have(request_without_user: HttpRequest) -> None:
    drawn: set[str] = set()
    with receiving(template_rendered, lambda template, **said: drawn.add(str(template.name))):
        render_to_string("core/gallery.html", sample(), request_without_user)
    templates = settings.BASE_DIR / "templates"
    components = {str(path.relative_to(templates)) for path in templates.glob("components/*.html")}
    assert len(components) > 20
    assert components | PIECES <= drawn


def test_every_id_is_single_and_every_reference_has_its_target(page: html.HtmlElement) -> None:
    ids = Counter(page.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    described = [name for value in page.xpath("//@aria-describedby") for name in value.split()]
    referred = described + page.xpath("//label/@for") + page.xpath("//@aria-labelledby")
    jumps = [href[1:] for href in page.xpath("//a/@href") if href.startswith("#") and len(href) > 1]
    assert len(referred) > 20
    assert set(referred + jumps) - set(ids) == set()


def test_nothing_needs_what_the_policy_forbids(page: html.HtmlElement) -> None:
    assert page.xpath("//@style") == []
    assert page.xpath("//style | //script[not(@src)]") == []
    assert [name for name in page.xpath("//@*") if re.match(r"javascript:", str(name))] == []
    sources = page.xpath("//script/@src | //link/@href | //img/@src")
    assert sources
    assert all(str(source).startswith("/static/") for source in sources)


def test_a_form_with_faults_says_so_first(page: html.HtmlElement) -> None:
    summary, meanwhile = page.xpath("//*[@role='alert']")
    assert summary.xpath("string(.//h2)") == "Ett svar saknas"
    assert meanwhile.xpath("string(.//h2)") == "Någon annan hann spara före dig"
    (link,) = summary.xpath(".//a")
    assert link.get("href") == "#id_summary"
    (answer,) = page.xpath("//*[@id='id_summary']")
    assert answer.get("aria-invalid") == "true"
    assert answer.get("aria-describedby") == "id_summary_helptext id_summary_error"
    assert page.xpath("string(//*[@id='id_summary_error'])").split()[0] == "Fel:"


def test_a_step_tells_its_state_and_its_delmal_in_words(page: html.HtmlElement) -> None:
    words = [" ".join(step.text_content().split()) for step in page.xpath("(//ol[@class='ladder'])[1]/li")]
    assert words == [
        "1 Deltar klarat 2 okt · dag 51 Ta bussen själv nått",
        "2 Tar ansvar förlorat 3 nov",
        "3 Prövar arbetsliv på väg · senast 12 maj Skriva cv 11 dagar för sent Två studiebesök 29 jan",
        "4 Delvis egen försörjning återstår",
        "5 Egen försörjning återstår",
    ]


def test_pages_around_the_present_one_are_offered(page: html.HtmlElement) -> None:
    (nav,) = page.xpath("//nav[@aria-label='Sidor']")
    assert " ".join(nav.text_content().split()) == (
        "Visar 201–250 av 480 Föregående Sida 1 Sida 2 Sida 3 Sida 4 Sida 5 Sida 6 Sida 7 … Sida 10 Nästa"
    )
    assert nav.xpath("string(.//a[@aria-current]/@href)") == "?sida=5"


@pytest.mark.parametrize("name", ["403.html", "403_csrf.html", "404.html", "405.html", "500.html", "503.html"])
def test_an_error_page_needs_nothing_from_anyone(name: str) -> None:
    shown = html.fromstring(render_to_string(name))
    assert shown.xpath("string(//h1)")
    assert shown.get("lang") == "sv"
    assert shown.xpath("//main//a/@href") == ["/"]


@pytest.mark.django_db
def test_an_address_that_shows_nothing_says_so(client) -> None:
    answer = client.get("/projekt/valj/", follow=True)
    assert answer.status_code != 405  # somebody unknown logs in first
    client.force_login(UserFactory())
    answer = client.get("/projekt/valj/", follow=True)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert html.fromstring(answer.content).xpath("string(//h1)") == "Här finns inget att visa"


@pytest.mark.django_db
def test_the_page_may_be_framed_by_itself_alone_and_only_where_it_is_asked_for(client) -> None:
    whole, framed = client.get("/komponenter/"), client.get("/komponenter/?ram=mork")
    assert (whole["X-Frame-Options"], framed["X-Frame-Options"]) == ("DENY", "SAMEORIGIN")
    assert "frame-ancestors 'none'" in whole["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    frames = html.fromstring(whole.content).xpath("//iframe")
    assert [frame.get("src") for frame in frames] == ["/komponenter/?ram=ljus", "/komponenter/?ram=mork"]
    assert len({frame.get("title") for frame in frames}) == 2
    assert not html.fromstring(framed.content).xpath("//iframe")
    [style] = html.fromstring(framed.content).xpath("//link[contains(@href, 'farger')]/@href")
    # Whoever is logged in too: to them a file is an export otherwise.
    client.force_login(UserFactory())
    sheets = [client.get(address) for address in (style, "/komponenter/?farger=ljus")]
    assert {sheet["Content-Type"] for sheet in sheets} == {"text/css"}
    dark, light = (sheet.content.decode() for sheet in sheets)
    assert "--ground: #12191c" in dark
    assert "prefers-color-scheme" not in dark + light
    # Names alone: a rule there would come after those of the components.
    assert "p:last-child" not in dark + light
    assert ("@media not all" in dark, "@media not all" in light) == (False, True)
