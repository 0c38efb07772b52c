"""The attack on the figures by requests: free days, subtraction, others' people, and a report of a free day."""

import re
from datetime import date, timedelta

from reports.safe.days import latest_quarter_end
from tests.http.people import without_draft
from tests.reports.safe.attack import attack, read

URL = "/resultat/"
TODAY = date.today()


def days_to_choose(page):
    return [value for value, _ in page.form("per").choices["per"]]


def without_day(page):
    """The page's words, but for which day was asked for."""
    return re.sub(r"i stället för \d+\W\w+\W\d{4}", "", page.text)


def test_a_project_leader_gets_no_day_of_the_own_choosing(site):
    petra = site.as_("petra")
    end = latest_quarter_end(TODAY)
    first, second = (petra.get(f"{URL}?per={end - timedelta(days)}") for days in (1, 20))
    assert "Siffrorna finns bara vissa dagar" in first.text
    assert without_day(first) == without_day(second)
    assert "/resultat/personer/" not in first.html


def test_a_project_leader_recovers_no_hidden_number_from_all_the_days_there_are(site):
    petra = site.as_("petra")
    days = days_to_choose(petra.get(URL))
    assert len(days) > 3
    pages = [read(petra.get(f"{URL}?per={day}").html, date.fromisoformat(day)) for day in days]
    assert all(page.rows for page in pages)
    assert attack(pages, lambda day: 10**6) == []


def test_a_coordinator_is_told_of_no_other_organisation_s_people(site):
    """Exactly the own; of the project no more than leaves ten others, and no list says how many more there are."""
    samira = site.as_("samira")
    end = latest_quarter_end(TODAY)
    own = read(samira.get(f"{URL}?per={end}").html, end)
    whole = read(samira.get(f"{URL}?urval=projektet&per={end}").html, end)
    for name, row in whole.rows.items():
        others = (row.due or 0) - (own.rows[name].due or 0) if row.due else 0
        assert others == 0 or others >= 10
        assert not row.behind
    assert whole.steps == {}
    for day in (TODAY, TODAY - timedelta(1)):
        listed = samira.get(f"/resultat/personer/?mal=1&vilka=inskrivna&per={day}")
        assert listed.status == 200
        assert "till som du inte läser om" not in listed.text


def test_a_report_of_a_free_day_shows_nothing_until_the_host_s_coordinator_has_released_it(site):
    petra, samira = site.as_("petra"), site.as_("samira")
    day = latest_quarter_end(TODAY) - timedelta(17)
    page = without_draft(petra, "/rapporter/ny/", "title")
    refused = petra.send(page, page.form("title"), as_of=day.isoformat())
    assert "Välj ett kvartals sista dag" in refused.text
    said = {"title": "Fri dag", "text_1": "Så gick det.", "release_asked": "Styrelsen möts."}
    asked = petra.send(refused, refused.form("title"), as_of=day.isoformat(), **said)
    assert "visas när samordnaren hos" in asked.text
    assert not read(asked.html, day).rows
    held = petra.get(f"{asked.address}anta/")
    assert "kan inte antas innan dess" in petra.send(held, held.form("version")).text
    assert petra.get(f"{asked.address}slapp/").status == 403
    assert site.as_("hanna").get(f"{asked.address}slapp/").status == 403
    release = samira.get(f"{asked.address}slapp/")
    samira.send(release, release.form("reason"), wanted=["visa-"], reason="Ingen kan kännas igen.")
    shown = petra.get(asked.address)
    assert read(shown.html, day).rows
    assert "Ingen kan kännas igen." in shown.text
