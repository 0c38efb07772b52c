"""Meetings and the judgements made at them: what somebody does, and what should have been written."""

import random
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from actionplans.enums import MeetingKind
from actionplans.meetings.actions import MeetingRecord, correct_paragraph, log_meeting
from actionplans.meetings.corrections import MeetingCorrection, correct_meeting, take_back_meeting
from actionplans.misplaced.actions import EARLIER, put_meeting_right
from actionplans.models import Meeting, MeetingParagraph, StepClock
from actionplans.plans.next_contact import booked_meeting_on
from actionplans.steps.actions import withdraw_assessment
from participants.amending.wordings import take_wording_away
from participants.models import Enrolment
from tests.world.cases import cleared, days_ago
from tests.world.deeds.stage import Stage, Writing

GONE = "move what was taken back"
DEEDS = ["write", "write", "correct", "correct", "take back", "move", "move", "take away", "withdraw", "wording", GONE]
CLOCK = ("step_number", "due_on", "cleared_on", "reached_on", "assessed_on", "held_on_due", "holds_now")


@dataclass(slots=True)
class TrueMeeting:
    """A meeting as it should have been written from the first: whose it is, and whether it was at all."""

    case: int
    held_on: date
    kind: MeetingKind
    next_on: date | None
    cancels: bool
    step: int | None
    public_id: object
    words: str
    turn: int
    # What the judgement was taken back for.
    reasons: set[str] = field(default_factory=set)
    is_gone: bool = False
    is_erased: bool = False


def write(case: Enrolment, said: TrueMeeting, by: User) -> Meeting:
    record = MeetingRecord(
        kind=said.kind,
        held_on=said.held_on,
        text=said.words,
        next_meeting_on=said.next_on,
        cancels_next=said.cancels,
        judgement=cleared(case, said.step, said.held_on) if said.step else None,
    )
    return log_meeting(enrolment=case, record=record, by=by)


def drawn(chance: random.Random) -> dict[str, Any]:
    held_on = days_ago(chance.randrange(0, 90))
    next_on = chance.choice([None, None, held_on.fromordinal(held_on.toordinal() + chance.randrange(1, 60))])
    kinds = [MeetingKind.FOLLOW_UP, MeetingKind.FOLLOW_UP, MeetingKind.PHONE, MeetingKind.NO_SHOW]
    cancels = next_on is None and chance.random() < 0.2
    return {"held_on": held_on, "kind": chance.choice(kinds), "next_on": next_on, "cancels": cancels}


class MeetingDeeds:
    """Meetings of the two cases."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.chance = stage, stage.chance
        self.truths: list[TrueMeeting] = []
        # Reasons for taking judgements back that no file may hold any more.
        self.lost: set[str] = set()

    def deed(self) -> None:
        """Write a meeting, or do something to one."""
        deed = self.chance.choice(DEEDS)
        live = [said for said in self.truths if not said.is_erased and said.is_gone is (deed == GONE)]
        if deed == "write" or not live:
            self.add()
            return
        with suppress(ValidationError):
            self.do(deed, self.chance.choice(live))

    def add(self) -> None:
        step = self.chance.choice([None, 1, 2])
        new = drawn(self.chance)
        # A step can't be judged before the enrolment.
        step = step if new["held_on"] >= days_ago(60) else None
        said = TrueMeeting(
            case=self.chance.randrange(2),
            step=step,
            public_id=None,
            words=self.stage.words(),
            turn=next(self.stage.turns),
            **new,
        )
        said.public_id = write(self.stage.cases[said.case], said, self.stage.by).public_id
        self.truths.append(said)

    def do(self, deed: str, said: TrueMeeting) -> None:
        meeting, cases, by = Meeting.objects.standing(said.public_id), self.stage.cases, self.stage.by
        if deed == "correct":
            self.correct(meeting, said)
        elif deed == "withdraw":
            for judged in meeting.judged():
                reason = self.stage.words()
                withdraw_assessment(assessment=judged, reason=reason, by=by)
                said.step, said.reasons = None, {*said.reasons, reason}
        elif deed == "wording":
            self.speak_of_another(meeting, said)
        elif deed in ("move", GONE):
            put_meeting_right(meeting=meeting, right=cases[1 - said.case], by=by)
            said.case = 1 - said.case
            self.empty(said)
        elif deed == "take back":
            take_back_meeting(meeting=meeting, reason=said.words, by=by)
            said.is_gone = True
        else:
            put_meeting_right(meeting=meeting, right=None, by=by)
            said.is_gone = said.is_erased = True
            self.empty(said)

    def correct(self, meeting: Meeting, said: TrueMeeting) -> None:
        new = drawn(self.chance)
        correction = MeetingCorrection(
            kind=new["kind"],
            held_on=new["held_on"],
            next_meeting_on=new["next_on"],
            cancels_next=new["cancels"],
            why=said.words,
        )
        correct_meeting(meeting=meeting, correction=correction, by=self.stage.by)
        for name, value in new.items():
            setattr(said, name, value)

    def speak_of_another(self, meeting: Meeting, said: TrueMeeting) -> None:
        """The note is corrected into words about somebody else and back, and these alone are taken out."""
        note, wrong, by = (
            MeetingParagraph.objects.current().get(meeting=meeting.root_id),
            self.stage.words(),
            self.stage.by,
        )
        over = correct_paragraph(paragraph=note, text=wrong, by=by)
        correct_paragraph(paragraph=over, text=said.words, by=by)
        take_wording_away(fact=meeting, wording=over, earlier=EARLIER, by=by)
        self.lost.add(wrong)

    def empty(self, said: TrueMeeting) -> None:
        """A judgement that was taken back before the meeting was moved is emptied."""
        self.lost |= said.reasons
        said.reasons = set()

    def rightly(self) -> list[Writing]:
        """Each meeting that was, written once as it was."""
        cases, by = self.stage.cases, self.stage.by
        return [(said.turn, partial(write, cases[said.case], said, by)) for said in self.truths if not said.is_gone]

    def state(self, case: Enrolment) -> dict[str, object]:
        """The next contact, the agreed day, the step clocks, whether the case is late, and the last meeting."""
        now = Enrolment.objects.get(pk=case.pk)
        clocks = StepClock.objects.filter(enrolment=case).order_by("step_number").values_list(*CLOCK)
        last = Meeting.objects.current().filter(enrolment=case).order_by("-concerns_on", "-first", "-pk").first()
        return {
            "next": now.next_contact_on,
            "booked": booked_meeting_on(now),
            "clocks": list(clocks),
            "late": Enrolment.objects.late(case.project, on=days_ago(0)).filter(pk=case.pk).exists(),
            "last": last and last.concerns_on,
        }

    def present(self, number: int) -> set[str]:
        """The words of all its meetings: their author reads those that were taken back too."""
        return {said.words for said in self.truths if said.case == number and not said.is_erased}

    def absent(self, number: int) -> set[str]:
        """The words of the other case's meetings, and reasons of judgements that were taken back there or before a
        move."""
        others = {said.words for said in self.truths} - self.present(number)
        return others.union(self.lost, *(said.reasons for said in self.truths if said.case != number))
