"""Tries the cases over HTTP on a demo: BASE=http://127.0.0.1:8000 python -m tests.http.field.cases [year booking …]

Prints HELD or FAILED with what was seen. Ends with the number of cases that failed.
"""

import datetime as dt
import io
import re
import secrets
import sys

from tests.http.field.form_client import Client, situation, tell

TODAY = dt.date.today()


def day(offset):
    return (TODAY + dt.timedelta(days=offset)).isoformat()


def saved(answer):
    return "/moten/" in answer.path and not answer.path.endswith("/nytt/")


def meeting(client, case, **answers):
    return client.get(case + "moten/nytt/").send({"text": "Provanteckning.", **answers})


def year():
    """A mistyped year."""
    hanna = Client("hanna@example.se")
    ok = True
    for held in ("0026-11-20", "0226-11-20", "1926-11-20"):
        answer = meeting(hanna, hanna.new_case(), held_on=held)
        ok &= tell(f"year: meeting held {held}", not saved(answer), answer.error or answer.path)
    for ahead in ("2062-12-16", "2226-12-10", "9999-12-31"):
        case = hanna.new_case()
        answer = meeting(hanna, case, next_choice="other", next_meeting_on=ahead)
        ok &= tell(f"year: next meeting {ahead}", not saved(answer), answer.error or situation(hanna.get(case))[:60])
        answer = hanna.get(case + "handlingsplan/andra/").send({"next_follow_up_on": ahead})
        ok &= tell(f"year: plan's follow-up {ahead}", bool(answer.error), answer.error or answer.path)
    answer = hanna.get(hanna.new_case() + "handlingsplan/andra/").send(
        {"m1_text": "Söka kurs", "m1_due_on": "0026-12-01"}
    )
    ok &= tell("year: delmål due 0026-12-01", bool(answer.error), answer.error or answer.path)
    return ok


def two_tabs():
    """Two tabs: the form was opened in one project, another was chosen before it was sent."""
    samira = Client("samira@example.se")
    samira.choose_project("Vägar")
    form = samira.get("/deltagare/ny/")
    samira.choose_project("Återvägen")
    family = "Tvåflik" + secrets.token_hex(3)
    form.send({"given_name": "Prov", "family_name": family, "birth_date": "1980-05-05", "source": "social_services"})
    there = samira.find(family)
    samira.choose_project("Vägar")
    ok = tell(
        "two-tabs: enrolled from a page of another project", not there, f"found in the project chosen later: {there}"
    )
    petra = Client("petra@example.se")
    petra.choose_project("Vägar")
    form, title = petra.get("/rapporter/ny/"), "Tvåflik " + secrets.token_hex(3)
    petra.choose_project("Återvägen")
    form.send({"title": title, "as_of": "2012-06-30"})
    strayed = title in petra.get("/rapporter/").text
    return ok & tell(
        "two-tabs: a report, likewise", not strayed, f"among the reports of the project chosen later: {strayed}"
    )


def booking():
    """A booked meeting, then a phone call about something else."""
    ok = True
    for kind in ("phone", "coordination"):
        hanna = Client("hanna@example.se")
        case = hanna.new_case()
        meeting(hanna, case, held_on=day(0), next_choice="other", next_meeting_on=day(10))
        before = situation(hanna.get(case))
        meeting(hanna, case, kind=kind, held_on=day(0))
        after = situation(hanna.get(case))
        ok &= tell(
            f"booking: {kind} after a booking", "Nästa möte" in after, f"before: {before[:50]} — after: {after[:60]}"
        )
    return ok


def wrong_person():
    """A whole meeting written down on the wrong person."""
    hanna = Client("hanna@example.se")
    case = hanna.new_case()
    page = meeting(hanna, case, text="Om en annan person: väntar barn.", next_choice="other", next_meeting_on=day(10))
    words = [text for _, text in page.read.links] + [part[2] for form in page.read.forms for part in form["buttons"]]
    offers = [part for part in words if re.search(r"ta tillbaka|återta|ta bort|fel person|flytta", part, re.IGNORECASE)]
    return tell("wrong-person: a way to take a whole meeting back", bool(offers), f"the meeting's page offers {words}")


def letters():
    """Letters that carry no mark to take away."""
    hanna = Client("hanna@example.se")
    tag = "".join(secrets.choice("bcdfg") for _ in range(5))
    names = [
        ("Ayşe", f"Yıldız{tag}", [f"Yildiz{tag}", f"YILDIZ{tag.upper()}", f"yıldız{tag}"]),
        ("Işıl", f"Kılıç{tag}", [f"Kilic{tag}", f"KILIÇ{tag.upper()}"]),
        ("Biret", f"Áŋŋe{tag}", [f"Anne{tag}"]),
        ("Mette", f"Sørensen{tag}", [f"Sörensen{tag}", f"Sorensen{tag}"]),
        ("Nur", f"Cœur{tag}", [f"Coeur{tag}"]),
        ("Ole", f"Ægir{tag}", [f"Aegir{tag}", f"Ägir{tag}"]),
    ]
    ok = True
    for given, family, typed in names:
        hanna.enrol(given, family)
        for text in typed:
            ok &= tell(f"letters: {family} by «{text}»", any(family in name for name, _ in hanna.find(text)), "")
    return ok


def one_name():
    """Somebody who has one name."""
    hanna = Client("hanna@example.se")
    part, other = "Mulyani" + secrets.token_hex(2), "Zahra" + secrets.token_hex(2)
    ok = True
    for page, which in ((hanna.enrol(part, ""), "given"), (hanna.enrol("", other), "family")):
        ok &= tell(f"one-name: one name ({which})", not page.error, page.error or page.path)
    return ok


