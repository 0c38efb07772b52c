"""Places in a text: what is replaced goes, everything else stays, and what waits follows along."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.protection.spans import Redaction, united

ALIAS = "Deltagare ABCD2346"
TEXT = "Bo Ekstrand såg Öbergs bil, och Åsa."


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


@pytest.mark.parametrize(
    ("replaced", "text", "waiting"),
    [
        (["Bo Ekstrand"], f"{ALIAS} såg Öbergs bil, och Åsa.", ["Öbergs", "Åsa"]),
        (["Åsa"], f"Bo Ekstrand såg Öbergs bil, och {ALIAS}.", ["Öbergs"]),
        (["Öbergs"], f"Bo Ekstrand såg {ALIAS} bil, och Åsa.", ["Åsa"]),
        (["Öberg"], f"Bo Ekstrand såg {ALIAS}s bil, och Åsa.", ["s", "Åsa"]),
        (["Bo", "Ekstrand", "bil"], f"{ALIAS} såg Öbergs {ALIAS}, och Åsa.", ["Öbergs", "Åsa"]),
        ([], TEXT, ["Öbergs", "Åsa"]),
    ],
)
def test_places_follow_their_words(replaced, text, waiting):
    done = Redaction.of(TEXT, [span(words) for words in replaced], ALIAS)
    assert done.text == text
    assert [text[start:end] for start, end in done.moved([span("Öbergs"), span("Åsa")])] == waiting


def test_a_name_beside_the_alias_is_one_with_it_and_lines_stay_apart():
    text = f"{ALIAS}, Öberg\nÖberg"
    assert Redaction.of(text, [span("Öberg", text), (len(text) - 5, len(text))], ALIAS).text == f"{ALIAS}\n{ALIAS}"


def test_those_that_share_a_letter_are_one():
    assert united([(5, 8), [0, 3], (2, 4), (8, 9)]) == [(0, 4), (5, 8), (8, 9)]


SPANS = st.lists(
    st.tuples(st.integers(0, 39), st.integers(1, 6)).map(lambda pair: (pair[0], min(40, sum(pair)))), max_size=5
)


@given(text=st.text("abc ,\n", min_size=40, max_size=40), replaced=SPANS, waiting=SPANS)
def test_no_letter_is_lost_but_those_replaced(text, replaced, waiting):
    done = Redaction.of(text, replaced, ALIAS)
    kept = [sign for place, sign in enumerate(text) if not any(start <= place < end for start, end in done.places)]
    assert done.text.replace(ALIAS, "") == "".join(kept)
    left = [
        text[place]
        for place in range(40)
        if any(start <= place < end for start, end in waiting)
        and not any(start <= place < end for start, end in done.places)
    ]
    assert "".join(done.text[start:end] for start, end in done.moved(waiting)).replace(ALIAS, "") == "".join(left)
