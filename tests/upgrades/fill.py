"""What a kept release holds beyond its demo: something of each kind that a later one has to carry along.

Run by scripts/keep_release.sh on a database that has just been filled with the demo.
"""

from dataclasses import replace
from datetime import date

from accounts.models import User
from actionplans.enums import MeetingKind
from actionplans.meetings.actions import MeetingRecord, correct_paragraph, log_meeting
from actionplans.meetings.corrections import take_back_meeting
from actionplans.misplaced.actions import EARLIER, put_meeting_right
from actionplans.models import Meeting, MeetingParagraph
from core.days.dates import today
from core.days.periods import Period
from core.swedish.personal_numbers import parse
from participants.amending.wordings import take_wording_away
from participants.counted_only.actions import count_only, take_back_count
from participants.emergency.actions import open_in_emergency
from participants.enrolment.enrol import enrol_participant
from participants.enrolment.new import NewEnrolment
from participants.enums import LegalGroundKind, Miscounted, ProtectionLevel, ReferralSource, Sex
from participants.identity.corrections import EntryCorrection, PersonCorrection, correct_case
from participants.legal_ground.actions import record_legal_ground, take_back_ground
from participants.models import Enrolment
from participants.protection.actions import protect_participant
from participants.scope.scope import Scope
from participants.stale_forms.kept_notes import keep_note
from participants.void import chain
from projects.enums import Role
from projects.models import Project
from projects.proposals.actions import propose_role
from reports.documents.actions import adopt_report, write_report
from reports.models import Report

HOME = "http://127.0.0.1/"


def fill() -> None:
    """Corrections, wrong registrations, an emergency, protection, a number of somebody out of sight, reports, and what
    was put right."""
    users = {
        name: User.objects.get(email=f"{name}@example.se") for name in ("hanna", "jonas", "samira", "petra", "ada")
    }
    project = Project.objects.get(name="Vägar till arbete")
    _cases(project, **{name: users[name] for name in ("hanna", "jonas", "samira")})
    _put_right(project, users["hanna"])
    _reports(project, users["petra"])
    propose_role(
        user=users["jonas"],
        project=project,
        role=Role.COORDINATOR,
        period=Period(date(2026, 1, 1)),
        by=users["ada"],
    )


def _cases(project: Project, hanna: User, jonas: User, samira: User) -> None:
    of_project = Enrolment.objects.counted().filter(project=project, owner=hanna.organisation, exited_on=None)
    cases = of_project.filter(participant__protection=ProtectionLevel.NONE).select_related("participant")
    hers, his = (list(cases.assigned_to(Scope.of(user, today())).order_by("pk")) for user in (hanna, jonas))
    _correct(hers[0], hanna, family_name="Lindén-Ek", phone="070-174 06 05", email="ny.adress@example.se")
    _correct(hers[1], hanna, given_name="Åsa-Märta")
    for case in hers[2:5]:
        chain.ask_to_void(enrolment=case, why="Skrevs in två gånger", home=HOME, by=hanna)
    for case in hers[3:5]:
        chain.confirm_void(enrolment=case, home=HOME, by=samira)
    chain.undo_void(enrolment=hers[4], why="Det var rätt person ändå", by=samira)
    open_in_emergency(enrolment=his[0], reason="Jonas är sjuk och deltagaren ringde om mötet", home=HOME, by=hanna)
    _correct(hers[5], hanna, family_name="Förutnamn", phone="070-174 06 11")
    level = ProtectionLevel.CONFIDENTIALITY_MARK
    protect_participant(level=level, case=hers[5], by=hanna)
    number = his[1].participant.numbers.first()
    new = NewEnrolment(
        enrolled_on=date(2026, 9, 1),
        given_name="Nykomna",
        family_name="Numersson",
        source=ReferralSource.SOCIAL_SERVICES,
        number=parse(number.value, on=today()) if number else None,
    )
    enrol_participant(new=new, project=project, owner=hanna.own_organisation, responsible=hanna, by=hanna)


def _put_right(project: Project, by: User) -> None:
    """A meeting that was moved and one that was taken away, words of a note taken out, a legal ground and a count taken
    back, a kept text."""
    cases = Enrolment.objects.counted().filter(project=project, owner=by.organisation, exited_on=None)
    open_cases = cases.filter(participant__protection=ProtectionLevel.NONE).assigned_to(Scope.of(by, today()))
    first, second = open_cases.order_by("-pk")[:2]
    for right in (second, None):
        put_meeting_right(meeting=_phoned(first, by), right=right, by=by)
    take_back_meeting(meeting=_phoned(first, by), reason="Blev inte av", by=by)
    spoken = _phoned(second, by)
    note = MeetingParagraph.objects.get(meeting=spoken)
    over = correct_paragraph(paragraph=note, text="Ord om någon annan", by=by)
    correct_paragraph(paragraph=over, text="Ringde om bussarna och tåget", by=by)
    take_wording_away(fact=spoken, wording=over, earlier=EARLIER, by=by)
    ground = LegalGroundKind.LEGAL_OBLIGATION
    noted = record_legal_ground(enrolment=first, ground=ground, from_day=today(), by=by)
    take_back_ground(legal_ground=noted, reason="Skrevs i fel ärende", by=by)
    counted = {"project": project, "owner": by.own_organisation, "sex": Sex.FEMALE, "year": 2026, "by": by}
    count_only(**counted)
    take_back_count(**counted, why=Miscounted.TWICE)
    keep_note(enrolment=first, text="Ord ur ett formulär", by=by)


def _phoned(case: Enrolment, by: User) -> Meeting:
    record = MeetingRecord(kind=MeetingKind.PHONE, held_on=today(), text="Ringde om bussarna", users=[by])
    return log_meeting(enrolment=case, record=record, by=by)


def _correct(case: Enrolment, by: User, **answers: str) -> None:
    person = replace(PersonCorrection.of(case.participant), **answers)
    correct_case(enrolment=case, person=person, entry=EntryCorrection.of(case), by=by)


def _reports(project: Project, by: User) -> None:
    said = ["Uppdraget var att samordna.", "Vi träffades varje vecka.", "Fler kom i arbete."]
    adopted = _report(project, "Slutrapport 2026", date(2026, 9, 30), said, by)
    adopt_report(report=adopted, based_on=adopted.version, by=by)
    _report(project, "Utkast", date(2026, 6, 30), ["Ett utkast.", "", ""], by)


def _report(project: Project, title: str, day: date, said: list[str], by: User) -> Report:
    days = {"period_start": date(2026, 1, 1), "period_end": day, "as_of": day}
    return write_report(project=project, title=title, texts=said, by=by, **days)
