"""Details of an xlsx package besides its cells' values: errors, comments, hidden parts, texts outside the cells."""

import posixpath
import zipfile
from collections.abc import Iterator
from typing import TypeVar

from actionplans.register.workbook.limits import EXIT_DAMAGED, EXIT_OTHER_KIND, Budget, Details, RefusedError
from actionplans.register.workbook.markup import Attributes, Silent, walk
from actionplans.register.workbook.xlsx_cells import TRUE, Cells, position

_RELATIONS, _MAIN_PART = "_rels/.rels", "officeDocument"
_PROPERTIES = {"title", "subject", "description", "keywords", "category"}
_REMARKS = {"comment", "threadedComment"}


AnyWalker = TypeVar("AnyWalker", bound=Silent)


class Package:
    """The parts of a package, by name. Capitals make no difference."""

    def __init__(self, archive: zipfile.ZipFile, budget: Budget) -> None:
        self._archive, self._budget = archive, budget
        self._names = {name.lower(): name for name in archive.namelist()}
        if len(self._names) < len(archive.namelist()):
            raise RefusedError(EXIT_DAMAGED)

    def walk(self, path: str, walker: AnyWalker) -> AnyWalker:
        """Let the walker walk a part, and return it. A missing part is an empty one."""
        name = self._names.get(path.lower())
        if name is not None:
            with self._archive.open(name) as part:
                walk(part, walker, self._budget)
        return walker

    def related(self, path: str) -> Iterator[tuple[str, str, str]]:
        """Id, kind and path of each part in the package that this part refers to."""
        folder, name = posixpath.split(path)
        found = self.walk(posixpath.join(folder, "_rels", f"{name}.rels"), _Relations()).found
        for identity, kind, target in found:
            yield identity, kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")

    def __contains__(self, path: str) -> bool:
        return path.lower() in self._names


def is_office(archive: zipfile.ZipFile) -> bool:
    """Whether the package is one of Microsoft's, and no OpenDocument file."""
    return _RELATIONS in {name.lower() for name in archive.namelist()}


def details_of(archive: zipfile.ZipFile, budget: Budget) -> tuple[list[Details], bool]:
    """Details of each sheet in the file's order, and whether days count from 1904. Texts of no sheet are put with the
    first.

    Raises RefusedError for a package whose sheets can't be found, and for a workbook that isn't in XML.
    """
    package = Package(archive, budget)
    main = next((path for _id, kind, path in package.related("") if kind.endswith(_MAIN_PART)), "")
    if main.lower().endswith(".bin"):
        raise RefusedError(EXIT_OTHER_KIND)
    book = package.walk(main, _Workbook())
    paths = {identity: path for identity, _kind, path in package.related(main)}
    sheets = [_sheet(package, sheet, paths, budget) for sheet in book.sheets]
    for place, text in _of_the_file(package, book) if sheets else ():
        sheets[0].put_aside(place, text, budget)
    return sheets, book.counts_from_1904


def _of_the_file(package: Package, book: "_Workbook") -> Iterator[tuple[str, str]]:
    yield from (("ett namngivet område", text) for text in book.names)
    properties = package.walk("docProps/core.xml", _Properties()).found
    yield from (("filens egenskaper", text) for text in properties)
    yield from (("ett talformat", text) for text in package.walk("xl/styles.xml", _Formats()).found)


def _sheet(package: Package, sheet: Attributes, paths: dict[str, str], budget: Budget) -> Details:
    details = Details(sheet.get("name", ""), is_hidden=sheet.get("state", "visible") != "visible")
    path = paths.get(sheet.get("id", ""), "")
    if path not in package:
        raise RefusedError(EXIT_DAMAGED)
    package.walk(path, Cells(details, budget))
    for _identity, kind, target in package.related(path):
        _beside(package, kind.rpartition("/")[2], target, details, budget)
    return details


def _beside(package: Package, kind: str, path: str, details: Details, budget: Budget) -> None:
    """Add the comments and text boxes of a sheet's companion parts to its details."""
    if kind in ("comments", "threadedComment"):
        for reference, text in package.walk(path, _Comments()).found:
            if place := position(reference):
                details.remark(*place, text, budget)
    elif kind == "drawing":
        for text in package.walk(path, _Texts()).found:
            details.put_aside("en textruta", text, budget)


class _Relations(Silent):
    def __init__(self) -> None:
        self.found: list[tuple[str, str, str]] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            self.found.append((attributes.get("Id", ""), attributes.get("Type", ""), attributes.get("Target", "")))


class _Workbook(Silent):
    def __init__(self) -> None:
        self.sheets: list[Attributes] = []
        self.names: list[str] = []
        self.counts_from_1904 = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            self.sheets.append(attributes)
        elif tag == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904") in TRUE
        elif tag == "definedName":
            self.names.append(attributes.get("name", "").replace("_", " "))


class _Texts(Silent):
    """Collects the texts of a part, one for each paragraph, even where a paragraph is set in several pieces."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []

    def text(self, text: str) -> None:
        self._pieces.append(text)

    def end(self, tag: str) -> None:
        if tag not in ("t", "r") and "".join(self._pieces).strip():
            self.found.append("".join(self._pieces))
            self._pieces = []


class _Properties(_Texts):
    """Collects the words of the file's properties, without who wrote it and when."""

    def end(self, tag: str) -> None:
        if tag in _PROPERTIES:
            self.found.append("".join(self._pieces))
        self._pieces = []


class _Formats(Silent):
    def __init__(self) -> None:
        self.found: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "numFmt":
            self.found.append(attributes.get("formatCode", ""))


class _Comments(Silent):
    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self._reference = ""
        self._pieces: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag in _REMARKS:
            self._reference, self._pieces = attributes.get("ref", ""), []

    def text(self, text: str) -> None:
        self._pieces.append(text)

    def end(self, tag: str) -> None:
        if tag in _REMARKS:
            self.found.append((self._reference, "".join(self._pieces).strip()))
