"""`import_register`: exit codes, the JSON form, all or nothing, and never twice."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AccessEvent, Organisation, User
from actionplans.models import (
    ActionPlan,
    ImportBatch,
    ImportedRow,
    Meeting,
    MilestoneStatus,
    PlanRevision,
    StepAssessment,
    StepClock,
)
from actionplans.plans.next_contact import next_contact_on
from actionplans.steps.actions import withdraw_assessment
from actionplans.steps.clock import clocks_of
from core.models import TextBody
from participants.enrolment.actions import correct_enrolment
from participants.enums import ExitReason, ReferralSource, Sex
from participants.exits.actions import end_enrolment
from participants.models import (
    Assessment,
    CountedOnly,
    Enrolment,
    EnrolmentEntry,
    Exit,
    LivelihoodRecord,
    Participant,
    PersonalNumber,
    PersonIdentity,
    Referral,
    SickListing,
)
from tests.actionplans.register.builders import register_file
from tests.world.clocks import facts_of
from tests.world.worlds import model_project

REGISTER = Path(__file__).parents[2] / "data" / "deltagarforteckning.xlsx"
WRITTEN = (
    ActionPlan, Assessment, CountedOnly, Enrolment, EnrolmentEntry, Exit, ImportBatch, ImportedRow, LivelihoodRecord,
    Meeting, MilestoneStatus, Participant, PersonalNumber, PersonIdentity, PlanRevision, Referral, SickListing,
    StepAssessment, StepClock, TextBody,
)  # fmt: skip


@pytest.fixture
def project(db):
    return model_project()


@pytest.fixture
def file(tmp_path):
    def write(*rows: dict) -> str:
        path = tmp_path / "register.xlsx"
        path.write_bytes(register_file(*rows))
        return str(path)

    return write


def run(project, path: str | Path = REGISTER, *args: str) -> tuple[int, str]:
    """Exit code and standard output."""
    out = StringIO()
    try:
        call_command("import_register", str(path), "--project", project.register_number, *args, stdout=out)
    except SystemExit as stopped:
        return int(stopped.code), out.getvalue()
    return 0, out.getvalue()


def run_json(project, path: str | Path = REGISTER, *args: str) -> tuple[int, dict]:
    code, out = run(project, path, "--format", "json", *args)
    return code, json.loads(out)


def everything() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in WRITTEN}


def counted(told: dict) -> tuple[int, int, int]:
    return told["imported"], told["counted_only"], told["unchanged"]


class TestTheRealRegister:
    def test_with_refused_rows_nothing_is_imported_and_the_command_fails(self, project) -> None:
        before = everything()
        code, told = run_json(project)
        assert code == 1
        assert list(told) == ["imported", "unchanged", "counted_only", "refused"]
        assert counted(told) == (0, 0, 0)
        assert len(told["refused"]) == 11
        assert told["refused"][0] == {
            "row": 16,
            "column": "Personnr",
            "value": "19701209-9822",
            "reason": told["refused"][0]["reason"],
        }
        assert "Kontrollsiffran" in told["refused"][0]["reason"]
        assert everything() == before

    def test_without_them_the_rest_is_imported(self, project) -> None:
        code, told = run_json(project, REGISTER, "--skip-refused")
        assert (code, counted(told), len(told["refused"])) == (0, (143, 1, 0), 11)
        assert Enrolment.objects.count() == 143
        assert CountedOnly.objects.count() == 1
        assert ImportedRow.objects.count() == 144

    def test_a_dry_run_tells_the_same_and_writes_nothing(self, project) -> None:
        before = everything()
        code, told = run_json(project, REGISTER, "--dry-run", "--skip-refused")
        assert (code, counted(told), len(told["refused"])) == (0, (143, 1, 0), 11)
        assert everything() == before

    def test_a_second_run_changes_nothing(self, project) -> None:
        run(project, REGISTER, "--skip-refused")
        before = everything() | {"ImportBatch": ImportBatch.objects.count() + 1}
        code, told = run_json(project, REGISTER, "--skip-refused")
        assert (code, counted(told), len(told["refused"])) == (0, (0, 0, 144), 11)
        assert everything() == before

    def test_nobody_has_an_account_of_the_protected_person_but_sex_and_year(self, project) -> None:
        run(project, REGISTER, "--skip-refused")
        row = CountedOnly.objects.get()
        assert (row.project, row.owner, row.year in (2010, 2011, 2012)) == (project, project.host, True)
        assert ImportedRow.objects.get(fate="counted_only").enrolment is None
        assert not PersonIdentity.objects.filter(search_key__contains="skydd").exists()

    def test_someone_with_two_enrolments_one_after_the_other_is_one_person_with_two(self, project) -> None:
        run(project, REGISTER, "--skip-refused")
        twice = [participant for participant in Participant.objects.all() if participant.enrolments.count() > 1]
        assert [participant.enrolments.count() for participant in twice] == [2]
        first, second = twice[0].enrolments.order_by("enrolled_on")
        assert first.exited_on <= second.enrolled_on

    def test_everything_is_by_the_system_and_logged(self, project) -> None:
        run(project, REGISTER, "--skip-refused")
        event = AccessEvent.objects.get(part="import")
        assert event.user == User.objects.system()
        assert event.subjects.count() == 142

    def test_the_projections_follow_from_the_facts(self, project) -> None:
        run(project, REGISTER, "--skip-refused")
        seen = set()
        for enrolment in Enrolment.objects.select_related("project"):
            gone = enrolment.exits.current().first()
            assert (
                (enrolment.exited_on, enrolment.exit_reason) == (gone.concerns_on, gone.reason) if gone else (None, "")
            )
            entry = enrolment.entries.current().get()
            assert (enrolment.enrolled_on, enrolment.source, enrolment.applied_on, enrolment.referred_on) == (
                entry.concerns_on,
                entry.source,
                entry.applied_on,
                entry.referred_on,
            )
            assert enrolment.assessed_on == min(
                (fact.concerns_on for fact in enrolment.assessments.current()), default=None
            )
            complete = enrolment.plan_revisions.filter(is_complete=True)
            assert enrolment.planned_on == min((fact.concerns_on for fact in complete), default=None)
            assert enrolment.next_contact_on == next_contact_on(enrolment)
            seen |= {bool(gone), bool(enrolment.assessed_on) + 2, bool(enrolment.planned_on) + 4}
        assert seen == {0, 1, 3, 4, 5}, "a register where all are alike proves nothing"
        assert facts_of(StepClock.objects.all()) == facts_of(clocks_of(list(Enrolment.objects.all()), {}))
        assert StepClock.objects.exclude(cleared_on=None).exists()

    def test_imported_steps_are_assessments_without_criteria_and_marked_so(self, project) -> None:
        run(project, REGISTER, "--skip-refused")
        assert set(StepAssessment.objects.values_list("origin", "outcome", "meeting")) == {
            ("register", "cleared", None)
        }
        assert not StepAssessment.objects.filter(results__isnull=False).exists()


class TestOneRow:
    def test_says_everything_that_stands_in_it(self, project, file) -> None:
        row = {
            "Kön": "M",
            "Heltidssjukskr.": "ja",
            "Steg 1 klart": date(2011, 4, 1),
            "Avslut": date(2012, 1, 9),
            "Orsak": "Arbete",
            "Försörjning före": "Försörjningsstöd",
            "Anm.": "Ring mobilen",
        }
        assert run_json(project, file(row))[0] == 0
        one = Enrolment.objects.select_related("participant__identity").get()
        assert one.participant.identity.full_name == "Öberg, Åsa"
        assert one.participant.sex == Sex.MALE
        assert one.participant.numbers.get().value == "197902142327"
        assert (one.source, one.applied_on, one.referred_on, one.enrolled_on) == (
            ReferralSource.EMPLOYMENT_SERVICE,
            date(2011, 1, 10),
            date(2011, 1, 20),
            date(2011, 1, 28),
        )
        assert (one.assessed_on, one.planned_on) == (date(2011, 2, 3), date(2011, 2, 8))
        assert (one.exited_on, one.exit_reason) == (date(2012, 1, 9), ExitReason.WORK)
        assert one.plan_revisions.get().main_activity.text == "Köket"
        assert one.sick_listings.get().percent == 100
        assert one.entries.get().note.text == "Ring mobilen"
        assert one.livelihoods.get().moment == "enrolment"
        assert StepClock.objects.get(enrolment=one, step_number=1).cleared_on == date(2011, 4, 1)

    def test_without_a_personal_number_is_no_error(self, project, file) -> None:
        assert run_json(project, file({"Personnr": None}))[1]["imported"] == 1
        assert not PersonalNumber.objects.exists()

    def test_of_someone_enrolled_already_is_refused(self, project, file) -> None:
        run(project, file({}))
        code, told = run_json(project, file({"Inskriven": date(2011, 3, 1)}))
        assert code == 1
        [fault] = told["refused"]
        assert (fault["row"], fault["column"], fault["value"]) == (2, "Personnr", "19790214-2327")
        assert "redan inskriven" in fault["reason"]

    def test_of_someone_who_stands_on_a_row_that_was_imported_gives_way_to_that_row(self, project, tmp_path) -> None:
        """The first row was refused, and the second imported; with the first one mended, it alone is one too many."""
        path = tmp_path / "register.xlsx"
        path.write_bytes(register_file({"Avslut": "när hon slutade"}, {"Inskriven": date(2011, 3, 1)}))
        run(project, path, "--skip-refused")
        path.write_bytes(register_file({}, {"Inskriven": date(2011, 3, 1)}))
        told = run_json(project, path)[1]
        [fault] = told["refused"]
        assert (fault["row"], counted(told)) == (2, (0, 0, 1))
        assert "redan inskriven enligt rad 3" in fault["reason"]

    def test_of_someone_who_has_left_is_a_second_enrolment(self, project, file) -> None:
        run(project, file({"Avslut": date(2011, 5, 2), "Orsak": "Flyttat"}))
        told = run_json(project, file({"Inskriven": date(2011, 6, 1)}))[1]
        assert counted(told) == (1, 0, 0)
        assert Participant.objects.get().enrolments.count() == 2


class TestLaterCorrections:
    """A second run never reverts what somebody has put right in the program."""

    @pytest.fixture
    def imported(self, project, file):
        path = file({"Avslut": date(2012, 1, 9), "Orsak": "Arbete", "Steg 1 klart": date(2011, 4, 1)})
        run(project, path)
        return Enrolment.objects.get(), path

    def test_of_an_exit_stays(self, project, imported) -> None:
        enrolment, path = imported
        end_enrolment(
            enrolment=enrolment, exited_on=date(2012, 2, 1), reason=ExitReason.STUDIES, by=User.objects.system()
        )
        assert counted(run_json(project, path)[1]) == (0, 0, 1)
        enrolment.refresh_from_db()
        assert (enrolment.exited_on, enrolment.exit_reason) == (date(2012, 2, 1), ExitReason.STUDIES)

    def test_of_the_start_stays(self, project, imported) -> None:
        enrolment, path = imported
        correct_enrolment(
            enrolment=enrolment,
            enrolled_on=date(2011, 1, 31),
            source=ReferralSource.SOCIAL_SERVICES,
            applied_on=None,
            referred_on=None,
            by=User.objects.system(),
        )
        assert counted(run_json(project, path)[1]) == (0, 0, 1)
        assert Enrolment.objects.get().enrolled_on == date(2011, 1, 31)

    def test_of_a_step_stays(self, project, imported) -> None:
        enrolment, path = imported
        withdraw_assessment(
            assessment=enrolment.step_assessments.get(), reason="Fel i registret.", by=User.objects.system()
        )
        run(project, path)
        assert StepClock.objects.get(enrolment=enrolment, step_number=1).cleared_on is None

    def test_of_the_row_in_the_file_is_refused_with_what_to_do(self, project, imported, file) -> None:
        changed = file({"Avslut": date(2012, 3, 9), "Orsak": "Arbete", "Steg 1 klart": date(2011, 4, 1)})
        code, told = run_json(project, changed)
        assert code == 1
        assert "Rätta i programmet" in told["refused"][0]["reason"]


class TestAllOrNothing:
    @pytest.mark.parametrize("model", [Enrolment, EnrolmentEntry, PlanRevision, StepAssessment, StepClock, ImportedRow])
    def test_a_fault_in_the_middle_leaves_nothing(self, project, file, monkeypatch, model) -> None:
        before = everything()
        path = file({"Steg 1 klart": date(2011, 4, 1)})

        def fail(*args, **kwargs):
            raise RuntimeError("disken är full")

        monkeypatch.setattr(model.objects, "bulk_create", fail)
        with pytest.raises(RuntimeError, match="disken"):
            run(project, path)
        monkeypatch.undo()
        assert everything() == before
        assert run(project, path)[0] == 0


class TestOrganisations:
    def test_the_owner_is_the_host_unless_another_is_named(self, project, file) -> None:
        other = Organisation.objects.create(name="Regionen")
        run(project, file({}))
        told = run_json(project, file({}), "--organisation", "Regionen")[1]
        assert counted(told) == (1, 0, 0)
        assert set(Enrolment.objects.values_list("owner", flat=True)) == {project.host_id, other.pk}
        assert Participant.objects.count() == 2

    def test_another_project_imports_the_same_file_for_itself(self, project, file) -> None:
        path = file({})
        run(project, path)
        second = model_project(host=project.host, name="Annat", register_number="PROV-2")
        assert counted(run_json(second, path)[1]) == (1, 0, 0)
        # The number alone joins nobody: whoever answers for the first case says whether it is the same person.
        assert [person.enrolments.count() for person in Participant.objects.all()] == [1, 1]
        assert list(PersonalNumber.objects.order_by("pk").values_list("is_claim", flat=True)) == [False, True]


class TestFilesAndNamesThatDoNotHold:
    @pytest.mark.parametrize("content", [b"", b"Namn;Datum\n", b"PK\x03\x04 avklippt"])
    def test_a_file_that_cannot_be_read_is_told(self, project, tmp_path, content) -> None:
        path = tmp_path / "register.xlsx"
        path.write_bytes(content)
        with pytest.raises(CommandError) as told:
            run(project, path)
        assert told.value.returncode == 2
        assert str(told.value).startswith("Filen")

    def test_a_file_that_is_not_there_is_told(self, project, tmp_path) -> None:
        with pytest.raises(CommandError, match="går inte att öppna"):
            run(project, tmp_path / "saknas.xlsx")

    def test_an_unknown_project_or_organisation_is_told(self, project, file) -> None:
        with pytest.raises(CommandError, match="PROV-404"):
            call_command("import_register", file({}), "--project", "PROV-404")
        with pytest.raises(CommandError, match="Ingenstans"):
            run(project, file({}), "--organisation", "Ingenstans")

    def test_the_table_says_what_happens_row_by_row(self, project) -> None:
        code, out = run(project)
        assert code == 1
        assert "Rad 24, Inskriven: «mars 2011»." in out
        assert "Ingenting är inläst." in out
        code, out = run(project, REGISTER, "--skip-refused")
        assert "143 rader läses in, 1 räknade utan att registreras, 0 oförändrade, 10 kan inte läsas in." in out
