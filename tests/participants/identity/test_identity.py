"""Who somebody is said to be has a history: each correction adds a version, and the page says what became what."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.days.dates import today
from core.enums import Category, Disposal
from core.privacy import personal_fields
from core.swedish.keys import name_parts, search_key
from core.swedish.words import day
from participants.enrolment.enrol import enrol_participant
from participants.enrolment.new import NewEnrolment
from participants.enums import ProtectionLevel, Sex
from participants.identity.history import changes, numbers_of
from participants.models import Enrolment, IdentityVersion, NamePart, Participant, PersonalNumber
from participants.protection.actions import protect_participant
from participants.protection.scrubbing import KEPT_ON_PURPOSE
from tests.participants.protection.test_former_values import FIRST, corrected
from tests.world import consent_rows as consents
from tests.world.case_rows import assign_contact
from tests.world.factories import PersonalNumberFactory
from tests.world.pages import submit

MARK = ProtectionLevel.CONFIDENTIALITY_MARK


def versions(case: Enrolment) -> list[IdentityVersion]:
    return list(IdentityVersion.objects.filter(participant=case.participant_id).order_by("pk"))


class TestVersions:
    def test_enrolling_writes_the_first(self, world) -> None:
        new = NewEnrolment(given_name="Eva", family_name="Ek", enrolled_on=today(), phone="070-1", sex=Sex.FEMALE)
        made = enrol_participant(new=new, project=world.project, owner=world.ame, by=world.case_worker)
        (first,) = versions(made)
        assert first.who == ("Eva", "Ek", "", None, "female", "070-1", "")
        assert (first.replaces, first.recorded_by) == (None, world.case_worker)

    def test_a_correction_adds_one_and_says_which_it_replaced(self, world, log_in) -> None:
        case = corrected(world, log_in(world.case_worker))
        found = versions(case)
        assert [version.family_name for version in found] == ["Öberg", "Fågelbur", "Burfink", "Gråfink"]
        assert [version.replaces for version in found] == [None, *found[:-1]]
        assert {version.recorded_by for version in found[1:]} == {world.case_worker}

    def test_a_number_that_was_replaced_is_remembered_and_blocks_nobody(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        case = corrected(world, client)
        assert numbers_of(Participant.objects.get(pk=case.participant_id)) == {"196205189829", "198112289874"}
        assert not PersonalNumber.objects.exists()
        other = reverse("enrolment_correct", args=[world.unassigned.public_id])
        assert submit(log_in(world.coordinator), other, number=FIRST["number"], birth_date="").status_code == 302

    def test_nothing_changed_is_no_version(self, world, log_in) -> None:
        submit(log_in(world.case_worker), reverse("enrolment_correct", args=[world.enrolment.public_id]))
        assert len(versions(world.enrolment)) == 1

    def test_two_can_not_replace_the_same(self, world) -> None:
        (first,) = versions(world.enrolment)
        IdentityVersion.objects.create(participant=first.participant, replaces=first)
        with pytest.raises(IntegrityError), transaction.atomic():
            IdentityVersion.objects.create(participant=first.participant, replaces=first)
        with pytest.raises(IntegrityError), transaction.atomic():
            IdentityVersion.objects.create(participant=first.participant)

    def test_one_from_before_there_was_a_history_begins_with_what_stood(self, world, log_in) -> None:
        IdentityVersion.objects.all().delete()
        case = corrected(world, log_in(world.case_worker))
        assert [version.family_name for version in versions(case)] == ["Öberg", "Fågelbur", "Burfink", "Gråfink"]


class TestWhatThePageSays:
    def test_who_corrected_what(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        case = corrected(world, client)
        said = client.get(case.get_absolute_url(), {"visa": "allt"}).content.decode()
        assert "Uppgifter om personen rättade" in said
        for line in ("Efternamn: Öberg → Fågelbur", "Personnummer: 19620518-9829 → 19811228-9874", "E-post: saknas →"):
            assert line in said
        assert f"Född: {day(date(1962, 5, 18))} → {day(date(1981, 12, 28))}" in said

    def test_those_alone_who_may_read_the_identity(self, world, log_in) -> None:
        case = corrected(world, log_in(world.case_worker))
        assign_contact(case, world.af_case_worker)
        guest = log_in(world.af_case_worker)
        consents.give(case, [world.af], [Category.PLAN], by=world.case_worker)
        assert "Fågelbur" not in guest.get(case.get_absolute_url(), {"visa": "allt"}).content.decode()
        consents.give(case, [world.af], [Category.IDENTITY], by=world.case_worker)
        assert "Fågelbur" in guest.get(case.get_absolute_url(), {"visa": "allt"}).content.decode()

    def test_a_registerutdrag_has_every_version(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        case = corrected(world, client)
        url = reverse("participant_extract_json", args=[case.participant.public_id])
        said = client.post(url, {"reason": "asked"}).content.decode()
        for value in ("Fågelbur", "Burfink", "196205189829", "198112289874", "kanarie@example.org"):
            assert value in said

    def test_after_the_protection_that_something_was_corrected_but_not_what(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        case = corrected(world, client)
        protect_participant(level=MARK, case=case, by=world.case_worker)
        said = client.get(case.get_absolute_url(), {"visa": "allt"}).content.decode()
        assert "Uppgifter om personen rättade" in said
        assert "är borttaget" in said
        person = Participant.objects.get(pk=case.participant_id)
        assert [change.lines[:-1] for change in changes(person)] == [(), (), ()]

    def test_a_name_that_is_typed_in_again_comes_from_nothing(self, world, log_in) -> None:
        client, case = log_in(world.case_worker), world.enrolment
        for level in (MARK, ProtectionLevel.NONE):
            person = Participant.objects.get(pk=case.participant_id)
            protect_participant(level=level, case=case, by=world.case_worker)
        submit(client, reverse("enrolment_correct", args=[case.public_id]), given_name="Åsa", family_name="Öberg")
        assert changes(person)[-1].lines[:2] == ("Förnamn: borttaget → Åsa", "Efternamn: borttaget → Öberg")


class TestWhatWasHereBefore:
    """The data migration, run on rows as an earlier release left them."""

    def _migrate(self) -> None:
        IdentityVersion.objects.all().delete()
        module = import_module("participants.migrations.0010_first_identity_versions")
        module.begin_histories(apps, None)

    def test_everybody_gets_a_first_version(self, world) -> None:
        self._migrate()
        assert IdentityVersion.objects.count() == Participant.objects.count()
        (first,) = versions(world.enrolment)
        assert (first.family_name, first.birth_date, first.recorded_by) == (
            "Öberg",
            world.enrolment.participant.birth_date,
            None,
        )

    def test_a_number_that_has_ended_comes_before_the_one_in_use(self, world) -> None:
        person = world.enrolment.participant
        PersonalNumberFactory(participant=person, value="198112289874")
        ended = {"kind": "coordination", "valid_until": today()}
        PersonalNumberFactory(participant=person, value="197010632391", **ended)
        self._migrate()
        found = versions(world.enrolment)
        assert [version.number for version in found] == ["197010632391", "198112289874"]
        assert found[1].replaces == found[0]

    def test_of_somebody_protected_nothing_but_the_sex(self, world) -> None:
        person = world.enrolment.participant
        Participant.objects.filter(pk=person.pk).update(protection=MARK)
        self._migrate()
        (first,) = versions(world.enrolment)
        assert first.who == ("", "", "", None, person.sex, "", "")


def test_every_field_of_identity_is_taken_away_or_kept_on_purpose(world, log_in) -> None:
    """Of each column that the registry calls identity there is nothing but the alias after the protection, and of the
    parts of the name only those of the alias."""
    case = corrected(world, log_in(world.case_worker))
    protect_participant(level=MARK, case=case, by=world.case_worker)
    fields = [field for field in personal_fields() if field.disposal is Disposal.IDENTITY]
    assert len(fields) > 12
    alias = Participant.objects.get(pk=case.participant_id).alias.casefold()
    for field in fields:
        if field.model not in KEPT_ON_PURPOSE:
            left = set(_values(field.model, field.name, case)) - {None, ""}
            whole = {value for value in left if alias not in str(value).casefold()}
            of_alias = name_parts(search_key(alias)) if field.model is NamePart else {}
            assert whole - set(of_alias) == set(), field


def _values(model, name: str, case: Enrolment) -> list:
    from participants.protection.texts import path

    way = path(model, Participant) or "pk"
    return list(model._base_manager.filter(**{way: case.participant_id}).values_list(name, flat=True))
