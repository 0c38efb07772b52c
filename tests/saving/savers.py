"""Every form with a shared fact, and what two people answer on it at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.enums import AccessKind, Duty
from accounts.log.access import log_access
from accounts.models import LogReview, User
from actionplans.models import ImportBatch, Meeting, MilestoneStatus, PlanRevision, StepAssessment
from actionplans.register.actions import begin_import
from actionplans.register.files import keep
from core.days.dates import today
from core.days.periods import Period
from core.enums import Category
from core.swedish.words import day
from oversight.log.sample import draw_sample
from participants.assessment.actions import record_assessment
from participants.assignment.page import lines
from participants.enums import ExitReason
from participants.exits.actions import end_enrolment
from participants.models import (
    AreaAnswer,
    Assessment,
    AssessmentWork,
    Consent,
    EmploymentPeriod,
    LegalGround,
    LivelihoodRecord,
    PlacementPeriod,
    SickListing,
)
from participants.placement.actions import PlacementRecord, record_placement
from projects.enums import ListKind, Role
from projects.models import Listed, Workplace
from reports.models import Report
from tests.actionplans.register.builders import register_file
from tests.reports.documents.test_reports import make_report
from tests.world import worlds
from tests.world.areas import begun, mapped
from tests.world.case_rows import employment, livelihood, sick_listing
from tests.world.cases import met, plan
from tests.world.consent_rows import give
from tests.world.factories import CaseAssignmentFactory, UserFactory
from tests.world.factories.access import LegalGroundFactory
from tests.world.factories.background import WorkplaceFactory
from tests.world.pages import shown

TOLD = "Någon annan hann spara före dig"
_BUTTONS = {"do", "omfattning", "val"}
Pair = tuple[User, User]


def case_workers(world: Any) -> Pair:
    """The case worker and a colleague who works with the same case."""
    colleague = worlds.member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    CaseAssignmentFactory(enrolment=world.enrolment, user=colleague, role="substitute")
    return world.case_worker, colleague


def author_and_coordinator(world: Any) -> Pair:
    """The writer of a meeting, and the coordinator."""
    return world.case_worker, world.coordinator


def coordinators(world: Any) -> Pair:
    """Two who lead the work; two more to give cases to."""
    for name in ("Ture Tar", "Tove Tar"):
        worlds.member(world.project, world.ame, Role.CASE_WORKER, name)
    return world.coordinator, worlds.member(world.project, world.ame, Role.COORDINATOR, "Kim Kollega")


def leaders(world: Any) -> Pair:
    """Two project leaders."""
    return world.project_leader, worlds.member(world.project, world.ame, Role.PROJECT_LEADER, "Kim Kollega")


def reviewers(world: Any) -> Pair:
    """Two who review the log."""
    return world.log_reviewer, UserFactory(organisation=world.ame, duty=Duty.LOG_REVIEWER, name="Kim Kollega")


def administrators(world: Any) -> Pair:
    """Two who manage the users."""
    return world.administrator, UserFactory(organisation=world.ame, duty=Duty.ADMINISTRATOR, name="Kim Kollega")


@dataclass(frozen=True)
class Job:
    """A form with a shared fact: its class, where it is opened and sent, what each of two answers, and words of each
    that the page must show. `once`: saved a second time it would be about something else."""

    name: str
    form: str
    address: Callable[[Any], str]
    first: dict[str, Any] | Callable[[Any], dict[str, Any]]
    second: dict[str, Any] | Callable[[Any], dict[str, Any]]
    words: tuple[str, str]
    prepare: Callable[[Any], None] = lambda world: None
    savers: Callable[[Any], Pair] = case_workers
    key: str = "form"
    opens: str | Callable[[Any], str] = ""
    # One of these stands on the page; which one may depend on who was first.
    told: str = TOLD
    once: bool = False
    again: int = 302
    # What is said where the page leads when there is nothing left to compare with.
    gone: str = ""
    # What the first one does where it isn't the same: its own first answer.
    other: "Job | None" = None

    def of(self, who: int) -> "Job":
        """What the first (0) or the second (1) does."""
        return self.other if self.other and who == 0 else self

    def is_told(self, answer: Any) -> bool:
        """Whether the page says that somebody else was faster, and still shows the form, or where it has led."""
        html = answer.content.decode().replace("\xa0", " ")
        is_said = any(words in html for words in self.told.split("|"))
        return answer.status_code == 200 and (is_said or (bool(self.gone) and self.gone in html))

    def again_from(self, answer: Any, sent: dict[str, Any]) -> dict[str, Any]:
        """What the browser sends when the second one, having seen both, presses once more."""
        return {**{name: sent[name] for name in sent.keys() & _BUTTONS}, **shown(answer.context[self.key])}

    def fill(self, client: Client, world: Any, who: int) -> dict[str, Any]:
        """What the browser of the first (0) or the second (1) sends."""
        said = (self.first, self.second)[who]
        answers = said(world) if callable(said) else said
        form = self.opened(client, world)
        assert type(form).__name__ == self.form
        return {**shown(form), **answers}

    def opened(self, client: Client, world: Any) -> Any:
        """The form as the page shows it."""
        opens = self.opens(world) if callable(self.opens) else self.opens
        return client.get(opens or self.address(world)).context[self.key]


def _case(path: str) -> Callable[[Any], str]:
    return lambda world: f"/inskrivningar/{world.enrolment.public_id}/{path}"


def _at(path: str) -> Callable[[Any], str]:
    return lambda world: path


def _note_address(world: Any) -> str:
    paragraph = world.enrolment.meetings.get().paragraphs.filter(superseded_at=None).get()
    return reverse("meeting_correct", args=[paragraph.public_id])


def _meeting_address(name: str) -> Callable[[Any], str]:
    return lambda world: reverse(name, args=[Meeting.objects.order_by("pk").first().public_id])


def _with_note(world: Any) -> None:
    met(world.enrolment, world.case_worker, today() - timedelta(days=3), text="Först.")


def _with_note_and_right(world: Any) -> None:
    CaseAssignmentFactory(enrolment=world.unassigned, user=world.case_worker, role="substitute")
    _with_note(world)


def _with_step(world: Any) -> None:
    met(world.enrolment, world.case_worker, today() - timedelta(days=3), clears=1)


def _withdraw_address(world: Any) -> str:
    return reverse("step_withdraw", args=[StepAssessment.objects.get(corrects=None).public_id])


def _ended(world: Any) -> None:
    day = date(2026, 6, 30)
    end_enrolment(enrolment=world.enrolment, exited_on=day, reason=ExitReason.WORK, by=world.case_worker)


def _with_report(world: Any) -> None:
    make_report(world)


def _asking(world: Any) -> None:
    make_report(world, as_of=date(2012, 5, 8), release_asked="Styrelsen möts.")


def _report(path: str) -> Callable[[Any], str]:
    return lambda world: f"{Report.objects.get().get_absolute_url()}{path}"


def _drawn(world: Any) -> None:
    log_access(user=world.case_worker, kind=AccessKind.READ, part="x", persons=[world.enrolment.participant.public_id])
    draw_sample(month=today().replace(day=1), by=world.log_reviewer).store(by=world.log_reviewer)


def _uploaded(world: Any) -> None:
    content = keep(register_file({}), project=world.project, organisation=world.ame)
    begin_import(content=content, project=world.project, organisation=world.ame, by=world.coordinator)


def _preview(world: Any) -> str:
    return reverse("import_preview", args=[ImportBatch.objects.get().public_id])


def _in_the_kitchen(world: Any) -> None:
    record = PlacementRecord("Köket", world.supervisor, Period(today() - timedelta(days=10), None))
    record_placement(enrolment=world.enrolment, record=record, by=world.case_worker)


def _placement(world: Any) -> str:
    return reverse("placement_edit", args=[PlacementPeriod.objects.latest("pk").public_id])


def _with_areas(world: Any) -> None:
    mapped(world.enrolment, world.case_worker)


def _begun(world: Any) -> None:
    begun(world.enrolment, world.case_worker)


def _mapped(world: Any) -> None:
    record_assessment(enrolment=world.enrolment, completed_on=today(), summary="Först.", by=world.case_worker)


def _planned(world: Any) -> None:
    plan(world.enrolment, world.case_worker)


def _half_time(world: Any) -> None:
    sick_listing(world.enrolment, by=world.case_worker)


def _sick_listing(world: Any) -> str:
    return SickListing.objects.latest("pk").get_absolute_url()


def _employed(world: Any) -> None:
    employment(world.enrolment, by=world.case_worker, percent=None)


def _employment(world: Any) -> str:
    return EmploymentPeriod.objects.latest("pk").get_absolute_url()


def _lives(world: Any) -> None:
    livelihood(world.enrolment, by=world.case_worker)


def _livelihood(world: Any) -> str:
    return LivelihoodRecord.objects.latest("pk").get_absolute_url()


def _means(code: str, **more: str) -> Callable[[Any], dict[str, Any]]:
    """The first row, with a line of the project's list."""

    def answers(world: Any) -> dict[str, Any]:
        line = Listed.objects.get(project=world.project, kind=ListKind.SUPPORT, code=code)
        return {"k1_line": str(line.public_id), **more}

    return answers


