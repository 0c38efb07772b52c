"""The register of workplaces: kept by those who work with persons; who is at each as far as the user may read."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import AccessEvent, AccessSubject
from core.days.dates import today
from core.days.periods import Period
from core.enums import Category
from core.swedish.words import day
from participants.placement.actions import PlacementRecord, record_placement, take_back_placement
from participants.scope.scope import Scope
from participants.workplaces.actions import ALREADY, WorkplaceLine, add_workplace, change_workplace
from participants.workplaces.page import register_of
from projects.enums import ListKind, WorkplaceKind
from projects.lists.actions import IS_USED, remove_listed
from projects.models import Listed, Workplace
from tests.world import consent_rows as consents
from tests.world.cases import days_ago, started
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory
from tests.world.factories.access import ProjectOrganisationFactory
from tests.world.factories.background import WorkplaceFactory
from tests.world.pages import faults, queries, submit
from tests.world.worlds import model_project

DAY = timedelta(days=1)


@pytest.fixture
def case(world):
    """A case that has gone on long enough to have placements behind it."""
    return started(world.enrolment, 60)


@pytest.fixture
def workplace(world) -> Workplace:
    """A municipal one with three places."""
    return WorkplaceFactory(project=world.project)


def placed(case, by, place="Växthuset", *, first=-10, last=None):
    """From so many days from now through so many."""
    days = Period(today() + first * DAY, None if last is None else today() + last * DAY)
    return record_placement(enrolment=case, record=PlacementRecord(place, None, days, guide="Kim Alm"), by=by)


def register(user, project):
    return register_of(Scope.of(user, today()), project)


def colleague_of(case, world, name):
    """Another case of the case worker's."""
    other = EnrolmentFactory(project=world.project, given_name=name, family_name="Ek", enrolled_on=days_ago(60))
    CaseAssignmentFactory(enrolment=other, user=world.case_worker)
    return other