def one_name_register():
    """The same from a register, where a phone number is to be added afterwards."""
    from openpyxl import Workbook

    samira = Client("samira@example.se")
    samira.choose_project("Vägar")
    name = "Enbart" + secrets.token_hex(3)
    book = Workbook()
    book.active.append(["Efternamn", "Förnamn", "Kön", "Anvisad från", "Inskriven"])
    book.active.append(["", name, "K", "Soc", TODAY])
    samira.upload("/import/", "ett_namn.xlsx", _bytes(book)).send({"do": "approve"})
    hits = samira.find(name)
    page = samira.get(hits[0][1] + "ratta/").send({"phone": "070-1740605"})
    ok = tell("one-name: a phone number for somebody with one name", not page.error, page.error or page.path)
    return ok & tell("one-name: how one name is shown", not hits[0][0].startswith(","), repr(hits[0][0]))


def new_number():
    """Somebody who gets another personal number; a register still has the old one."""
    from openpyxl import Workbook

    samira = Client("samira@example.se")
    samira.choose_project("Vägar")
    old, new = _numbers()
    family = "Nyttnummer" + secrets.token_hex(3)
    samira.enrol("Kim", family, number=old, birth_date="", sex="")
    case = samira.find(family)[0][1]
    samira.get(case + "ratta/").send({"number": new, "sex": "female", "birth_date": ""})
    ok = tell("new-number: found by the earlier number", bool(samira.find(old)), f"{old} → {samira.find(old)}")
    book = Workbook()
    book.active.append(["Personnummer", "Efternamn", "Förnamn", "Anvisad från", "Inskriven", "Avslutad", "Orsak"])
    book.active.append(
        [old, family, "Kim", "Soc", TODAY - dt.timedelta(days=700), TODAY - dt.timedelta(days=500), "Sjuk"]
    )
    samira.upload("/import/", "gammalt_nummer.xlsx", _bytes(book)).send({"do": "approve"})
    persons = {samira.get(href).links("registerutdrag")[0] for _, href in samira.find(family)}
    return ok & tell("new-number: still one person", len(persons) == 1, f"{len(persons)} persons after the import")


def colleagues():
    """Colleagues in Swedish order, and two with the same name."""
    ada, samira = Client("ada@example.se"), Client("samira@example.se")
    samira.choose_project("Vägar")
    family = "Prov" + secrets.token_hex(2)
    for name, count in (("Ärla", 1), ("Åsa", 1), ("Örjan", 1), ("émilie", 1), ("Eva", 2)):
        for place in range(count):
            mail = f"{secrets.token_hex(4)}.{place}@example.se"
            page = ada.get("/anvandare/ny/").send({"name": f"{name} {family}", "email": mail, "duty": "case_work"})
            ada.get(page.links("roller")[0]).send({"role": "case_worker"})
    # A role that reads of participants waits for a second person.
    for proposal in samira.get("/godkanna/").links(r"/godkanna/[0-9a-f-]{36}/$"):
        samira.get(proposal).send({"do": "accept"})
    shown = [text for _, text in samira.get("/deltagare/ny/").form()["choices"]["responsible"] if family in text]
    firsts = [text.split()[0] for text in shown]
    ok = tell(
        "colleagues: order of colleagues", firsts == ["émilie", "Eva", "Eva", "Åsa", "Ärla", "Örjan"], str(firsts)
    )
    twins = [text for text in shown if text.startswith("Eva")]
    return ok & tell("namesakes: two colleagues with one name can be told apart", len(set(twins)) == 2, str(twins))


def long_link():
    """A link without anywhere to break, in a report on paper."""
    import pymupdf

    petra = Client("petra@example.se")
    link = (
        "https://kommun.sharepoint.example/:w:/r/sites/Samverkan/_layouts/15/Doc.aspx?sourcedoc=%7B5F0C2B7E%7D&file="
        "Utv%C3%A4rdering%20Slutrapport%20V%C3%A4gar.docx&action=default&mobileredirect=true&DefaultItemOpen=1"
    )
    page = petra.get("/rapporter/ny/").send({"text_1": f"Underlaget ligger på {link} och bilagan."})
    paper = pymupdf.open(stream=petra.get(page.path.rstrip("/") + ".pdf").body, filetype="pdf")
    out = [word[4][:40] for sheet in paper for word in sheet.get_text("words") if word[2] > sheet.rect.width - 30]
    return tell(
        "long-link: a long link on paper", not out, f"runs over the edge: {out}" if out else "inside the margins"
    )


def _bytes(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _numbers():
    """Two numbers of the test series with the same day of birth, in a century of their own: near nobody else's."""
    month, date = secrets.randbelow(12) + 1, secrets.randbelow(28) + 1
    base = f"{2000 + secrets.randbelow(6)}{month:02}{date:02}"
    return _number(base + "981"), _number(base + "980")


def _number(start):
    total = 0
    for place, digit in enumerate(start[2:]):
        twice = int(digit) * (2 if place % 2 == 0 else 1)
        total += twice // 10 + twice % 10
    return f"{start[:8]}-{start[8:]}{-total % 10}"


CASES = {
    "year": year,
    "two-tabs": two_tabs,
    "booking": booking,
    "wrong-person": wrong_person,
    "letters": letters,
    "one-name": one_name,
    "one-name-register": one_name_register,
    "new-number": new_number,
    "colleagues": colleagues,
    "long-link": long_link,
}

if __name__ == "__main__":
    wanted = sys.argv[1:] or list(CASES)
    sys.exit(sum(not CASES[name]() for name in wanted))
