"""Forms about what is answered, taken back, or handed on: two people, or two tabs of the only one who can send them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from accounts.models import User
from actionplans.models import CaseActivity, PlanSignature, WorkplaceSheet
from core.days.dates import today
from core.forms.concurrency import CHANGED
from core.forms.saver import CHANGED_BY_SELF
from core.swedish.words import day
from participants.assessment.actions import record_assessment
from participants.enrolment.new import NewEnrolment
from participants.enums import ProtectionLevel, ReferralSource
from participants.models import (
    AbilityStatement,
    CaseGrouping,
    CaseOutcome,
    CoordinatedPlan,
    Participant,
    PlacementCertificate,
    Referral,
    SignedPaper,
    SupportTalk,
)
from participants.protection.actions import protect_participant
from participants.referral.actions import ReferralRecord, receive_referral
from participants.scope.scope import Scope
from participants.twins.actions import join_twins
from participants.twins.pairs import Pair as TwinPair
from participants.void import chain
from projects.enums import ListKind, Role
from projects.models import Listed
from projects.proposals.models import Proposal
from projects.users.actions import add_membership
from tests.actionplans.meetings.test_meeting_pages import yes_to_all
from tests.saving.savers import JOBS, Job, Pair, author_and_coordinator, coordinators
from tests.world import worlds
from tests.world.case_rows import ability
from tests.world.cases import plan, started
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory, PersonalNumberFactory, UserFactory
from tests.world.factories.background import CaseOutcomeFactory, PlacementCertificateFactory
from tests.world.factories.beside import (
    CoordinatedPlanFactory,
    SignedPaperFactory,
    SupportTalkFactory,
    WorkplaceSheetFactory,
)
from tests.world.factories.grouping import CaseGroupingFactory
from tests.world.factories.plans import CaseActivityFactory, PlanSignatureFactory
from tests.world.pages import forms_in

_OF = {job.name: job for job in JOBS}


def _page(name: str) -> Callable[[Any], str]:
    return lambda world: reverse(name, args=[world.enrolment.public_id])


# --- Meetings ---------------------------------------------------------------------------------------------------------


def _begun(world: Any) -> None:
    started(world.enrolment, 100)


def _in_days(days: int) -> dict[str, Any]:
    return {"next_choice": "other", "next_meeting_on": (today() + timedelta(days=days)).isoformat()}


def _said(days: int) -> str:
    return day(today() + timedelta(days=days)).replace("\xa0", " ")


def _judges(text: str, **more: Any) -> Callable[[Any], dict[str, Any]]:
    return lambda world: {"text": text, **yes_to_all(world, 1), **more}


MEETINGS = [
    Job(
        "next meeting",
        "MeetingForm",
        _page("meeting_create"),
        {"text": "Vi ses snart.", **_in_days(8)},
        {"text": "Vi ses sedan.", **_in_days(9)},
        (_said(8), "Vi ses sedan."),
        _begun,
        once=True,
    ),
    Job(
        "step",
        "MeetingForm",
        _page("meeting_create"),
        _judges("Klarade det."),
        _judges("Inte än.", outcome="not_cleared", departure="Uteblev två dagar."),
        ("Klarat", "Uteblev två dagar."),
        _begun,
        once=True,
    ),
]


# --- A wrong registration ---------------------------------------------------------------------------------------------


def _asked(world: Any) -> None:
    chain.ask_to_void(enrolment=world.enrolment, why="Fel person.", home="", by=world.case_worker)


def _asked_alone(world: Any) -> None:
    chain.ask_to_void(enrolment=world.enrolment, why="Fel person.", home="", by=world.coordinator)


def _marked(world: Any) -> None:
    _asked(world)
    chain.confirm_void(enrolment=world.enrolment, home="", by=world.coordinator)


def _asker_and_coordinator(world: Any) -> Pair:
    return world.case_worker, world.coordinator


def _coordinator_and_asker(world: Any) -> Pair:
    return world.coordinator, world.case_worker


def _coordinator_twice(world: Any) -> Pair:
    return world.coordinator, world.coordinator


def _asker_twice(world: Any) -> Pair:
    return world.case_worker, world.case_worker


_YES, _NO = {"answer": "confirm"}, {"answer": "decline", "why": "Hon går kvar."}
_DROP: dict[str, Any] = {
    "form": "VoidDropForm",
    "address": _page("void_drop"),
    "first": {},
    "second": {},
    "words": ("", ""),
    "prepare": _asked,
    "key": "drop",
    "opens": _page("void_ask"),
    "gone": CHANGED,
    "once": True,
}
DROP = Job("void drop", savers=_asker_twice, **{**_DROP, "gone": CHANGED_BY_SELF})
DROP_BESIDE_ANOTHER = Job("void drop", savers=_asker_twice, **_DROP)


def _answers(said: dict[str, Any]) -> Job:
    return Job("answer", "VoidAnswerForm", _page("void_decide"), said, said, ("", ""))


VOID = [
    DROP,
    Job(
        "void answer",
        "VoidAnswerForm",
        _page("void_decide"),
        _YES,
        _NO,
        ("Bekräftad", "Hon går kvar."),
        _asked,
        coordinators,
        once=True,
        again=200,
    ),
    Job(
        "void answer, dropped",
        "VoidAnswerForm",
        _page("void_decide"),
        {},
        _NO,
        ("Avslutad av den som bad", "Hon går kvar."),
        _asked,
        _asker_and_coordinator,
        once=True,
        again=200,
        other=DROP_BESIDE_ANOTHER,
    ),
    Job("void drop, declined", savers=_coordinator_and_asker, other=_answers(_NO), **_DROP),
    Job(
        "void own",
        "VoidOwnAnswerForm",
        _page("void_decide"),
        {"why": "Bara jag här."},
        {"why": "Ingen annan finns."},
        ("Bara jag här.", "Ingen annan finns."),
        _asked_alone,
        _coordinator_twice,
        told="Du har själv sparat det här sedan du öppnade sidan",
        once=True,
        again=200,
    ),
    Job(
        "void undo",
        "VoidUndoForm",
        _page("void_undo"),
        {"why": "Det var rätt."},
        {"why": "Hon finns här."},
        ("Det var rätt.", "Hon finns här."),
        _marked,
        coordinators,
        once=True,
        again=200,
    ),
]


# --- Who somebody is --------------------------------------------------------------------------------------------------

_NUMBER, _NEWCOMER = "196205189829", UUID("6b0e1f0e-53c4-4b5f-9d2e-1a2f6d6f0010")


def _same_number(world: Any) -> None:
    """Somebody of the project has a number that is written down again, out of sight."""
    PersonalNumberFactory(participant=world.enrolment.participant, value=_NUMBER)
    elsewhere = worlds.model_project(name="Annat projekt", register_number="PROV-2", host=world.ame)
    new = EnrolmentFactory(project=elsewhere, given_name="Inga", family_name="Ny")
    PersonalNumberFactory(participant=new.participant, value=_NUMBER, is_claim=True)
    Participant.objects.filter(pk=new.participant_id).update(public_id=_NEWCOMER)


_DIFFERENT = ("given_name", "family_name", "phone", "email", "birth_date", "sex")
_IS_SAME = {"is_same": "yes"} | dict.fromkeys(_DIFFERENT, "har")


def _no(why: str) -> dict[str, Any]:
    return {"is_same": "no", "why": why}


def _protected(world: Any) -> None:
    protect_participant(
        level=ProtectionLevel.CONFIDENTIALITY_MARK,
        case=world.enrolment,
        by=world.case_worker,
    )


_TWINS = [UUID(int=21), UUID(int=22)]


def _twins(world: Any) -> None:
    """Two persons, of whom one is wrongly registered."""
    for public_id in _TWINS:
        case = EnrolmentFactory(project=world.project, is_void=public_id == _TWINS[1])
        Participant.objects.filter(pk=case.participant_id).update(public_id=public_id)


def _joined_twins(world: Any) -> None:
    _twins(world)
    pair = TwinPair.of(_TWINS[0], _TWINS[1], Scope.of(world.coordinator, today()))
    assert pair
    join_twins(pair=pair, second=set(), why="Samma person", seen=pair.fingerprint, by=world.coordinator)


def _with_texts(world: Any) -> None:
    summary = "Åsa kallas Lillan och bor på Öberga."
    record_assessment(enrolment=world.enrolment, completed_on=today(), summary=summary, by=world.case_worker)
    _protected(world)


@dataclass(frozen=True)
class WithoutForm(Job):
    """Where there is nothing left to answer the page shows what was typed, and no form."""

    def again_from(self, answer: Any, sent: dict[str, Any]) -> dict[str, Any]:
        """Sent once more as it was."""
        return sent


PEOPLE = [
    Job(
        "same person",
        "SamePersonForm",
        lambda world: reverse("participant_same", args=[_NEWCOMER]),
        _no("Jag känner båda."),
        _no("De är syskon."),
        ("Jag känner båda.", "De är syskon."),
        _same_number,
        coordinators,
        told="Jämför och svara igen",
        once=True,
    ),
    WithoutForm(
        "same person, yes",
        "SamePersonForm",
        lambda world: reverse("participant_same", args=[_NEWCOMER]),
        _IS_SAME,
        _no("De är syskon."),
        ("är en person nu", "De är syskon."),
        _same_number,
        coordinators,
        told="hann svara före dig|Jämför och svara igen",
        once=True,
        again=200,
    ),
    WithoutForm(
        "twins",
        "TwinsForm",
        lambda world: reverse("twins_join", args=_TWINS),
        {"why": "Numret var felskrivet.", "given_name": "first", "family_name": "first"},
        {"why": "De är syskon.", "given_name": "first", "family_name": "first"},
        ("är en person nu", "De är syskon."),
        _twins,
        coordinators,
        told="hann före dig",
        once=True,
        again=200,
    ),
    Job(
        "twins apart",
        "PartForm",
        lambda world: reverse("twins_part", args=_TWINS[:1]),
        {"why": "De är kusiner."},
        {"why": "Jag känner båda."},
        ("", "Jag känner båda."),
        _joined_twins,
        coordinators,
        once=True,
        again=200,
    ),
    Job(
        "protection",
        "ProtectForm",
        lambda world: reverse("participant_protect", args=[world.enrolment.participant.public_id]),
        {"level": "protected_registration"},
        {"level": "none"},
        ("Skyddad folkbokföring", "Skyddet har upphört"),
        _protected,
        once=True,
    ),
    Job(
        "texts",
        "RedactForm",
        _page("enrolment_texts"),
        {"places": [], "more": "Lillan"},
        {"places": [], "more": "Öberga"},
        ("", "Öberga"),
        _with_texts,
        told="sedan du öppnade sidan",
        once=True,
        again=200,
    ),
]


# --- Buttons, and who takes over --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class HandOver(Job):
    """Two pages: from whom to whom, then what moves."""

    def fill(self, client: Client, world: Any, who: int) -> dict[str, Any]:
        """What the second page sends."""
        return _of_the_second_page(client.post(self.address(world), super().fill(client, world, who)))

    def again_from(self, answer: Any, sent: dict[str, Any]) -> dict[str, Any]:
        """The same, as the page came back."""
        return _of_the_second_page(answer)


def _of_the_second_page(answer: Any) -> dict[str, Any]:
    (form,) = (form for form in forms_in(answer, "") if "visade" in form.values)
    return {**form.values, "svar": "bekraftat"}


def _two_cases(world: Any) -> None:
    CaseAssignmentFactory(enrolment=world.unassigned, user=world.case_worker)


def _moves(name: str, note: str) -> Callable[[Any], dict[str, Any]]:
    return lambda world: {
        "giver": str(world.case_worker.public_id),
        "receiver": str(User.objects.get(name=name).public_id),
        "note": note,
    }


_HAND_OVER: dict[str, Any] = {
    "form": "HandOverForm",
    "address": lambda world: "/deltagare/overlamna/",
    "first": _moves("Ture Tar", "Ring först."),
    "second": _moves("Tove Tar", "Ring på förmiddagen."),
    "words": ("", "Ring på förmiddagen."),
    "prepare": _two_cases,
    "savers": coordinators,
    "once": True,
}


def _proposed(world: Any) -> None:
    add_membership(
        user=UserFactory(organisation=world.ame, name="Nina Ny"),
        project=world.project,
        role=Role.CASE_WORKER,
        valid_from=today(),
        valid_until=None,
        by=world.administrator,
    )


TAKEN = [
    HandOver("caseload", told="inga ärenden att lämna över", again=200, **_HAND_OVER),
    HandOver("caseload, one gone", told="Ärendena har ändrats", other=_OF["assign"], **_HAND_OVER),
    Job(
        "proposal",
        "DecisionForm",
        lambda world: reverse("proposal_detail", args=[Proposal.objects.get().public_id]),
        {"do": "accept"},
        {"do": "decline", "words": "Jag känner inte personen."},
        ("Godkän", "Jag känner inte personen."),
        _proposed,
        coordinators,
        told="redan avgjort",
        once=True,
        again=200,
    ),
]
# --- Referrals --------------------------------------------------------------------------------------------------------


def _referred(world: Any) -> None:
    record = ReferralRecord(source=ReferralSource.SOCIAL_SERVICES, referred_on=today(), reason="Ring dem.")
    receive_referral(record=record, person=None, project=world.project, owner=world.ame, by=world.coordinator)


def _without_a_name(world: Any, protection: str) -> dict[str, Any]:
    return {"protection": protection, "responsible": str(world.case_worker.public_id)}


def _named(world: Any) -> None:
    record = ReferralRecord(source=ReferralSource.SOCIAL_SERVICES, referred_on=today())
    person = NewEnrolment(enrolled_on=today(), given_name="Omid", family_name="Haddad")
    receive_referral(record=record, person=person, project=world.project, owner=world.ame, by=world.coordinator)


def _referral(name: str) -> Callable[[Any], str]:
    return lambda world: reverse(name, args=[Referral.objects.earliest("pk").public_id])


QUEUE = [
    Job(
        "referral",
        "ReferralCorrectForm",
        _referral("referral_edit"),
        {"reason": "Ring på måndag."},
        {"reason": "Ring på tisdag."},
        ("Ring på måndag.", "Ring på tisdag."),
        _referred,
        coordinators,
    ),
    Job(
        "referral ended",
        "ReferralEndForm",
        _referral("referral_end"),
        {"state": "passed_on", "said": "Till vården."},
        {"state": "declined_here", "said": "Ingen plats."},
        ("Till vården.", "Ingen plats."),
        _referred,
        coordinators,
        once=True,
    ),
    Job(
        "referral enrolled",
        "ReferredEnrolForm",
        _referral("referral_enrol"),
        {"given_name": "Xenia"},
        {"given_name": "Ymer"},
        ("Xenia", "Ymer"),
        _referred,
        coordinators,
        once=True,
        again=200,
    ),
    Job(
        "referral enrolled without a name",
        "ReferredProtectedForm",
        _referral("referral_enrol_protected"),
        lambda world: _without_a_name(world, "confidentiality_mark"),
        lambda world: _without_a_name(world, "protected_registration"),
        ("", ""),
        _referred,
        coordinators,
        once=True,
        gone="Anvisningen väntar inte längre.",
    ),
    Job(
        "referral protected",
        "ReferralProtectForm",
        _referral("referral_protect"),
        {"level": "confidentiality_mark", "is_kept": "on"},
        {"level": "protected_registration", "is_kept": "on"},
        ("", "Skyddad folkbokföring"),
        _named,
        coordinators,
        once=True,
        again=200,
    ),
]

# --- Outcomes ---------------------------------------------------------------------------------------------------------


def _main(code: str) -> Callable[[Any], dict[str, Any]]:
    return lambda world: {"main": _line(world, code)}


def _line(world: Any, code: str) -> str:
    return str(Listed.objects.get(project=world.project, kind=ListKind.OUTCOME, code=code).public_id)


def _worked(world: Any) -> None:
    CaseOutcomeFactory(enrolment=world.enrolment, recorded_by=world.case_worker)


def _outcome(world: Any) -> str:
    return CaseOutcome.objects.latest("pk").get_absolute_url()


OUTCOMES = [
    Job(
        "outcome",
        "OutcomesForm",
        _page("outcome_create"),
        _main("work"),
        _main("studies"),
        ("Arbete", "Studier"),
        once=True,
    ),
    Job(
        "outcome edit",
        "OutcomeEditForm",
        _outcome,
        lambda world: {"outcome": _line(world, "studies"), "why": "Fel."},
        lambda world: {"outcome": _line(world, "job_seeker"), "why": "Fel."},
        ("Studier", "Arbetssökande"),
        _worked,
        once=True,
    ),
    Job(
        "outcome take back",
        "TakeBackForm",
        lambda world: _outcome(world) + "ta-tillbaka/",
        {"reason": "Blev inte av."},
        {"reason": "Fel ärende."},
        ("Blev inte av.", "Fel ärende."),
        _worked,
        savers=author_and_coordinator,
        once=True,
        again=200,
    ),
]

# --- What others give -------------------------------------------------------------------------------------------------


def _talked(world: Any) -> None:
    SupportTalkFactory(enrolment=world.enrolment, recorded_by=world.case_worker)


def _planned(world: Any) -> None:
    CoordinatedPlanFactory(enrolment=world.enrolment, recorded_by=world.case_worker)


def _talk(world: Any) -> str:
    return SupportTalk.objects.latest("pk").get_absolute_url()


def _sip(world: Any) -> str:
    return CoordinatedPlan.objects.latest("pk").get_absolute_url()


def _taken_back(name: str, address: Callable[[Any], str], prepare: Callable[[Any], None]) -> Job:
    return Job(
        f"{name} take back",
        "TakeBackForm",
        lambda world: address(world) + "ta-tillbaka/",
        {"reason": "Blev inte av."},
        {"reason": "Fel ärende."},
        ("Blev inte av.", "Fel ärende."),
        prepare,
        savers=author_and_coordinator,
        once=True,
        again=200,
    )


# --- The project's groups ---------------------------------------------------------------------------------------------


def _grouped(world: Any) -> None:
    CaseGroupingFactory(enrolment=world.enrolment, recorded_by=world.case_worker, concerns_on=date(2026, 2, 2))


def _grouping(world: Any) -> str:
    return CaseGrouping.objects.latest("pk").get_absolute_url()


def _target_group(code: str, **more: Any) -> Callable[[Any], dict[str, Any]]:
    lines = Listed.objects.filter(kind=ListKind.TARGET_GROUP, code=code)
    return lambda world: {"target_groups": [str(lines.get(project=world.project).public_id)], **more}


GROUPS = [
    Job(
        "grouping",
        "GroupingForm",
        _page("grouping_create"),
        _target_group("born_abroad", on="2026-03-03"),
        _target_group("aged_20_24", on="2026-04-04"),
        ("3 mars 2026", "20–24 år"),
        once=True,
    ),
    Job(
        "grouping edit",
        "GroupingEditForm",
        _grouping,
        _target_group("born_abroad", why="Fel."),
        _target_group("aged_20_24", why="Fel."),
        ("Född utanför Sverige", "20–24 år"),
        _grouped,
        once=True,
    ),
    _taken_back("grouping", _grouping, _grouped),
]

BESIDE = [
    Job(
        "talk",
        "TalkForm",
        _page("talk_create"),
        {"held_by": "psychologist", "minutes": "45"},
        {"held_by": "social_worker", "minutes": "30"},
        ("45 minuter", "30"),
        once=True,
    ),
    Job(
        "talk edit",
        "TalkEditForm",
        _talk,
        {"minutes": "50", "why": "Fel."},
        {"minutes": "60", "why": "Fel."},
        ("50", "60"),
        _talked,
        once=True,
    ),
    _taken_back("talk", _talk, _talked),
    Job(
        "sip",
        "SipForm",
        _page("sip_create"),
        {"holder": "region", "on": "2026-03-03"},
        {"holder": "municipality", "on": "2026-04-04"},
        ("3 mars 2026", "2026-04-04"),
        once=True,
    ),
    Job(
        "sip edit",
        "SipEditForm",
        _sip,
        {"contact": "Eva Ek", "why": "Fel."},
        {"contact": "Ulla Alm", "why": "Fel."},
        ("Eva Ek", "Ulla Alm"),
        _planned,
        once=True,
    ),
    _taken_back("sip", _sip, _planned),
]

# --- The ability to work ----------------------------------------------------------------------------------------------


def _said_fit(world: Any) -> None:
    ability(world.enrolment, by=world.case_worker)


def _ability(world: Any) -> str:
    return AbilityStatement.objects.latest("pk").get_absolute_url()


ABILITIES = [
    Job(
        "ability",
        "AbilityForm",
        _page("ability_create"),
        {"view": "social_services:fit"},
        {"view": "participant:unsure"},
        ("Socialtjänsten: arbetsför", "Deltagaren: vet inte"),
        once=True,
    ),
    Job(
        "ability edit",
        "AbilityEditForm",
        _ability,
        {"view": "social_services:fit", "why": "Fel."},
        {"view": "participant:unsure", "why": "Fel."},
        ("Socialtjänsten: arbetsför", "Deltagaren: vet inte"),
        _said_fit,
        once=True,
    ),
    Job(
        "ability take back",
        "TakeBackForm",
        lambda world: _ability(world) + "ta-tillbaka/",
        {"reason": "Sade aldrig så."},
        {"reason": "Fel ärende."},
        ("Sade aldrig så.", "Fel ärende."),
        _said_fit,
        savers=author_and_coordinator,
        once=True,
        again=200,
    ),
]

# --- Activities -------------------------------------------------------------------------------------------------------


def _active(world: Any) -> None:
    CaseActivityFactory(enrolment=world.enrolment, recorded_by=world.case_worker, concerns_on=date(2026, 10, 5))


def _activity(world: Any) -> str:
    return CaseActivity.objects.latest("pk").get_absolute_url()


def _does(code: str) -> Callable[[Any], dict[str, Any]]:
    lines = Listed.objects.filter(kind=ListKind.ACTIVITY, code=code)
    return lambda world: {"kind": str(lines.get(project=world.project).public_id), "first_day": "2026-11-02"}


def _invited(world: Any) -> None:
    CaseActivityFactory(enrolment=world.enrolment, recorded_by=world.case_worker, in_group=True)


def _came(said: str) -> Callable[[Any], dict[str, Any]]:
    rows = CaseActivity.objects.exclude(attendance="")
    return lambda world: {f"came_{rows.earliest('pk').public_id}": said}


ACTIVITIES = [
    Job(
        "activity",
        "ActivityForm",
        _page("activity_create"),
        _does("physical"),
        _does("applications"),
        ("Fysisk aktivitet", "CV och ansökningar"),
        once=True,
    ),
    Job(
        "activity edit",
        "ActivityEditForm",
        _activity,
        {"rhythm": "Måndagar", "why": "Fel."},
        {"rhythm": "Onsdagar", "why": "Fel."},
        ("Måndagar", "Onsdagar"),
        _active,
        once=True,
    ),
    Job(
        "activity end",
        "ActivityEndForm",
        lambda world: _activity(world) + "avsluta/",
        {"last_day": "2026-11-05"},
        {"last_day": "2026-11-06"},
        ("5 november 2026", "2026-11-06"),
        _active,
        once=True,
    ),
    _taken_back("activity", _activity, _active),
    Job(
        "attendance",
        "AttendanceForm",
        lambda world: reverse("activity_attendance"),
        _came("attended"),
        _came("absent"),
        ("Deltog", "Kom inte"),
        _invited,
        once=True,
    ),
]

# --- Signatures -------------------------------------------------------------------------------------------------------


def _planned(world: Any) -> None:
    plan(world.enrolment, world.case_worker)


def _signed(world: Any) -> None:
    _planned(world)
    PlanSignatureFactory(enrolment=world.enrolment, recorded_by=world.case_worker, concerns_on=date(2026, 10, 5))


def _signature(world: Any) -> str:
    return PlanSignature.objects.latest("pk").get_absolute_url()


SIGNATURES = [
    Job(
        "signature",
        "SignatureForm",
        _page("signature_create"),
        {"number": "1", "signers": ["participant"], "on": "2026-11-02"},
        lambda world: {"number": "1", "signers": [str(world.enrolment.owner.public_id)], "on": "2026-11-03"},
        ("deltagaren, 2 november 2026", "2026-11-03"),
        _planned,
        once=True,
    ),
    Job(
        "signature edit",
        "SignatureEditForm",
        _signature,
        {"on": "2026-10-06", "why": "Fel."},
        {"on": "2026-10-07", "why": "Fel."},
        ("6 oktober 2026", "2026-10-07"),
        _signed,
        once=True,
    ),
    _taken_back("signature", _signature, _signed),
]

# --- Signed papers ----------------------------------------------------------------------------------------------------


def _paper(world: Any) -> str:
    return SignedPaper.objects.latest("pk").get_absolute_url()


def _with_paper(world: Any) -> None:
    SignedPaperFactory(enrolment=world.enrolment, recorded_by=world.case_worker, concerns_on=date(2026, 10, 5))


PAPERS = [
    Job(
        "paper edit",
        "PaperEditForm",
        _paper,
        {"on": "2026-10-06", "why": "Fel."},
        {"on": "2026-10-07", "why": "Fel."},
        ("6 oktober 2026", "2026-10-07"),
        _with_paper,
        once=True,
    ),
    _taken_back("paper", _paper, _with_paper),
]

# --- Certificates -----------------------------------------------------------------------------------------------------


def _certificate(world: Any) -> str:
    return PlacementCertificate.objects.latest("pk").get_absolute_url()


def _certified(world: Any) -> None:
    PlacementCertificateFactory(
        enrolment=world.enrolment,
        recorded_by=world.case_worker,
        concerns_on=date(2026, 10, 5),
        first_day=date(2026, 9, 1),
    )


def _sheet(world: Any) -> str:
    return WorkplaceSheet.objects.latest("pk").get_absolute_url()


def _with_sheet(world: Any) -> None:
    WorkplaceSheetFactory(enrolment=world.enrolment, recorded_by=world.case_worker, concerns_on=date(2026, 10, 5))


SHEETS = [
    Job(
        "workplace sheet",
        "SheetForm",
        _page("workplace_sheet_create"),
        {"place": "Byggeriet", "on": "2026-11-02", "agreed": "on"},
        {"place": "Solgårdens kök", "on": "2026-11-02", "agreed": "on"},
        ("Byggeriet, 2 november 2026", "Solgårdens kök"),
        once=True,
    ),
    Job(
        "workplace sheet edit",
        "SheetEditForm",
        _sheet,
        {"place": "Byggeriet", "why": "Fel.", "agreed": "on"},
        {"place": "Solgårdens kök", "why": "Fel.", "agreed": "on"},
        ("Byggeriet", "Solgårdens kök"),
        _with_sheet,
        once=True,
    ),
    _taken_back("workplace sheet", _sheet, _with_sheet),
]

_WORK = {"tasks": "Packa", "first_day": "2026-10-01", "on": "2026-11-02"}
CERTIFIED = [
    Job(
        "certificate",
        "CertificateForm",
        _page("certificate_create"),
        {"place": "Byggeriet", **_WORK},
        {"place": "Solgårdens kök", **_WORK},
        ("Byggeriet, från 1 oktober 2026", "Solgårdens kök"),
        once=True,
    ),
    Job(
        "certificate edit",
        "CertificateEditForm",
        _certificate,
        {"place": "Byggeriet", "why": "Fel."},
        {"place": "Solgårdens kök", "why": "Fel."},
        ("Byggeriet", "Solgårdens kök"),
        _certified,
        once=True,
    ),
    _taken_back("certificate", _certificate, _certified),
]

ANSWERS = [
    *(*MEETINGS, *VOID, *PEOPLE, *TAKEN, *QUEUE, *OUTCOMES, *GROUPS, *ACTIVITIES),
    *(*SIGNATURES, *PAPERS, *CERTIFIED, *SHEETS, *BESIDE, *ABILITIES),
]
