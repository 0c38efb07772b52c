"""Importing a register in the browser: upload, every row's fate, columns, yes or no."""

from datetime import date, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from actionplans.enums import ImportState
from actionplans.models import ImportBatch, ImportedRow
from actionplans.register.actions import forget_files, forget_old_files
from actionplans.register.reading.fields import Field
from participants.models import CaseAssignment, CountedOnly, Enrolment
from tests.actionplans.register.builders import PLAIN, register_file, workbook
from tests.world.pages import faults, queries, shown

REGISTER = Path(__file__).parents[2] / "data" / "deltagarforteckning.xlsx"
UPLOAD = "/import/"


@pytest.fixture
def client(world, log_in):
    return log_in(world.coordinator)


def upload(client, content: bytes, name: str = "register.xlsx"):
    token = shown(client.get(UPLOAD).context["form"])["token"]
    return client.post(UPLOAD, {"token": token, "file": SimpleUploadedFile(name, content)})


def previewed(client, *rows: dict) -> str:
    """The address of a preview of these rows."""
    answer = upload(client, register_file(*rows))
    assert answer.status_code == 302, faults(answer)
    return answer["Location"]


def approve(client, url: str, **answers):
    return client.post(url, {**shown(client.get(url).context["form"]), "do": "approve", **answers}, follow=True)


def text_of(response) -> str:
    return unescape(response.content.decode())


class TestUpload:
    def test_leads_to_the_preview_and_writes_nothing_but_the_file(self, world, client) -> None:
        before = Enrolment.objects.count()
        url = previewed(client, {})
        batch = ImportBatch.objects.get()
        assert url == reverse("import_preview", args=[batch.public_id])
        assert (batch.state, batch.organisation, batch.created_by) == ("preview", world.ame, world.coordinator)
        assert batch.content
        assert Enrolment.objects.count() == before

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "tom"),
            (b"Namn;Datum", "ingen arbetsbok"),
            (b"PK\x03\x04 avklippt", "går inte att läsa"),
            (workbook({"Blad1": [["Möte den 3 maj"], ["Kaffe", 3]]}), "hittade ingen rad med rubriker"),
        ],
    )
    def test_a_file_that_is_no_register_is_refused_with_what_to_do(self, client, content, said) -> None:
        answer = upload(client, content)
        assert said in faults(answer)["file"][0]
        assert "<title>Fel: " in text_of(answer)
        assert not ImportBatch.objects.exists()

    def test_no_file_at_all_is_told(self, client) -> None:
        assert faults(client.post(UPLOAD, {})) == {"token": ["Detta fält måste fyllas i."], "file": ["Välj en fil."]}

    def test_a_second_press_finds_the_same_preview(self, client) -> None:
        token = shown(client.get(UPLOAD).context["form"])["token"]
        content = register_file({})
        answers = [
            client.post(UPLOAD, {"token": token, "file": SimpleUploadedFile("r.xlsx", content)}) for _ in range(2)
        ]
        assert answers[0]["Location"] == answers[1]["Location"]
        assert ImportBatch.objects.count() == 1

    def test_a_file_waits_two_weeks_for_its_yes(self, client) -> None:
        previewed(client, {})
        batch = ImportBatch.objects.get()
        assert reverse("import_preview", args=[batch.public_id]) in text_of(client.get(UPLOAD))
        ImportBatch.objects.update(created_at=timezone.now() - timedelta(days=14, minutes=1))
        previewed(client, {"Personnr": None})
        batch.refresh_from_db()
        assert (batch.state, batch.content) == (ImportState.CANCELLED, None)


