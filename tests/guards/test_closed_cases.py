"""A case closes to somebody while a form about it is open: for every form of docs/access.md, sent as a browser does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessEvent
from core.days.dates import today
from core.enums import Category
from core.forms import saving as forms
from core.models import TextBody
from participants.enums import ProtectionLevel, VoidState
from participants.models import CaseAssignment, KeptNote, Participant, TextToCheck
from participants.scope.scope import Scope
from participants.shared_facts import IDENTITY
from participants.stale_forms.kept_notes import keep_note
from participants.stale_forms.ticket import NAME
from participants.void.chain import ask, confirm, current, undo
from projects.models import Membership
from tests.guards.access_table import CASE_PAGES, table
from tests.world import cast
from tests.world import consent_rows as consents
from tests.world.pages import forms_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

ROWS = {(row["address"], row["method"]): row for row in table(CASE_PAGES)}
SENT = [address for address, method in ROWS if method == "POST"]
# Pieces that a script asks for while somebody writes, and files that keep nothing of what their form asks.
NOT_SAVED = {"meeting_proposal", "participant_extract_pdf", "participant_extract_json"}
# How whoever the form is for is let in.
COLUMN = {"case worker": "assigned", "coordinator": "coordinator"}
# An exit is taken back where there is one, texts are gone through where some are doubtful.
CASE_OF = {"enrolment_reopen": "ended", "enrolment_texts": "protected"}
# What the case worker has done before the form is there.
BEFORE = {"void_drop": lambda case, user: ask(enrolment=case, why="Fel person", home="", by=user)}
WORDS = "Egna ord i"


def role_of(address):
    """Somebody whom the form is for."""
    if address in BEFORE:
        return "case worker"
    return "case worker" if ROWS[address, "POST"]["assigned"] in ("200", "302") else "coordinator"


def path_of(address, people, kind):
    return cast.address(address, people.cases[kind].ids[ROWS[address, "POST"]["id of"]])


def opened(people, address):
    """The client, the path that the form is sent to, and the form, from whichever page of the case it stands on."""
    kind, role = CASE_OF.get(address, "assigned"), role_of(address)
    client, path = people.client(role), path_of(address, people, kind)
    if address in BEFORE:
        BEFORE[address](people.cases[kind].enrolment, people.users[role])
    for (page, method), row in sorted(ROWS.items(), key=lambda entry: entry[0][0] != address):
        if method == "GET" and row[COLUMN[role]] == "200" and not page.endswith(("_pdf", "_json")):
            shown = cast.address(page, people.cases[kind].ids[row["id of"]])
            found = [form for form in forms_on(client, shown) if path in form.targets]
            if found:
                return client, path, found[0]
    raise AssertionError(f"no page has a form for {address}")


def case_of(people, address):
    """What the form is about."""
    return people.cases[CASE_OF.get(address, "assigned")].enrolment


def mark(people, address):
    """The case turns out to be wrongly registered, which closes it to everybody."""
    case = case_of(people, address)
    asked = current(case) or ask(enrolment=case, why="Fel person", home="", by=people.users["case worker"])
    assert asked.state == VoidState.ASKED
    confirm(enrolment=case, home="", by=people.users["coordinator"])
    return case


def close(people, address):
    """The case worker's time in the case ends; to the coordinator it closes when the identity is protected."""
    case = case_of(people, address)
    user = people.users[role_of(address)]
    CaseAssignment.objects.filter(user=user, enrolment=case).update(valid_until=today())
    if role_of(address) == "coordinator":
        Participant.objects.filter(pk=case.participant_id).update(protection=ProtectionLevel.CONFIDENTIALITY_MARK)
    return case


def secrets(case):
    """What tells who the person is, or what stands in the case."""
    person = Participant.objects.select_related("identity").get(pk=case.participant_id)
    numbers = [form for number in person.numbers.all() for form in (number.value, number.formatted)]
    found = [person.identity.family_name, person.identity.phone, person.identity.email, person.alias, *numbers]
    assert len(found) == 6
    assert all(found)
    return [*found, "Kanarietext"]


def words_of(form):
    return [f"{WORDS} {box}" for box in form.boxes if box not in (*IDENTITY, "more")]


# A page that stays where all that is stored is reached doesn't close with a wrong registration.
CLOSED_BY = [
    pytest.param(address, closed, id=f"{address}-{closed.__name__}")
    for address in SENT
    for closed in (close, mark)
    if address not in NOT_SAVED and (closed is close or ROWS[address, "POST"]["wrongly registered"] == "404")
]