def _form_of_work(world: Any) -> str:
    return str(Listed.objects.get(project=world.project, code="permanent").public_id)


def _with_substitute(world: Any) -> None:
    CaseAssignmentFactory(
        enrolment=world.enrolment, user=UserFactory(organisation=world.ame, name="Vera Vikarie"), role="substitute"
    )


def _ends(days: int) -> Callable[[Any], dict[str, Any]]:
    last = (today() + timedelta(days=days)).isoformat()

    def answers(world: Any) -> dict[str, Any]:
        ending = [line for line in lines(world.enrolment, today()) if str(line.assignment.user) == "Vera Vikarie"]
        return {"who": ending[0].key, "last_day": last}

    return answers


def _last(days: int) -> tuple[str, str]:
    last = today() + timedelta(days=days)
    return last.isoformat(), day(last).replace("\xa0", " ")


def _somebody(name: str) -> str:
    return str(User.objects.get(name=name).public_id)


def _gives(name: str) -> Callable[[Any], dict[str, Any]]:
    return lambda world: {"responsible": _somebody(name)}


def _gives_ticked(name: str) -> Callable[[Any], dict[str, Any]]:
    ticked = {"omfattning": "valda"}
    return lambda world: {**ticked, "val": [str(world.enrolment.public_id)], "responsible": _somebody(name)}


