"""A case closes to somebody while a form about it is open: for every form of docs/access.md, sent as a browser does."""

import re
from uuid import uuid4

import pytest
from django import forms as forms_of_django
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
from participants.stale_forms import ticket
from participants.stale_forms.kept_notes import keep_note
from participants.stale_forms.ticket import NAME
from participants.void.chain import ask_to_void, confirm_void, current, undo_void
from projects.models import Membership
from tests.guards.access_table import CASE_PAGES, table
from tests.world import consent_rows as consents
from tests.world.case_rows import assign_contact
from tests.world.cast import Cast
from tests.world.cast.rows import KEPT
from tests.world.pages import forms_on, path_to, rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

ROWS = {(row["address"], row["method"]): row for row in table(CASE_PAGES)}
SENT = [address for address, method in ROWS if method == "POST"]
# Pieces that a script asks for while somebody writes, files that keep nothing of what their form asks, and an old
# address that leads on.
NOT_SAVED = {"meeting_proposal", "participant_extract_pdf", "participant_extract_json", "plan_copy_pdf"}
NOT_SAVED |= {"placement_remove", "case_sheet_pdf", "paper_file", "certificate_pdf"}
NOT_SAVED |= {"workplace_sheet_pdf"}
# What the case worker has done before the form is there.
BEFORE = {"void_drop": lambda case, user: ask_to_void(enrolment=case, why="Fel person", home="", by=user)}
WORDS = "Egna ord i"
# What tells who somebody is: the person, and others by name and telephone. Of criteria it ends in the criterion's key.
SAYS_WHO = {*IDENTITY, "more", "others", "contact", "guide", "guide_phone", "signer", "supervisor"}
# The page where the form of each address was found, so that no other is opened for it once more.
FOUND_ON: dict[str, str] = {}


def column_of(address):
    """How somebody whom the form is for is let in."""
    is_of_assigned = address in BEFORE or ROWS[address, "POST"]["assigned"] in ("200", "302")
    return "assigned" if is_of_assigned else "coordinator"


def user_of(cast: Cast, address):
    """Somebody whom the form is for."""
    return cast.hanna if column_of(address) == "assigned" else cast.samira


def case_of(cast: Cast, address):
    """What the form is about: an exit is taken back where there is one, texts are gone through where some wait, and
    means of support are asked for after an exit."""
    ended, protected = cast.cases.ended, cast.cases.protected
    of_their_own = {"enrolment_reopen": ended, "exit_misplaced": ended, "enrolment_texts": protected}
    of_their_own["livelihood_create"] = ended
    return of_their_own.get(address, cast.cases.of_hanna)


def kept_notes():
    """What was kept of forms in the test; each case of the cast has one from before."""
    return KeptNote.objects.exclude(body__text=KEPT)


def path_of(address, case):
    return path_to(address, case.ids[ROWS[address, "POST"]["id of"]])


def opened(cast: Cast, address):
    """The client, the path that the form is sent to, and the form, from whichever page of the case it stands on."""
    case, user = case_of(cast, address), user_of(cast, address)
    client, path = cast.client(user), path_of(address, case)
    if address in BEFORE:
        BEFORE[address](case.enrolment, user)
    likely = FOUND_ON.get(address, address)
    for (page, method), row in sorted(ROWS.items(), key=lambda entry: entry[0][0] != likely):
        if method == "GET" and row[column_of(address)] == "200" and not page.endswith(("_pdf", "_json")):
            shown = path_to(page, case.ids[row["id of"]])
            found = [form for form in forms_on(client, shown) if path in form.targets]
            if found:
                FOUND_ON[address] = page
                return client, path, found[0]
    raise AssertionError(f"no page has a form for {address}")


def mark(cast: Cast, address):
    """The case turns out to be wrongly registered, which closes it to everybody."""
    case = case_of(cast, address).enrolment
    asked = current(case) or ask_to_void(enrolment=case, why="Fel person", home="", by=cast.hanna)
    assert asked.state == VoidState.ASKED
    confirm_void(enrolment=case, home="", by=cast.samira)
    return case