@pytest.mark.parametrize(("address", "closed"), CLOSED_BY)
def test_what_was_written_is_kept_once_and_nothing_is_told(people, address, closed):
    client, path, form = opened(people, address)
    case = closed(people, address)
    sent = form.said(WORDS)
    texts = TextBody.objects.count()
    for _ in range(2):
        answer = client.post(path, sent)
        said = answer.content.decode()
        assert (answer.status_code, "Ärendet är inte längre öppet för dig" in said) == (200, True)
        assert [secret for secret in secrets(case) if secret in said] == []
    kept = KeptNote.objects.filter(enrolment=case)
    assert kept.count() == TextBody.objects.count() - texts == int(bool(words_of(form)))
    for note in kept:
        assert (note.owner, note.recorded_by) == (people.world.ame, people.users[role_of(address)])
        assert [word for word in words_of(form) if word not in note.body.text or word not in said] == []
        assert note.body.text.count(WORDS) == len(words_of(form)), "identity isn't kept in a text"
    assert ("Inget är sparat" in said) != bool(kept)
    if ROWS[address, "GET"][COLUMN[role_of(address)]] != "405":
        assert client.get(path).status_code == 404


def test_a_case_that_is_marked_between_the_door_and_the_lock_takes_nothing(people, monkeypatch):
    """The door looks before the form waits for its lock: what was marked meanwhile is closed all the same."""
    saved, before = set(), forms._made_before
    for address in dict.fromkeys(param.values[0] for param in CLOSED_BY if param.values[1] is mark):
        with cast.rolled_back(), monkeypatch.context() as patched:
            client, path, form = opened(people, address)

            def meanwhile(*args, address=address):
                saved.add(address)
                if not case_of(people, address).voidings.filter(state=VoidState.CONFIRMED).exists():
                    mark(people, address)
                return before(*args)

            patched.setattr(forms, "_made_before", meanwhile)
            said = client.post(path, form.said(WORDS)).content.decode()
            assert address not in saved or "Ärendet är inte längre öppet för dig" in said, address
    assert saved >= {
        "assessment_create",
        "enrolment_reopen",
        "meeting_create",
        "plan_edit",
        "placement_remove",
        "void_ask",
    }


def test_forms_with_words_are_among_those_tried(people):
    """Of forms that take no words, and of those that only say who somebody is, nothing is kept: not of all of them."""
    with_words = {address for address in SENT if address not in NOT_SAVED and words_of(opened(people, address)[2])}
    assert with_words >= {
        "meeting_create",
        "meeting_correct",
        "step_withdraw",
        "plan_edit",
        "assessment_create",
        "enrolment_exit",
        "enrolment_assign",
        "consent_create",
        "consent_paper",
        "consent_meeting",
        "consent_ground",
    }
    assert "enrolment_correct" not in with_words
    assert opened(people, "enrolment_correct")[2].boxes


def test_a_piece_that_a_script_asks_for_while_one_writes_is_not_sent_yet(people):
    for address in ("meeting_create", "consent_create"):
        client, path, form = opened(people, address)
        with cast.rolled_back():
            close(people, address)
            headers = {"X-Requested-With": "fetch"}
            assert client.post(path, form.said(WORDS), headers=headers).status_code == 404
            piece = path_of("meeting_proposal", people, "assigned")
            assert client.post(piece, form.said(WORDS), headers=headers).status_code == 404
            assert not KeptNote.objects.exists()


# --- Whose ticket, and for what ---------------------------------------------------------------------------------------


def test_a_ticket_is_one_users_for_one_case_and_opens_nothing_else(people):
    client, path, form = opened(people, "plan_edit")
    other = path_of("plan_edit", people, "colleague's")
    missing = path_of("plan_edit", people, "missing")
    assert client.post(other, form.said(WORDS)).status_code == 404, "the ticket's own case is open still"
    close(people, "plan_edit")
    sent = form.said(WORDS)
    torn = {**sent, NAME: sent[NAME][:-1] + ("x" if sent[NAME][-1] != "x" else "y")}
    for who, where, what in [
        ("case worker", other, sent),
        ("case worker", missing, sent),
        ("case worker", path, torn),
        ("case worker", path, {**sent, NAME: ""}),
        ("case worker", path_of("step_withdraw", people, "assigned"), sent),
        ("colleague", path, sent),
        ("other's coordinator", path, sent),
        ("project leader", path, sent),
    ]:
        assert people.client(who).post(where, what).status_code == 404, (who, where)
    assert not KeptNote.objects.exists()


def test_a_ticket_doesnt_tell_a_foreign_id_from_a_missing_one(people):
    client, _, form = opened(people, "plan_edit")
    close(people, "plan_edit")
    client.get("/halsa")
    asked = [path_of("plan_edit", people, kind) for kind in ("missing", "other organisation's", "wrongly registered")]
    answers = []
    for path in asked:
        with CaptureQueriesContext(connection) as caught, cast.rolled_back():
            answer = client.post(path, form.said(WORDS))
        answers.append((answer.status_code, answer.content, len(caught)))
    assert answers[0][0] == 404
    assert answers[1:] == answers[:1] * 2


