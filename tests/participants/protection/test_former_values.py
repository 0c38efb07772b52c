"""What somebody was called before a correction is as secret after the protection as what they are called now."""

import pytest
from django.urls import reverse

from actionplans.enums import MeetingKind
from actionplans.meetings.actions import MeetingRecord, log_meeting
from actionplans.models import MeetingParty
from core.days.dates import today
from core.models import Draft, TextBody
from participants.assessment.actions import record_assessment
from participants.enums import ProtectionLevel
from participants.models import Enrolment, Participant
from participants.protection.actions import protect_participant
from participants.stale_forms.kept_notes import keep_note
from tests.world.canary import rows_with
from tests.world.factories import EnrolmentFactory
from tests.world.pages import faults, fill, submit
from tests.world.worlds import World

MARK, OVER = ProtectionLevel.CONFIDENTIALITY_MARK, ProtectionLevel.NONE
FIRST = {
    "given_name": "Kanariea",
    "family_name": "Fågelbur",
    "number": "19620518-9829",
    "phone": "070-1234567",
    "email": "kanarie@example.org",
}
SECOND = {
    "given_name": "Papegojan",
    "family_name": "Burfink",
    "number": "19811228-9874",
    "phone": "073-7654321",
    "email": "papegoja@example.org",
}
THIRD = {"given_name": "Sparvina", "family_name": "Gråfink", "number": "", "phone": "", "email": ""}
NUMBERS = ["196205189829", "620518-9829", "198112289874", "811228-9874"]
PHONES = ["070-1234567", "0701234567", "073-7654321", "0737654321"]
CANARIES = [*NUMBERS, *PHONES, *(name for who in (FIRST, SECOND, THIRD) for name in list(who.values())[:2])]
CANARIES += ["kanarie@", "papegoja@", "1962-05-18", "1981-12-28"]


def corrected(world: World, client) -> Enrolment:
    """Somebody who was corrected twice, to a name and a number that are all others."""
    case = world.enrolment
    url = reverse("enrolment_correct", args=[case.public_id])
    for values in (FIRST, SECOND, {**THIRD, "birth_date": ""}):
        assert submit(client, url, **{"birth_date": "", "number_is": "mistyped", **values}).status_code == 302
    return Enrolment.objects.get(pk=case.pk)


def meet(case: Enrolment, by, text: str, *others: str) -> TextBody:
    record = MeetingRecord(kind=MeetingKind.FOLLOW_UP, held_on=today(), text=text, others=others)
    return log_meeting(enrolment=case, record=record, by=by).paragraphs.get().body


def protect(case: Enrolment, by, level: ProtectionLevel = MARK) -> str:
    who = Participant.objects.get(pk=case.participant_id)
    protect_participant(level=level, case=case, by=by)
    return who.alias


def read(body: TextBody) -> str:
    return TextBody.objects.get(pk=body.pk).text


@pytest.mark.parametrize(
    "said",
    [
        "Kanariea Fågelbur",
        "Fågelbur, Kanariea",
        "Papegojan",
        "Burfink",
        "620518 9829",
        "811228-9874",
        "+46 70 123 45 67",
        "0737654321",
        "Kanarie@example.org",
    ],
)
def test_a_former_value_is_replaced_in_the_own_texts(world, log_in, said) -> None:
    case = corrected(world, log_in(world.case_worker))
    body = meet(case, world.case_worker, f"Träffade {said}, som mår bra.")
    alias = protect(case, world.case_worker)
    assert read(body) == f"Träffade {alias}, som mår bra."


@pytest.mark.parametrize("said", ["Kanariea Fågelbur", "Kanariea Burfink", "620518-9829", "0737654321"])
def test_a_former_value_is_replaced_in_texts_about_others(world, log_in, said) -> None:
    """Also the new given name with the family name from before: a colleague may have known either first."""
    case = corrected(world, log_in(world.case_worker))
    body = meet(world.unassigned, world.coordinator, f"Granne med {said}.", "Kanariea Fågelbur")
    alias = protect(case, world.case_worker)
    assert read(body) == f"Granne med {alias}."
    assert set(MeetingParty.objects.exclude(name="").values_list("name", flat=True)) == {alias}


def test_nothing_of_any_version_is_left_in_any_table(world, log_in) -> None:
    client = log_in(world.case_worker)
    case = corrected(world, client)
    other = EnrolmentFactory(project=world.project, given_name="Bo", family_name="Ek")
    for words in ("Fågelbur", "811228-9874", "Sparvina", "0737654321"):
        client.post("/deltagare/", {"q": words})
    for place, words in enumerate(("Kanariea", "811228-9874")):
        Draft.objects.create(author=world.coordinator, form=f"x{place}", subject=other.public_id, data={"a": [words]})
    record_assessment(enrolment=case, completed_on=today(), summary="Burfink 0701234567", by=world.case_worker)
    keep_note(enrolment=case, text="Papegojan Burfink ringde", by=world.case_worker)
    meet(other, world.coordinator, "Papegojan Burfink, 620518-9829 och kanarie@example.org", "Kanariea Fågelbur")
    assert len(rows_with(CANARIES)) > 5
    protect(case, world.case_worker)
    assert rows_with(CANARIES) == []


def test_a_person_may_be_recognised_by_a_former_name_that_is_misspelt(world, log_in) -> None:
    case = corrected(world, log_in(world.case_worker))
    meet(case, world.case_worker, "Burfinks bror och Fågelburg ringde den 18/5 1962.")
    protect(case, world.case_worker)
    said = log_in(world.case_worker).get(reverse("enrolment_texts", args=[case.public_id])).content.decode()
    for word in ("Burfinks", "Fågelburg", "18/5 1962"):
        assert f"<mark>{word}</mark>" in said


class TestAFormThatWasOpenBefore:
    """Whatever happens in between, a page from before brings no value back in silence."""

    @pytest.mark.parametrize("is_over", [False, True])
    def test_a_correction(self, world, log_in, is_over) -> None:
        client = log_in(world.case_worker)
        case = corrected(world, client)
        url = reverse("enrolment_correct", args=[case.public_id])
        opened = fill(client, url)
        sent = {**opened, "ticket": _ticket(client, url), "phone": "070-9999999"}
        protect(case, world.case_worker)
        if is_over:
            protect(case, world.case_worker, OVER)
        answer = client.post(url, sent)
        assert answer.status_code == 200
        assert faults(answer)
        assert rows_with([*CANARIES, "070-9999999"]) == []

    def test_unprotecting_brings_nothing_back(self, world, log_in) -> None:
        case = corrected(world, log_in(world.case_worker))
        protect(case, world.case_worker)
        protect(case, world.case_worker, OVER)
        assert rows_with(CANARIES) == []


def _ticket(client, url: str) -> str:
    html = client.get(url).content.decode()
    return html.split('name="ticket" value="', 1)[1].split('"', 1)[0]
