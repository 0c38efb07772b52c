"""Support that others give the demo's persons: talks with a psychologist, and a SIP that the region holds; and the
activities of their plans, who has signed these, the papers; a certificate, and a
sheet for a workplace."""

from datetime import date, timedelta
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from accounts.models import User
from actionplans.activities.actions import ACTIVITIES, ActivityRecord, end_activity, offered_helpers
from actionplans.activities.in_group import invite, note_attendance
from actionplans.enums import Attendance, MilestoneState
from actionplans.models import MilestoneStatus, PlanSignature
from actionplans.plans.actions import MilestoneRecord, PlanRecord, save_plan
from actionplans.plans.revisions import plan_versions
from actionplans.signatures.actions import plans_of, sign_plan, signers_of
from actionplans.weeks.entries import Entry, Week
from actionplans.workplace_sheets.actions import SHEETS, SheetRecord
from core.days.periods import Period
from core.pdf.received import document_of
from participants.certificates.actions import CERTIFICATES, CertificateRecord
from participants.enums import PlanHolder, TalkHolder
from participants.models import Enrolment, PlacementPeriod
from participants.papers.actions import PAPERS, PaperRecord
from participants.scope.scope import Scope
from participants.sip.actions import SIPS, SipRecord
from participants.talks.actions import TALKS, TalkRecord
from projects.enums import ListKind
from projects.models import Listed

# So many days ago a talk was, and how many minutes it took.
_TALKS: Final = ((33, 60), (19, 45), (5, 45))
_SIP_IS_OLD: Final = 140
_FIVE_HOURS: Final = (9 * 60, 14 * 60)
# Activities of one case after another: the code in the model's list, how many days from today it begins, for how many
# days it goes on (0: until further notice), when in words, who helps by the beginning of the name, and more about it.
_ACTIVITIES: Final = (
    (
        ("physical", -40, 0, "tisdagar och torsdagar 10–11", "", "Gymmet vid torget"),
        ("psychologist", -33, 0, "varannan onsdag", "", ""),
        ("workplace_visit", 9, 1, "13–15", "", "Återbruket"),
    ),
    (
        ("applications", -20, 0, "måndagar 9–11", "", "Datorn på biblioteket"),
        ("employment_service_visit", 5, 1, "10.30", "Arbetsförmedlingen", ""),
    ),
    (("physical", -60, 32, "fredagar 9–10", "", "Promenad med gruppen"), ("applications", -10, 0, "", "", "")),
)
# What groups of hanna's have done: the code, how many days from today, when, where, and how many are invited. Who came
# is written down of those that have been but the last.
_IN_GROUPS: Final = (
    ("study_visit", -24, "9–12", "Återbruket, Hamngatan 4", 5),
    ("seminar", -3, "13–15", "Så skriver du ett cv", 4),
    ("short_course", 12, "9–16", "Livsmedelshygien", 3),
)
# So many days ago the last of them ended by a press of its own.
_ENDED: Final = 3


def give_support(users: dict[str, User], day: date) -> None:
    """The one of hanna's persons who has been there longest, of those who go on, has talks and a SIP."""
    hanna = users["hanna"]
    cases = Enrolment.objects.assigned_to(Scope.of(hanna, day)).on_or_after(day).filter(owner=hanna.organisation_id)
    case = cases.filter(exited_on=None).order_by("enrolled_on", "pk").first()
    if case is None:
        return
    for ago, minutes in _TALKS:
        talk = TalkRecord(held_by=TalkHolder.PSYCHOLOGIST, minutes=minutes, on=day - timedelta(days=ago))
        TALKS.record(enrolment=case, record=talk, by=hanna)
    on = day - timedelta(days=_SIP_IS_OLD)
    sip = SipRecord(holder=PlanHolder.REGION, contact="Mariam Ek, vuxenpsykiatrin, 08-465 004 90", on=on)
    SIPS.record(enrolment=case, record=sip, by=hanna)


