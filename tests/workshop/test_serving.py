"""Servers that are measured: on this machine alone, never where people's data may be."""

import sys
from importlib import import_module

import pytest

import samverkan.settings
from workshop.answers import NoFormError, hidden
from workshop.serving.server import HOST

OF_MEASURING = ["workshop.race.settings", "workshop.load.settings"]


@pytest.mark.parametrize("name", OF_MEASURING)
def test_settings_of_measuring_start_nothing_outside_development_mode(name: str, monkeypatch, capsys) -> None:
    monkeypatch.setattr(samverkan.settings, "DEVELOPMENT", False)
    monkeypatch.delitem(sys.modules, name, raising=False)
    with pytest.raises(SystemExit):
        import_module(name)
    assert "kräver DEBUG=1" in capsys.readouterr().err


@pytest.mark.parametrize("name", OF_MEASURING)
def test_in_development_mode_they_do(name: str, monkeypatch) -> None:
    monkeypatch.delitem(sys.modules, name, raising=False)
    assert import_module(name).MIDDLEWARE != samverkan.settings.MIDDLEWARE


def test_nobody_else_reaches_what_is_measured() -> None:
    assert HOST == "127.0.0.1"


PAGE = """<form method="post"><input type="hidden" name="token" value="a"><input name="q"></form>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="x&amp;y"><input name="text">
<input type="hidden" id="id_seen" name="seen"></form><input type="hidden" name="outside" value="z">"""


def test_a_form_sends_its_own_hidden_fields() -> None:
    assert hidden(PAGE, beside="text") == {"csrfmiddlewaretoken": "x&y", "seen": ""}


def test_a_page_without_the_form_says_so() -> None:
    with pytest.raises(NoFormError, match="outside"):
        hidden(PAGE.partition("<form")[0] + PAGE.rpartition("</form>")[2], beside="outside")
