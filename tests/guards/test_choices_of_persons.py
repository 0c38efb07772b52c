"""Wherever a person is chosen, two with one name can be told apart: staff on every form that a page shows."""

import re
from collections.abc import Iterator
from html import unescape

import pytest

from accounts.log.access import NAME_IN_LIST
from accounts.models import AccessEvent, AccessSubject, User
from participants.models import Enrolment
from tests.guards import access_table
from tests.guards.reach import pages
from tests.guards.test_hostile_values import ROLES
from tests.world.cast import Cast, labels

SELECT = re.compile(r"<select\b[^>]*\bname=\"([^\"]+)\"[^>]*>(.*?)</select>", re.DOTALL)
OPTION = re.compile(r"<option\b[^>]*\bvalue=\"([^\"]*)\"[^>]*>(.*?)</option>", re.DOTALL)
# Pages that are lists of cases, of which some can be ticked: each is read there as a row of the list.
LISTS = {"participant_list", "participant_assign"}
# A box or a button, and the label that stands by it.
BOX = re.compile(
    r"<input\b[^>]*\bname=\"([^\"]+)\"[^>]*\bvalue=\"([^\"]*)\"[^>]*>\s*<label\b[^>]*>(.*?)</label>", re.DOTALL
)


def offered(html: str) -> Iterator[tuple[str, str, str]]:
    """Field, value and label of each choice on a page."""
    for field, options in SELECT.findall(html):
        for value, label in OPTION.findall(options):
            yield field, value, said(label)
    for field, value, label in BOX.findall(html):
        yield field, value, said(label)


def said(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def test_two_labels_that_are_alike_are_found():
    html = '<select name="who"><option value="a">Eva</option><option value="b" selected>Eva</option></select>'
    assert [*offered(html)] == [("who", "a", "Eva"), ("who", "b", "Eva")]
    assert [*offered('<input name="x" value="a"><label for="y"><b>Eva</b></label>')] == [("x", "a", "Eva")]


@pytest.mark.django_db
def test_people_of_one_name_are_told_apart_in_every_choice(cast: Cast, quiet):
    for user in User.objects.all():
        user.name = "Eva Lind"
        user.save()
    people = {str(key) for key in User.objects.values_list("public_id", flat=True)}
    alike, fields = set(), set()
    for role in ROLES:
        client = labels.client_as(cast, role)
        for name, path in pages(cast, role):
            answer = client.get(path, access_table.QUERIES.get(name, {}))
            if answer.status_code != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
                continue
            found: dict[tuple[str, str], set[str]] = {}
            for field, value, label in offered(answer.content.decode()):
                if value in people:
                    fields.add((name, field))
                    found.setdefault((field, label), set()).add(value)
            alike |= {(name, *key) for key, values in found.items() if len(values) > 1}
    assert len(fields) > 5, fields
    assert alike == set()


@pytest.mark.django_db
def test_whoever_is_but_a_name_in_a_choice_is_nothing_more_in_the_log(cast: Cast, quiet):
    """Of the page's own part, «a sick-listing that stood on the wrong person», nothing is said about them."""
    people = {}
    for case in Enrolment.objects.select_related("participant"):
        people[str(case.public_id)] = people[str(case.participant.public_id)] = case.participant.public_id
    tried, read_as_more = set(), {}
    for role in ROLES:
        client = labels.client_as(cast, role)
        for name, path in pages(cast, role):
            before = AccessEvent.objects.count()
            answer = client.get(path, access_table.QUERIES.get(name, {}))
            if answer.status_code != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
                continue
            chosen = {people[value] for _, value, _ in offered(answer.content.decode()) if value in people}
            if not chosen or name in LISTS:
                continue
            tried.add(name)
            events = AccessEvent.objects.order_by("pk")[before:]
            listed = AccessSubject.objects.filter(event__in=list(events))
            own = set(listed.exclude(event__part=NAME_IN_LIST).values_list("person", flat=True))
            names = set(listed.filter(event__part=NAME_IN_LIST).values_list("person", flat=True))
            if chosen & own or chosen - names:
                read_as_more[role, name] = len(chosen & own), len(chosen - names)
    assert len(tried) > 8, tried
    assert read_as_more == {}, "declare_names those that are names in a list"
