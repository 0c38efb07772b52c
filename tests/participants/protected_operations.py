"""What may happen to people by chance, by the roads that users take. Each says whether it came through."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from actionplans.actions import MeetingRecord, log_meeting
from actionplans.enums import MeetingKind
from actionplans.models import ImportBatch
from core.dates import today
from core.models import Draft
from participants.enums import ProtectionLevel
from participants.models import Enrolment, Participant
from reports.actions import write_report
from tests.actionplans.register.builders import register_file
from tests.participants.pages import fill, shown
from tests.participants.protected_story import Somebody, Story, Version


def send(story: Story, user, url: str, **answers: object) -> HttpResponse | None:
    """Open the page and press its button; nothing where the user has no such page now."""
    page = story.client(user).get(url)
    if page.status_code != 200 or "form" not in (page.context or {}):
        return None
    return story.client(user).post(url, {**shown(page.context["form"]), **answers})


def came_through(answer: HttpResponse | None) -> bool:
    return answer is not None and answer.status_code == 302


# --- Who somebody is -------------------------------------------------------------------------------------------------


def correct(story: Story) -> bool:
    """To another name, and a number that is somebody's, has been, or nobody's."""
    who = story.somebody()
    if who.person.is_protected:
        return False
    version = story.version(story.a_number())
    if not came_through(send(story, who.by, who.url("enrolment_correct"), **version.typed)):
        story.refused.append(version)
        return False
    earlier = who.live[-1].number if who.live else ""
    assert version.number == earlier or not story.is_barred(version.number, who.by), "corrected to a barred number"
    who.live.append(version)
    return True


def protect(story: Story) -> bool:
    who = story.somebody()
    url = reverse("participant_protect", args=[who.person.public_id])
    level = ProtectionLevel.CONFIDENTIALITY_MARK
    if not came_through(send(story, who.by, url, level=level, is_kept="on")):
        return False
    story.lose(who)
    return True


def let_go(story: Story) -> bool:
    """The protection is over: the number may be written down again, and what was gone stays gone."""
    who = story.somebody()
    url = reverse("participant_protect", args=[who.person.public_id])
    if not who.person.is_protected or not came_through(send(story, who.by, url, level=ProtectionLevel.NONE)):
        return False
    story.release(who)
    return True


def answer_same(story: Story) -> bool:
    """Somebody under a number that another has: they are one, or they aren't."""
    who, other = story.somebody(), story.somebody()
    url = reverse("participant_same", args=[other.person.public_id])
    is_same = story.chance.choice(["yes", "no"])
    answers = {"is_same": is_same, "why": f"{story.named(who)} är en annan"}
    page = story.client(who.by).get(url)
    if page.status_code != 200:
        return False
    chosen = {one.name: story.chance.choice(["har", "inskrivet"]) for one in page.context["form"].differences}
    number = other.live[-1].number if other.live else ""
    keys = {one.person.pk: one for one in story.people}
    if not came_through(send(story, who.by, url, **answers, **chosen)):
        return False
    if is_same == "yes":
        holder = keys[Participant.objects.get(enrolments=other.case.pk).pk]
        assert number, "two people without a number are asked about"
        story.join(holder, other)
    return True


# --- Words about somebody --------------------------------------------------------------------------------------------


def meet(story: Story) -> bool:
    """In the own case or a neighbour's, also as somebody who was there."""
    who, other = story.somebody(), story.somebody()
    said = story.named(who if who.case.owner_id == other.case.owner_id else other)
    record = MeetingRecord(kind=MeetingKind.FOLLOW_UP, held_on=today(), text=f"Träffade {said}.", others=[said])
    log_meeting(enrolment=Enrolment.objects.get(pk=other.case.pk), record=record, by=other.by)
    return True


def _words(story: Story, name: str, **answers: str) -> bool:
    """Send a form of the case, with somebody named in each of its words."""
    who = story.somebody()
    said = {field: words.format(story.named(who)) for field, words in answers.items()}
    return came_through(send(story, who.by, who.url(name), **said))


