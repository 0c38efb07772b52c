"""Ids of somebody else's, sent in a form where one's own belong: refused, and nothing is written."""

from uuid import UUID, uuid4

import pytest

from accounts.models import User
from actionplans.models import ImportBatch, Meeting, MeetingParty, MilestoneStatus, StepAssessment
from core.days.dates import today
from participants.models import CaseAssignment, Enrolment, Participant
from participants.scope.scope import Scope
from projects.models import Project, ProjectOrganisation, Step
from tests.world.cast import Cast
from tests.world.pages import fill, path_to, queries, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]


def responsible(case):
    live = CaseAssignment.objects.filter(enrolment=case.enrolment, role="responsible", valid_until=None)
    return live.values_list("user", flat=True).get()


def page(cast: Cast, name):
    return path_to(name, cast.cases.of_hanna.ids["enrolment"])


# --- Who a case is given to ----------------------------------------------------------------------------------------


def hidden_from_samira(cast: Cast) -> list[UUID]:
    cases = cast.cases
    hidden = [
        cases.of_alva,
        cases.in_other_project,
        cases.protected,
        cases.protected_of_the_unit,
        cases.wrongly_registered,
    ]
    return [*(case.ids["enrolment"] for case in hidden), uuid4()]


def no_case_workers_of_the_unit(cast: Cast) -> list[User]:
    return [cast.alva, cast.sune, cast.petra, cast.ada, cast.fia, cast.ulla]


def test_a_case_is_handed_to_case_workers_of_the_own_organisation_only(cast: Cast):
    client, before = cast.client(cast.samira), CaseAssignment.objects.count()
    url = page(cast, "enrolment_assign")
    for user in no_case_workers_of_the_unit(cast):
        response = submit(client, url, responsible=str(user.public_id))
        assert response.status_code == 200, user.name
        assert "responsible" in response.context["form"].errors, user.name
    assert CaseAssignment.objects.count() == before
    assert responsible(cast.cases.of_hanna) == cast.hanna.pk


def test_many_cases_are_handed_to_nobody_else_either(cast: Cast):
    client, before = cast.client(cast.samira), CaseAssignment.objects.count()
    chosen = {"token": uuid4(), "omfattning": "valda", "val": cast.cases.of_hanna.ids["enrolment"]}
    for user in no_case_workers_of_the_unit(cast):
        response = client.post("/deltagare/ansvarig/", chosen | {"responsible": user.public_id})
        assert response.status_code == 200, user.name
    assert CaseAssignment.objects.count() == before


def test_a_case_that_is_not_in_the_list_cannot_be_ticked(cast: Cast):
    client, before = cast.client(cast.samira), CaseAssignment.objects.count()
    for hidden in hidden_from_samira(cast):
        ticked = [cast.cases.of_hanna.ids["enrolment"], hidden]
        chosen = {"token": uuid4(), "omfattning": "valda", "val": ticked}
        response = client.post("/deltagare/ansvarig/", chosen | {"responsible": cast.kim.public_id})
        assert response.status_code == 200, hidden
    assert CaseAssignment.objects.count() == before, "not even the one that is in the list"


def test_all_that_were_found_are_those_one_may_see(cast: Cast):
    client = cast.client(cast.samira)
    everybody = Enrolment.objects.visible_to(Scope.of(cast.samira, today())).in_project(cast.world.project)
    found = everybody.filter(exited_on=None)
    count = found.count()
    chosen = {"token": uuid4(), "omfattning": "bekraftat"}
    asked = chosen | {"omfattning": "alla", "responsible": cast.kim.public_id}
    chosen["seen"] = client.post("/deltagare/ansvarig/", asked).context["seen"]
    response = client.post("/deltagare/ansvarig/", chosen | {"responsible": cast.kim.public_id})
    assert response.status_code == 302
    colleague = cast.kim
    given = Enrolment.objects.filter(assignments__user=colleague, assignments__valid_until=None).distinct()
    assert given.count() == count > 3
    assert set(given.values_list("owner", flat=True)) == {cast.world.ame.pk}
    assert set(given.values_list("participant__protection", flat=True)) == {"none"}


def test_a_new_case_is_given_to_case_workers_of_the_own_organisation_only(cast: Cast):
    client, before = cast.client(cast.hanna), Participant.objects.count()
    answers = {"given_name": "Ny", "family_name": "Nysson", "source": "own_application", "enrolled_on": today()}
    for user in no_case_workers_of_the_unit(cast):
        response = submit(client, "/deltagare/ny/", **answers, responsible=str(user.public_id))
        assert response.status_code == 200, user.name
        assert "responsible" in response.context["form"].errors, user.name
    assert Participant.objects.count() == before


