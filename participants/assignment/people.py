"""Who works with a case besides the responsible one: substitutes, contacts of other parties, and when that ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import Organisation, User
from core.actions import action
from core.days.dates import add_months, today
from core.days.periods import Period
from participants.consent.actions import parties_of
from participants.enums import CaseRole
from participants.locking import lock_case
from participants.models import CaseAssignment, ConsentGrant, Enrolment
from participants.scope.case_workers import case_workers, present
from projects.models import Membership

# Further ahead than this a year has been mistyped.
LONGEST_MONTHS = 36
NO_LAST_DAY = "Fyll i den sista dagen som ersättaren behövs."


@dataclass(frozen=True, slots=True)
class Helper:
    """Whom a case can be opened to: somebody by name, or an organisation's whole unit."""

    organisation: Organisation
    user: User | None = None

    @property
    def key(self) -> str:
        """What a form sends."""
        return str((self.user or self.organisation).public_id)

    @property
    def name(self) -> str:
        """In words."""
        return str(self.user) if self.user else f"Hela enheten, {self.organisation}"


# --- Whom to choose among -------------------------------------------------------------------------------------------


def parties_with_consent(enrolment: Enrolment, on: date) -> list[Organisation]:
    """The parties that a consent lets read something in the case on the day or from a later one, by name."""
    return _parties(enrolment, on)[0]


def parties_without_consent(enrolment: Enrolment, on: date) -> list[Organisation]:
    """The other parties of the project, by name: nobody there can be asked in."""
    return _parties(enrolment, on)[1]


def _parties(enrolment: Enrolment, on: date) -> tuple[list[Organisation], list[Organisation]]:
    to_come = ConsentGrant.objects.on_or_after(on).filter(enrolment=enrolment)
    opened, parties = set(to_come.values_list("organisation", flat=True)), parties_of(enrolment)
    return [one for one in parties if one.pk in opened], [one for one in parties if one.pk not in opened]


def substitutes_for(enrolment: Enrolment, on: date) -> list[Helper]:
    """Colleagues who don't work with the case for good already, and the whole unit."""
    return _free(enrolment, _helpers(enrolment, enrolment.owner, on))


def contacts_for(enrolment: Enrolment, on: date) -> list[Helper]:
    """Case workers and whole units of the parties that a consent lets in."""
    parties = parties_with_consent(enrolment, on)
    return _free(enrolment, [one for party in parties for one in _helpers(enrolment, party, on)])


def _helpers(enrolment: Enrolment, party: Organisation, on: date) -> list[Helper]:
    people = [Helper(party, user) for user in present(case_workers(enrolment.project, party, on=on))]
    return people if enrolment.participant.is_protected else [*people, Helper(party)]


def _free(enrolment: Enrolment, helpers: Iterable[Helper]) -> list[Helper]:
    kept = set(enrolment.assignments.filter(valid_until=None).values_list("organisation", "user"))
    return [one for one in helpers if (one.organisation.pk, one.user and one.user.pk) not in kept]


# --- What the page says ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One assignment as the page says it."""

    assignment: CaseAssignment
    is_live: bool
    has_left: bool
    lacks_consent: bool

    @property
    def key(self) -> str:
        """By which a form names it among those of the case: nobody begins the same thing twice on a day."""
        one = self.assignment
        return f"{one.user.public_id if one.user else one.organisation.public_id}:{one.role}:{one.valid_from}"

    @property
    def last_day(self) -> date | None:
        """The last day of access; the first, where it ended before the day was over."""
        return self.assignment.period.last_begun

    @property
    def can_be_ended(self) -> bool:
        """The responsible one is replaced instead: a case without anybody is found by nobody."""
        return self.is_live and self.assignment.role != CaseRole.RESPONSIBLE


def lines(enrolment: Enrolment, on: date) -> list[Line]:
    """Everybody who works with the case, is to, or has: the responsible one first, then by first day."""
    rows = list(enrolment.assignments.select_related("user", "organisation", "note").order_by("valid_from", "pk"))
    members = Membership.objects.filter(project=enrolment.project_id, user__is_active=True).on(on)
    here = set(members.filter(user__in=[row.user_id for row in rows]).values_list("user", flat=True))
    live = ConsentGrant.objects.on(on).filter(enrolment=enrolment)
    opened = {*live.values_list("organisation", flat=True), enrolment.owner_id}
    rows.sort(key=lambda row: row.role != CaseRole.RESPONSIBLE)
    return [
        Line(
            row,
            is_live=row.valid_until is None or row.valid_until > max(on, row.valid_from),
            has_left=row.user_id is not None and row.user_id not in here,
            lacks_consent=row.organisation_id not in opened,
        )
        for row in rows
    ]


