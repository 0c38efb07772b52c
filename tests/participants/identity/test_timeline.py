"""Corrections of who a person is, on the timeline."""

from participants.identity.history import IdentityChange
from participants.identity.timeline import identity_entry
from tests.world.histories import ON, SAID, noon


def test_says_what_was_corrected_line_by_line() -> None:
    change = IdentityChange(noon(ON), "Hanna Handläggare", ("Efternamn: Ek → Öberg", "Telefon: 070 → saknas"))
    entry = identity_entry(change)
    assert (entry.on, entry.when, entry.title) == (ON, SAID, "Uppgifter om personen rättade")
    assert (entry.text, entry.kind) == ("Efternamn: Ek → Öberg\nTelefon: 070 → saknas", "quiet")


def test_nobody_is_named_where_nobody_is_known() -> None:
    assert identity_entry(IdentityChange(noon(ON), "", ())).when.replace("\xa0", " ") == "11 mars 2026"
