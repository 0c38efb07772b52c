"""Templates: all used, all compile, nothing inline, nothing from another host."""

import inspect
import re
from pathlib import Path

import allauth
import crispy_bootstrap5
import pytest
from django.conf import settings
from django.template.loader import get_template

from samverkan.menu import APPS
from tests.guards.access_table import CLOSED, PUBLIC_PAGES, rows

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file())
CODE = [
    *("core", "accounts", "projects", "participants", "actionplans"),
    *("casework", "oversight", "reports", "workshop", "samverkan"),
]
# Shown by Django and by the server, by name.
ERROR_PAGES = {"400.html", "403.html", "404.html", "500.html"}
GALLERY = "core/gallery.html"
# Crispy hands over fields that it has rendered itself.
RENDERED_BEFORE = {"bootstrap5/layout/fieldset.html": ["{{ fields|safe }}"]}
SCRIPTS_AND_STYLES = [
    path for kind in ("js", "css") for path in (ROOT / "static").rglob(f"*.{kind}") if "vendor" not in path.parts
]
_EVENT_HANDLER = re.compile(r"""<[a-zA-Z][^<>]*?\son[a-z]+\s*=""", re.S)
_STYLE_ATTRIBUTE = re.compile(r"""<[a-zA-Z][^<>]*?\sstyle\s*=""", re.S)
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.S)
_OTHER_HOST = re.compile(r"""(?:href|src|srcset|action|poster|data)\s*=\s*["']?\s*(?:[a-z]+:)?//""", re.I)
_FORM = re.compile(r"<form\b(?P<tag>[^>]*)>(?P<inside>.*?)</form>", re.S)
_COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?%\}.*?\{% endcomment %\}|<!--.*?-->", re.S)


def _source(name):
    return (TEMPLATES / name).read_text()


def _markup(name):
    """The template without its comments, which may well speak of what isn't allowed."""
    return _COMMENT.sub("", _source(name))


# GET addresses without a template of their own, and why.
WITHOUT_TEMPLATE = {
    "health": "answers a machine in one word",
    "import_refused": "an Excel file",
    "enrolment_detail": "the page of participant_detail, opened at one enrolment",
    "user_edit": "the form of user_create, with answers",
    "placement_remove": "the old address of placement_take_back, leads on",
    "placement_edit": "the form of placement_create, with answers",
    "report_edit": "the form of report_create, with answers",
    "listed_edit": "the form of listed_create, with answers",
    "place_edit": "the form of place_create, with answers",
}
# allauth chooses its templates' names itself.
OF_ALLAUTH = re.compile(r"account_|mfa_")
# How templates end that are asked for by how they begin.
PARTS_OF_SETS = r"(_subject|_message|_edit|_take_back|_misplaced)?[.](txt|html)$"
IN_ITS_SUBJECT = re.compile(rf"(?:{'|'.join(CODE)})/[a-z_]+/(?P<address>[a-z_]+)\.html")
HTML = [name for name in NAMES if name.endswith((".html", ".svg"))]


def _named_by(folder, pattern="*.py"):
    return "\n".join(path.read_text(errors="ignore") for path in Path(folder).rglob(pattern))


def test_the_guard_finds_the_templates():
    assert len(HTML) > 60
    assert "base.html" in HTML
    assert len(SCRIPTS_AND_STYLES) > 8


def test_every_template_is_used():
    """By a page that somebody visits: the gallery alone keeps no component alive."""
    ours = "\n".join(_named_by(ROOT / name) for name in CODE) + "\n".join(
        _markup(name) for name in NAMES if name != GALLERY
    )
    theirs = _named_by(Path(allauth.__file__).parent)
    packs = Path(crispy_bootstrap5.__file__).parent / "templates"
    packed = {str(path.relative_to(packs)) for path in packs.rglob("*.html")}
    stock = Path(allauth.__file__).parent / "templates"
    replaced = {str(path.relative_to(stock)) for path in stock.rglob("*") if path.is_file()}
    unused = [
        name
        for name in NAMES
        if not (name in ERROR_PAGES | packed | replaced or f'"{name}"' in ours or f'"{name}"' in theirs)
        # Asked for by how they begin: mails and messages, "account/email/…", "mfa/messages/…", and the pages that
        # `amend_pages` and `kind_pages` make.
        and f'"{re.sub(PARTS_OF_SETS, "", name)}' not in theirs + ours
    ]
    assert unused == []