# --- What a form doesn't ask for -------------------------------------------------------------------------------------


def test_fields_that_the_form_does_not_have_change_nothing(cast: Cast):
    client, world = cast.client(cast.hanna), cast.world
    extra = {
        "owner": world.af.pk,
        "organisation": world.af.pk,
        "project": cast.other_project.pk,
        "is_void": "on",
        "is_imported": "on",
        "protection": "assumed_identity",
        "recorded_by": cast.alva.pk,
        "public_id": str(uuid4()),
        "assessed_on": "2020-01-01",
        "id": cast.cases.of_alva.enrolment.pk,
    }
    answers = {"given_name": "Ny", "family_name": "Nysson", "source": "own_application", "enrolled_on": today()}
    response = submit(client, "/deltagare/ny/", **answers, **extra, responsible=str(cast.hanna.public_id))
    assert response.status_code == 302
    made = Enrolment.objects.latest("pk")
    assert (made.owner, made.project, made.participant.organisation) == (world.ame, world.project, world.ame)
    assert (made.is_void, made.is_imported, made.assessed_on) == (False, False, None)
    assert made.participant.protection == "none"
    assert made.entries.get().recorded_by == cast.hanna
    assert str(made.public_id) != extra["public_id"]


def test_a_number_that_another_organisation_has_is_like_one_that_nobody_has(cast: Cast):
    """Even to confirm that somebody is enrolled elsewhere is a disclosure."""
    known = "19620518-9829"
    free = "19790214-2327"
    other = cast.cases.of_alva.participant
    other.numbers.update(value=known.replace("-", ""))
    client, counts, shown = cast.client(cast.hanna), [], []
    worker = str(cast.hanna.public_id)
    answers = {"given_name": "Ny", "family_name": "Nysson", "source": "own_application", "responsible": worker}
    for number in (known, free):
        # An enrolment day before the birth: the number is looked up, and nothing is saved.
        wrong = fill(client, "/deltagare/ny/", **answers, number=number, enrolled_on="1950-01-01")
        counts.append(queries(client, "/deltagare/ny/", wrong))
        errors = client.post("/deltagare/ny/", wrong).context["form"].errors
        shown.append((sorted(errors), "number" in errors))
    assert counts[0] == counts[1]
    assert shown[0] == shown[1]
    assert not shown[0][1]
    made = submit(client, "/deltagare/ny/", **answers, number=known, enrolled_on=today())
    assert made.status_code == 302
    assert Participant.objects.filter(numbers__value=known.replace("-", "")).count() == 2


# --- Meetings and plans ----------------------------------------------------------------------------------------------


def test_nobody_from_elsewhere_is_put_at_a_meeting_by_id(cast: Cast):
    client, before = cast.client(cast.hanna), (Meeting.objects.count(), MeetingParty.objects.count())
    url = page(cast, "meeting_create")
    for user in (cast.alva, cast.sune, cast.petra, cast.fia, cast.ulla):
        response = submit(client, url, kind="follow_up", held_on=today(), text="Samtal", users=str(user.public_id))
        assert response.status_code == 200, user.name
        assert "users" in response.context["form"].errors, user.name
    assert (Meeting.objects.count(), MeetingParty.objects.count()) == before


def test_an_organisation_that_is_no_party_is_not_put_at_a_meeting(cast: Cast):
    client, before = cast.client(cast.hanna), Meeting.objects.count()
    stranger = cast.ulla.organisation
    url = page(cast, "meeting_create")
    response = submit(
        client, url, kind="follow_up", held_on=today(), text="Samtal", organisations=str(stranger.public_id)
    )
    assert "organisations" in response.context["form"].errors
    assert Meeting.objects.count() == before


def test_criteria_of_another_projects_ladder_are_not_answered(cast: Cast):
    client, before = cast.client(cast.hanna), StepAssessment.objects.count()
    foreign = Step.objects.get(ladder__project=cast.other_project, number=2)
    answers = {f"criterion_{criterion.pk}": "met" for criterion in foreign.criteria.all()}
    url = page(cast, "meeting_create")
    response = submit(client, url, kind="follow_up", held_on=today(), text="Samtal", step="2", **answers)
    made = StepAssessment.objects.filter(pk__gt=0, step__ladder__project=cast.other_project)
    assert made.count() == 1, "the one that the cast has from the start"
    assert StepAssessment.objects.count() == before
    assert response.status_code == 200


