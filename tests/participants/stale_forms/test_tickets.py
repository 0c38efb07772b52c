"""What a form's ticket makes of what was typed; whom it is for is tried in tests/guards/test_closed_cases.py."""

from uuid import uuid4

import pytest
from django import forms

from core.days.kinds import DayKind
from core.forms.fields import CodeField, DayField, TextField
from core.forms.token import TokenForm
from participants.stale_forms.ticket import NAME, Ticket

pytestmark = pytest.mark.django_db


class Asking(TokenForm):
    """Words and days in turn, who somebody is, and a choice."""

    held_on = DayField(DayKind.HAPPENED, label="Dag", required=False)
    text = TextField(label="Vad sas?", required=False, widget=forms.Textarea())
    phone = CodeField(label="Telefon", required=False, says_who=True)
    born = DayField(DayKind.BORN, label="Född", required=False)
    unsaid = TextField(label="Någon mer", required=False)
    kind = forms.ChoiceField(label="Slag", choices=[("a", "A")], required=False)
    seen = forms.CharField(widget=forms.HiddenInput(), required=False)
    why = TextField(label="Varför", required=False, says_who=False)


def ticket(world, form=None):
    case = world.enrolment
    return Ticket.of(world.case_worker, case, case.public_id, form or Asking())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": "Hej", "held_on": "2026-03-31", "why": "Därför"}, "Dag: 2026-03-31\nVad sas? Hej\nVarför: Därför"),
        ({"held_on": "i går", "why": "Därför"}, "Dag: i går\nVarför: Därför"),
        ({"held_on": "2026-03-31"}, ""),
        ({"phone": "070-123 45 67", "kind": "a", "seen": "x", "other": "y"}, ""),
        ({"text": "Hej", "born": "1988-03-31", "unsaid": "Eva Ek"}, "Vad sas? Hej"),
        ({"text": " \r\n "}, ""),
        ({"text": "a\x00b"}, "Vad sas? ab"),
        ({"text": "å" * 30_000}, "Vad sas? " + "å" * 20_000),
        ({}, ""),
    ],
)
def test_words_are_kept_under_their_labels_with_the_days_beside_them(world, typed, said):
    assert ticket(world).said(typed) == said


def test_fields_of_a_form_with_a_prefix_are_found(world):
    assert ticket(world, Asking(prefix="p")).said({"p-text": "Hej", "text": "annat"}) == "Vad sas? Hej"


def test_what_was_signed_is_read_by_the_same_user_at_the_same_address(world):
    case, user = world.enrolment, world.case_worker
    signed = {NAME: ticket(world).signed()}
    found = Ticket.read(signed, user, case.public_id)
    assert found.case == str(case.public_id)
    assert found.said({"text": "Hej"}) == "Vad sas? Hej"
    assert Ticket.read(signed, world.coordinator, case.public_id) is None
    assert Ticket.read(signed, user, uuid4()) is None
    assert Ticket.read({}, user, case.public_id) is None


def test_a_ticket_is_void_after_the_longest_time_that_one_is_logged_in(world, time_machine):
    time_machine.move_to("2026-11-22 08:00:00")
    case, user = world.enrolment, world.case_worker
    signed = {NAME: ticket(world).signed()}
    time_machine.move_to("2026-11-22 19:59:00")
    assert Ticket.read(signed, user, case.public_id)
    time_machine.move_to("2026-11-22 20:01:00")
    assert Ticket.read(signed, user, case.public_id) is None


def test_a_form_sent_back_with_a_token_that_is_none_keeps_nothing(world):
    signed = {NAME: ticket(world, Asking({"token": "inte en token"})).signed()}
    assert Ticket.read(signed, world.case_worker, world.enrolment.public_id) is None
