"""Words that readers misunderstood stand nowhere in pages or program: others were tried and understood."""

import re

from tests.guards.test_repository import ROOT

# Each was replaced by a better one: «19 dagar för sent» for a deadline, «Uppföljning» for its day, and so on.
OLD = (
    r"minst \{\{ step\.at_least \}\}",
    r"\bdagar? sen\b(?!ast)",
    r"\bdagar? sent\b",
    r"Nästa kontakt",
    r"Spara (ja|nej)\b",
    r"Hur sades det",
    r"Hur kom svaret",
    r"Avslut utanför projektets makt",
    r"projektet inte rår",
    r"(?i)skriv in (en person|samma person|dem\b|personer|den första|med skyddade)",
    r"Skriv in</button>",
    r"den andra siffran",
    r"Ser till att aktiviteter blir av",
    r"Är med och gör sin plan",
    r"(de|är) kända nu",
    r"På min placering",
    r"Fyll i ett giltigt datum",
    r"[Rr]äknas bara(?! på)",
    r"som det är känt i dag",
    r"Ändrade register",
    r"Vilken dag blev det så",
    r"Om det stryks: varför",
    r"Slutade (den|anställningen) fyller",
)
APPS = ("core", "accounts", "projects", "participants", "actionplans", "casework", "oversight", "reports")
FOLDERS = (*APPS, "templates")


def test_old_words_are_nowhere():
    paths = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.*")]
    paths = [path for path in paths if path.suffix in (".py", ".html", ".json") and "migrations" not in path.parts]
    assert len(paths) > 500
    found = [
        f"{path.relative_to(ROOT)}: {said[0]}"
        for path in paths
        for words in OLD
        if (said := re.search(words, path.read_text()))
    ]
    assert found == []


def test_only_the_participants_own_paper_says_you_of_the_participant():
    """Somebody who works here reads about somebody else: «Vem har läst om Siobhán?»"""
    spoken = re.compile(r"[Ll]äst (?:eller ändrat något )?om dig")
    pages = [
        str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html") if spoken.search(path.read_text())
    ]
    assert pages == ["templates/oversight/extract/participant_extract_pdf.html"]


# A user's bare name may be a colleague's too: pages and messages say `{{ user }}`, which tells namesakes apart.
BARE_NAME = re.compile(
    r"\{\{? ?(?:[a-z_.]+\.)?(?:user|somebody|responsible|reviewer|giver|receiver|supervisor|created_by|recorded_by)"
    r"\.name\b"
)


def test_no_page_says_a_users_bare_name():
    texts = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".html")]
    found = [str(path.relative_to(ROOT)) for path in texts if BARE_NAME.search(path.read_text())]
    assert found == []