def test_another_cases_milestone_is_not_moved_into_the_plan(cast: Cast):
    client = cast.client(cast.hanna)
    url, theirs = page(cast, "plan_edit"), cast.cases.of_alva.enrolment
    before = list(MilestoneStatus.objects.values_list("pk", "superseded_at").filter(enrolment=theirs))
    assert before
    known = MilestoneStatus.objects.get(enrolment=theirs).milestone.public_id
    for public_id in (known, uuid4()):
        form = client.get(url).context["form"]
        answers = {name: form[name].value() or "" for name in form.fields}
        row = {"public_id": str(public_id), "text": "Överskrivet", "state": "reached"}
        rows = {"delmal-TOTAL_FORMS": "1", "delmal-INITIAL_FORMS": "0"}
        rows |= {f"delmal-0-{name}": value for name, value in row.items()}
        client.post(url, {**answers, "valid_on": today(), **rows})
    assert list(MilestoneStatus.objects.values_list("pk", "superseded_at").filter(enrolment=theirs)) == before
    assert not MilestoneStatus.objects.filter(milestone__public_id=known).exclude(enrolment=theirs).exists()


# --- Imports ---------------------------------------------------------------------------------------------------------


def test_another_organisations_import_is_neither_approved_nor_called_off(cast: Cast):
    client, before = cast.client(cast.samira), Enrolment.objects.count()
    for batch in (cast.batches.of_sune, cast.batches.in_other_project, uuid4()):
        for do in ("approve", "cancel", "columns"):
            path = path_to("import_preview", batch)
            assert client.post(path, {"do": do, "token": str(uuid4())}).status_code == 404, (batch, do)
    assert Enrolment.objects.count() == before
    assert set(ImportBatch.objects.values_list("state", flat=True)) == {"preview"}
    assert not ImportBatch.objects.filter(content=None).exists()


def test_imported_cases_are_given_to_case_workers_of_the_own_organisation_only(cast: Cast):
    client, before = cast.client(cast.samira), Enrolment.objects.count()
    path = path_to("import_preview", cast.batches.of_samira)
    stranger = cast.alva
    for value in (stranger.pk, stranger.public_id):
        client.post(path, {"do": "approve", "token": str(uuid4()), "responsible": value})
        assert Enrolment.objects.count() == before


# --- Projects --------------------------------------------------------------------------------------------------------


def test_another_project_cannot_be_chosen(cast: Cast):
    client = cast.client(cast.hanna)
    for public_id in (cast.other_project.public_id, uuid4(), "x", ""):
        assert client.post("/projekt/valj/", {"project": public_id}).status_code == 404
    assert client.get("/").context["current_project"] == cast.world.project


def test_a_project_in_the_session_that_is_no_longer_ones_own_is_not_used(cast: Cast):
    client = cast.client(cast.petra)
    session = client.session
    session["project"] = str(cast.other_project.public_id)
    session.save()
    assert client.get("/projekt/").context["current_project"] == cast.world.project


def test_only_organisations_that_exist_are_made_parties(cast: Cast):
    client = cast.client(cast.petra)
    before = set(ProjectOrganisation.objects.values_list("organisation", flat=True))
    form = client.get("/projekt/andra/").context["form"]
    answers = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    response = client.post("/projekt/andra/", {**answers, "parties": [str(uuid4())]})
    assert response.status_code == 200
    assert set(ProjectOrganisation.objects.values_list("organisation", flat=True)) == before


def test_a_change_of_project_reaches_no_other_project(cast: Cast):
    client = cast.client(cast.petra)
    form = client.get("/projekt/andra/").context["form"]
    answers = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    answers["parties"] = [str(cast.world.af.public_id)]
    extra = {"id": cast.other_project.pk, "project": cast.other_project.public_id, "host": cast.world.af.pk}
    response = client.post("/projekt/andra/", {**answers, **extra, "name": "Nytt namn"})
    assert response.status_code == 302, response.context["form"].errors
    world_project = Project.objects.get(pk=cast.world.project.pk)
    assert (world_project.name, world_project.host) == ("Nytt namn", cast.world.ame)
    assert Project.objects.get(pk=cast.other_project.pk).name == "Annat projekt"


# --- Lists -----------------------------------------------------------------------------------------------------------


def test_filtering_on_somebody_elses_case_worker_finds_nobody(cast: Cast):
    client = cast.client(cast.samira)
    stranger = cast.alva.public_id
    response = client.get("/deltagare/", {"ansvarig": str(stranger), "visa": "alla"})
    assert response.status_code == 200
    assert not [canary for canary in cast.canaries if canary in response.content.decode()]


def test_somebody_elses_search_is_not_found_by_its_key(cast: Cast):
    mine, theirs = cast.client(cast.samira), cast.client(cast.sune)
    sent = theirs.post("/deltagare/", {"q": "Kanarietärna"})
    key = sent["Location"].partition("sok=")[2].partition("&")[0]
    assert key
    response = mine.get("/deltagare/", {"sok": key})
    assert "Kanarietärna" not in response.content.decode()
