"""The menu: each app says what lies under a line, of its own addresses alone, and a page lies under one line."""

import pytest
from django.urls import reverse

from core.enums import MenuLine
from samverkan.menu import APPS, line_of

# Pages that no line of the menu leads to.
UNDER_NO_LINE = {
    *("self_enrolment_seen", "protected_notice_seen", "placement_remove"),
    "step_withdraw",
}


def _names(app):
    return {pattern.name for pattern in app.urlpatterns}


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.__name__)
def test_an_app_names_its_own_addresses_alone(app):
    assert set(getattr(app, "MENU_STARTS", {}).values()) <= _names(app)
    for line, beginnings in app.MENU.items():
        idle = [word for word in beginnings if not any(name.startswith(word) for name in _names(app))]
        assert idle == [], line


@pytest.mark.parametrize("line", MenuLine)
def test_every_line_leads_to_a_page_that_lies_under_it(line):
    (start,) = [app.MENU_STARTS[line] for app in APPS if line in getattr(app, "MENU_STARTS", {})]
    assert reverse(start)
    assert line_of(start) is line


def test_every_page_lies_under_one_line():
    under = {
        name: {line for app in APPS for line, words in app.MENU.items() if name.startswith(tuple(words))}
        for app in APPS
        for name in _names(app)
    }
    assert {name for name, lines in under.items() if len(lines) > 1} == set()
    assert {name for name, lines in under.items() if not lines} == UNDER_NO_LINE
