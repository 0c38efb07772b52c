"""Words in which people are named by chance, by the roads that users take. Each says whether it came through."""

from collections.abc import Callable
from datetime import date

from django.http import HttpResponse
from django.urls import reverse

from accounts.models import User
from actionplans.enums import MeetingKind
from actionplans.meetings.actions import MeetingRecord, log_meeting
from core.days.dates import today
from core.models import Draft
from participants.models import AssessmentWork, Enrolment
from projects.enums import AssessmentArea
from reports.documents.actions import write_report
from tests.participants.protection.protected_story import Story
from tests.world.pages import shown

Operation = Callable[[Story], bool]


def send(story: Story, user: User, url: str, **answers: object) -> HttpResponse | None:
    """Open the page and press its button; nothing where the user has no such page now."""
    page = story.client(user).get(url)
    if page.status_code != 200 or "form" not in (page.context or {}):
        return None
    return story.client(user).post(url, {**shown(page.context["form"]), **answers})


def came_through(answer: HttpResponse | None) -> bool:
    return answer is not None and answer.status_code == 302


def meet(story: Story) -> bool:
    """In the own case or a neighbour's, also as somebody who was there."""
    who, other = story.somebody(), story.somebody()
    said = story.named(who if who.case.owner_id == other.case.owner_id else other)
    record = MeetingRecord(kind=MeetingKind.FOLLOW_UP, held_on=today(), text=f"Träffade {said}.", others=[said])
    log_meeting(enrolment=Enrolment.objects.get(pk=other.case.pk), record=record, by=other.by)
    return True


def say(story: Story, name: str, **answers: str) -> bool:
    """Send a form of the case, with somebody named in each of its words."""
    who = story.somebody()
    said = {field: words.format(story.named(who)) for field, words in answers.items()}
    return came_through(send(story, who.by, who.url(name), **said))


def assess(story: Story) -> bool:
    return say(story, "assessment_create", adaptation="Kartlagt: {}", own_words="{} är snäll")


def complete(story: Story) -> bool:
    """Where all areas are answered, once the others are declined."""
    who = story.somebody()
    declined = {f"declines_{area.value}": "on" for area in list(AssessmentArea)[1:]}
    send(story, who.by, who.url("assessment_create"), **declined)
    work = AssessmentWork.objects.filter(enrolment=who.case.pk).current().first()
    if work is None:
        return False
    url = reverse("assessment_complete", args=[work.public_id])
    return came_through(send(story, who.by, url, summary=f"{story.named(who)} är kartlagd"))


def plan(story: Story) -> bool:
    return say(story, "plan_edit", main_activity="{} i köket")


def place(story: Story) -> bool:
    return say(story, "placement_create", place="Hos {}")


def leave(story: Story) -> bool:
    return say(story, "enrolment_exit", reason="work", comment="{} har arbete")


def come_back(story: Story) -> bool:
    who = story.somebody()
    case = Enrolment.objects.get(pk=who.case.pk)
    if case.exited_on is None:
        return False
    page = story.client(who.by).get(who.url("enrolment_exit"))
    form = (page.context or {}).get("reopen") if page.status_code == 200 else None
    return form is not None and came_through(story.client(who.by).post(who.url("enrolment_reopen"), shown(form)))


def draft(story: Story) -> bool:
    who, author = story.somebody(), story.chance.choice([story.colleague, story.world.coordinator])
    if who.case.owner_id != author.organisation_id:
        return False
    data = {"text": [f"{story.named(who)} kom"], "n": {"a": 1}}
    where = {"address": f"/inskrivningar/{who.case.public_id}/", "subject": who.case.public_id}
    Draft.objects.update_or_create(author=author, form="x", **where, defaults={"data": data})
    return True


def search(story: Story) -> bool:
    """What was searched for is kept in the session."""
    who = story.somebody()
    user = story.chance.choice([who.by, who.coordinator, story.colleague])
    if user.organisation_id != who.case.owner_id or not who.live:
        return False
    said = story.chance.choice([*who.live[-1].digits, who.live[0].family, who.live[0].email])
    return story.client(user).post(reverse("participant_list"), {"q": said}).status_code in (200, 302)


def open_in_an_emergency(story: Story) -> bool:
    """By the number, or by nothing where it is gone; the reason names the person."""
    who = story.somebody()
    if not who.live or who.case.owner_id != story.colleague.organisation_id:
        return False
    reason = f"{story.named(who)} ringde akut i natt"
    url = reverse("emergency_open")
    return came_through(send(story, story.colleague, url, number=who.live[-1].dashed, reason=reason))


def hand_out(story: Story) -> bool:
    """Somebody's registerutdrag, for a reason in words."""
    who = story.somebody()
    url = reverse("participant_extract_json", args=[who.person.public_id])
    data = {"reason": "other", "words": f"{story.named(who)} bad om det"}
    answer = story.client(who.by).post(url, data)
    return answer.has_header("Content-Disposition")


def report(story: Story) -> bool:
    """A draft in which a person is named, though reports are about none."""
    who = story.somebody()
    if who.case.owner_id != story.world.ame.pk:
        return False
    days = {"period_start": date(2026, 1, 1), "period_end": date(2026, 6, 30), "as_of": date(2026, 6, 30)}
    texts, asked = [f"Uppdraget. {story.named(who)} kom.", "", ""], f"{story.named(who)} vill se målet."
    by, project = story.world.project_leader, story.world.project
    write_report(project=project, title="Slutrapport", texts=texts, by=by, release_asked=asked, **days)
    return True


def go_through(story: Story) -> bool:
    """Whoever reads what is left of somebody's texts."""
    who = story.somebody()
    return came_through(send(story, who.by, who.url("enrolment_texts")))


WORDS: list[Operation] = [
    meet,
    assess,
    complete,
    plan,
    place,
    leave,
    come_back,
    draft,
    search,
    open_in_an_emergency,
    hand_out,
]
