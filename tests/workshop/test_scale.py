"""The invented database that is measured in: copies differ as people do, and nobody's log is broken."""

from collections import Counter
from datetime import timedelta

from django.db.models import Count, F, Max

from accounts.log.access import broken_links
from accounts.models import AccessEvent, AccessHead, AccessSubject, User
from actionplans.models import Meeting, StepClock
from actionplans.steps.tally_code import read_code, read_rise
from core.days.dates import quarter_of
from participants.models import Enrolment, IdentityVersion, PersonIdentity
from tests.workshop.conftest import ORIGINALS, TIMES
from workshop.scale.access_log import READINGS
from workshop.scale.variety import vary_quarters

INVENTED = "förre-samordnaren@example.se"


def test_everybody_s_chain_is_whole_but_for_the_invented_reader_s(small_world) -> None:
    """A copied event of somebody else's would meet the events that their pages write."""
    writers = User.objects.filter(pk__in=AccessEvent.objects.values("user")).exclude(email=INVENTED)
    assert len(writers) > 1
    assert {user.email: broken_links(user) for user in writers if broken_links(user)} == {}


def test_the_invented_reader_has_read_ten_times_for_each_case(small_world) -> None:
    read = AccessEvent.objects.filter(user__email=INVENTED)
    assert read.count() == ORIGINALS * TIMES * READINGS
    assert AccessSubject.objects.filter(event__in=read).count() == read.count()
    assert AccessHead.objects.get(user__email=INVENTED).number == read.aggregate(last=Max("number"))["last"]


def test_no_copy_of_a_case_has_the_days_of_another(small_world) -> None:
    """By their keys come all originals, with the one that is known, then all first copies in their order, and so on.
    The keys themselves begin where the database's sequence stood."""
    people = ORIGINALS + 1
    days = list(Enrolment.objects.order_by("pk").values_list("enrolled_on", flat=True))
    assert len(days) == people * TIMES
    copies = [days[place::people] for place in range(people)]
    assert [same for same in copies if len(set(same)) != TIMES] == []
    assert all(same == [same[0] - timedelta(days=n) for n in range(TIMES)] for same in copies)


def test_all_days_of_a_copy_are_moved_alike(small_world) -> None:
    assert Enrolment.objects.count() == (ORIGINALS + 1) * TIMES
    assert not StepClock.objects.exclude(enrolled_on=F("enrolment__enrolled_on")).exists()
    until_meeting = Meeting.objects.annotate(days=F("concerns_on") - F("enrolment__enrolled_on"))
    alike = Counter(meeting.days for meeting in until_meeting)
    assert all(count % TIMES == 0 for count in alike.values())
    assert not Enrolment.objects.filter(enrolled_on__lt=small_world.project.starts_on).exists()


def test_a_copied_clock_says_the_quarters_of_its_own_days(small_world) -> None:
    """Figures would count it in another quarter else, and in one that hasn't come."""
    clocks = StepClock.objects.filter(code__isnull=False)
    assert clocks.filter(rise__isnull=False).exists()
    assert _of_another_quarter(clocks) == 0
    quarter = timedelta(days=92)
    clocks.update(due_on=F("due_on") - quarter, event_on=F("event_on") - quarter)
    assert _of_another_quarter(clocks) > ORIGINALS
    vary_quarters()
    assert _of_another_quarter(clocks) == 0


def _of_another_quarter(clocks) -> int:
    return sum(
        read_code(clock.code).due_quarter != quarter_of(clock.due_on)
        or (clock.rise is not None and read_rise(clock.rise)[0] != quarter_of(clock.event_on))
        for clock in clocks.all()
    )


def test_no_more_than_a_few_people_are_namesakes(small_world) -> None:
    names = PersonIdentity.objects.order_by().values("given_name", "family_name").annotate(people=Count("pk"))
    assert max(name["people"] for name in names) <= 3
    second = PersonIdentity.objects.filter(given_name__contains=" ")
    assert second.count() == (ORIGINALS + 1) * (TIMES - 1)


def test_a_copied_name_has_its_own_keys(small_world) -> None:
    people = PersonIdentity.objects.select_related("participant")
    kept = {person.pk: (person.search_key, person.sort_key) for person in people}
    made = {person.pk: person for person in people if not person.participant.is_protected}
    assert len(made) > ORIGINALS * 2
    for key, person in made.items():
        person.set_keys()
        assert kept[key] == (person.search_key, person.sort_key)
    assert not Enrolment.objects.exclude(sort_key=F("participant__identity__sort_key")).exists()
    versions = IdentityVersion.objects.filter(participant__numbers__isnull=False)
    assert versions.count() == (ORIGINALS + 1) * TIMES
    assert not versions.exclude(given_name=F("participant__identity__given_name")).exists()
    assert not versions.exclude(number=F("participant__numbers__value")).exists()