# --- Actions --------------------------------------------------------------------------------------------------------


@action
def add_substitute(*, enrolment: Enrolment, helper: Helper, period: Period, by: User) -> CaseAssignment:
    """Let a colleague, or the own whole unit, work with the case for a time."""
    locked = lock_case(enrolment)
    if helper.organisation.pk != locked.owner_id:
        raise ValidationError({"who": "Välj någon i den egna organisationen."})
    if period.last is None:
        raise ValidationError({"last_day": NO_LAST_DAY})
    _check(locked, helper, period)
    return _assign(locked, helper, period, CaseRole.SUBSTITUTE, by, "case_substitute")


@action
def add_contact_of_party(*, enrolment: Enrolment, helper: Helper, period: Period, by: User) -> CaseAssignment:
    """Ask somebody of another party in, by name or with the whole unit. What they read is what consent opens."""
    locked = lock_case(enrolment)
    if helper.organisation.pk == locked.owner_id:
        raise ValidationError({"who": "Välj någon hos en annan part."})
    if helper.organisation not in parties_with_consent(locked, max(period.first, today())):
        fault = f"Det behövs ett samtycke först: {helper.organisation} får inte läsa något i ärendet då."
        raise ValidationError({"who": fault})
    _check(locked, helper, period)
    return _assign(locked, helper, period, CaseRole.CONTACT, by, "case_contact")


@action
def end_assignment(*, assignment: CaseAssignment, last_day: date | None = None, by: User) -> None:
    """End an assignment at once, or after a last day. The responsible one is handed over instead."""
    locked = CaseAssignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    _check_end(locked, last_day)
    until = Period(locked.valid_from, last_day).until or max(today(), locked.valid_from)
    CaseAssignment.objects.filter(pk=locked.pk).update(valid_until=until)
    log_change(by=by, part="case_person_end", persons=[locked.enrolment.participant.public_id])


def _assign(
    enrolment: Enrolment, helper: Helper, period: Period, role: CaseRole, by: User, part: str
) -> CaseAssignment:
    made = CaseAssignment.objects.create(
        enrolment=enrolment,
        organisation=helper.organisation,
        user=helper.user,
        role=role,
        valid_from=period.first,
        valid_until=period.until,
        recorded_by=by,
    )
    log_change(by=by, part=part, persons=[enrolment.participant.public_id])
    return made


def _check(enrolment: Enrolment, helper: Helper, period: Period) -> None:
    _check_period(period)
    if helper.user is None and enrolment.participant.is_protected:
        raise ValidationError({"who": "Personen har skyddade personuppgifter. Välj någon vid namn."})
    if helper.user and helper.user not in present(case_workers(enrolment.project, helper.organisation, on=today())):
        raise ValidationError({"who": f"{helper.user} är inte handläggare i projektet i dag. Välj någon annan."})
    same = enrolment.assignments.filter(organisation=helper.organisation, user=helper.user)
    if same.overlapping(period).exists():
        raise ValidationError({"who": f"{helper.name} arbetar redan med ärendet under den tiden."})


def _check_period(period: Period) -> None:
    latest = add_months(today(), LONGEST_MONTHS)
    if period.first < today():
        raise ValidationError({"valid_from": "Det kan börja tidigast i dag."})
    if period.first > latest:
        raise ValidationError({"valid_from": "Kontrollera årtalet."})
    if period.last and period.last < period.first:
        raise ValidationError({"last_day": "Den sista dagen kan inte ligga före den första."})
    if period.last and period.last > latest:
        raise ValidationError({"last_day": "Kontrollera årtalet."})


def _check_end(assignment: CaseAssignment, last_day: date | None) -> None:
    until = assignment.valid_until
    if assignment.role == CaseRole.RESPONSIBLE:
        raise ValidationError({"who": "Ansvaret avslutas inte utan lämnas över till någon annan: byt ansvarig."})
    if until and until <= max(today(), assignment.valid_from):
        raise ValidationError({"who": "Det har redan tagit slut."})
    if last_day is None:
        return
    if last_day < max(today(), assignment.valid_from):
        raise ValidationError({"last_day": "Den sista dagen kan inte ligga före i dag eller före den första dagen."})
    if until and last_day >= until:
        raise ValidationError({"last_day": "Det slutar redan tidigare. Lägg till en ny tid i stället."})