def close(cast: Cast, address):
    """The case worker's time in the case ends; to the coordinator it closes when the identity is protected."""
    case = case_of(cast, address).enrolment
    user = user_of(cast, address)
    CaseAssignment.objects.filter(user=user, enrolment=case).update(valid_until=today())
    if column_of(address) == "coordinator":
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
    return [f"{WORDS} {box}" for box in form.boxes if re.sub(r"_\d+$", "", box) not in SAYS_WHO]


# A page that stays where all that is stored is reached doesn't close with a wrong registration.
CLOSED_BY = [
    pytest.param(address, closed, id=f"{address}-{closed.__name__}")
    for address in SENT
    for closed in (close, mark)
    if address not in NOT_SAVED and (closed is close or ROWS[address, "POST"]["wrongly registered"] == "404")
]


@pytest.mark.parametrize(("address", "closed"), CLOSED_BY)
def test_what_was_written_is_kept_once_and_nothing_is_told(cast: Cast, address, closed):
    client, path, form = opened(cast, address)
    case = closed(cast, address)
    sent = form.said(WORDS)
    texts = TextBody.objects.count()
    for _ in range(2):
        answer = client.post(path, sent)
        said = answer.content.decode()
        assert (answer.status_code, "Ärendet är inte längre öppet för dig" in said) == (200, True)
        assert [secret for secret in secrets(case) if secret in said] == []
    kept = kept_notes().filter(enrolment=case)
    assert kept.count() == TextBody.objects.count() - texts == int(bool(words_of(form)))
    for note in kept:
        assert (note.owner, note.recorded_by) == (cast.world.ame, user_of(cast, address))
        assert [word for word in words_of(form) if word not in note.body.text or word not in said] == []
        assert note.body.text.count(WORDS) == len(words_of(form)), "identity isn't kept in a text"
    assert ("Inget är sparat" in said) != bool(kept)
    if ROWS[address, "GET"][column_of(address)] != "405":
        assert client.get(path).status_code == 404


def test_each_field_of_one_line_says_whether_it_tells_who_somebody_is(cast: Cast, monkeypatch):
    """One that says nothing is kept nowhere, and its writer loses the words."""
    found, asked = {}, ticket._asked

    def looking(form):
        found.update({(type(form).__name__, bound.name): bound.field for bound in form if not bound.is_hidden})
        return asked(form)

    monkeypatch.setattr(ticket, "_asked", looking)
    for address in SENT:
        if address not in NOT_SAVED:
            with rolled_back():
                opened(cast, address)
    words = {key: field for key, field in found.items() if isinstance(field, forms_of_django.CharField)}
    assert len(words) > 30
    unsaid = [key for key, field in words.items() if getattr(field, "says_who", None) is None]
    assert unsaid == [], "give the field says_who: True for somebody's name, number or contact, else False"


def test_a_case_that_is_marked_between_the_door_and_the_lock_takes_nothing(cast: Cast, monkeypatch):
    """The door looks before the form waits for its lock: what was marked meanwhile is closed all the same."""
    saved, before = set(), forms.writing
    for address in dict.fromkeys(param.values[0] for param in CLOSED_BY if param.values[1] is mark):
        with rolled_back(), monkeypatch.context() as patched:
            client, path, form = opened(cast, address)

            def meanwhile(*, address=address, **how):
                saved.add(address)
                if not case_of(cast, address).enrolment.voidings.filter(state=VoidState.CONFIRMED).exists():
                    mark(cast, address)
                return before(**how)

            patched.setattr(forms, "writing", meanwhile)
            said = client.post(path, form.said(WORDS)).content.decode()
            assert address not in saved or "Ärendet är inte längre öppet för dig" in said, address
    assert saved >= {
        "assessment_create",
        "enrolment_reopen",
        "meeting_create",
        "plan_edit",
        "placement_take_back",
        "consent_take_back",
        "void_ask",
    }


