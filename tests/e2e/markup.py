"""What in a page's HTML the standard forbids: the kinds that the Nu HTML checker has found here, and their neighbours.

The checker itself needs Java, which nothing else here does. This reads the page as it was sent, by the parser that
makes the PDFs, at some 10 ms a page.
"""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = HEADINGS | set(
    "address article aside blockquote details div dl fieldset figure footer form header hr main nav ol p pre section"
    " table ul".split()
)
# What holds words and no blocks. A link may hold what its parent may, so it isn't here.
INLINES = HEADINGS | set("p span small b strong em i bdi time code label button pre".split())
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "select": {"option", "optgroup", "hr"},
}
# A child that must stand first, and in what.
FIRST = {"legend": "fieldset", "summary": "details", "caption": "table"}


def faults_of_markup(source: str) -> list[str]:
    """One line for each fault."""
    parser = HTMLParser(namespace_html_elements=False)
    root = parser.parse(source)
    found = [f"line {at[0]}: {kind} {said}" for at, kind, said in parser.errors]
    ids = Counter(said for element in _elements(root) if (said := element.get("id")) is not None)
    found += [f"the id «{said}» stands {times} times" for said, times in ids.items() if times > 1 or not said]
    for element in _elements(root):
        found += [f"{_told(element)}: {fault}" for fault in _faults_of(element)]
    return found


def _faults_of(element: Element) -> Iterator[str]:
    names = {child.tag for child in _elements(element)} - {element.tag}
    children = [child.tag for child in element if isinstance(child.tag, str)]
    if element.tag in {"section", "article"} and not names & HEADINGS:
        yield "has no heading, so it is a div"
    if element.tag in INLINES and names & BLOCKS:
        yield f"holds {sorted(names & BLOCKS)}"
    if strangers := set(children) - CHILDREN.get(element.tag, set(children)):
        yield f"has the children {sorted(strangers)}"
    for place, tag in enumerate(children):
        if tag in FIRST and (element.tag != FIRST[tag] or place):
            yield f"has a {tag} that isn't the first in a {FIRST[tag]}"
    if int(element.get("font-weight", "0")) % 100:
        yield "has a weight that no attribute can say"


def _elements(root: Element) -> Iterator[Element]:
    """Without comments, whose name is a function."""
    return (element for element in root.iter() if isinstance(element.tag, str))


def _told(element: Element) -> str:
    marks = (f" {name}={said!r}" for name in ("class", "id", "name") if (said := element.get(name)))
    return f"<{element.tag.rpartition('}')[2]}{''.join(marks)}>"