def _user(path: str) -> Callable[[Any], str]:
    return lambda world: f"/anvandare/{world.case_worker.public_id}/{path}"


def _listed(world: Any) -> str:
    lines = Listed.objects.filter(project=world.project, kind=ListKind.TARGET_GROUP)
    return lines.order_by("pk")[0].get_absolute_url()


def _workplace(world: Any) -> str:
    return Workplace.objects.get(project=world.project).get_absolute_url()


def _with_consent(world: Any) -> None:
    give(world.enrolment, [world.af], [Category.PLAN], by=world.case_worker)


def _consent(name: str) -> Callable[[Any], str]:
    return lambda world: reverse(name, args=[Consent.objects.latest("pk").public_id])


def _with_ground(world: Any) -> None:
    LegalGroundFactory(enrolment=world.enrolment, recorded_by=world.case_worker)


def _ground(name: str) -> Callable[[Any], str]:
    return lambda world: reverse(name, args=[LegalGround.objects.latest("pk").public_id])


_REASONS = (
    {"reason": "Blev inte av."},
    {"reason": "Skrevs två gånger."},
    ("Blev inte av.", "Skrevs två gånger."),
)

JOBS = [
    Job(
        "phone",
        "CorrectForm",
        _case("ratta/"),
        {"phone": "070-111 11 11"},
        {"phone": "070-222 22 22"},
        ("111 11 11", "222 22 22"),
    ),
    Job("name", "CorrectForm", _case("ratta/"), {"given_name": "Anna"}, {"given_name": "Britta"}, ("Anna", "Britta")),
    Job(
        "entry",
        "CorrectForm",
        _case("ratta/"),
        {"enrolled_on": "2026-01-13"},
        {"enrolled_on": "2026-01-14"},
        ("13", "14"),
    ),
    Job(
        "exit",
        "ExitForm",
        _case("avslut/"),
        {"exited_on": "2026-06-30", "reason": "work", "comment": "Fick jobb.", "why": "Fel."},
        {"exited_on": "2026-06-29", "reason": "moved", "comment": "Flyttade.", "why": "Fel."},
        ("Fick jobb.", "Flyttade."),
    ),
    Job(
        "sick",
        "SickListingForm",
        _case("sjukskrivning/"),
        {"percent": "100", "from_day": "2026-03-01"},
        {"percent": "50", "from_day": "2026-03-02"},
        ("100 %", "50 %"),
    ),
    Job(
        "areas",
        "AreasForm",
        _case("kartlaggning/"),
        {"own_view": "Vill arbeta ute."},
        {"own_view": "Vill studera."},
        ("Vill arbeta ute.", "Vill studera."),
    ),
    Job(
        "area put right",
        "AreaEditForm",
        lambda world: reverse("area_edit", args=[AreaAnswer.objects.order_by("pk")[0].public_id]),
        {"answer": "Vill arbeta ute.", "why": "Fel."},
        {"answer": "Vill studera.", "why": "Fel."},
        ("Vill arbeta ute.", "Vill studera."),
        _with_areas,
    ),
    Job(
        "assessment complete",
        "CompleteForm",
        lambda world: reverse("assessment_complete", args=[AssessmentWork.objects.get().public_id]),
        {"completed_on": "2026-02-01", "summary": "Vill arbeta ute."},
        {"completed_on": "2026-02-02", "summary": "Vill studera."},
        ("är klar 1 februari 2026", "Vill studera."),
        _begun,
        once=True,
        again=200,
    ),
    Job(
        "assessment edit",
        "AssessmentEditForm",
        lambda world: reverse("assessment_edit", args=[Assessment.objects.latest("pk").public_id]),
        {"summary": "Vill arbeta ute.", "why": "Fel."},
        {"summary": "Vill studera.", "why": "Fel."},
        ("Vill arbeta ute.", "Vill studera."),
        _mapped,
    ),
    Job(
        "plan put right",
        "RevisionEditForm",
        lambda world: reverse("revision_edit", args=[PlanRevision.objects.latest("pk").public_id]),
        {"main_activity": "Köket", "why": "Fel."},
        {"main_activity": "Förrådet", "why": "Fel."},
        ("Köket", "Förrådet"),
        _planned,
    ),
    Job(
        "milestone marked",
        "MarkForm",
        lambda world: reverse("milestone_mark", args=[MilestoneStatus.objects.latest("pk").public_id]),
        {"do": "reached", "dropped_because": "Deras skäl"},
        {"do": "under_way", "dropped_because": "Mitt skäl"},
        ("Läge", "Mitt skäl"),
        _planned,
        once=True,
    ),
    Job(
        "milestone put right",
        "MilestoneEditForm",
        lambda world: reverse("milestone_edit", args=[MilestoneStatus.objects.latest("pk").public_id]),
        {"text": "Skriva cv", "why": "Fel."},
        {"text": "Söka kurs", "why": "Fel."},
        ("Skriva cv", "Söka kurs"),
        _planned,
    ),
    Job(
        "note",
        "CorrectionForm",
        _note_address,
        {"text": "Rätt ett."},
        {"text": "Rätt två."},
        ("Rätt ett.", "Rätt två."),
        _with_note,
    ),
    Job(
        "meeting edit",
        "MeetingEditForm",
        _meeting_address("meeting_edit"),
        {"others": "Gudrun Granne", "why": "Fel."},
        {"others": "Gösta Granne", "why": "Fel."},
        ("Gudrun Granne", "Gösta Granne"),
        _with_note,
    ),
    Job(
        "meeting take back",
        "TakeBackForm",
        _meeting_address("meeting_take_back"),
        *_REASONS,
        _with_note,
        savers=author_and_coordinator,
        once=True,
        again=200,
    ),
    Job(
        "misplaced",
        "MisplacedForm",
        _meeting_address("meeting_misplaced"),
        lambda world: {"way": "moved_away", "right": str(world.unassigned.public_id)},
        {"way": "taken_away"},
        ("Ek, Örjan", "Ta bort utan att flytta"),
        _with_note_and_right,
        savers=author_and_coordinator,
        once=True,
    ),
    Job(
        "withdrawal",
        "WithdrawalForm",
        _withdraw_address,
        {"reason": "Fel person."},
        {"reason": "Fel dag."},
        ("Fel person.", "Fel dag."),
        _with_step,
        once=True,
        again=200,
    ),
    Job(
        "legal ground",
        "LegalGroundForm",
        _case("samtycke/grund/"),
        {"ground": "public_interest", "note": "Nämndens beslut."},
        {"ground": "public_interest", "note": "Ett avtal."},
        ("Nämndens beslut.", "Ett avtal."),
        once=True,
    ),
    Job(
        "assign",
        "AssignForm",
        _case("ansvarig/"),
        _gives("Ture Tar"),
        _gives("Tove Tar"),
        ("Ture Tar", "Tove Tar"),
        savers=coordinators,
        once=True,
    ),
    Job(
        "assign many",
        "BulkAssignForm",
        _at("/deltagare/ansvarig/"),
        _gives_ticked("Ture Tar"),
        _gives_ticked("Tove Tar"),
        ("Ture Tar", "Tove Tar"),
        savers=coordinators,
        key="bulk",
        opens="/deltagare/",
        once=True,
    ),
    Job(
        "questions",
        "QuestionsForm",
        _at("/projekt/kartlaggning/"),
        {"health": "Hur sover du?"},
        {"health": "Hur äter du?"},
        ("Hur sover du?", "Hur äter du?"),
        savers=leaders,
    ),
    Job(
        "report",
        "ReportForm",
        _report("andra/"),
        {"text_3": "Deras slut."},
        {"text_3": "Mitt slut."},
        ("Deras slut.", "Mitt slut."),
        _with_report,
        leaders,
    ),
    Job(
        "release",
        "ReleaseForm",
        _report("slapp/"),
        {"wanted": ["visa-"], "reason": "Ingen känns igen."},
        {"wanted": ["visa-"], "reason": "Jag har prövat."},
        ("Ingen känns igen.", "Jag har prövat."),
        _asking,
        coordinators,
        once=True,
        again=200,
    ),
    Job(
        "log review",
        "LogReviewForm",
        lambda world: LogReview.objects.get().get_absolute_url(),
        {"verdict_1": "ask", "note_1": "Varför läste du?"},
        {"verdict_1": "ask", "note_1": "Vem bad dig?"},
        ("Varför läste du?", "Vem bad dig?"),
        _drawn,
        reviewers,
        once=True,
        again=200,
    ),
    Job(
        "columns",
        "ColumnsForm",
        _preview,
        {"kolumn_0_1": "ignore", "do": "columns"},
        {"kolumn_0_1": "note", "do": "columns"},
        ("Läs inte in kolumnen", "Anmärkning"),
        _uploaded,
        coordinators,
        key="columns",
        once=True,
    ),
    Job(
        "import",
        "ApproveForm",
        _preview,
        lambda world: {"responsible": str(world.case_worker.public_id), "do": "approve"},
        lambda world: {"responsible": _somebody("Ture Tar"), "do": "approve"},
        ("Inläst", "Ture Tar"),
        _uploaded,
        coordinators,
        once=True,
        gone="Någon annan hann avsluta inläsningen före dig. Det du valde är inte sparat.",
    ),
    Job(
        "plan",
        "PlanForm",
        _case("handlingsplan/andra/"),
        {"w1_start": "13", "w1_end": "16", "w1_what": "Deras vecka", "m1_text": "Deras delmål"},
        {"w1_start": "8", "w1_end": "12", "w1_what": "Min vecka", "m1_text": "Mitt delmål"},
        ("Deras vecka", "Min vecka"),
        told="Planen har ändrats sedan du öppnade sidan",
        once=True,
    ),
    Job(
        "void",
        "VoidAskForm",
        _case("felregistrerad/"),
        {"why": "Fel person."},
        {"why": "Skrevs in två gånger."},
        ("Fel person.", "Skrevs in två gånger."),
        savers=coordinators,
        once=True,
        again=200,
    ),
    Job(
        "placement",
        "PlacementEditForm",
        _placement,
        {"place": "Butiken", "why": "Bytte."},
        {"place": "Verkstaden", "why": "Bytte."},
        ("Butiken", "Verkstaden"),
        _in_the_kitchen,
        once=True,
    ),
    Job(
        "placement take back",
        "TakeBackForm",
        lambda world: _placement(world) + "ta-tillbaka/",
        *_REASONS,
        _in_the_kitchen,
        savers=author_and_coordinator,
        once=True,
        again=200,
    ),
    Job(
        "consent correction",
        "ConsentEditForm",
        _consent("consent_edit"),
        {"purpose": "planera praktik", "why": "Fel ord."},
        {"purpose": "följa upp planen", "why": "Fel ord."},
        ("planera praktik", "följa upp planen"),
        _with_consent,
        once=True,
    ),
    Job(
        "ground correction",
        "LegalGroundEditForm",
        _ground("ground_edit"),
        {"note": "Nämndens beslut.", "why": "Fel."},
        {"note": "Ett avtal.", "why": "Fel."},
        ("Nämndens beslut.", "Ett avtal."),
        _with_ground,
        once=True,
    ),
    Job(
        "ground take back",
        "TakeBackForm",
        _ground("ground_take_back"),
        *_REASONS,
        _with_ground,
        savers=author_and_coordinator,
        once=True,
        again=200,
    ),
    Job(
        "consent take back",
        "TakeBackForm",
        _consent("consent_take_back"),
        *_REASONS,
        _with_consent,
        savers=author_and_coordinator,
        once=True,
        again=200,
    ),
    Job(
        "sick edit",
        "SickListingEditForm",
        _sick_listing,
        {"percent": "75", "why": "Fel."},
        {"percent": "25", "why": "Fel."},
        ("75 %", "25 %"),
        _half_time,
        once=True,
    ),
    Job(
        "sick take back",
        "TakeBackForm",
        lambda world: _sick_listing(world) + "ta-tillbaka/",
        *_REASONS,
        _half_time,
        savers=author_and_coordinator,
        once=True,
        again=200,
    ),
    Job(
        "employment",
        "EmploymentForm",
        _case("anstallning/"),
        lambda world: {"form": _form_of_work(world), "employer": "Köket", "first_day": "2026-03-01"},
        lambda world: {"form": _form_of_work(world), "employer": "Lagret", "first_day": "2026-03-02"},
        ("Köket", "Lagret"),
        once=True,
    ),
    Job(
        "employment edit",
        "EmploymentEditForm",
        _employment,
        {"employer": "Butiken", "why": "Fel."},
        {"employer": "Verkstaden", "why": "Fel."},
        ("Butiken", "Verkstaden"),
        _employed,
        once=True,
    ),
    Job(
        "employment take back",
        "TakeBackForm",
        lambda world: _employment(world) + "ta-tillbaka/",
        *_REASONS,
        _employed,
        savers=author_and_coordinator,
        once=True,
        again=200,
    ),
    Job(
        "livelihood",
        "LivelihoodForm",
        _case("forsorjning/ny/"),
        _means("pension"),
        _means("study_support"),
        ("ålderspension", "står nedanför"),
        once=True,
        # The moment is recorded by then: it is corrected instead.
        again=200,
    ),
    Job(
        "livelihood edit",
        "LivelihoodEditForm",
        _livelihood,
        _means("pension", why="Fel."),
        _means("study_support", why="Fel."),
        ("Ålderspension", "står nedanför"),
        _lives,
        once=True,
    ),
    Job(
        "livelihood take back",
        "TakeBackForm",
        lambda world: _livelihood(world) + "ta-tillbaka/",
        *_REASONS,
        _lives,
        savers=author_and_coordinator,
        once=True,
        again=200,
    ),
    Job(
        "exit take back",
        "TakeBackForm",
        _case("avslut/ta-tillbaka/"),
        *_REASONS,
        _ended,
        savers=author_and_coordinator,
        once=True,
        again=200,
    ),
    Job(
        "exit edit",
        "ExitForm",
        _case("avslut/"),
        {"comment": "Fick jobb.", "why": "Fel."},
        {"comment": "Flyttade.", "why": "Fel."},
        ("Fick jobb.", "Flyttade."),
        _ended,
    ),
    Job(
        "substitute",
        "EndPersonForm",
        _case("medarbetare/avsluta/"),
        _ends(8),
        _ends(7),
        (_last(8)[1], "Vera Vikarie"),
        _with_substitute,
        once=True,
    ),
    Job(
        "role",
        "EndMembershipForm",
        _user(""),
        {"last_day": _last(8)[0], "do": "end"},
        {"last_day": _last(7)[0], "do": "end"},
        (_last(8)[1], "Handläggare"),
        savers=administrators,
        once=True,
    ),
    Job(
        "project",
        "ProjectForm",
        _at("/projekt/andra/"),
        {"purpose": "Deras syfte", "parties": []},
        {"purpose": "Mitt syfte", "parties": []},
        ("Deras syfte", "Mitt syfte"),
        savers=leaders,
    ),
    Job(
        "ladder",
        "LadderForm",
        _at("/projekt/stege/"),
        {"step1_name": "Deras namn"},
        {"step1_name": "Mitt namn"},
        ("Deras namn", "Mitt namn"),
        savers=leaders,
    ),
    Job(
        "listed",
        "ListedEditForm",
        _listed,
        {"name": "Deras namn"},
        {"name": "Mitt namn"},
        ("Deras namn", "Mitt namn"),
        savers=leaders,
        once=True,
    ),
    Job(
        "workplace",
        "WorkplaceEditForm",
        _workplace,
        {"name": "Deras namn"},
        {"name": "Mitt namn"},
        ("Deras namn", "Mitt namn"),
        prepare=lambda world: WorkplaceFactory(project=world.project),
        once=True,
    ),
    Job(
        "targets",
        "TargetsForm",
        _at("/projekt/mal/"),
        {"step1_percent": "71"},
        {"step1_percent": "81"},
        ("71", "81"),
        savers=leaders,
        once=True,
    ),
    Job(
        "phone",
        "PhoneForm",
        lambda world: reverse("account_phone"),
        {"phone": "021-390001"},
        {"phone": "021-390002"},
        ("021-390001", "021-390002"),
        savers=lambda world: (world.case_worker, world.case_worker),
    ),
    Job(
        "user",
        "UserEditForm",
        _user("andra/"),
        {"name": "Hanna Ny"},
        {"name": "Hanna Annan"},
        ("Hanna Ny", "Hanna Annan"),
        savers=administrators,
        once=True,
    ),
]