def test_forms_with_words_are_among_those_tried(cast: Cast):
    """Of forms that take no words, and of those that only say who somebody is, nothing is kept: not of all of them."""
    with_words = {address for address in SENT if address not in NOT_SAVED and words_of(opened(cast, address)[2])}
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
    assert opened(cast, "enrolment_correct")[2].boxes


def test_a_piece_that_a_script_asks_for_while_one_writes_is_not_sent_yet(cast: Cast):
    for address in ("meeting_create", "consent_create"):
        client, path, form = opened(cast, address)
        with rolled_back():
            close(cast, address)
            headers = {"X-Requested-With": "fetch"}
            assert client.post(path, form.said(WORDS), headers=headers).status_code == 404
            piece = path_of("meeting_proposal", cast.cases.of_hanna)
            assert client.post(piece, form.said(WORDS), headers=headers).status_code == 404
            # Its address is nobody's to send a form to, whoever says that it isn't a script that asks.
            assert client.post(piece, form.said(WORDS)).status_code == 404
            assert not kept_notes().exists()


# --- Whose ticket, and for what ---------------------------------------------------------------------------------------


def test_a_ticket_is_one_users_for_one_case_and_opens_nothing_else(cast: Cast):
    client, path, form = opened(cast, "plan_edit")
    other = path_of("plan_edit", cast.cases.of_kim)
    missing = path_to("plan_edit", uuid4())
    assert client.post(other, form.said(WORDS)).status_code == 404, "the ticket's own case is open still"
    close(cast, "plan_edit")
    sent = form.said(WORDS)
    torn = {**sent, NAME: sent[NAME][:-1] + ("x" if sent[NAME][-1] != "x" else "y")}
    for who, where, what in [
        (cast.hanna, other, sent),
        (cast.hanna, missing, sent),
        (cast.hanna, path, torn),
        (cast.hanna, path, {**sent, NAME: ""}),
        (cast.hanna, path_of("step_withdraw", cast.cases.of_hanna), sent),
        (cast.kim, path, sent),
        (cast.sune, path, sent),
        (cast.petra, path, sent),
    ]:
        assert cast.client(who).post(where, what).status_code == 404, (who.name, where)
    assert not kept_notes().exists()


def test_a_ticket_doesnt_tell_a_foreign_id_from_a_missing_one(cast: Cast):
    client, _, form = opened(cast, "plan_edit")
    close(cast, "plan_edit")
    client.get("/halsa")
    asked = [path_to("plan_edit", uuid4())]
    asked += [path_of("plan_edit", case) for case in (cast.cases.of_alva, cast.cases.wrongly_registered)]
    answers = []
    for path in asked:
        with CaptureQueriesContext(connection) as caught, rolled_back():
            answer = client.post(path, form.said(WORDS))
        answers.append((answer.status_code, answer.content, len(caught)))
    assert answers[0][0] == 404
    assert answers[1:] == answers[:1] * 2


def test_whoever_has_left_the_project_or_the_organisation_keeps_nothing(cast: Cast):
    client, path, form = opened(cast, "assessment_create")
    user = cast.hanna
    close(cast, "assessment_create")
    with rolled_back():
        Membership.objects.filter(user=user).update(valid_until=today())
        assert client.post(path, form.said(WORDS)).status_code == 404
    with rolled_back():
        type(user).objects.filter(pk=user.pk).update(organisation=cast.world.af)
        assert client.post(path, form.said(WORDS)).status_code == 404
    assert not kept_notes().exists()


def test_when_the_case_is_open_again_the_next_press_saves(cast: Cast):
    client, path, form = opened(cast, "assessment_create")
    case = close(cast, "assessment_create")
    assert "sparad" in client.post(path, form.said(WORDS)).content.decode()
    CaseAssignment.objects.filter(enrolment=case).update(valid_until=None)
    assert client.post(path, form.said(WORDS)).status_code == 302
    assert case.area_answers.filter(answer__text__contains=WORDS).exists()


