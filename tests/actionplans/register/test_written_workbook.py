"""The workbook that the program writes: what is in it is words, whatever they begin with."""

from io import BytesIO

from openpyxl import load_workbook

from actionplans.register.workbook.writing import written_workbook


def test_words_stay_words_and_numbers_numbers():
    content = written_workbook("Blad & rad", (10, 20), [("Rad", "Värde"), (3, '=HYPERLINK("x") <b> å\x0b')])
    sheet = load_workbook(BytesIO(content)).active
    assert sheet.title == "Blad & rad"
    assert list(sheet.iter_rows(values_only=True)) == [("Rad", "Värde"), (3, '=HYPERLINK("x") <b> å')]
    assert sheet["B2"].data_type == "s"