def give_activities(users: dict[str, User], day: date) -> None:
    """Persons of hanna's who go on and have a plan, the earliest enrolled first, have activities beside it."""
    hanna = users["hanna"]
    cases = Enrolment.objects.assigned_to(Scope.of(hanna, day)).on_or_after(day).filter(owner=hanna.organisation_id)
    planned = cases.filter(exited_on=None).exclude(planned_on=None).order_by("enrolled_on", "pk")
    for case, rows in zip(planned, _ACTIVITIES, strict=False):
        for row in rows:
            _activity(case, row, day, hanna)
    last = ACTIVITIES.model.objects.current().filter(until=None, enrolment__in=cases).order_by("pk").last()
    if last:
        end_activity(activity=last, last=day - timedelta(days=_ENDED), by=hanna)


def give_later_plans(users: dict[str, User], day: date) -> None:
    """Two of hanna's persons have a second plan since two weeks: more hours, and one more delmål."""
    hanna = users["hanna"]
    cases = Enrolment.objects.assigned_to(Scope.of(hanna, day)).on_or_after(day).filter(owner=hanna.organisation_id)
    for case in cases.filter(exited_on=None, planned_on__lt=day - timedelta(days=60)).order_by("enrolled_on", "pk")[:2]:
        before = plan_versions(case)[0]
        on = day - timedelta(days=14)
        if before.revision.concerns_on >= on:
            continue
        kept = [_as_it_stands(row) for row in before.milestones]
        new = MilestoneRecord(text="Hålla fem timmar om dagen", due_on=day + timedelta(days=45))
        record = PlanRecord(
            valid_on=on,
            main_activity="Återbruket, 25 timmar i veckan",
            week=Week(tuple(Entry(weekday, *_FIVE_HOURS, "Arbetsträning", "Återbruket") for weekday in range(5))),
            next_follow_up_on=day + timedelta(days=14),
            milestones=[*kept, new],
        )
        save_plan(enrolment=case, record=record, based_on=before.revision.number, by=hanna)


def _as_it_stands(row: MilestoneStatus) -> MilestoneRecord:
    state, key = MilestoneState(row.state), row.milestone.public_id
    return MilestoneRecord(text=row.text.text, due_on=row.due_on, state=state, public_id=key)