def test_what_was_kept_at_a_wrong_registration_is_in_the_history_when_it_is_undone(cast: Cast):
    client, path, form = opened(cast, "assessment_create")
    case = mark(cast, "assessment_create")
    assert "felregistrerad i registerutdraget" in client.post(path, form.said(WORDS)).content.decode()
    extract = reverse("participant_extract_json", args=[case.participant.public_id])
    assert WORDS in client.post(extract, {"reason": "asked"}).content.decode()
    undo_void(enrolment=case, why="Rätt person", by=cast.samira)
    assert WORDS in client.get(case.get_absolute_url()).content.decode()
    assert client.post(path, form.said(WORDS)).status_code == 302


def test_who_has_left_since_the_words_were_kept_is_answered_as_anybody(cast: Cast):
    client, path, form = opened(cast, "assessment_create")
    close(cast, "assessment_create")
    assert client.post(path, form.said(WORDS)).status_code == 200
    Membership.objects.filter(user=cast.hanna).update(valid_until=today())
    assert client.post(path, form.said(WORDS)).status_code == 404


def test_the_log_calls_it_a_refusal_and_not_a_reading(cast: Cast):
    client, path, form = opened(cast, "plan_edit")
    close(cast, "plan_edit")
    client.post(path, form.values)
    event = AccessEvent.objects.filter(user=cast.hanna).latest("number")
    assert (event.kind, event.subjects_count, event.reason) == ("refused", 0, "Ärendet hade stängts")


# --- Who finds it -----------------------------------------------------------------------------------------------------


def test_whoever_works_with_the_case_after_finds_it_and_no_other_organisation(cast: Cast):
    client, path, form = opened(cast, "assessment_create")
    case = close(cast, "assessment_create")
    assign_contact(case, cast.alva)
    consents.give(case, [cast.world.af], list(Category), by=cast.hanna)
    client.post(path, form.said(WORDS))
    page = case.get_absolute_url()
    assert client.get(page).status_code == 404
    assert cast.client(cast.kim).get(page).status_code == 404
    said = cast.client(cast.samira).get(page).content.decode()
    assert "Text ur ett formulär som inte gick att spara" in said
    assert f"Behov av anpassning: {WORDS} adaptation" in said
    assign_contact(case, cast.kim)
    assert WORDS in cast.client(cast.kim).get(page).content.decode()
    other = cast.client(cast.alva).get(page)
    assert (other.status_code, WORDS in other.content.decode()) == (200, False)
    note = kept_notes().get()
    for user in (cast.samira, cast.kim, cast.alva, cast.sune, cast.hanna, cast.fia):
        visible = kept_notes().visible_to(Scope.of(user, today()))
        assert list(visible) == ([note] if user in (cast.samira, cast.kim) else []), user.name


def test_what_may_tell_a_protected_person_is_listed_for_somebody_to_go_through(cast: Cast):
    client, path, form = opened(cast, "enrolment_assign")
    case = close(cast, "enrolment_assign")
    note = "Ring Ärna, žana och A\u030asa på 070.123.45.67 eller 070/123 45 67, å@ä.se"
    client.post(path, {**form.values, "note": note})
    waiting = TextToCheck.objects.waiting().get(body__in=KeptNote.objects.values("body"))
    assert (waiting.participant, waiting.owner) == (case.participant, cast.world.ame)
    places = [waiting.body.text[start:end] for start, end in waiting.spans]
    assert {"Ärna", "žana", "Åsa", "070.123.45.67", "070/123 45 67", "å@ä.se"} <= set(places)


def test_whoever_knew_of_the_protection_leaves_nothing_to_go_through(cast: Cast):
    """No more than in a note that was saved as usual."""
    case = cast.cases.protected.enrolment
    user = cast.hanna
    for knew, listed in ((False, 1), (True, 1)):
        keep_note(enrolment=case, text="Ring Ärna.", knew=knew, by=user)
        assert TextToCheck.objects.waiting().filter(body__text="Ring Ärna.").count() == listed
