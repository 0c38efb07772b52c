"""Each fault that the reader of HTML looks for, found in the least page that has it; and none in a page without."""

import pytest

from tests.e2e.markup import faults_of_markup

PAGE = "<!doctype html><html lang=sv><head><title>Sida</title></head><body><h1>Sida</h1>{}</body></html>"


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p>Ord<div>Ruta</div></p>", "unexpected"),
        ("<table><p>Ord</p></table>", "table-voodoo"),
        ('<input id="a"><input id="a">', "the id «a» stands 2 times"),
        ('<input id="">', "the id «»"),
        ("<section><p>Ord</p></section>", "has no heading"),
        ("<span><div>Ruta</div></span>", "<span>: holds ['div']"),
        ("<ul><p>Ord</p></ul>", "<ul>: has the children ['p']"),
        ("<fieldset><div><legend>Fråga</legend></div></fieldset>", "a legend that isn't the first"),
        ("<fieldset><input><legend>Fråga</legend></fieldset>", "a legend that isn't the first"),
        ('<svg><text font-weight="650">9</text></svg>', "<text>: has a weight"),
    ],
)
def test_a_fault_is_found(body: str, fault: str) -> None:
    assert fault in " ".join(faults_of_markup(PAGE.format(body)))


def test_nothing_is_found_in_a_page_without_fault() -> None:
    body = (
        '<section><h2>Del</h2><p>Ord <b>starkt</b></p></section><ul><!-- tom --><li id="a">Rad</li></ul>'
        "<fieldset><!-- först --><legend>Fråga</legend><input></fieldset>"
        "<details><summary><h2>Mer</h2></summary></details>"
    )
    assert faults_of_markup(PAGE.format(body)) == []
