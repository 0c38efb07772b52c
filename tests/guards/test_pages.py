"""What every page keeps to, whoever opens it."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.forms import BaseForm as DjangoForm
from django.http import HttpResponse
from django.template import engines
from lxml import html

from accounts.enums import AccessKind
from core.forms.token import BaseForm
from participants.enums import ProtectionLevel
from participants.models import Participant
from tests.guards.crawl import Visit, visits
from tests.world.cast import Cast
from tests.world.cast.labels import ANONYMOUS
from tests.world.cast.numbers import FAR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet", "unknown_variables_show")]

UNKNOWN = "obekant-variabel"
MAY_BE_WRITTEN = {"accounts_accessevent", "accounts_accesssubject", "accounts_accesshead", "django_session"}
OURS = ("core", "accounts", "projects", "participants", "actionplans", "casework", "oversight", "reports")


@pytest.fixture
def unknown_variables_show(settings):
    """An unknown variable that is written out leaves a mark."""
    template_settings = settings.TEMPLATES[0]
    options = {**template_settings["OPTIONS"], "string_if_invalid": f"{UNKNOWN} %s"}
    settings.TEMPLATES = [{**template_settings, "OPTIONS": options}]


# --- The rules: each says what is wrong with a visit ----------------------------------------------------------------


def unknown_variables(visit: Visit, cast: Cast):
    if visit.is_html and UNKNOWN in visit.text:
        yield from re.findall(rf"{UNKNOWN} \S+", visit.text)


def headers(visit: Visit, cast: Cast):
    policy = visit.response.headers.get("Content-Security-Policy", "")
    wanted = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"}
    if any(visit.response.headers.get(name) != value for name, value in wanted.items()):
        yield "a header is missing"
    for directive in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"):
        if directive not in policy:
            yield f"no {directive} in the policy"
    if re.search(r"unsafe|https?:|\*", policy):
        yield f"the policy lets through: {policy}"


def caching(visit: Visit, cast: Cast):
    cached = visit.response.headers.get("Cache-Control", "")
    if visit.role != ANONYMOUS and not {"no-store", "private"} <= set(re.split(r",\s*", cached)):
        yield f"may be kept: {cached!r}"


def inline_and_other_hosts(visit: Visit, cast: Cast):
    if visit.is_html:
        yield from visit.page.inline
        yield from (
            address
            for address in visit.page.addresses
            if re.match(r"(?:[a-z]+:)?//|javascript:|data:", address.strip(), re.I)
        )


def personal_data_in_addresses_and_titles(visit: Visit, cast: Cast):
    """An address ends up in histories and server logs, a title in the list of windows."""
    said = [visit.response.headers.get("Location", ""), visit.response.headers.get("Content-Disposition", "")]
    if visit.is_html:
        said += [*visit.page.addresses, visit.page.title]
    for canary in cast.canaries:
        yield from (f"{canary} in {text}" for text in said if canary.lower() in text.lower())


def unlogged(visit: Visit, cast: Cast):
    """Whoever is named on a page is named in the log, once; and each answer that shows something is one event."""
    shown = {person for canary, person in cast.canaries.items() if canary in visit.text}
    if shown - visit.persons:
        yield f"{len(shown - visit.persons)} persons shown but not logged"
    if len(visit.logged) != len(set(visit.logged)):
        yield "a person twice in one event"
    if "Kanarietext" in visit.text and not visit.persons:
        yield "text about a person without a person in the log"
    logged = (
        visit.role != ANONYMOUS
        and visit.name not in ("health", "gallery")
        and visit.response.status_code in (200, 403, 404)
    )
    if visit.events != int(logged) and not (visit.response.status_code == 302 and visit.persons):
        yield f"{visit.events} events"


def written_by_reading(visit: Visit, cast: Cast):
    if visit.method == "GET" and visit.written_tables - MAY_BE_WRITTEN:
        yield f"wrote {visit.written_tables - MAY_BE_WRITTEN}"


def words_that_no_draft_keeps(visit: Visit, cast: Cast):
    """Somebody writes at length in a form: it carries the mark by which its draft is kept."""
    if visit.is_html and visit.response.status_code == 200 and visit.name != "gallery":
        yield from (sorted(names) for names in visit.page.fields if "textarea" in names and "page" not in names)


_SUBMITS = ".//button[not(@type) or @type='submit'] | .//input[@type='submit']"
_FILLED = {"btn-primary", "btn-danger"}
_LINES = ".//input[not(@type) or @type='text' or @type='email' or @type='tel' or @type='search']"


def enter_that_does_something_else(visit: Visit, cast: Cast):
    """Enter in a line of a form presses its first button: it must be the one that the page is for, or say the same; or
    one that only shows the page anew."""
    if not visit.is_html or b"<form" not in visit.response.content:
        return
    for form in html.fromstring(visit.response.content).xpath("//form[count(.//input) > 0]"):
        buttons = form.xpath(_SUBMITS)
        if len(buttons) < 2 or not form.xpath(_LINES) or "data-again" in buttons[0].attrib:
            continue
        if _name(buttons[0]) not in {_name(button) for button in buttons if _FILLED & set(button.classes)}:
            yield f"{_name(buttons[0])} before {[_name(button) for button in buttons[1:]]}"


def _name(button) -> str:
    return (button.text_content() or button.get("value", "")).strip()


def files_that_are_no_exports(visit: Visit, cast: Cast):
    """Right, reason and limit are asked for by one function, and it alone makes an export of the answer."""
    is_file = "Content-Disposition" in visit.response.headers or not visit.is_html
    if is_file and visit.response.status_code == 200 and visit.name != "health":
        access = getattr(getattr(visit.response, "wsgi_request", None), "access", None)
        if access is None or access.kind != AccessKind.EXPORT or bool(visit.persons) != bool(access.reason):
            yield "a file beside projects.exports, or without a reason"


def persons_shown_to_those_who_see_none(visit: Visit, cast: Cast):
    if visit.role == "log reviewer":
        yield from (canary for canary in _beyond_the_own_log(cast) if canary in visit.text)
    elif visit.role not in ("case worker", "coordinator"):
        yield from (canary for canary in cast.canaries if canary in visit.text)
        yield from re.findall("Kanarie[a-zåäö]+", visit.text)


def _beyond_the_own_log(cast: Cast):
    """What tells of protected persons and of other organisations'; and of anybody, all but the name."""
    own = Participant.objects.filter(organisation=cast.world.ame, protection=ProtectionLevel.NONE)
    named = set(own.values_list("identity__family_name", flat=True))
    return [canary for canary in cast.canaries if canary not in named]