def test_every_page_has_the_template_of_its_address():
    """Who knows an address finds its template, at <app>/<subject>/<name of the address>.html."""
    answered = [row for row in rows(*CLOSED, PUBLIC_PAGES) if row["method"] == "GET" and "405" not in row.values()]
    asked = {row["address"] for row in answered} - {"gallery"}
    assert len(asked) > 60
    placed = {found["address"] for name in NAMES if (found := IN_ITS_SUBJECT.fullmatch(name))}
    ours = {address for address in asked if not OF_ALLAUTH.match(address)}
    assert ours - placed == set(WITHOUT_TEMPLATE)


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.__name__)
def test_a_page_and_its_template_lie_in_folders_of_one_name(app):
    for pattern in app.urlpatterns:
        subject = inspect.unwrap(pattern.callback).__module__.rpartition(".")[0].replace(".", "/")
        homes = {str(Path(name).parent) for name in NAMES if Path(name).name == f"{pattern.name}.html"}
        assert homes <= {subject}, pattern.name


@pytest.mark.parametrize("name", NAMES)
def test_every_template_compiles(name):
    assert get_template(name).template.nodelist is not None


def test_every_template_of_ours_is_in_one_place():
    """An app's own folder would hide templates from these guards."""
    assert [path for name in CODE for path in (ROOT / name).glob("templates")] == []
    assert settings.TEMPLATES[0]["DIRS"] == [TEMPLATES]


@pytest.mark.parametrize("name", HTML)
@pytest.mark.parametrize(
    "forbidden",
    [_EVENT_HANDLER, _STYLE_ATTRIBUTE, _INLINE_SCRIPT, re.compile(r"<style\b"), re.compile("javascript:")],
    ids=["event handler", "style attribute", "inline script", "style sheet", "script address"],
)
def test_nothing_is_inline(name, forbidden):
    assert forbidden.findall(_markup(name)) == []


@pytest.mark.parametrize("name", HTML)
def test_nothing_comes_from_another_host(name):
    assert _OTHER_HOST.findall(_markup(name)) == []


@pytest.mark.parametrize("name", HTML)
def test_a_loop_says_what_it_goes_through(name):
    assert re.findall(r"\{% (?:for|with) (?:one|it|this)\b", _markup(name)) == []


@pytest.mark.parametrize("name", HTML)
def test_no_text_is_let_through_unescaped(name):
    let_through = re.findall(r"\{\{[^{}]*\|\s*safe(?:seq)?\b[^{}]*\}\}|\{%\s*autoescape off", _markup(name))
    assert let_through == RENDERED_BEFORE.get(name, [])


@pytest.mark.parametrize("path", SCRIPTS_AND_STYLES, ids=lambda path: path.name)
def test_scripts_and_styles_ask_no_other_host_and_make_no_code(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    text = text.replace("http://www.w3.org/2000/svg", "")
    assert re.findall(r"(?:[a-z]+:)?//[a-z0-9.-]+\.[a-z]{2,}", text) == []
    # A piece that our own server has rendered may be put in as it is; whatever else is text.
    text = text.replace("place.innerHTML = await answer.text()", "")
    text = text.replace("place.innerHTML = made;", "")
    assert re.findall(r"\beval\(|new Function\(|\b(?:inner|outer)HTML\b|document\.write", text) == []
    assert re.findall(r"\b(?:local|session)Storage\b|\bindexedDB\b", text) == []


@pytest.mark.parametrize("name", HTML)
def test_sheets_in_a_form_stand_apart(name):
    """The page puts room between its sheets, but only those that are its own."""
    several = [form["tag"] for form in _FORM.finditer(_markup(name)) if form["inside"].count('class="sheet') > 1]
    assert [tag for tag in several if "stack" not in tag] == []


@pytest.mark.parametrize(
    ("markup", "forbidden"),
    [
        ('<button type="button" onclick="go()">', _EVENT_HANDLER),
        ("<p\n class=x\n style='color:red'>", _STYLE_ATTRIBUTE),
        ("<script>go()</script>", _INLINE_SCRIPT),
        ('<img src="//cdn.example.com/x.png">', _OTHER_HOST),
        ('<a href="https://example.com/">', _OTHER_HOST),
    ],
)
def test_the_guards_see_what_they_look_for(markup, forbidden):
    assert forbidden.search(markup)


def test_mark_safe_stands_nowhere_in_our_code():
    sources = [path for name in CODE for path in (ROOT / name).rglob("*.py")]
    assert len(sources) > 100
    risky = re.compile(r"\bmark_safe\b|\bSafeString\b|\.extra\(|\bRawSQL\b|\bcsrf_exempt\b")
    assert [path for path in sources if risky.search(path.read_text())] == []
