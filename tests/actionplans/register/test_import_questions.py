"""What a file leaves open is asked before anything can be imported, by page and command; and a file is read once."""

import hashlib
import json
import zlib
from datetime import date
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from openpyxl import load_workbook

from accounts.models import User
from actionplans.models import ImportBatch, ImportedRow
from actionplans.register.actions import import_register
from actionplans.register.cells.text import tidy
from actionplans.register.files import WORKBOOKS, read_waiting_files, settle_columns
from actionplans.register.fingerprints import keyed
from actionplans.register.plan import plan_import
from actionplans.register.reading.fields import Field, field_for
from actionplans.register.workbook import sheet
from core.days.dates import today
from participants.models import CountedOnly, Enrolment, PersonIdentity
from participants.scope.scope import Scope
from tests.actionplans.register.builders import PLAIN, register_file, saved, workbook
from tests.actionplans.register.test_sealing import CLUES, SECRET
from tests.world.factories.plans import ImportBatchFactory
from tests.world.pages import faults, shown
from tests.world.worlds import model_project

CASES = Path(__file__).parents[2] / "data" / "register"
UPLOAD = "/import/"
# What can't stand anywhere by chance, as four digits can in a digest.
NAMED = [clue for clue in CLUES if not clue.isdecimal()] + ["0214-2327", "02142327"]


@pytest.fixture
def client(world, log_in):
    return log_in(world.coordinator)


def upload(client, content: bytes):
    token = shown(client.get(UPLOAD).context["form"])["token"]
    return client.post(UPLOAD, {"token": token, "file": SimpleUploadedFile("register.xlsx", content)})


def previewed(client, content: bytes) -> str:
    answer = upload(client, content)
    assert answer.status_code == 302, faults(answer)
    return answer["Location"]


def answer(client, url: str, **answers: str):
    form = client.get(url).context["columns"]
    return client.post(url, {**shown(form), "do": "columns", **answers}, follow=True)


def approve(client, url: str):
    return client.post(url, {**shown(client.get(url).context["form"]), "do": "approve"}, follow=True)


def text_of(response) -> str:
    return unescape(response.content.decode()).replace("\xa0", " ")


def run(project, content: bytes, folder: Path, *args: str) -> tuple[int, str]:
    path, out = folder / "register.xlsx", StringIO()
    path.write_bytes(content)
    try:
        call_command("import_register", str(path), "--project", project.register_number, *args, stdout=out)
    except SystemExit as stopped:
        return int(stopped.code), out.getvalue()
    return 0, out.getvalue()


def hidden(*, rows: list[int] = (), columns: str = "", sheet: bool = False) -> bytes:
    """Two participants, and what of them can't be seen in the file."""
    plain = register_file({}, {"Personnr": None, "Efternamn": "Lund"})
    book = load_workbook(BytesIO(plain))
    page = book.worksheets[0]
    for row in rows:
        page.row_dimensions[row].hidden = True
    for column in columns:
        page.column_dimensions[column].hidden = True
    if sheet:
        second = book.create_sheet("Gamla")
        second.append(list(PLAIN))
        second.append(list((PLAIN | {"Personnr": None, "Efternamn": "Nowak"}).values()))
        second.sheet_state = "hidden"
    return saved(book)


class TestWhatIsHidden:
    @pytest.mark.parametrize(
        ("file", "named", "read", "left"),
        [
            (hidden(rows=[3]), "raden 3", 2, 1),
            (hidden(sheet=True), "hela bladet", 3, 2),
            (hidden(columns="V"), "V (Försörjning efter)", 2, 2),
        ],
        ids=["rows", "a sheet", "columns"],
    )
    def test_is_named_and_asked_about_and_then_read_or_left(self, client, file, named, read, left) -> None:
        for said, count in (("read", read), ("leave", left)):
            url = previewed(client, file)
            page = client.get(url)
            assert named in text_of(page)
            assert page.context["counts"]["imported"] == 0
            assert 'value="approve"' not in text_of(page)
            name = next(name for name in page.context["columns"].fields if name.startswith("fraga_"))
            page = answer(client, url, **{name: said})
            assert page.context["counts"]["imported"] == count
            assert ("läses inte in" in text_of(page)) == (said == "leave")

    def test_needs_an_answer(self, client) -> None:
        url = previewed(client, hidden(rows=[3]))
        page = answer(client, url)
        assert list(page.context["columns"].errors.values()) == [["Välj ett av svaren."]]
        assert "<title>Fel: " in text_of(page)

    def test_cant_be_imported_by_going_round_the_question(self, world, client) -> None:
        url = previewed(client, hidden(rows=[3]))
        approve(client, url)
        assert not ImportedRow.objects.exists()
        plan = plan_import(
            content=bytes(ImportBatch.objects.get().content), project=world.project, organisation=world.ame,
            scope=Scope.of(world.coordinator, today()),
        )  # fmt: skip
        with pytest.raises(ValidationError, match="frågorna"):
            import_register(
                plan=plan, project=world.project, organisation=world.ame, skip_refused=True, by=world.coordinator
            )

    def test_stops_the_command_until_it_is_told(self, world, tmp_path) -> None:
        code, out = run(world.project, hidden(rows=[3]), tmp_path, "--skip-refused", "--format", "json")
        told = json.loads(out)
        assert (code, told["imported"]) == (1, 0)
        assert "raden 3" in told["refused"][0]["reason"]
        assert "raden 3" in run(world.project, hidden(rows=[3]), tmp_path)[1]
        code, out = run(world.project, hidden(rows=[3]), tmp_path, "--hidden", "leave", "--format", "json")
        told = json.loads(out)
        assert (code, told["imported"]) == (0, 1)
        assert told["told"] == ["Det dolda i bladet ”Register” läses inte in: raden 3."]
        assert run(world.project, hidden(rows=[3]), tmp_path, "--hidden", "read")[0] == 0
        assert Enrolment.objects.filter(is_imported=True).count() == 2