# Questions of a ladder: neither cast, cases, accounts nor organisations.
_OF_QUESTIONS = re.compile(rf"(?:criterion|why|supervisor)_{FAR // 10_000_000}\d+")
_LONG_HEX = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]+|[0-9a-f]{16,}", re.I)
_NUMBER = re.compile(rf"(?<!\d){FAR // 10_000_000}\d{{7}}(?!\d)")


def database_numbers(visit: Visit, cast: Cast):
    """How many users, cases and events there are, and in which order they came, is nobody's business."""
    said = [visit.response.headers.get("Location", ""), visit.text if visit.is_html else ""]
    for text in said:
        for pattern in (_LONG_HEX, _OF_QUESTIONS):
            text = pattern.sub("", text)
        yield from (text[max(0, found.start() - 60) : found.end() + 5] for found in _NUMBER.finditer(text))


RULES = [
    enter_that_does_something_else,
    words_that_no_draft_keeps,
    database_numbers,
    unknown_variables,
    headers,
    caching,
    inline_and_other_hosts,
    personal_data_in_addresses_and_titles,
    unlogged,
    written_by_reading,
    files_that_are_no_exports,
    persons_shown_to_those_who_see_none,
]


def test_every_rule_sees_what_it_is_for(cast: Cast):
    name = cast.cases.of_hanna.participant.identity.family_name
    response = HttpResponse(
        f'<title>{name}</title><a href="//example.com/" style="x">{name} {UNKNOWN} plan</a> {FAR + 1}'
        '<form><textarea name="text"></textarea><input><button>Kasta</button><button>Spara</button></form>',
        headers={"Cache-Control": "public", "Content-Disposition": "attachment"},
    )
    bad = Visit("steering group", "GET", "home", response, ['INSERT INTO "core_draft" VALUES (1)'], 0, [])
    assert [rule.__name__ for rule in RULES if not list(rule(bad, cast))] == []
    assert UNKNOWN in engines["django"].from_string("{{ nowhere }}").render({})


