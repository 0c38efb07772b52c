"""Documents are made apart from the server, and read nothing but our own fonts."""

import http.server
import io
import os
import threading

import pikepdf
import pytest

from core.pdf import document as pdf_document
from core.pdf import process as pdf

PAGE = '<!doctype html><html lang="sv"><head><title>Prov</title>{head}</head><body><h1>Prov</h1>{body}</body></html>'


@pytest.fixture
def canary():
    """A server that writes down what is asked of it."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_nothing_that_a_page_points_to_is_fetched(canary, tmp_path):
    url, asked = canary
    secret = tmp_path / "hemlig.txt"
    secret.write_text("KANARIE" * 50)
    head = (
        f'<link rel="attachment" href="{secret.as_uri()}"><link rel="stylesheet" href="{url}/a.css">'
        f"<style>@import url({url}/b.css); body {{ background: url({url}/c.png) }}</style>"
    )
    body = (
        f'<img src="{url}/d.png"><img src="{secret.as_uri()}"><img src="http://169.254.169.254/x">'
        f'<svg width="9" height="9"><image href="{url}/e.png" width="9" height="9"/></svg>'
        f'<a rel="attachment" href="{secret.as_uri()}">x</a><object data="{url}/f"></object>'
    )
    content = pdf.render(PAGE.format(head=head, body=body))
    assert asked == []
    with pikepdf.open(io.BytesIO(content)) as document:
        assert not document.attachments
        streams = [part.read_bytes() for part in document.objects if isinstance(part, pikepdf.Stream)]
    assert not any(b"KANARIE" in stream for stream in streams)


def test_style_sheets_open_our_own_fonts_and_nothing_else(tmp_path):
    fetcher = pdf_document.OwnFontsOnly()
    own = next((pdf_document._STATIC / "fonts").glob("*.woff2"))
    assert fetcher.fetch(own.as_uri()) is not None
    for url in ("file:///etc/passwd", fetcher.folder + "../css/pdf.css", "http://127.0.0.1:9/x", tmp_path.as_uri()):
        with pytest.raises(ValueError, match="fonts"):
            fetcher.fetch(url)


def test_a_document_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(pdf, "SECONDS", 1)
    with pytest.raises(pdf.PdfFailedError):
        pdf.render(PAGE.format(head="", body="<table><tr><td>x</td></tr></table>" * 100_000))


def test_a_document_that_waits_too_long_for_its_turn_is_stopped(monkeypatch):
    monkeypatch.setattr(pdf, "PATIENCE", 0.01)
    with pytest.raises(pdf.PdfFailedError, match="too long"):
        pdf.render(PAGE.format(head="", body="<p>text</p>" * 20_000))


def test_a_document_is_waited_for_longer_than_it_may_work():
    """It gives way to pages, so that on a busy server the clock goes much faster than its work."""
    assert pdf.PATIENCE >= 4 * pdf.SECONDS


def test_a_document_that_takes_too_much_memory_is_stopped(monkeypatch):
    monkeypatch.setattr(pdf, "BYTES", 64 * 1024**2)
    with pytest.raises(pdf.PdfFailedError):
        pdf.render(PAGE.format(head="", body="<p>text</p>" * 20_000))


def test_the_next_document_is_made_after_one_that_failed():
    content = pdf.render(PAGE.format(head="", body="<table><tr><th>A</th></tr><tr><td>1</td></tr></table>"))
    assert content.startswith(b"%PDF-")


def test_a_page_that_is_bound_to_take_too_long_is_refused_unmade(monkeypatch):
    monkeypatch.setattr(pdf, "_context", None)
    for body in ("<br>" * 20_000, "<td>" * 40_001):
        with pytest.raises(pdf.PdfFailedError, match="too long"):
            pdf.render(PAGE.format(head="", body=body))


def test_documents_give_way_to_pages():
    receiver, sender = pdf._context.Pipe(duplex=False)
    process = pdf._context.Process(target=_niceness, args=(sender,))
    process.start()
    # At 19 nothing is nicer.
    assert receiver.recv() == min(19, os.nice(0) + 10)
    process.join()


def _niceness(sender):
    """Runs as a document does, and tells how nicely."""
    receiver, own = pdf._context.Pipe(duplex=False)
    pdf._work(pdf._made, PAGE.format(head="", body=""), own, pdf.SECONDS, pdf.BYTES)
    receiver.recv_bytes()
    sender.send(os.nice(0))