class TestKeeping:
    def test_a_line_is_written_and_changed_on_the_pages(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        answer = submit(client, reverse("place_create"), name="  Köket  på Solgården ", kind="association", places="4")
        assert answer.status_code == 302
        row = Workplace.objects.get(project=world.project)
        assert (row.name, row.kind, row.places, row.takes_in) == ("Köket på Solgården", "association", 4, True)
        submit(client, row.get_absolute_url(), name="Köket", kind="association", places="")
        row.refresh_from_db()
        assert (row.name, row.places) == ("Köket", None)
        assert "Köket" in client.get(reverse("place_list")).content.decode()

    @pytest.mark.parametrize(
        ("answers", "field"),
        [
            ({"name": "", "kind": "state"}, "name"),
            ({"name": "Lager", "kind": ""}, "kind"),
            ({"name": "Lager", "kind": "state", "places": "0"}, "places"),
            ({"name": "Lager", "kind": "state", "places": "501"}, "places"),
            ({"name": "Lager", "kind": "state", "places": "1e3"}, "places"),
            ({"name": "växthuset", "kind": "state"}, "name"),
        ],
    )
    def test_wrong_answers_are_named_and_change_nothing(self, world, workplace, log_in, answers, field) -> None:
        client = log_in(world.case_worker)
        answer = submit(client, reverse("place_create"), **answers)
        assert answer.status_code == 200
        assert set(faults(answer)) == {field}
        assert list(Workplace.objects.filter(project=world.project)) == [workplace]

    def test_no_two_lines_have_one_name_whatever_its_letters(self, world, workplace) -> None:
        line = WorkplaceLine(name="VÄXTHUSET", kind=WorkplaceKind.STATE)
        with pytest.raises(ValidationError) as told:
            add_workplace(project=world.project, line=line, by=world.case_worker)
        assert told.value.message_dict == {"name": [ALREADY]}
        change_workplace(workplace=workplace, line=line, by=world.case_worker)
        assert Workplace.objects.get(pk=workplace.pk).kind == "state"

    def test_it_is_taken_out_and_placements_keep_their_words(self, world, case, workplace, log_in) -> None:
        placement = placed(case, world.case_worker)
        client = log_in(world.coordinator)
        submit(client, workplace.get_absolute_url(), name="Växthuset", kind="municipal", removes="on")
        assert not Workplace.objects.filter(project=world.project).exists()
        placement.refresh_from_db()
        assert placement.place.text == "Växthuset"
        assert [place.name for place in register(world.case_worker, world.project).others] == ["Växthuset"]

    def test_a_unit_that_a_workplace_names_stays_in_its_list(self, world, workplace) -> None:
        unit = Listed.objects.create(project=world.project, kind=ListKind.UNIT, name="Enheten")
        line = WorkplaceLine(name="Växthuset", kind=WorkplaceKind.MUNICIPAL, unit=unit, places=1)
        changed = change_workplace(workplace=workplace, line=line, by=world.case_worker)
        assert changed.in_words == "Kommunal, enheten Enheten, 1\N{NO-BREAK SPACE}plats"
        with pytest.raises(ValidationError) as told:
            remove_listed(listed=unit, by=world.project_leader)
        assert told.value.messages == [IS_USED]

    def test_whoever_adds_a_place_that_a_placement_names_finds_its_name_there(self, world, case, log_in) -> None:
        placement = placed(case, world.case_worker, "Lindens Livs")
        address = f"{reverse('place_create')}?placering={placement.public_id}"
        assert 'value="Lindens Livs"' in log_in(world.case_worker).get(address).content.decode()
        assert "Lindens" not in log_in(world.af_case_worker).get(address).content.decode()

    def test_it_is_proposed_for_a_placement_while_it_takes_anybody_in(self, world, case, workplace, log_in) -> None:
        WorkplaceFactory(project=world.project, name="Stängda köket", takes_in=False)
        page = log_in(world.case_worker).get(reverse("placement_create", args=[case.public_id])).content.decode()
        assert '<option value="Växthuset">' in page
        assert "Stängda köket" not in page


class TestWhoIsThere:
    def test_they_stand_at_the_place_that_the_placement_names(self, world, case, workplace, log_in) -> None:
        placed(case, world.case_worker, "växthuset")
        placed(colleague_of(case, world, "Vilgot"), world.case_worker, first=5)
        [row] = register(world.case_worker, world.project).rows
        assert [(person.enrolment.pk == case.pk, person.when) for person in row.people] == [
            (True, f"sedan {day(today() - 10 * DAY)}"),
            (False, f"kommer {day(today() + 5 * DAY)}"),
        ]
        client = log_in(world.case_worker)
        assert "Ek, Vilgot" in client.get(reverse("place_list")).content.decode()
        event = AccessEvent.objects.filter(user=world.case_worker, part="place_list").latest("number")
        assert AccessSubject.objects.filter(event=event).count() == 2

    def test_who_has_left_or_was_taken_back_or_has_ended_stands_nowhere(self, world, case, workplace) -> None:
        placed(case, world.case_worker, first=-30, last=-1)
        back = placed(case, world.case_worker)
        take_back_placement(placement=back, reason="Det blev inget.", by=world.case_worker)
        ended = colleague_of(case, world, "Vilgot")
        placed(ended, world.case_worker)
        type(ended).objects.filter(pk=ended.pk).update(exited_on=today(), exit_reason="moved")
        assert [len(row.people) for row in register(world.case_worker, world.project).rows] == [0]

    def test_the_last_day_is_a_day_at_the_place(self, world, case, workplace) -> None:
        placed(case, world.case_worker, last=0)
        assert [len(row.people) for row in register(world.case_worker, world.project).rows] == [1]

    def test_nobody_is_shown_or_counted_to_whoever_may_not_read_of_them(self, world, case, workplace) -> None:
        placed(case, world.case_worker)
        placed(case, world.case_worker, "Lindens Livs")
        found = register(world.af_case_worker, world.project)
        assert ([len(row.people) for row in found.rows], found.others) == ([0], [])

    def test_a_party_with_consent_to_the_plan_alone_reads_no_name(self, world, case, workplace) -> None:
        ProjectOrganisationFactory(project=world.project, organisation=world.af)
        placed(case, world.case_worker)
        consents.give(case, [world.af], [Category.PLAN], by=world.case_worker)
        CaseAssignmentFactory(enrolment=case, user=world.af_case_worker, organisation=world.af, role="contact")
        [row] = register(world.af_case_worker, world.project).rows
        assert [person.name for person in row.people] == [case.participant.alias]

    @pytest.mark.parametrize(
        ("places", "said"),
        [(None, ""), (3, ""), (2, "Alla platser är tagna."), (1, "Fler är där än den tar emot.")],
    )
    def test_a_place_that_is_full_says_so(self, world, case, places, said) -> None:
        WorkplaceFactory(project=world.project, places=places)
        placed(case, world.case_worker)
        placed(colleague_of(case, world, "Vilgot"), world.case_worker)
        placed(colleague_of(case, world, "Ida"), world.case_worker, first=5)
        [row] = register(world.case_worker, world.project).rows
        assert row.filled == said

    def test_asks_the_database_equally_often_however_many_there_are(self, world, case, workplace, log_in) -> None:
        placed(case, world.case_worker)
        client = log_in(world.case_worker)
        address = reverse("place_list")
        client.get(address)
        few = queries(client, address)
        for number in range(5):
            WorkplaceFactory(project=world.project, name=f"Plats {number}")
            placed(colleague_of(case, world, f"Person{number}"), world.case_worker, f"Plats {number}")
            placed(colleague_of(case, world, f"Annan{number}"), world.case_worker, f"Okänd {number}")
        assert queries(client, address) == few


def test_another_projects_workplace_is_not_there(world, log_in) -> None:
    elsewhere = model_project(host=world.ame, name="Annat projekt", register_number="PROV-2026-9")
    other = WorkplaceFactory(project=elsewhere)
    client = log_in(world.case_worker)
    assert client.get(other.get_absolute_url()).status_code == 404
    assert "Växthuset" not in client.get(reverse("place_list")).content.decode()
