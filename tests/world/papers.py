"""What is wrong with a document: by two checkers of PDF/UA-1, and by where its words stand."""

import tempfile
from pathlib import Path

import outloud
import page as checker

# The margin of paper is 20 mm, and a word may not reach into the outer half of it.
_EDGE = 28


def faults(content: bytes) -> list[str]:
    """What the checkers find wrong, and each word that runs over the margin."""
    return [*_by_outloud(content), *_by_page(content), *_outside(content)]


def _by_outloud(content: bytes) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(content)
        found = outloud.check(str(path))
    assert found.error is None
    assert len(found.runs) > 50
    return [f"{finding.rule} {finding.message}" for finding in found.findings if finding.severity == "error"]


def _by_page(content: bytes) -> list[str]:
    report = checker.validate_pdf_bytes(content, profile=checker.ValidationProfile.PDF_UA_1)
    assert report.rules.total > 50
    assert report.is_compliant == (not report.failures)
    return [f"{failure.rule_id} {failure.message}" for failure in report.failures]


def _outside(content: bytes) -> list[str]:
    # Loaded where it is asked for: more than a second, which each process of a run would take to collect the tests.
    import pymupdf

    with pymupdf.open(stream=content, filetype="pdf") as document:
        return [
            f"outside: {word[4][:40]}"
            for sheet in document
            for word in sheet.get_text("words")
            if word[2] > sheet.rect.width - _EDGE or word[3] > sheet.rect.height
        ]
