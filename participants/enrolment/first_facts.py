"""The facts that an enrolment begins with: referral, entry, sick-listing, kartläggning, support."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from core.batches import bulk, in_chunks
from core.facts import supersede
from core.models import TextBody
from participants.enrolment.new import NewEnrolment
from participants.enums import ExitReason, LivelihoodKind, LivelihoodMoment, ReferralSource, ReferralState
from participants.models import (
    Assessment,
    Enrolment,
    EnrolmentEntry,
    Exit,
    LivelihoodRecord,
    LivelihoodSource,
    Participant,
    Referral,
    SickListing,
)
from participants.models.background import category_of_situation
from participants.referral.versions import version_after
from projects.enums import ListKind
from projects.models import Listed, Project

Pairs = list[tuple[NewEnrolment, Enrolment]]


def with_waiting(news: Sequence[NewEnrolment], people: Sequence[Participant], project: Project) -> list[NewEnrolment]:
    """The answers, each with the referral by which its person waits and what that alone knows of how they came.

    A referral leads to one enrolment: of several the latest, and none that had ended before it came. One query for each
    500 people.
    """
    rows = Referral.objects.waiting().in_project(project).select_for_update(no_key=True).order_by("-pk")
    keys = [person.pk for person in people]
    waiting = {row.participant_id: row for chunk in in_chunks(keys) for row in rows.filter(participant__in=chunk)}
    led_to: dict[int, int] = {}
    in_order = sorted(range(len(news)), key=lambda place: news[place].enrolled_on)
    for place in in_order:
        row = waiting.get(keys[place])
        if row and not news[place].ended_before(row.concerns_on):
            led_to[keys[place]] = place
    return [
        _with(new, waiting[key]) if led_to.get(key) == place else new
        for place, (new, key) in enumerate(zip(news, keys, strict=True))
    ]


def _with(new: NewEnrolment, waiting: Referral) -> NewEnrolment:
    if new.referral:
        return new
    is_known = new.source != ReferralSource.UNKNOWN
    return replace(
        new,
        referral=waiting,
        source=new.source if is_known else ReferralSource(waiting.source),
        applied_on=new.applied_on or waiting.applied_on,
        referred_on=new.referred_on or waiting.concerns_on,
    )


def write_referrals(pairs: Pairs, project: Project, facts: dict) -> None:
    """A referral that has led to its enrolment, for each: a new version of the one that waited, where one did."""
    for new, _ in pairs:
        if new.referral:
            supersede(new.referral)
    bulk(Referral, [_accepted(new, enrolment, new.referral, facts) for new, enrolment in pairs])


def _accepted(new: NewEnrolment, enrolment: Enrolment, before: Referral | None, facts: dict) -> Referral:
    said = {
        "participant": enrolment.participant,
        "enrolment": enrolment,
        "source": new.source,
        "applied_on": new.applied_on,
        "concerns_on": new.referred_on or new.applied_on or new.enrolled_on,
        "state": ReferralState.ACCEPTED,
    }
    if before:
        return version_after(before, facts["recorded_by"], **said)
    return Referral(project=enrolment.project, **said, **facts)


def write_entries(pairs: Pairs, facts: dict) -> None:
    notes = iter(TextBody.objects.create_all([new.note for new, _ in pairs if new.note]))
    bulk(
        EnrolmentEntry,
        [
            EnrolmentEntry(
                enrolment=enrolment,
                concerns_on=new.enrolled_on,
                source=new.source,
                applied_on=new.applied_on,
                referred_on=new.referred_on,
                note=next(notes) if new.note else None,
                **facts,
            )
            for new, enrolment in pairs
        ],
    )
    bulk(
        Exit,
        [
            Exit(enrolment=enrolment, concerns_on=new.exited_on, reason=new.exit_reason or ExitReason.UNKNOWN, **facts)
            for new, enrolment in pairs
            if new.exited_on
        ],
    )


def write_background(pairs: Pairs, facts: dict) -> None:
    bulk(
        SickListing,
        [
            SickListing(
                enrolment=enrolment, concerns_on=new.enrolled_on, percent=100 if new.full_time_sick else 0, **facts
            )
            for new, enrolment in pairs
            if new.full_time_sick is not None
        ],
    )
    bulk(
        Assessment,
        [
            Assessment(enrolment=enrolment, concerns_on=new.assessed_on, is_imported=new.is_imported, **facts)
            for new, enrolment in pairs
            if new.assessed_on
        ],
    )
    _write_livelihoods(pairs, facts)


def _write_livelihoods(pairs: Pairs, facts: dict) -> None:
    planned = [
        (moment, day, enrolment, dict(sources))
        for new, enrolment in pairs
        for moment, day, sources in (
            (LivelihoodMoment.ENROLMENT, new.enrolled_on, new.livelihood_before),
            (LivelihoodMoment.EXIT, new.exited_on or new.enrolled_on, new.livelihood_after),
        )
        if sources
    ]
    if not planned:
        return
    rows = Listed.objects.filter(project=pairs[0][1].project, kind=ListKind.SUPPORT).exclude(code="")
    lines = {row.code: row for row in rows}
    records = [
        LivelihoodRecord(
            enrolment=enrolment,
            moment=moment,
            concerns_on=day,
            not_reached=_was_not_reached(kinds),
            category=category_of_situation((lines.get(kind) for kind in kinds), kinds),
            **facts,
        )
        for moment, day, enrolment, kinds in planned
    ]
    bulk(LivelihoodRecord, records)
    shares = [
        (record, kind, percent)
        for record, (*_, kinds) in zip(records, planned, strict=True)
        for kind, percent in kinds.items()
        if kind != LivelihoodKind.NOT_REACHED
    ]
    bulk(
        LivelihoodSource,
        [
            LivelihoodSource(record=record, line=lines.get(kind), kind="" if kind in lines else kind, percent=percent)
            for record, kind, percent in shares
        ],
    )


def _was_not_reached(kinds: Collection[LivelihoodKind]) -> bool:
    """Whether it says that, and no means of support beside it."""
    return set(kinds) == {LivelihoodKind.NOT_REACHED}