class TestTwoColumnsOfOneMeaning:
    def test_are_chosen_between_on_the_page(self, client) -> None:
        url = previewed(client, (CASES / "tva_kolumner_samma_sak.xlsx").read_bytes())
        page = client.get(url)
        assert "Flera kolumner kan vara Inskriven: Start (E) och Inskriven (F)." in text_of(page)
        asked = [[field.label for field in fields] for _text, fields in page.context["columns"].asked_columns]
        assert asked == [["Start", "Inskriven"], ["Slutdatum", "Avslutad"]]
        page = answer(client, url)
        assert set(page.context["columns"].errors) == {"kolumn_0_4", "kolumn_0_6"}
        page = answer(client, url, kolumn_0_4=Field.IGNORE, kolumn_0_7=Field.EXITED_ON)
        assert page.context["counts"]["imported"] == 2
        approve(client, url)
        found = Enrolment.objects.filter(is_imported=True).order_by("pk")
        assert [(case.enrolled_on, case.exited_on) for case in found] == [
            (date(2011, 3, 15), None),
            (date(2011, 3, 15), date(2011, 6, 1)),
        ]

    def test_stop_the_command(self, world, tmp_path) -> None:
        content = (CASES / "tva_kolumner_samma_sak.xlsx").read_bytes()
        code, out = run(world.project, content, tmp_path, "--skip-refused", "--format", "json")
        assert (code, json.loads(out)["imported"], len(json.loads(out)["refused"])) == (1, 0, 2)
        assert not Enrolment.objects.filter(is_imported=True).exists()


class TestSomebodyWhoIsMarked:
    def everywhere(self) -> str:
        """All that the database holds, as text."""
        with connection.cursor() as cursor:
            rows: list[Any] = []
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                rows += cursor.fetchall()
        kept = [
            bytes(content) for content in ImportBatch.objects.exclude(content=None).values_list("content", flat=True)
        ]
        return repr(rows) + "".join(zlib.decompress(content.partition(b"\n")[2]).decode() for content in kept)

    def test_stands_by_name_nowhere_from_the_first_page_to_the_receipt(self, client, caplog) -> None:
        url = previewed(client, register_file(SECRET | {"Orsak": "Skyddad identitet"}))
        page = client.get(url)
        assert page.context["counts"] == {"imported": 0, "unchanged": 0, "counted_only": 1, "refused": 0}
        assert "Rad 2 (Orsak)" in text_of(page)
        seen = [text_of(page), self.everywhere(), text_of(approve(client, url)), self.everywhere(), caplog.text]
        assert not [clue for clue in NAMED for text in seen if clue in text]
        assert CountedOnly.objects.get().year == 2011
        page = client.get(previewed(client, register_file(SECRET | {"Orsak": "Skyddad identitet"})))
        assert page.context["counts"]["unchanged"] == 1

    def test_who_was_counted_before_rows_were_sealed_isnt_counted_again(self, world, client) -> None:
        """The seal makes the fingerprint that the whole row made then."""
        row = PLAIN | SECRET | {"Anm.": "skyddade personuppgifter"}
        content = [(field_for(heading), tidy(cell)) for heading, cell in row.items() if heading != "Nr"]
        before = hashlib.sha256(repr(content).encode()).hexdigest()
        batch = ImportBatchFactory(project=world.project, created_by=world.coordinator)
        ImportedRow.objects.create(
            batch=batch, project=world.project, organisation=world.ame, sheet_row=2, fate="counted_only",
            fingerprint=keyed(before, world.project, world.ame),
        )  # fmt: skip
        assert client.get(previewed(client, register_file(row))).context["counts"]["unchanged"] == 1

    def test_by_a_column_that_is_chosen_by_hand_is_gone_from_the_kept_file_at_once(self, client) -> None:
        rows = [[*PLAIN, "Sk."], [*(PLAIN | SECRET).values(), "x"]]
        url = previewed(client, workbook({"Register": rows}))
        assert client.get(url).context["counts"]["imported"] == 1
        assert "Hannelore" in self.everywhere()
        page = answer(client, url, **{f"kolumn_0_{len(PLAIN)}": Field.PROTECTION})
        assert page.context["counts"]["counted_only"] == 1
        assert not [clue for clue in NAMED if clue in self.everywhere()]

    def test_by_a_word_outside_the_rows_can_be_everybody(self, client) -> None:
        rows = [["Skyddade deltagare"], list(PLAIN), list((PLAIN | SECRET).values())]
        url = previewed(client, workbook({"Register": rows}))
        assert "utanför deltagarnas rader: rad 1" in text_of(client.get(url))
        page = answer(client, url, fraga_0_loose="everyone")
        assert page.context["counts"]["counted_only"] == 1
        assert not [clue for clue in NAMED if clue in self.everywhere()]

    def test_is_told_by_the_command_without_a_name(self, world, tmp_path) -> None:
        file = register_file(SECRET | {"Anm.": "sekr."}, {"Anm.": "skyddad?"} | SECRET)
        code, out = run(world.project, file, tmp_path)
        told = run(world.project, file, tmp_path, "--format", "json")[1]
        assert code == 1
        assert "Märkta som skyddade" in out
        assert not [clue for clue in CLUES if clue in out + told]