class TestPreview:
    def test_of_the_real_register_tells_every_rows_fate(self, client) -> None:
        html = text_of(client.get(upload(client, REGISTER.read_bytes())["Location"]))
        assert "143 inskrivningar kan läsas in" in html.replace("\xa0", " ")
        for said in ("Rad 16", "19701209-9822", "Kontrollsiffran", "Rad 128", "skyddade uppgifter"):
            assert said in html

    def test_names_nobody_who_is_only_counted(self, client) -> None:
        url = previewed(client, {"Personnr": "skyddade personuppgifter", "Efternamn": "Hemlig", "Förnamn": "Hanne"})
        html = text_of(client.get(url))
        assert "Räknas utan att registreras" in html
        assert "Hemlig" not in html

    def test_remarks_are_shown_for_rows_that_are_imported_all_the_same(self, client) -> None:
        url = previewed(client, {"Kartl. klar": date(2012, 3, 1), "Avslut": date(2012, 2, 1), "Orsak": "Arbete"})
        response = client.get(url)
        assert response.context["counts"]["imported"] == 1
        assert "Läses in, men se efter" in text_of(response)

    def test_a_dangerous_cell_is_text(self, client) -> None:
        url = previewed(client, {"Efternamn": "<script>alert(1)</script>"})
        assert "<script>alert" not in client.get(url).content.decode()

    @pytest.mark.parametrize("rows", [1, 40])
    def test_asks_the_database_equally_often_however_long_the_file_is(self, client, rows) -> None:
        url = previewed(client, *({"Personnr": None, "Efternamn": f"Namn{number}"} for number in range(rows)))
        client.get(url)
        # One more on PostgreSQL, where whoever writes waits for a turn (ADR 36).
        assert queries(client, url) <= 15 + (connection.vendor == "postgresql")


class TestColumns:
    def odd_file(self) -> bytes:
        headings = ["Efternamn", "Förnamn", "Började hos oss", "Personnr", "Skostorlek"]
        return workbook({"Blad1": [headings, ["Öberg", "Åsa", date(2011, 1, 28), "19790214-2327", 38]]})

    def test_that_are_not_recognised_can_be_named(self, client) -> None:
        url = upload(client, self.odd_file())["Location"]
        page = client.get(url)
        assert page.context["counts"]["refused"] == 1
        assert "2\xa0kolumner känns inte igen" in text_of(page)
        form = page.context["columns"]
        chosen = {**shown(form), "kolumn_0_2": Field.ENROLLED_ON, "kolumn_0_4": Field.IGNORE, "do": "columns"}
        page = client.post(url, chosen, follow=True)
        assert page.context["counts"] == {"imported": 1, "unchanged": 0, "counted_only": 0, "refused": 0}
        assert "Alla kolumner känns igen." in text_of(page)
        approve(client, url)
        assert Enrolment.objects.filter(enrolled_on=date(2011, 1, 28), is_imported=True).count() == 1

    def test_two_cannot_hold_the_same(self, client) -> None:
        url = upload(client, self.odd_file())["Location"]
        form = client.get(url).context["columns"]
        twice = {**shown(form), "kolumn_0_2": Field.FAMILY_NAME, "do": "columns"}
        page = client.post(url, twice)
        assert list(page.context["columns"].errors) == ["kolumn_0_2"]
        assert shown(page.context["columns"])["kolumn_0_2"] == Field.FAMILY_NAME
        assert "<title>Fel: " in text_of(page)
        assert ImportBatch.objects.get().choices == {}

    def test_a_column_can_be_left_out(self, client) -> None:
        url = previewed(client, {"Anm.": "Ska inte med"})
        column = f"kolumn_0_{list(PLAIN).index('Anm.')}"
        client.post(url, {**shown(client.get(url).context["columns"]), column: Field.IGNORE, "do": "columns"})
        approve(client, url)
        assert Enrolment.objects.get(is_imported=True).entries.get().note is None


