"""What a page's HTML does that the standard forbids: the kinds that the Nu HTML checker has found here, and their neighbours.

The checker itself needs Java, which nothing else here does. This reads the page as it was sent, by the parser that makes
the PDFs, at some 10 ms a page.
"""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = HEADINGS | set(
    "address article aside blockquote details div dl fieldset figure footer form header hr main nav ol p pre section table ul".split()
)
# What holds words and no blocks. A link may hold what its parent may, so it isn't here.
INLINES = {*HEADINGS, *"p span small b strong em i bdi time code label button dt pre".split()}
CHILDREN = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script", "template"},
    "select": {"option", "optgroup", "hr"},
}


def faults_of_markup(source: str) -> list[str]:
    """One line for each fault."""
    parser = HTMLParser(namespace_html_elements=False)
    root = parser.parse(source)
    found = [f"line {at[0]}: {kind} {said}" for at, kind, said in parser.errors]
    ids = Counter(one.get("id") for one in root.iter() if one.get("id") is not None)
    found += [f"the id «{said}» stands {times} times" for said, times in ids.items() if times > 1]
    found += ["an id is empty"] * ("" in ids)
    for one in _elements(root):
        found += _faults_of(one)
    return found


def _faults_of(one: Element) -> Iterator[str]:
    names = {child.tag for child in _elements(one)} - {one.tag}
    if one.tag in {"section", "article"} and not names & HEADINGS:
        yield f"{_told(one)} has no heading: a div does"
    if one.tag in INLINES and names & BLOCKS:
        yield f"{_told(one)} holds {sorted(names & BLOCKS)}"
    if one.tag in CHILDREN and (others := {child.tag for child in one if isinstance(child.tag, str)} - CHILDREN[one.tag]):
        yield f"{_told(one)} has the children {sorted(others)}"
    for place, child in enumerate(one):
        if child.tag == "legend" and (one.tag != "fieldset" or place):
            yield f"a legend in {_told(one)}, where it isn't first in a fieldset"
        if child.tag == "summary" and (one.tag != "details" or place):
            yield f"a summary in {_told(one)}, where it isn't first in a details"
    if int(one.get("font-weight", "0")) % 100:
        yield f"{_told(one)}: a weight that no attribute can say"


def _elements(root: Element) -> Iterator[Element]:
    """Without comments, whose name is a function."""
    return (one for one in root.iter() if isinstance(one.tag, str))


def _told(one: Element) -> str:
    return f"<{one.tag} class={one.get('class', '')!r} id={one.get('id', '')!r}>"