class TestANumberOnTwoNames:
    def test_is_refused_when_the_first_is_in_the_database(self, client) -> None:
        approve(client, previewed(client, register_file({"Avslut": date(2011, 3, 1), "Orsak": "Flyttat"})))
        other = {"Efternamn": "Lund", "Förnamn": "Ebba", "Inskriven": date(2011, 4, 1), "Kartl. klar": None}
        page = client.get(previewed(client, register_file(other | {"Handlingsplan": None})))
        assert page.context["counts"] == {"imported": 0, "unchanged": 0, "counted_only": 0, "refused": 1}
        assert "Samma nummer som en person som finns i programmet men ett annat namn" in text_of(page)
        married = {**other, "Förnamn": "Åsa", "Handlingsplan": None}
        page = client.get(previewed(client, register_file(married)))
        assert page.context["counts"]["imported"] == 1
        assert "Annat efternamn än det som finns i programmet" in text_of(page)

    def test_tells_nothing_of_somebody_out_of_sight(self, world, client, log_in) -> None:
        elsewhere = model_project(host=world.ame, name="Annat", register_number="PROV-9")
        plan = plan_import(
            content=register_file({}),
            project=elsewhere,
            organisation=world.ame,
            scope=Scope.of(User.objects.system(), today()),
        )
        import_register(plan=plan, project=elsewhere, organisation=world.ame, by=User.objects.system())
        page = client.get(previewed(client, register_file({"Efternamn": "Lund", "Förnamn": "Ebba"})))
        assert page.context["counts"]["imported"] == 1
        assert page.context["remarks"] == []


class TestAFileIsReadOnce:
    def test_however_often_it_is_looked_at_asked_about_and_imported(self, client, monkeypatch) -> None:
        read = []
        extracted = sheet._extracted
        monkeypatch.setattr(sheet, "_extracted", lambda content: read.append(len(content)) or extracted(content))
        url = previewed(client, register_file({}, {"Personnr": None, "Efternamn": "Lund"}))
        client.get(url)
        client.get(url + "?sida=2")
        answer(client, url, kolumn_0_0=Field.IGNORE)
        approve(client, url)
        assert len(read) == 1
        assert Enrolment.objects.filter(is_imported=True).count() == 2

    def test_that_waited_from_before_is_read_for_good_by_the_next_job(self, client, monkeypatch) -> None:
        url, damaged = previewed(client, register_file({})), previewed(client, register_file({"Nr": 2}))
        ImportBatch.objects.update(content=b"PK\x03\x04 no longer")
        ImportBatch.objects.filter(public_id=url.strip("/").split("/")[-1]).update(
            content=register_file(SECRET | {"Anm.": "skyddad"})
        )
        assert client.get(url).context["counts"]["counted_only"] == 1
        assert (read_waiting_files(), read_waiting_files()) == (2, 0)
        monkeypatch.setattr("actionplans.register.workbook.sheet._extracted", None)
        assert client.get(url).context["counts"]["counted_only"] == 1
        assert client.get(damaged).status_code == 302
        assert not PersonIdentity.objects.filter(family_name="Hemligström").exists()

    def test_and_waits_while_two_others_are_read(self, client) -> None:
        with WORKBOOKS.hold("somebody"), WORKBOOKS.hold("somebody else"):
            page = upload(client, register_file({}))
        assert "två åt gången" in faults(page)["file"][0]
        assert not ImportBatch.objects.exists()
        assert upload(client, register_file({})).status_code == 302

    def test_a_long_list_of_faults_is_cut_and_says_so(self, client) -> None:
        url = previewed(client, register_file(*({"Personnr": None, "Kön": f"okänt {n}"} for n in range(205))))
        page = client.get(url)
        assert len(page.context["faults"]) == 200
        assert "Och 5 fel till." in text_of(page)

    def test_one_that_is_called_off_can_no_longer_be_asked_about(self, client) -> None:
        url = previewed(client, register_file({}))
        client.post(url, {"do": "cancel"})
        settle_columns(batch=ImportBatch.objects.get(), choices={"Register": {"0": "note"}}, answers={})
        assert (ImportBatch.objects.get().content, ImportBatch.objects.get().choices) == (None, {})