class TestApproval:
    def test_imports_the_rows_and_lets_go_of_the_file(self, world, client) -> None:
        url = previewed(client, {}, {"Personnr": "19790214-0000"})
        page = approve(client, url)
        assert "Registret är inläst." in text_of(page)
        assert "1 inskrivning inläst" in text_of(page).replace("\xa0", " ")
        batch = ImportBatch.objects.get()
        assert (batch.state, batch.content) == (ImportState.DONE, None)
        assert batch.counts == {"imported": 1, "unchanged": 0, "counted_only": 0, "refused": 1}
        one = Enrolment.objects.get(is_imported=True)
        assert (one.owner, one.project) == (world.ame, world.project)
        assert not CaseAssignment.objects.filter(enrolment=one).exists()

    def test_can_make_a_colleague_responsible_for_them(self, world, client) -> None:
        url = previewed(client, {})
        approve(client, url, responsible=str(world.case_worker.public_id))
        assert CaseAssignment.objects.get(enrolment__is_imported=True).user == world.case_worker

    def test_refuses_somebody_of_another_organisation(self, world, client) -> None:
        url = previewed(client, {})
        page = approve(client, url, responsible=str(world.af_case_worker.public_id))
        assert list(faults(page)) == ["responsible"]
        assert not Enrolment.objects.filter(is_imported=True).exists()

    def test_a_second_press_changes_nothing(self, client) -> None:
        url = previewed(client, {})
        data = {**shown(client.get(url).context["form"]), "do": "approve"}
        first, again = client.post(url, data), client.post(url, data)
        assert first["Location"] == again["Location"]
        assert ImportedRow.objects.count() == 1

    def test_somebody_without_a_name_is_told_and_can_be_found(self, client) -> None:
        page = previewed(client, {"Efternamn": None, "Förnamn": None})
        told = text_of(client.get(page))
        assert "Utan namn" in told
        assert "Raden har inget namn." in told
        approve(client, page)
        case = Enrolment.objects.get(is_imported=True)
        listed = client.get(reverse("participant_list")).content.decode()
        assert f'href="{case.get_absolute_url()}"' in listed
        assert "Utan namn" in listed
        assert "Utan namn" in text_of(client.get(case.get_absolute_url()))

    def test_the_same_file_again_has_nothing_new(self, client) -> None:
        approve(client, previewed(client, {}))
        page = client.get(previewed(client, {}))
        assert page.context["counts"] == {"imported": 0, "unchanged": 1, "counted_only": 0, "refused": 0}
        assert "inget nytt att läsa in" in text_of(page)
        approve(client, page.request["PATH_INFO"])
        assert ImportedRow.objects.count() == 1

    def test_rows_that_others_imported_in_between_are_told(self, client, monkeypatch) -> None:
        """Both have read the file before either has written: the plan of the second is no longer true."""
        nameless = {"Personnr": None}
        mine, theirs = previewed(client, nameless, {}), previewed(client, nameless)
        from actionplans.register import views as register

        plan_of = register._plan_of
        stale = {}

        def planned_before(request, batch):
            return stale.pop("plan", None) or plan_of(request, batch)

        batch = ImportBatch.objects.get(public_id=mine.strip("/").split("/")[-1])
        request = client.get(mine).wsgi_request
        stale["plan"] = plan_of(request, batch)
        approve_form = shown(client.get(mine).context["form"])
        approve(client, theirs)
        monkeypatch.setattr(register, "_plan_of", planned_before)
        page = client.post(mine, {**approve_form, "do": "approve"})
        assert page.status_code == 200
        assert "Någon annan hann" in faults(page)["__all__"][0]
        assert page.context["counts"] == {"imported": 1, "unchanged": 1, "counted_only": 0, "refused": 0}
        assert ImportedRow.objects.count() == 1

    def test_a_fault_in_the_middle_leaves_nothing_and_the_file_waits(self, client, monkeypatch) -> None:
        url = previewed(client, {}, {"Personnr": None, "Efternamn": "Ek"})
        data = {**shown(client.get(url).context["form"]), "do": "approve"}
        before = Enrolment.objects.count()

        def fail(*args, **kwargs):
            raise IntegrityError("mitt i")

        monkeypatch.setattr(ImportedRow.objects, "bulk_create", fail)
        with pytest.raises(IntegrityError):
            client.post(url, data)
        monkeypatch.undo()
        assert (Enrolment.objects.count(), CountedOnly.objects.count()) == (before, 0)
        assert ImportBatch.objects.get().state == ImportState.PREVIEW
        assert client.post(url, data).status_code == 302
        assert Enrolment.objects.count() == before + 2