class Forms:
    """Which fields the pages were given, and which of them stood on some page, by form."""

    def __init__(self) -> None:
        self.given: dict[type, set[str]] = {}
        self.shown: dict[type, set[str]] = {}

    def see(self, visit: Visit) -> None:
        if visit.is_html and visit.response.status_code == 200:
            names = visit.page.names
            for form in visit.forms():
                if type(form).__module__.startswith("samverkan.gallery."):
                    continue  # invented, and it saves nothing: the gallery draws parts of it
                fields = {bound.html_name for bound in form}
                self.given.setdefault(type(form), set()).update(fields)
                self.shown.setdefault(type(form), set()).update(fields & names)

    def lost(self) -> dict[str, set[str]]:
        return {form.__name__: lost for form, given in self.given.items() if (lost := given - self.shown[form])}


@pytest.mark.parametrize("role", ["steering group", ANONYMOUS])
def test_every_page_keeps_every_rule_for_those_who_do_no_case_work(cast: Cast, role):
    faults, _ = _crawl(cast, role)
    assert "\n".join(faults) == ""


def test_every_page_keeps_every_rule_and_every_form_stands_on_a_page_with_all_its_fields(cast: Cast):
    faults, forms = _crawl(cast, "case worker", "coordinator", "project leader", "log reviewer", "administrator")
    assert "\n".join(faults) == ""
    assert forms.lost() == {}
    assert _form_classes() - set(forms.given) == set()


def _crawl(cast: Cast, *roles):
    """What is wrong on the pages of these roles, and the forms that stood on them."""
    faults, pages, forms = [], 0, Forms()
    for visit in visits(cast, *roles):
        assert visit.response.status_code < 500, visit.what
        pages += visit.response.status_code == 200
        forms.see(visit)
        faults += [f"{visit.what}: {rule.__name__}: {fault}" for rule in RULES for fault in rule(visit, cast)]
    assert pages > 5 * len(roles)
    return faults, forms


def _form_classes():
    """The forms of our own that are used as they are, not only built upon."""
    ours = {subclass for subclass in _subclasses(BaseForm) if subclass.__module__.partition(".")[0] in OURS}
    assert len(ours) > 12
    return {form for form in ours if not form.__subclasses__()}


def _subclasses(cls):
    return {cls, *(deeper for subclass in cls.__subclasses__() for deeper in _subclasses(subclass))}


def test_every_form_of_ours_is_built_on_the_base_form():
    strays = {
        subclass
        for subclass in _subclasses(DjangoForm)
        if subclass.__module__.partition(".")[0] in OURS
        and not issubclass(subclass, BaseForm)
        and not _is_of_allauth(subclass)
    }
    assert {apps.get_containing_app_config(stray.__module__).label for stray in strays} == set()


def _is_of_allauth(form):
    """A form of the log-in library that is only made stricter stands on the library's own page."""
    return any(base.__module__.startswith("allauth.") for base in form.__mro__)


def test_the_policy_is_set_in_one_place():
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["frame-ancestors"] == ["'none'"]
    assert not hasattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY")