def give_signatures(users: dict[str, User], day: date) -> None:
    """The plans of most of hanna's persons are signed: by the participant and the own organisation, of every other one
    by another party too. The latest ones aren't yet."""
    hanna = users["hanna"]
    cases = Enrolment.objects.assigned_to(Scope.of(hanna, day)).on_or_after(day).filter(owner=hanna.organisation_id)
    planned = list(cases.filter(exited_on=None).exclude(planned_on=None).order_by("enrolled_on", "pk"))
    for place, case in enumerate(planned[: len(planned) * 2 // 3]):
        revision = plans_of(case)[-1]
        on = min(day, max(case.enrolled_on, revision.concerns_on))
        own, *others = signers_of(case)
        signers = [None, own, *others[: place % 2]]
        sign_plan(enrolment=case, number=revision.number, signers=signers, on=on, by=hanna)


def give_certificates(users: dict[str, User], day: date) -> None:
    """The first of hanna's persons who have been at a place has a certificate of it."""
    hanna = users["hanna"]
    rows = PlacementPeriod.objects.current().filter(recorded_by=hanna, concerns_on__lt=day - timedelta(days=14))
    placement = rows.select_related("place", "guide").order_by("concerns_on", "pk").first()
    if placement is None:
        return
    ended = placement.until if placement.until and placement.until <= day else None
    record = CertificateRecord(
        place=placement.place.text,
        first=placement.concerns_on,
        last=ended - timedelta(days=1) if ended else None,
        extent="20 timmar i veckan",
        tasks="Tar emot och sorterar varor\nPlockar order\nHåller ordning på lagret",
        verdict="Kommer i tid, arbetar noggrant och hjälper gärna andra.",
        signer=placement.guide.text if placement.guide else "",
        on=day,
    )
    CERTIFICATES.record(enrolment=placement.enrolment, record=record, by=hanna)


def give_sheets(users: dict[str, User], day: date) -> None:
    """The first of hanna's persons who are at a place has agreed to what it is told."""
    hanna = users["hanna"]
    rows = PlacementPeriod.objects.current().on(day).filter(recorded_by=hanna).select_related("place")
    placement = rows.order_by("concerns_on", "pk").first()
    if placement is None:
        return
    record = SheetRecord(
        place=placement.place.text,
        times="Måndag–torsdag 9.00–13.00",
        words="Jag gör helst en sak i taget. Visa mig gärna hur, så minns jag.",
        tells_phone=False,
        tells_contact=True,
        on=max(placement.concerns_on, day - timedelta(days=7)),
    )
    SHEETS.record(enrolment=placement.enrolment, record=record, by=hanna)


def give_papers(users: dict[str, User], day: date) -> None:
    """The first of hanna's persons with a signed plan has signed it, and a consent, on paper that was photographed."""
    hanna = users["hanna"]
    signed = PlanSignature.objects.current().filter(recorded_by=hanna, signer=None).order_by("pk").first()
    if signed is None:
        return
    for number, words in ((None, "Samtycke"), (signed.number, "Handlingsplan")):
        content, pages = document_of([_photograph(words)])
        record = PaperRecord(number=number, on=signed.concerns_on, content=content, pages=pages)
        PAPERS.record(enrolment=signed.enrolment, record=record, by=hanna)


def _photograph(words: str) -> bytes:
    """A picture of a sheet that has these words and nothing else."""
    sheet, target = Image.new("RGB", (620, 877), "white"), BytesIO()
    ImageDraw.Draw(sheet).text((60, 80), f"{words} (exempel)", fill="black", font_size=32)
    sheet.save(target, "PNG")
    return target.getvalue()


def give_group_activities(users: dict[str, User], day: date) -> None:
    """Groups of hanna's persons who go on, the earliest enrolled first, are invited; of one it is written down who
    came, of the next nobody has said it yet, and the last is still to come."""
    hanna = users["hanna"]
    cases = Enrolment.objects.assigned_to(Scope.of(hanna, day)).on_or_after(day).filter(owner=hanna.organisation_id)
    going_on = list(cases.filter(exited_on=None).order_by("enrolled_on", "pk"))
    for code, begins, rhythm, note, count in _IN_GROUPS:
        on = day + timedelta(days=begins)
        invited = [case for case in going_on if case.enrolled_on <= on][:count]
        if not invited:
            continue
        kind = Listed.objects.get(project=invited[0].project_id, kind=ListKind.GROUP_ACTIVITY, code=code)
        record = ActivityRecord(
            kind=kind, rhythm=rhythm, helper=None, note=note, period=Period(on, on), attendance=Attendance.INVITED
        )
        facts = invite(enrolments=invited, record=record, by=hanna)
        if code == _IN_GROUPS[0][0]:
            came = {fact: Attendance.ATTENDED if place else Attendance.ABSENT for place, fact in enumerate(facts)}
            note_attendance(answers=came, by=hanna)


def _activity(case: Enrolment, row: tuple[str, int, int, str, str, str], day: date, by: User) -> None:
    code, begins, lasts, rhythm, helper, note = row
    first = max(case.enrolled_on, day + timedelta(days=begins))
    parties = [party for party in offered_helpers(case) if helper and party.name.startswith(helper)]
    record = ActivityRecord(
        kind=Listed.objects.get(project=case.project_id, kind=ListKind.ACTIVITY, code=code),
        rhythm=rhythm,
        helper=parties[0] if parties else None,
        note=note,
        period=Period(first, first + timedelta(days=lasts - 1) if lasts else None),
    )
    ACTIVITIES.record(enrolment=case, record=record, by=by)
