"""Setting a protection: what it finds in texts, what it leaves to be decided, and that no place to decide is lost."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import AccessKind
from accounts.log.access import log_access
from accounts.models import AccessEvent, AccessNote, LogReviewItem
from actionplans.enums import MeetingKind
from actionplans.meetings.actions import MeetingRecord, log_meeting
from actionplans.models import MeetingParty
from core.days.dates import today
from core.models import TextBody
from participants.assignment.actions import assign_cases
from participants.enums import ProtectionLevel
from participants.models import CaseAssignment, Enrolment, Participant, PersonIdentity, TextToCheck
from participants.protection.actions import protect_participant, redact_texts
from projects.enums import Role
from tests.world.canary import rows_with
from tests.world.factories import (
    CaseAssignmentFactory,
    EnrolmentFactory,
    MembershipFactory,
    PersonalNumberFactory,
    UserFactory,
)
from tests.world.pages import shown
from tests.world.worlds import World, member, model_project

MARK, OVER = ProtectionLevel.CONFIDENTIALITY_MARK, ProtectionLevel.NONE


def person(world: World, given_name: str, family_name: str, **identity: str) -> Enrolment:
    """Somebody more whom the case worker answers for."""
    case = EnrolmentFactory(project=world.project, given_name=given_name, family_name=family_name)
    PersonIdentity.objects.filter(participant=case.participant).update(**identity)
    CaseAssignmentFactory(enrolment=case, user=world.case_worker)
    return Enrolment.objects.get(pk=case.pk)


def meet(case: Enrolment, by, text: str, *others: str) -> TextBody:
    """Write a note; its text."""
    record = MeetingRecord(kind=MeetingKind.FOLLOW_UP, held_on=today(), text=text, others=others)
    return log_meeting(enrolment=case, record=record, by=by).paragraphs.get().body


def protect(case: Enrolment, by, level: ProtectionLevel = MARK) -> str:
    """Set it; the alias."""
    who = Participant.objects.get(pk=case.participant_id)
    protect_participant(level=level, case=case, by=by)
    return who.alias


def waiting(case: Enrolment) -> list[str]:
    """The words that somebody has to decide about."""
    rows = TextToCheck.objects.waiting().filter(participant=case.participant_id).order_by("pk")
    return [row.body.text[start:end] for row in rows.select_related("body") for start, end in row.spans]


def read(body: TextBody) -> str:
    return TextBody.objects.get(pk=body.pk).text


class TestTextsAboutOthers:
    @pytest.mark.parametrize(
        ("name", "phone", "said"),
        [
            ("Öberglund", "", "anna öberglund"),
            ("Lind-Bergström", "", "Anna Lind Bergström"),
            ("Zettervall", "070-1234567 (hem)", "0701234567"),
            ("Zettervall", "070-123 45 6 7", "070-1234567"),
            ("Zettervall", "", "62 05 18 98 29"),
        ],
    )
    def test_no_spelling_is_passed_by(self, world, name, phone, said) -> None:
        case = person(world, "Anna", name, phone=phone)
        PersonalNumberFactory(participant=case.participant)
        body = meet(world.enrolment, world.case_worker, f"Granne med {said}.")
        alias = protect(case, world.case_worker)
        assert read(body) == f"Granne med {alias}."

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("Yıldız", "Anna Yildiz"),
            ("Yildiz", "ANNA YILDIZ"),
            ("Yildiz", "Anna Yıldız"),
            ("Sørensen", "Anna Sörensen"),
            ("Sørensen", "Anna Soerensen"),
            ("Soerensen", "Anna Sørensen"),
            ("Sörensen", "Anna Sørensen"),
            ("O'Brien", "Anna OBrien"),
            ("OBrien", "Anna O’Brien"),
            ("D´Angelo", "anna d'angelo"),
            ("Łukaszewicz", "Anna Lukaszewicz"),
            ("Đorđević", "Anna Djordjevic"),
            ("Strauß", "Anna Strauss"),
            ("Öberglund", "Anna Oberglund"),
            ("Müller", "Anna Mueller"),
        ],
    )
    def test_a_name_is_found_as_people_type_it(self, world, name, said) -> None:
        body = meet(world.enrolment, world.case_worker, f"Granne med {said}.")
        own = person(world, "Anna", name)
        mine = meet(own, world.case_worker, f"{said.split()[1].title()} kom.")
        alias = protect(own, world.case_worker)
        assert (read(body), read(mine)) == (f"Granne med {alias}.", f"{alias} kom.")

    def test_a_letter_that_somebody_means_is_another_name(self, world) -> None:
        body = meet(world.enrolment, world.case_worker, "Granne med Anna Åkers.")
        protect(person(world, "Anna", "Akers"), world.case_worker)
        assert read(body) == "Granne med Anna Åkers."

    def test_a_colleagues_name_must_be_the_same_in_whole_words(self, world) -> None:
        UserFactory(name="Evald Ekberg")
        body = meet(world.enrolment, world.case_worker, "Granne med Eva Ek.")
        alias = protect(person(world, "Eva", "Ek"), world.case_worker)
        assert read(body) == f"Granne med {alias}."

    def test_those_present_at_others_meetings(self, world) -> None:
        meet(world.enrolment, world.case_worker, "x", "Kanariea Fågelbur", "Kanariea")
        alias = protect(person(world, "Kanariea", "Fågelbur"), world.case_worker)
        assert set(MeetingParty.objects.exclude(name="").values_list("name", flat=True)) == {alias, "Kanariea"}

    def test_why_a_file_about_another_was_taken_out(self, world) -> None:
        _note(world.case_worker, world.enrolment, "Kanariea Fågelbur bad Öberg om det")
        alias = protect(person(world, "Kanariea", "Fågelbur"), world.case_worker)
        assert {note.body.text for note in AccessNote.objects.all()} == {f"{alias} bad Öberg om det"}

    def test_a_note_with_a_whole_caseload_keeps_others_of_the_first_name(self, world) -> None:
        """In a text about several a name alone is for somebody to decide about."""
        kim = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
        cases = [world.enrolment, person(world, "Åsa", "Ekstrand")]
        assign_cases(enrolments=cases, user=kim, note="Åsa Öberg har tolk. Åsa Ekstrand har bil.", by=kim)
        alias = protect(world.enrolment, kim)
        body = world.enrolment.assignments.exclude(note=None).get().note
        assert read(body) == f"{alias} har tolk. Åsa Ekstrand har bil."
        assert waiting(world.enrolment) == ["Åsa"]


def _note(by, case: Enrolment, words: str) -> None:
    what = {"kind": AccessKind.EXPORT, "part": "participant_extract_pdf", "reason": "Annat skäl", "note": words}
    log_access(user=by, persons=[case.participant.public_id], **what)


class TestWhatLogReviewersWrote:
    def test_no_page_of_the_case_shows_it(self, world, log_in) -> None:
        """Neither to whom it is about nor to be changed: what is exact is replaced, the rest stays."""
        _note(world.case_worker, world.enrolment, "Öbergs bror frågade Öberg")
        protect(world.enrolment, world.case_worker)
        alias = world.enrolment.participant.alias
        assert {note.body.text for note in AccessNote.objects.all()} == {f"Öbergs bror frågade {alias}"}
        assert not TextToCheck.objects.exists()

    def test_of_a_sample(self, world, log_in) -> None:
        from accounts.log.reviews import DrawnReading, Verdict, sign_off, store_sample

        log_in(world.case_worker).get(world.enrolment.get_absolute_url())
        event = AccessEvent.objects.filter(user=world.case_worker, subjects_count=1).latest("pk")
        drawn = [DrawnReading(event.pk, world.enrolment.participant.public_id, 1, [])]
        by = world.log_reviewer
        review = store_sample(month=today().replace(day=1), seed=1, readings=1, drawn=drawn, by=by)
        verdict = Verdict("ask", "Varför läste Hanna Öbergs akt om Öberg?")
        sign_off(review=review, verdicts={review.items.get().pk: verdict}, by=by)
        alias = protect(world.enrolment, world.case_worker)
        assert LogReviewItem.objects.get().note.text == f"Varför läste Hanna Öbergs akt om {alias}?"
        assert not TextToCheck.objects.exists()


class TestPlacesThatWait:
    def test_they_follow_when_somebody_else_is_protected(self, world) -> None:
        other = person(world, "Bo", "Ekstrand")
        body = meet(world.enrolment, world.case_worker, "Bo Ekstrand såg Öbergs bil vid porten.")
        alias = protect(world.enrolment, world.case_worker)
        others = protect(other, world.case_worker)
        assert waiting(world.enrolment) == ["Öbergs"]
        rows = TextToCheck.objects.filter(participant=world.enrolment.participant_id)
        row = rows.select_related("body", "participant").get()
        redact_texts(texts=[row], chosen={row.pk: [tuple(row.spans[0])]}, by=world.case_worker)
        assert read(body) == f"{others} såg {alias} bil vid porten."

    def test_one_row_for_each_person_and_text(self, world) -> None:
        case, by = world.enrolment, world.case_worker
        meet(case, by, "Öbergs bil vid porten. Åsas syster. Någon annans.")
        protect(case, by)
        protect(case, by, OVER)
        who = Participant.objects.get(pk=case.participant_id)
        PersonIdentity(participant=who, given_name="Åsa", family_name="Någon").set_keys().save()
        alias = protect(case, by)
        row = TextToCheck.objects.get()
        assert row.body.text == f"Öbergs bil vid porten. Åsas syster. {alias} annans."
        assert waiting(case) == ["Öbergs", "Åsas"]

    def test_two_who_go_through_a_text_at_once_dont_undo_each_other(self, world) -> None:
        body = meet(world.enrolment, world.case_worker, "Åsas syster och Öbergs chef ringde.")
        protect(world.enrolment, world.case_worker)
        rows = [TextToCheck.objects.select_related("body", "participant").get() for _ in range(2)]
        redact_texts(texts=rows[:1], chosen={rows[0].pk: rows[0].spans}, by=world.case_worker)
        said = read(body)
        assert "Åsas" not in said
        with pytest.raises(ValidationError, match="Någon annan"):
            redact_texts(texts=rows[1:], chosen={rows[1].pk: rows[1].spans[1:]}, by=world.case_worker)
        assert read(body) == said

    def test_a_page_that_was_opened_before_a_text_changed_decides_nothing(self, world, log_in) -> None:
        case, client = world.enrolment, log_in(world.case_worker)
        other = person(world, "Bo", "Ekstrand")
        body = meet(case, world.case_worker, "Bo Ekstrand såg Öbergs bil.")
        protect(case, world.case_worker)
        url = reverse("enrolment_texts", args=[case.public_id])
        form = client.get(url).context["form"]
        sent = {**shown(form), "places": [form.groups()[0][0].value]}
        others = protect(other, world.case_worker)
        for data in (sent, {**sent, "places": []}):
            answer = client.post(url, data)
            assert answer.content.decode().count("Någon annan har ändrat") == 1
            assert waiting(case) == ["Öbergs"]
        again = answer.context["form"]
        client.post(url, {**sent, "seen": again["seen"].value(), "places": [again.groups()[0][0].value]})
        assert read(body) == f"{others} såg {case.participant.alias} bil."


class TestWhoseItIsToGoThrough:
    @pytest.fixture
    def other(self, world) -> Enrolment:
        """The same person in another project, where Olle works."""
        project = model_project(host=world.ame, name="Annat", register_number="P2")
        olle = member(project, world.ame, Role.CASE_WORKER, "Olle Annan")
        case = EnrolmentFactory(project=project, participant=world.enrolment.participant, owner=world.ame)
        CaseAssignmentFactory(enrolment=case, user=olle)
        meet(case, olle, "Ur ett annat projekt om Öbergs syster")
        return case

    def _said(self, client, case: Enrolment) -> str:
        return client.get(reverse("enrolment_texts", args=[case.public_id])).content.decode()

    def test_a_text_is_gone_through_in_its_own_case(self, world, log_in, other) -> None:
        meet(world.enrolment, world.case_worker, "Åsas katt")
        protect(world.enrolment, world.case_worker)
        olle = CaseAssignment.objects.get(enrolment=other).user
        mine, theirs = (
            self._said(log_in(user), case) for user, case in ((world.case_worker, world.enrolment), (olle, other))
        )
        assert ("Ur ett annat projekt" in mine, "katt" in mine) == (False, True)
        assert ("Ur ett annat projekt" in theirs, "katt" in theirs) == (True, False)

    def test_that_of_a_case_that_nobody_works_with_falls_to_the_persons_other(self, world, log_in, other) -> None:
        CaseAssignment.objects.filter(enrolment=other).update(valid_until=today())
        Enrolment.objects.filter(pk=other.pk).update(exited_on=today(), exit_reason="work")
        protect(world.enrolment, world.case_worker)
        assert "Ur ett annat projekt" in self._said(log_in(world.case_worker), world.enrolment)

    def test_one_that_stands_in_both_is_shown_in_both(self, world, log_in, other) -> None:
        kim = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
        MembershipFactory(user=kim, project=other.project, role=Role.CASE_WORKER)
        assign_cases(enrolments=[world.enrolment, other], user=kim, note="Åsas katt", by=kim)
        protect(world.enrolment, kim)
        assert TextToCheck.objects.waiting().filter(body__text="Åsas katt").count() == 1
        for case in (world.enrolment, other):
            assert "katt" in self._said(log_in(kim), case)


def test_nothing_is_left_of_somebody_whose_name_other_letters_spell(world) -> None:
    case = person(world, "U\u0308mit", "Çelik-Žana")
    said = "U\u0308mit Çelik-Žana, ÜMIT, ÇELIK–ŽANA och Ümit Çelik Žana."
    meet(case, world.case_worker, said, "Çelik-Žana, Ümit")
    meet(world.enrolment, world.case_worker, "Såg U\u0308mit Çelik-Žana.", "U\u0308mit Çelik-Žana")
    names = ["Ümit", "U\u0308mit", "Çelik", "Žana"]
    assert len(rows_with(names)) > 2
    protect(case, world.case_worker)
    assert rows_with(names) == []
