"""Measures a page while documents are made without a pause: how long somebody else waits then."""

from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import active_children
from statistics import quantiles
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import sleep

from django.test import override_settings

from core.operation.places import NoPlaceError
from core.pdf import process as pdf
from projects.exports import FILES
from workshop import aims
from workshop.bench.measure import milliseconds
from workshop.bench.pages import get, log_in
from workshop.scale.people import World

# As many as ask at once in the attack that this is measured for; two of them get a place.
ASKERS = 8
_FEWEST = 40
# About a hundred pages: text of short lines, which is what takes longest.
_LONG = "<!doctype html><html lang='sv'><title>Mätning</title><p>" + "a<br>" * 5_000


@contextmanager
def documents_all_the_time(html: str) -> Iterator[None]:
    """Make long documents again and again while the block runs. The program's own places for heavy work stay free."""
    with TemporaryDirectory(prefix="samverkan-bench-") as folder, override_settings(PLACES_FOLDER=folder):
        yield from _asked(html)


def _asked(html: str) -> Iterator[None]:
    done = Event()
    askers = [Thread(target=_ask, args=(str(number), html, done), daemon=True) for number in range(ASKERS)]
    for asker in askers:
        asker.start()
    try:
        yield
    finally:
        done.set()
        # Nobody waits for the last ones: beside other work such a document takes most of a minute.
        while any(asker.is_alive() for asker in askers):
            for maker in active_children():
                maker.kill()
            sleep(0.1)


def _ask(holder: str, html: str, done: Event) -> None:
    while not done.is_set():
        try:
            with FILES.hold(holder):
                pdf.render(html)
        except (NoPlaceError, pdf.PdfFailedError):
            done.wait(0.2)


def line(world: World, rounds: int) -> str:
    """A sentence for the end of the table: the time within which nineteen of twenty pages answered meanwhile."""
    reader, page = log_in(world.case_worker), world.case.get_absolute_url()
    with documents_all_the_time(_LONG):
        times = [milliseconds(lambda: get(reader, page)) for _ in range(max(rounds, _FEWEST))]
    slow = quantiles(times, n=20)[-1]
    most = aims.WHILE_DOCUMENTS_MS
    said = aims.verdict(slow / most - 1)
    return f"participant page while {ASKERS} ask for documents: 19 of 20 under {slow:.0f} ms, aim {most}: {said}"