def assess(story: Story) -> bool:
    return _words(story, "assessment_create", summary="Kartlagt: {}")


def plan(story: Story) -> bool:
    return _words(story, "plan_edit", main_activity="{} i köket")


def place(story: Story) -> bool:
    return _words(story, "placement_create", place="Hos {}")


def leave(story: Story) -> bool:
    return _words(story, "enrolment_exit", reason="work", comment="{} har arbete")


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
    Draft.objects.update_or_create(author=author, form="x", subject=who.case.public_id, defaults={"data": data})
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


# --- Wrongly registered ----------------------------------------------------------------------------------------------


def ask_void(story: Story) -> bool:
    return _words(story, "void_ask", why="{} skulle inte vara här")


def answer_void(story: Story) -> bool:
    who = story.somebody()
    answer = story.chance.choice(["confirm", "confirm", "decline"])
    why = f"{story.named(who)} ska vara kvar"
    return came_through(
        send(
            story, story.chance.choice([who.coordinator, story.second]), who.url("void_decide"), answer=answer, why=why
        )
    )


def undo_void(story: Story) -> bool:
    who = story.somebody()
    return came_through(send(story, who.coordinator, who.url("void_undo"), why=f"{story.named(who)} finns"))


# --- Registers -------------------------------------------------------------------------------------------------------


def upload(story: Story) -> bool:
    """A register with somebody's number, or nobody's, under a new name; approved at once, or left waiting."""
    by, url, who = story.world.coordinator, reverse("import_upload"), story.somebody()
    version = story.version(story.a_number())
    noted = story.named(who) if who.case.owner_id == by.organisation_id else "Kom"
    row = {"Personnr": version.dashed, "Efternamn": version.family, "Förnamn": version.given, "Anm.": noted}
    content = register_file(row | {"Inskriven": date(2025, 1, 28), "Placering": noted})
    client = story.client(by)
    answer = client.post(url, fill(client, url, file=SimpleUploadedFile("register.xlsx", content)))
    if answer.status_code != 302:
        story.refused.append(version)
        return False
    assert not story.is_barred(version.number, by), "a register with a barred number is kept"
    if story.chance.random() < 0.7:
        _approve(story, answer["Location"], version)
    return True


def _approve(story: Story, preview: str, version: Version) -> None:
    """Whoever is new in the file is somebody from now on."""
    by = story.world.coordinator
    last = Enrolment.objects.latest("pk").pk
    page = story.client(by).get(preview)
    story.client(by).post(preview, {**shown(page.context["form"]), "do": "approve"})
    for case in Enrolment.objects.filter(pk__gt=last).select_related("participant"):
        story.people.append(Somebody(case, by, by, [replace(version, phone="", email="")]))


def forget_batches(story: Story) -> bool:
    """Whoever has a file waiting calls it off."""
    batch = ImportBatch.objects.filter(state="preview").first()
    if batch is None:
        return False
    story.client(batch.created_by).post(reverse("import_preview", args=[batch.public_id]), {"do": "cancel"})
    return True


Operation = Callable[[Story], bool]
WORDS: list[Operation] = [meet, assess, plan, place, leave, come_back, draft, search, open_in_an_emergency, hand_out]
PEOPLE: list[Operation] = [Story.enrol, Story.enrol, correct, correct, protect, protect, let_go, answer_same]
REST: list[Operation] = [report, go_through, ask_void, answer_void, undo_void, upload, forget_batches]
ALL = [*WORDS, *PEOPLE, *PEOPLE, *REST, *REST]


def act(story: Story) -> None:
    """Something, by chance; what isn't possible now doesn't happen."""
    operation = story.chance.choice(ALL)
    if operation(story):
        story.done[operation.__name__] = story.done.get(operation.__name__, 0) + 1
