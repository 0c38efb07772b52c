"""A real browser against a real server."""

import os
import sqlite3
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from functools import partial
from pathlib import Path
from threading import Condition
from weakref import WeakKeyDictionary

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.signals import request_finished, request_started
from django.db import connection, connections
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from core.days.dates import today
from tests.e2e.markup import faults_of_markup
from tests.world.cast import Cast, build
from tests.world.factories import PASSWORD

# Playwright runs an event loop in this thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

AXE = Axe().axe_script
# Whether somebody sees that an element has the focus. Pills hide their button under the label that shows its state.
SHOWS_FOCUS = """at => {
    const shown = at.closest(".pill") ? at.nextElementSibling : at;
    const style = getComputedStyle(shown), box = shown.getBoundingClientRect();
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.width > 8 && box.height > 8;
}"""
# The shell without a window draws no frame round the page: half the work for the same engine.
BROWSERS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser")
# The answer that each page shows.
SHOWN: WeakKeyDictionary[Page, Response] = WeakKeyDictionary()
# The cast of the day and all that the database held with it.
WRITTEN: dict[date, tuple[Cast, sqlite3.Connection]] = {}
CHROMIUM = next((path for path in BROWSERS if Path(path).exists()), None)


@pytest.fixture
def cast(transactional_db) -> Cast:
    """Users of every role and cases of every kind, for a test and the server beside it. Written once on SQLite, whose
    file takes a hundredth of the time to copy."""
    if connection.vendor != "sqlite":
        return build()
    connection.ensure_connection()
    if today() not in WRITTEN:
        written, kept = build(), sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(kept)
        WRITTEN[today()] = written, kept
    written, kept = WRITTEN[today()]
    kept.backup(connection.connection)
    return deepcopy(written)


@pytest.fixture(scope="session")
def browser(django_db_setup) -> Iterator[Browser]:
    """While Playwright's event loop runs, Django keeps other connections for this thread than before and after: those
    of the one time are closed before the other, or PostgreSQL can't drop the database."""
    connections.close_all()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--in-process-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()
        connections.close_all()


def send(page: Page, selector: str) -> None:
    """Press a button, and wait for the page that answers: what is typed is kept as a draft before it is sent."""
    with page.expect_navigation():
        page.click(selector)


class UnderWay:
    """The requests that the live server is answering."""

    def __init__(self) -> None:
        self.count, self.changed = 0, Condition()
        request_started.connect(self.begin)
        request_finished.connect(self.end)

    def begin(self, **kwargs: object) -> None:
        with self.changed:
            self.count += 1

    def end(self, **kwargs: object) -> None:
        with self.changed:
            self.count -= 1
            self.changed.notify_all()

    def wait(self) -> None:
        """Until all are answered: PostgreSQL empties no table that one of them reads, and each would wait for the
        other. Not longer than for an answer that nobody fetched."""
        with self.changed:
            self.changed.wait_for(lambda: self.count <= 0, timeout=5)


@pytest.fixture
def visit(browser, live_server) -> Iterator["Visitor"]:
    """Open pages as somebody; whatever the page prints as an error fails the test."""
    visitor, under_way = Visitor(browser, live_server.url), UnderWay()
    yield visitor
    visitor.close()
    under_way.wait()
    assert not visitor.faults, visitor.faults


class Visitor:
    """Opens a fresh browser context for each person."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self.browser, self.base_url = browser, base_url
        self.contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def log_in(self, email: str, password: str = PASSWORD, **options) -> Page:
        """A page where the person has logged in through the form."""
        page = self.open("/logga-in/", **options)
        page.fill("[name=login]", email)
        page.fill("[name=password]", password)
        page.click("main button[type=submit]")
        page.wait_for_load_state()
        assert "/logga-in/" not in page.url, page.inner_text("body")
        return page

    def open(self, path: str, *, width: int = 1280, **options) -> Page:
        """A page of a new context at an address."""
        context = self.browser.new_context(
            base_url=self.base_url,
            viewport={"width": width, "height": 900},
            locale="sv-SE",
            reduced_motion="reduce",
            **options,
        )
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self._console(page, said))
        page.on("response", partial(_keep, page))
        page.on("request", lambda request: self._request(request.url))
        page.goto(path)
        return page

    def _console(self, page: Page, said) -> None:
        if said.type == "error" and "Content Security Policy" in said.text:
            self.faults.append(f"{page.url}: {said.text}")

    def _request(self, url: str) -> None:
        if not url.startswith((self.base_url, "data:", "blob:")):
            self.faults.append(f"a request to another host: {url}")

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def _keep(page: Page, answer: Response) -> None:
    if answer.request.resource_type == "document" and not 300 <= answer.status < 400:
        SHOWN[page] = answer


def markup_faults(page: Page) -> list[str]:
    """What is wrong in the HTML that was sent."""
    return faults_of_markup(SHOWN[page].text())


def axe_faults(page: Page, *rules: str, without: tuple[str, ...] = ()) -> list[str]:
    """What axe finds, as one line each; by these rules alone where some are named."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    off = {rule: {"enabled": False} for rule in without}
    options = {"resultTypes": ["violations"], "rules": off, **({"runOnly": list(rules)} if rules else {})}
    found = page.evaluate("options => axe.run(options).then(said => said.violations)", options)
    return [f"{rule['id']}: {node['html'][:150]}" for rule in found for node in rule["nodes"]]


def too_wide(page: Page) -> bool:
    """Whether the page scrolls sideways."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def set_letters(page: Page, size: int) -> None:
    """As the reader's own setting does: pixels of an ordinary letter, 16 where nobody has chosen."""
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size}})


def unseen_focus(page: Page) -> list[str]:
    """What can have the focus and doesn't show it."""
    page.keyboard.press("Tab")
    return page.evaluate(
        f"""() => {{
            const showsFocus = {SHOWS_FOCUS};
            const inReach = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(
                (one) => one.tabIndex >= 0 && one.type !== "hidden" && one.checkVisibility({{visibilityProperty: true}})
            );
            return inReach.filter((one) => (one.focus(), document.activeElement === one && !showsFocus(one)))
                .map((one) => `no visible focus: ${{one.outerHTML.slice(0, 150)}}`);
        }}"""
    )
