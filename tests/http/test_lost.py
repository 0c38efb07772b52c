"""Two who correct the same person by requests to the running program: the slower sees both texts, nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from core.days.dates import today
from tests.http.client import Form, Page, Visitor
from tests.http.people import case_of, enrol, name, number, without_draft

TOLD = "Någon annan hann spara före dig"
ROUNDS = 12


@pytest.fixture
def hanna(site) -> Visitor:
    return site.as_("hanna")


@pytest.fixture
def samira(site) -> Visitor:
    """The coordinator, who may correct every case of the organisation."""
    return site.as_("samira")


@pytest.fixture
def case(hanna) -> str:
    """Somebody whom nobody else's test knows."""
    return case_of(enrol(hanna, given_name=name(), family_name=name(), number=number()))


def _opened(visitor: Visitor, path: str, field: str) -> tuple[Page, Form]:
    page = without_draft(visitor, path, field, "seen")
    return page, page.form(field, "seen")


def _stored(visitor: Visitor, path: str, field: str) -> dict[str, str]:
    return dict(_opened(visitor, path, field)[1].fields)


def _answers(first: str, phone: str) -> dict[str, str]:
    return {"given_name": first, "phone": phone}


def test_the_slower_of_two_who_correct_sees_both_texts_and_overwrites_nothing(hanna, samira, case):
    path = f"{case}ratta/"
    mine, theirs = _answers(name(), "070-222 22 22"), _answers(name(), "070-111 11 11")
    slow, form = _opened(hanna, path, "given_name")
    fast, quicker = _opened(samira, path, "given_name")
    assert "Rättelsen är sparad" in samira.send(fast, quicker, **theirs).text

    told = hanna.send(slow, form, **mine)
    assert TOLD in told.text
    assert all(words in told.text.replace("\xa0", " ") for words in (*mine.values(), *theirs.values()))
    assert theirs.items() <= _stored(samira, path, "given_name").items()

    kept = told.form("given_name", "seen")
    assert mine.items() <= dict(kept.fields).items(), "what was typed stands in the form"
    assert "Rättelsen är sparad" in hanna.send(told, kept).text
    assert mine.items() <= _stored(samira, path, "given_name").items()


def _at_once(sent: list[tuple[Visitor, Page, Form, dict[str, str]]]) -> list[Page]:
    """All of them press at the same moment."""
    ready = Barrier(len(sent))

    def press(one: tuple[Visitor, Page, Form, dict[str, str]]) -> Page:
        visitor, page, form, answers = one
        ready.wait(30)
        return visitor.send(page, form, **answers)

    with ThreadPoolExecutor(len(sent)) as pool:
        return list(pool.map(press, sent))


def _play(pair: list[Visitor], path: str, field: str, said: list[dict[str, str]], **also: str) -> None:
    """Both open, both save at the same second: what one was told is saved stands, and the other sees both texts. `also`
    are answers that aren't stored as what is corrected."""
    sent = [(who, *_opened(who, path, field), answers | also) for who, answers in zip(pair, said, strict=True)]
    pages = _at_once(sent)
    lost = [TOLD in page.text for page in pages]
    assert sorted(lost) == [False, True], [page.text[:300] for page in pages]
    winner, loser = said[lost.index(False)], said[lost.index(True)]
    assert winner.items() <= _stored(pair[0], path, field).items()
    told = pages[lost.index(True)]
    assert loser.items() <= dict(told.form(field, "seen").fields).items()


def test_of_two_who_correct_the_entry_at_the_same_second_none_is_lost(hanna, samira, case):
    for turn in range(ROUNDS):
        days = [(today() - timedelta(days=2 * turn + who)).isoformat() for who in (1, 2)]
        said = [_answers(name(), f"070-{turn:03} 00 00") | {"enrolled_on": day} for day in days]
        _play([hanna, samira], f"{case}ratta/", "given_name", said)


def _substitute(hanna: Visitor, jonas: Visitor, case: str) -> None:
    """Let the colleague work with the case: whoever only leads the work doesn't end it."""
    path = f"{case}medarbetare/"
    page = hanna.get(path)
    form = page.form("ersattare-who")
    who = next(value for value, label in form.choices["ersattare-who"] if label.startswith("Jonas"))
    last = (today() + timedelta(days=30)).isoformat()
    named = {"ersattare-who": who, "ersattare-last_day": last, "lagg-till": "ersattare"}
    hanna.post(path, form.with_answers(**named))
    assert jonas.get(f"{case}avslut/").status == 200


def test_of_two_who_correct_the_exit_at_the_same_second_none_is_lost(site, hanna, case):
    jonas = site.as_("jonas")
    _substitute(hanna, jonas, case)
    for turn in range(ROUNDS):
        said = [{"reason": "work", "comment": f"{who} skrev i omgång {turn}."} for who in ("Hanna", "Jonas")]
        _play([hanna, jonas], f"{case}avslut/", "comment", said, **({"why": "Fel."} if turn else {}))