def test_whoever_has_left_the_project_or_the_organisation_keeps_nothing(people):
    client, path, form = opened(people, "assessment_create")
    user = people.users["case worker"]
    close(people, "assessment_create")
    with cast.rolled_back():
        Membership.objects.filter(user=user).update(valid_until=today())
        assert client.post(path, form.said(WORDS)).status_code == 404
    with cast.rolled_back():
        type(user).objects.filter(pk=user.pk).update(organisation=people.world.af)
        assert client.post(path, form.said(WORDS)).status_code == 404
    assert not KeptNote.objects.exists()


def test_when_the_case_is_open_again_the_next_press_saves(people):
    client, path, form = opened(people, "assessment_create")
    case = close(people, "assessment_create")
    assert "sparad" in client.post(path, form.said(WORDS)).content.decode()
    CaseAssignment.objects.filter(enrolment=case).update(valid_until=None)
    assert client.post(path, form.said(WORDS)).status_code == 302
    assert case.assessments.filter(summary__text__contains=WORDS).exists()


def test_what_was_kept_at_a_wrong_registration_is_in_the_history_when_it_is_undone(people):
    client, path, form = opened(people, "assessment_create")
    case = mark(people, "assessment_create")
    assert "felregistrerad i registerutdraget" in client.post(path, form.said(WORDS)).content.decode()
    extract = reverse("participant_extract_json", args=[case.participant.public_id])
    assert WORDS in client.post(extract, {"reason": "asked"}).content.decode()
    undo(enrolment=case, why="Rätt person", by=people.users["coordinator"])
    assert WORDS in client.get(case.get_absolute_url()).content.decode()
    assert client.post(path, form.said(WORDS)).status_code == 302


def test_who_has_left_since_the_words_were_kept_is_answered_as_anybody(people):
    client, path, form = opened(people, "assessment_create")
    close(people, "assessment_create")
    assert client.post(path, form.said(WORDS)).status_code == 200
    Membership.objects.filter(user=people.users["case worker"]).update(valid_until=today())
    assert client.post(path, form.said(WORDS)).status_code == 404


def test_the_log_calls_it_a_refusal_and_not_a_reading(people):
    client, path, form = opened(people, "plan_edit")
    close(people, "plan_edit")
    client.post(path, form.values)
    event = AccessEvent.objects.filter(user=people.users["case worker"]).latest("number")
    assert (event.kind, event.subjects_count, event.reason) == ("refused", 0, "Ärendet hade stängts")


# --- Who finds it -----------------------------------------------------------------------------------------------------


def test_whoever_works_with_the_case_after_finds_it_and_no_other_organisation(people):
    client, path, form = opened(people, "assessment_create")
    case = close(people, "assessment_create")
    cast.assign_contact(case, people.users["other's case worker"])
    consents.give(case, [people.world.af], list(Category), by=people.users["case worker"])
    client.post(path, form.said(WORDS))
    page = case.get_absolute_url()
    assert client.get(page).status_code == 404
    assert people.client("colleague").get(page).status_code == 404
    said = people.client("coordinator").get(page).content.decode()
    assert "Text ur ett formulär som inte gick att spara" in said
    assert f"Sammanfattning: {WORDS} summary" in said
    cast.assign_contact(case, people.users["colleague"])
    assert WORDS in people.client("colleague").get(page).content.decode()
    other = people.client("other's case worker").get(page)
    assert (other.status_code, WORDS in other.content.decode()) == (200, False)
    note = KeptNote.objects.get()
    for who in ("coordinator", "colleague", "other's case worker", "other's coordinator", "case worker", "former"):
        visible = KeptNote.objects.visible_to(Scope.of(people.users[who], today()))
        assert list(visible) == ([note] if who in ("coordinator", "colleague") else []), who


def test_what_may_tell_a_protected_person_is_listed_for_somebody_to_go_through(people):
    client, path, form = opened(people, "enrolment_assign")
    case = close(people, "enrolment_assign")
    note = "Ring Ärna, žana och A\u030asa på 070.123.45.67 eller 070/123 45 67, å@ä.se"
    client.post(path, {**form.values, "note": note})
    waiting = TextToCheck.objects.waiting().get(body__in=KeptNote.objects.values("body"))
    assert (waiting.participant, waiting.owner) == (case.participant, people.world.ame)
    places = [waiting.body.text[start:end] for start, end in waiting.spans]
    assert {"Ärna", "žana", "Åsa", "070.123.45.67", "070/123 45 67", "å@ä.se"} <= set(places)


def test_whoever_knew_of_the_protection_leaves_nothing_to_go_through(people):
    """No more than in a note that was saved as usual."""
    case = people.cases["protected"].enrolment
    user = people.users["case worker"]
    for knew, listed in ((False, 1), (True, 1)):
        keep_note(enrolment=case, text="Ring Ärna.", knew=knew, by=user)
        assert TextToCheck.objects.waiting().filter(body__text="Ring Ärna.").count() == listed
