"""The demo's cases, written by the program's own actions: meetings with notes, plans, steps, exits."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from accounts.models import User
from actionplans.enums import CriterionOutcome, MeetingKind, MilestoneState, Outcome, ReaderLevel
from actionplans.meetings.actions import MeetingRecord, log_meeting
from actionplans.plans.actions import MilestoneRecord, PlanRecord, save_plan
from actionplans.steps.forms import FULL_TIME_SICK
from actionplans.steps.judgement import Answer, StepJudgement
from actionplans.weeks.entries import Entry, Week
from core.actions import written_at
from core.days.dates import STOCKHOLM
from core.days.periods import ONE_DAY
from participants.areas.actions import complete_assessment
from participants.enrolment.enrol import enrol_participant
from participants.enrolment.new import NewEnrolment
from participants.enums import ExitReason, ReferralSource
from participants.exits.actions import end_enrolment
from participants.models import Enrolment
from projects.actions import ladder_on
from projects.enums import AssessmentArea
from projects.models import Project, Step
from workshop.demo.areas import talk
from workshop.demo.employments import came_of, works_from
from workshop.demo.first_things import first_things, seen_by_parties
from workshop.demo.livelihoods import begins_with, is_grouped, lives_on
from workshop.demo.people import People

_PLACES = ("Återbruket", "Köket", "Byggeriet", "Servicegruppen", "Språkcaféet")
# The weekdays of each number of hours a week, five hours a day.
_DAYS = {10: (1, 3), 15: (0, 2, 4), 20: (0, 1, 2, 3), 25: (0, 1, 2, 3, 4)}
_MORNING = (8 * 60 + 30, 13 * 60 + 30)
_SAID = (
    "Trivs på placeringen och kommer i tid. Vill pröva butik. Vi kom överens om två studiebesök före nästa gång.",
    "Har haft en tung period men sover bättre. Vi behåller timmarna och ser över dem om fyra veckor.",
    "Har ringt två företag på egen hand. Ett av dem vill träffas. Vi övade på vad man kan fråga.",
    "Närvaron har varit ojämn. Bussen går sällan; vi flyttar starten till halv tio.",
    "CV:t är klart. Arbetsförmedlingen tittar på vilka platser som passar i höst.",
    "Handledaren är nöjd. Nästa steg är att pröva en annan arbetsplats någon dag i veckan.",
    "Vi gick igenom planen. Två delmål är nådda och ett nytt är tillagt.",
)
_MILESTONES = (
    "Hålla tider i fyra veckor",
    "Skriva CV",
    "Göra två studiebesök",
    "Anmäla frånvaro själv",
    "Öva intervju",
)
_SOURCES = (ReferralSource.SOCIAL_SERVICES, ReferralSource.EMPLOYMENT_SERVICE, ReferralSource.SOCIAL_INSURANCE)
_SUPPORT = ("social_assistance", "sickness_benefit", "activity_support")
# A case that has gone on for so many days is asked about anew.
_AGAIN = 365
# How far the case comes: share of cases, and days after enrolment for each step cleared.
_PACE = {1: (0.82, 58), 2: (0.72, 130), 3: (0.5, 210), 4: (0.6, 270), 5: (0.6, 320)}


class Story:
    """One invented case from its referral until today."""

    def __init__(self, project: Project, worker: User, supervisor: User, people: People, day: date) -> None:
        self.project, self.worker, self.people, self.today = project, worker, people, day
        self.supervisor = supervisor
        self.random: Random = people.random
        self.steps = {step.number: step for step in ladder_on(project, day).steps.all()}

    def live(self, enrolled_on: date) -> Enrolment:
        """Enrol the person, and write everything that happens until today."""
        self.is_sick = self.random.random() < 0.15
        with self._on(enrolled_on):
            case = self._enrol(enrolled_on)
        self.last = self._ending(enrolled_on)
        self._begin(case)
        first_things(case, self.worker, self.supervisor, through=self.last, today=self.today)
        is_grouped(case, self.worker, is_sick=self.is_sick, through=self.last)
        seen_by_parties(case, self.worker, is_sick=self.is_sick, through=self.last)
        for held_on, step in self._meetings(enrolled_on):
            with self._on(held_on):
                self._meet(case, held_on, step)
        if self.last < self.today:
            with self._on(self.last):
                self._leave(case)
            lives_on(case, self.last, self.today, self.worker)
        elif (self.today - enrolled_on).days > _AGAIN:
            self._talk_again(case)
        return case

    def _on(self, day: date) -> AbstractContextManager[None]:
        return written_at(datetime.combine(day, time(15, self.random.randrange(60)), tzinfo=STOCKHOLM))

    def _enrol(self, enrolled_on: date) -> Enrolment:
        person = self.people.next()
        referred_on = enrolled_on - timedelta(days=self.random.randrange(1, 6))
        new = NewEnrolment(
            given_name=person.given_name,
            family_name=person.family_name,
            number=person.number,
            sex=person.sex,
            source=self.random.choice(_SOURCES),
            applied_on=referred_on - timedelta(days=self.random.randrange(3)),
            referred_on=referred_on,
            enrolled_on=enrolled_on,
            full_time_sick=self.is_sick,
        )
        owner = self.worker.organisation or self.project.host
        case = enrol_participant(new=new, project=self.project, owner=owner, responsible=self.worker, by=self.worker)
        begins_with(case, self.random.choice(_SUPPORT), self.worker)
        return case

    def _ending(self, enrolled_on: date) -> date:
        """The exit day; today for a case that goes on."""
        leaves = enrolled_on + timedelta(days=self.random.randrange(60, 420))
        return leaves if self.random.random() < 0.35 and leaves < self.today else self.today

    def _begin(self, case: Enrolment) -> None:
        mapped = case.enrolled_on + timedelta(days=self.random.choice((2, 3, 4, 5, 5, 6, 7, 8, 11, 19)))
        planned = mapped + timedelta(days=self.random.randrange(0, 4))
        if mapped <= self.last:
            with self._on(mapped):
                complete_assessment(work=talk(case, self.worker), completed_on=mapped, by=self.worker)
        elif case.enrolled_on < self.last:
            with self._on(case.enrolled_on + ONE_DAY):
                talk(case, self.worker, list(AssessmentArea)[:2])
        if planned <= self.last:
            with self._on(planned):
                self._plan(case, planned, 0)

    def _talk_again(self, case: Enrolment) -> None:
        """A later kartläggning: complete beside the first in every other case, else left after one area."""
        day = self.today - ONE_DAY
        with self._on(day):
            if case.pk % 2:
                talk(case, self.worker, [AssessmentArea.OWN_VIEW])
            else:
                complete_assessment(work=talk(case, self.worker, is_later=True), completed_on=day, by=self.worker)

    def _plan(self, case: Enrolment, day: date, based_on: int) -> None:
        texts = self.random.sample(_MILESTONES, 3)
        place, hours = self.random.choice(_PLACES), self.random.choice(list(_DAYS))
        record = PlanRecord(
            valid_on=day,
            main_activity=f"{place}, {hours} timmar i veckan",
            week=Week(tuple(Entry(weekday, *_MORNING, "Arbetsträning", place) for weekday in _DAYS[hours])),
            next_follow_up_on=day + timedelta(days=14),
            milestones=[
                MilestoneRecord(
                    text=text,
                    due_on=day + timedelta(days=60 + 30 * number),
                    state=self.random.choice(list(MilestoneState)[:3]),
                )
                for number, text in enumerate(texts)
            ],
        )
        save_plan(enrolment=case, record=record, based_on=based_on, by=self.worker)

    def _meetings(self, enrolled_on: date) -> Iterator[tuple[date, int | None]]:
        """Days of meetings, about every fifth week, each with the step that is cleared there, or None."""
        due = self._clearings(enrolled_on)
        day = enrolled_on + timedelta(days=self.random.randrange(26, 34))
        pause = timedelta(days=self.random.choice((0, 0, 0, 12)))
        while day <= self.last - pause:
            step = due.pop(0)[0] if due and due[0][1] <= day else None
            yield day, step
            day += timedelta(days=self.random.randrange(28, 42))

    def _clearings(self, enrolled_on: date) -> list[tuple[int, date]]:
        found = []
        for step, (share, days) in _PACE.items():
            if self.random.random() > share:
                break
            found.append((step, enrolled_on + timedelta(days=round(days * self.random.uniform(0.7, 1.3)))))
        return found

    def _meet(self, case: Enrolment, held_on: date, step: int | None) -> None:
        kind = MeetingKind.NO_SHOW if not step and self.random.random() < 0.07 else MeetingKind.FOLLOW_UP
        record = MeetingRecord(
            kind=kind,
            held_on=held_on,
            text="Kom inte. Ringde och bokade ny tid." if kind == MeetingKind.NO_SHOW else self.random.choice(_SAID),
            users=[self.worker],
            reader_level=ReaderLevel.CONSENTED,
            next_meeting_on=held_on + timedelta(days=self.random.choice((28, 35, 42))),
        )
        if step:
            record = replace(record, judgement=self._judge(self.steps[step], held_on))
        log_meeting(enrolment=case, record=record, by=self.worker)
        if step:
            works_from(case, step, held_on, self.worker)

    def _judge(self, step: Step, held_on: date) -> StepJudgement:
        answers = {}
        for criterion in step.criteria.all():
            if self.is_sick and criterion.exempts_full_time_sick:
                answers[criterion.pk] = Answer(CriterionOutcome.NOT_APPLICABLE, why=FULL_TIME_SICK)
            else:
                answers[criterion.pk] = Answer(CriterionOutcome.MET, supervisor="Kim Handledare")
        return StepJudgement(
            step=step,
            outcome=Outcome.CLEARED,
            cleared_on=held_on,
            answers=answers,
            other_support=None if not step.self_support else step.number == 4,
        )

    def _leave(self, case: Enrolment) -> None:
        reasons = (ExitReason.WORK, ExitReason.STUDIES, ExitReason.OWN_REQUEST, ExitReason.MOVED, ExitReason.ILLNESS)
        reason = self.random.choice(reasons)
        main, marks = came_of(case, reason)
        end_enrolment(enrolment=case, exited_on=self.last, reason=reason, main=main, marks=marks, by=self.worker)