class TestRefusedRows:
    """What a receipt keeps of the rows that were refused."""

    FAULTY = ({}, {"Personnr": "19790214-0000"}, {"Personnr": None, "Efternamn": "Ek", "Inskriven": "i våras"})

    @pytest.fixture
    def receipt(self, client) -> str:
        approve(client, previewed(client, *self.FAULTY))
        return reverse("import_receipt", args=[ImportBatch.objects.get().public_id])

    def test_stand_on_the_receipt_as_they_were_read(self, client, receipt) -> None:
        page = client.get(receipt)
        assert [(fault.row, fault.column, fault.value) for fault in page.context["faults"]] == [
            (3, "Personnr", "19790214-0000"),
            (4, "Inskriven", "i våras"),
        ]
        for said in ("Rad 3", "Kontrollsiffran", "Rad 4", "i våras", "går inte att läsa som en dag"):
            assert said in text_of(page)

    def test_come_as_a_file_that_excel_opens(self, client, receipt) -> None:
        batch = ImportBatch.objects.get()
        answer = client.get(reverse("import_refused", args=[batch.public_id]))
        assert "filename" in answer["Content-Disposition"]
        rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
        assert rows[0] == ("Blad", "Rad", "Kolumn", "Som det stod", "Vad som var fel")
        assert [row[1:4] for row in rows[1:]] == [(3, "Personnr", "19790214-0000"), (4, "Inskriven", "i våras")]

    def test_of_another_organisation_are_not_there(self, world, receipt, log_in) -> None:
        address = reverse("import_refused", args=[ImportBatch.objects.get().public_id])
        assert log_in(world.af_coordinator).get(address).status_code == 404
        assert log_in(world.case_worker).get(address).status_code == 403

    def test_are_let_go_of_after_three_months(self, client, receipt) -> None:
        ImportBatch.objects.update(created_at=timezone.now() - timedelta(days=91))
        forget_old_files()
        assert "i våras" not in text_of(client.get(receipt))
        assert client.get(reverse("import_refused", args=[ImportBatch.objects.get().public_id])).status_code == 404

    def test_are_let_go_of_when_somebody_is_protected(self, world, client, receipt) -> None:
        forget_files(world.enrolment.participant)
        assert "i våras" not in text_of(client.get(receipt))


class TestCallingItOff:
    def test_removes_the_file(self, client) -> None:
        url = previewed(client, {})
        page = client.post(url, {"do": "cancel"}, follow=True)
        assert "Filen är borttagen." in text_of(page)
        batch = ImportBatch.objects.get()
        assert (batch.state, batch.content) == (ImportState.CANCELLED, None)
        assert "Inläsningen avbröts" in text_of(client.get(url, follow=True))

    def test_comes_too_late_for_one_that_is_done(self, client) -> None:
        url = previewed(client, {})
        approve(client, url)
        client.post(url, {"do": "cancel"})
        assert ImportBatch.objects.get().state == ImportState.DONE


class TestWhoMay:
    def test_only_coordinators_import(self, world, log_in) -> None:
        for user in (world.case_worker, world.project_leader, world.steering, world.administrator):
            assert log_in(user).get(UPLOAD).status_code == 403

    def test_another_organisations_file_is_not_there(self, world, client, log_in) -> None:
        url = previewed(client, {})
        other = log_in(world.af_coordinator)
        assert other.get(url).status_code == 404
        assert other.post(url, {"do": "approve"}).status_code == 404
        assert other.post(url, {"do": "cancel"}).status_code == 404
        approve(client, url)
        receipt = reverse("import_receipt", args=[ImportBatch.objects.get().public_id])
        assert client.get(receipt).status_code == 200
        assert other.get(receipt).status_code == 404

    def test_the_same_person_in_two_organisations_is_two_cases_and_no_message(self, world, client, log_in) -> None:
        other = log_in(world.af_coordinator)
        approve(client, previewed(client, {}))
        page = other.get(previewed(other, {}))
        assert page.context["counts"]["imported"] == 1
        approve(other, page.request["PATH_INFO"])
        assert set(Enrolment.objects.filter(is_imported=True).values_list("owner", flat=True)) == {
            world.ame.pk,
            world.af.pk,
        }
