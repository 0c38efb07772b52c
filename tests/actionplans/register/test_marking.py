"""Words that say that somebody's identity is protected, and words that only look like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplans.register.cells.marking import Mark, is_no, mark_of

SURE = (
    "OBS! Skyddad", "Skyddad!", "skyddat personnummer", "sekr.", "hemlig adress", "Skyddad identitet",
    "Skyddad id", "skyddade personuppgifter", "S-märkt", "Skyddsmarkering", "(skyddad)",
    "har skyddad folkbokföring", "Skyddat", "ej i register, skyddad",
    "SKYDDAD IDENTITET! Får inte registreras.", "Sekretess", "har sekretessmarkering", "sekretessmarkerad",
    "sekretesskyddad", "spärrmarkering", "kvarskriven", "Kvarskrivning", "fingerade personuppgifter",
    "fiktiv identitet", "Skydd.id", "sk.id", "sk pers", "skydd pers uppg", "Skyddade pers.uppg.", "skyddadid",
    "skyddsid", "identitetsskydd", "adresskydd", "personskydd", "skyddsmärkt", "SPU", "identiteten är skyddad",
    "uppgifterna skyddas", "hemligstämplad", "hemligt nummer", "dold identitet", "spärrad adress",
    "skyddat boende", "skyddad adress", "får ej registreras", "ska inte registreras", "s märkt", "s.märkt",
    "smärkt", "anonym", "skydad", "skyddda", "sekretes", "secretess", "skyddta", "spärmarkering",
    "S K Y D D A D", "s.k.y.d.d.a.d", "skyd\xaddad", "skyd-\ndad", "SKYDDAD\u200b", "ｓｋｙｄｄａｄ", "SKYDDAD",
    "skyddad/sekretess", "19790214Tf29", "19821018-TF19", "790214-tf10", "19790214 TF29",
    "skyddat arbete, men identiteten är skyddad", "skyddad: arbete",
)  # fmt: skip
DOUBTFUL = ("SKYDDAD? fråga FK", "inte längre skyddad", "skyddad tidigare", "sekretess hävd 2011", "ej skyddad")
NOTHING = (
    "", "x", "Åsa", "skyddat arbete", "Skyddat arbete hos Samhall", "skyddad anställning", "skyddade arbeten",
    "skyddad verkstad", "skyddad praktik", "skyddsombud", "skyddskläder", "skyddsskor behövs", "skyddstillsyn",
    "oskyddad", "brandskydd", "barnskydd", "sekreterare", "Sekreterare på kommunen", "sekretariatet", "dataskydd",
    "smärta i ryggen", "skydda miljön", "sekretesseftergift undertecknad", "Hemlin", "Skydén", "hemtjänst",
    "hemlighet", "Anonyma alkoholister", "S. Markström", "Markus", "Räddningstjänsten", "sekunder", "kvarstår", "Spurs",
    "19790214-2384", "tf chef", "får inte köra bil", "ska registreras i juni", "Brandskyddsutbildning", "P-märkt",
)  # fmt: skip


@pytest.mark.parametrize("text", SURE)
def test_is_a_mark(text: str) -> None:
    assert mark_of(text) is Mark.SURE


@pytest.mark.parametrize("text", DOUBTFUL)
def test_is_a_mark_that_doubts_or_denies(text: str) -> None:
    assert mark_of(text) is Mark.DOUBTFUL


@pytest.mark.parametrize("text", NOTHING)
def test_says_nothing_about_protection(text: str) -> None:
    assert mark_of(text) is None


@given(
    st.sampled_from([text for text in SURE if not text.startswith("anonym")]),
    st.sampled_from(["", "Ring mobilen. ", "Bor hos sin syster; "]),
    st.sampled_from([str, str.upper, str.capitalize]),
)
def test_is_found_within_any_text_and_in_any_letters(text: str, before: str, spelled: type) -> None:
    assert mark_of(before + spelled(text)) is Mark.SURE


@given(st.text(max_size=200))
def test_any_text_is_understood(text: str) -> None:
    assert mark_of(text) in (None, *Mark)


def test_takes_no_longer_than_the_text_is_long() -> None:
    for piece in ("s", "skydd ", "a ", "a.", "sk. ", "ej ", "ſ", "-\n"):
        mark_of(piece * 30_000)


@pytest.mark.parametrize("text", ["", "nej", "Nej.", "0", "-", "–", "ej skyddad", "inte skyddad", "ingen sekretess"])
def test_a_no_in_a_column_of_its_own(text: str) -> None:
    assert is_no(text)


@pytest.mark.parametrize("text", ["x", "ja", "1", "Sekretess", "?", "nej (se anm)", "vet inte"])
def test_anything_else_there_is_no_no(text: str) -> None:
    assert not is_no(text)
