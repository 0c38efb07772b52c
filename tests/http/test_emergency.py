"""Breaking the glass by requests to the running program: to read and to note, and nothing else changes."""

from tests.http.client import Page, Visitor

REASON = "Deltagaren står utan bostad i dag och kollegan är sjuk"
CLOSED = (
    "avslut/",
    "ratta/",
    "samtycke/nytt/",
    "samtycke/grund/",
    "handlingsplan/andra/",
    "kartlaggning/",
    "sjukskrivning/",
)


def _case_of_jonas(site) -> tuple[str, str]:
    """The address of a case that hanna doesn't see, and its person's number, as the coordinator reads them."""
    hanna, samira = site.as_("hanna"), site.as_("samira")
    for address in [link for link in samira.get("/deltagare/").links if link.startswith("/inskrivningar/")]:
        page = samira.get(address)
        number = next((word for word in page.text.split() if len(word) == 13 and word[8:9] == "-"), "")
        if number and hanna.get(address).status == 404:
            return address, number
    raise LookupError("every case of the list is hanna's")


def _broken_glass(site) -> tuple[Visitor, str]:
    address, number = _case_of_jonas(site)
    hanna = site.as_("hanna")
    page = hanna.get("/deltagare/nodoppna/")
    opened = hanna.send(page, page.form("number", "reason"), number=number, reason=REASON)
    assert opened.address.endswith(address), opened.text[:400]
    return hanna, address


def _refused(page: Page) -> bool:
    return page.status == 403


def test_whoever_broke_the_glass_changes_nothing_but_a_meeting(site):
    hanna, address = _broken_glass(site)
    for part in CLOSED:
        page = hanna.get(address + part)
        assert page.status in (200, 403), part
        assert _refused(hanna.post(address + part, [("is_void", "on")])), part
    page = hanna.get(f"{address}moten/nytt/")
    form = page.form("text", "kind")
    assert not {"step", "next_choice", "next_meeting_on"} & form.names
    saved = hanna.send(page, form, text="Ringde boendet, de ordnar ett rum i natt.")
    assert "/moten/" in saved.address, saved.text[:400]
    forged = form.with_answers(text="Ett möte till.", step="1", outcome="cleared")
    assert _refused(hanna.post(f"{address}moten/nytt/", forged))


def test_those_who_answer_for_the_case_are_told(site):
    _broken_glass(site)
    assert "i nödläge" in site.as_("samira").get("/").text
    assert "i nödläge" in site.as_("jonas").get("/").text
