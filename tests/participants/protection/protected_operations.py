"""What may happen to people by chance, by the roads that users take. Each says whether it came through."""

from dataclasses import replace
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actionplans.models import ImportBatch
from participants.enums import ProtectionLevel
from participants.models import Enrolment, Participant
from tests.actionplans.register.builders import register_file
from tests.participants.protection.protected_story import Somebody, Story, Version
from tests.participants.protection.protected_words import WORDS, Operation, came_through, go_through, report, say, send
from tests.world.pages import fill, shown

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
    return _protect(story, story.somebody())


def _protect(story: Story, who: Somebody) -> bool:
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
    chosen = {
        difference.name: story.chance.choice(["har", "inskrivet"]) for difference in page.context["form"].differences
    }
    number = other.live[-1].number if other.live else ""
    keys = {person.person.pk: person for person in story.people}
    if not came_through(send(story, who.by, url, **answers, **chosen)):
        return False
    if is_same == "yes":
        holder = keys[Participant.objects.get(enrolments=other.case.pk).pk]
        assert number, "two people without a number are asked about"
        story.join(holder, other)
    return True


# --- Wrongly registered ----------------------------------------------------------------------------------------------


def ask_void(story: Story) -> bool:
    return say(story, "void_ask", why="{} skulle inte vara här")


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
    if story.chance.random() < 0.5:
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


PEOPLE: list[Operation] = [Story.enrol, Story.enrol, correct, correct, protect, protect, let_go, answer_same]
REST: list[Operation] = [report, go_through, ask_void, answer_void, undo_void, upload, forget_batches]
ALL = [*WORDS, *PEOPLE, *PEOPLE, *REST, *REST]
# First there comes to be something to take out, and then somebody is protected.
BEFORE = [*WORDS, *[correct] * 6, *[Story.enrol] * 2, *[upload] * 3, report, ask_void]
ACTS_BEFORE = 20


def act(story: Story) -> None:
    """Something, by chance; what isn't possible now doesn't happen."""
    story.acts += 1
    if story.acts == ACTS_BEFORE:
        _protect(story, story.people[0])
        return
    operation = story.chance.choice(BEFORE if story.acts < ACTS_BEFORE else ALL)
    if operation(story):
        story.done[operation.__name__] = story.done.get(operation.__name__, 0) + 1
