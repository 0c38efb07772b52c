"""Late is the same thing on the start page, in the list, by its filter and on the case page: the earliest is named."""

from itertools import product

import pytest

from tests.casework.caseload.lines import URL, names, row_of
from tests.casework.worklist.lines import HOME
from tests.world.cases import days_ago, started, with_days

# Days since the enrolment; whether kartläggning and plan are made; days since the next contact was due, None without.
# The project gives 14 days for kartläggning and plan.
BEGAN, MADE, CONTACT = (14, 15, 40), (True, False), (None, 0, 1, 30)
WHO = "Öberg, Åsa"


def late_things(began, assessed, planned, contact) -> list[tuple[int, str]]:
    """How late each thing is and its name, the earliest first: reckoned here, by no code of the program."""
    waiting = [(began - 14, "Kartläggning", assessed), (began - 14, "Handlingsplan", planned)]
    waiting.append((contact or 0, "Uppföljning", contact is None))
    return sorted(
        ((days, what) for days, what, is_made in waiting if not is_made and days > 0), key=lambda late: -late[0]
    )


def said(text: str) -> str:
    return text.replace("\xa0", " ")


@pytest.mark.parametrize(("began", "assessed", "planned", "contact"), [*product(BEGAN, MADE, MADE, CONTACT)])
def test_late_is_one_thing_everywhere(world, log_in, began, assessed, planned, contact) -> None:
    case, client = started(world.enrolment, began), log_in(world.case_worker)
    with_days(
        case,
        assessed_on=days_ago(1) if assessed else None,
        planned_on=days_ago(1) if planned else None,
        next_contact_on=None if contact is None else days_ago(contact),
    )
    late = late_things(began, assessed, planned, contact)
    words = {f"{days} {'dag' if days == 1 else 'dagar'} för sent" for days, _ in late}

    groups = [group for group in client.get(HOME).context["groups"] if group.is_late]
    tasks = [task for group in groups for task in group.tasks]
    assert {task.what for task in tasks} == {what for _, what in late}
    assert {said(task.when) for task in tasks} == words

    row = row_of(client.get(URL), WHO)
    assert (row.status_kind == "late") == bool(late)
    assert [name for name in names(client.get(URL, {"sena": "on"})) if name == WHO] == [WHO] * bool(late)

    missing = client.get(case.get_absolute_url()).context["now"].missing
    told = [said(item.text) for item in missing if item.kind == "late"]
    assert {text.split()[0] for text in told} == {what for _, what in late}

    if late:
        days, earliest = late[0]
        more = f", och {len(late) - 1} till" if len(late) > 1 else ""
        assert said(row.status).startswith(f"{earliest} {days} ")
        assert said(row.status).endswith(f"för sent{more}")
        assert told[0].startswith(f"{earliest} {days} ")
        assert tasks[0].what == earliest
