"""What the forms about a case show and replace: the rows to lock, and how it stands by now."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from accounts.models import LogReview, LogReviewItem
from core.days.dates import today
from core.facts import Fact
from core.forms.concurrency import Shared
from core.swedish.words import day, moment
from participants.enums import CaseRole
from participants.identity.corrections import EntryCorrection, PersonCorrection
from participants.models import (
    Assessment,
    CaseAssignment,
    Enrolment,
    Exit,
    LegalGround,
    Participant,
    PlacementPeriod,
    SickListing,
    TextToCheck,
    Voiding,
)
from participants.querysets.enrolment import EnrolmentQuerySet

NOBODY = "Ingen"
IDENTITY = ("given_name", "family_name", "number", "birth_date", "phone", "email")


def of_case(enrolment: Enrolment) -> Any:
    """The case's own row, which every action about the case locks."""
    return Enrolment.objects.filter(pk=enrolment.pk)


def written(fact: Fact | CaseAssignment | None) -> str:
    """«Karin Ek sparade 28 november 2026 kl. 10.42.»; nothing where there is no fact."""
    return f"{fact.recorded_by} sparade {moment(fact.recorded_at)}." if fact else ""


def who_and_beginning(enrolment: Enrolment) -> Shared:
    """Who the person is, and when and how the enrolment began; of somebody protected nothing that tells who."""
    people = Participant.objects.filter(enrolments=enrolment.pk)

    def read() -> Mapping[str, Any]:
        person = people.select_related("identity").get()
        now = PersonCorrection.of(person).shown() | EntryCorrection.of(of_case(enrolment).get()).shown()
        hidden = IDENTITY if person.is_protected else ()
        return {name: value for name, value in now.items() if name not in hidden}

    return Shared([people, of_case(enrolment)], read)


def exit_of(enrolment: Enrolment) -> Shared:
    """How the enrolment ended; nothing while it goes on."""

    def current() -> Exit | None:
        return Exit.objects.filter(enrolment=enrolment).current().select_related("comment", "recorded_by").first()

    def read() -> Mapping[str, Any]:
        fact = current()
        if fact is None:
            return {}
        comment = fact.comment.text if fact.comment else ""
        return {"exited_on": fact.concerns_on, "reason": fact.reason, "comment": comment}

    return Shared([of_case(enrolment)], read, lambda: written(current()))


def responsible_for(enrolment: Enrolment) -> Shared:
    """Who answers for the case, for the page that lets somebody else do so."""

    def current() -> CaseAssignment | None:
        live = CaseAssignment.objects.filter(enrolment=enrolment).on(today()).responsible()
        return live.select_related("user", "recorded_by").order_by("pk").last()

    def read() -> Mapping[str, Any]:
        held = current()
        return {"Ansvarig nu": f"{held.user}, sedan {day(held.valid_from)}" if held else ""}

    return Shared([of_case(enrolment)], read, lambda: written(current()))


def responsible_for_each(enrolments: EnrolmentQuerySet) -> Shared:
    """Who answers for each of some cases, by its public id."""

    def read() -> Mapping[str, Any]:
        live = CaseAssignment.objects.on(today()).responsible().filter(enrolment__in=enrolments.values("pk"))
        held = {
            row.enrolment_id: str(row.user or row.organisation) for row in live.select_related("user", "organisation")
        }
        return {str(key): held.get(pk, NOBODY) for pk, key in enrolments.values_list("pk", "public_id")}

    return Shared([Enrolment.objects.filter(pk__in=enrolments.values("pk"))], read)


def responsible_in_list(rows: Iterable[Enrolment]) -> Shared:
    """The same for the lines of a list, read with `responsible_now`: asks nothing more."""

    def held(row: Enrolment) -> str:
        now: Sequence[CaseAssignment] = row.responsible_now  # type: ignore[attr-defined]
        return str(now[0].user or now[0].organisation) if now else NOBODY

    return Shared((), lambda: {str(row.public_id): held(row) for row in rows})


def assignments_of(enrolment: Enrolment) -> Shared:
    """Until when each one works with the case, by the assignment's public id and name."""

    def read() -> Mapping[str, Any]:
        rows = enrolment.assignments.exclude(role=CaseRole.RESPONSIBLE).select_related("user", "organisation")
        return {assignment_label(row): _until(row) for row in rows.order_by("pk")}

    return Shared([of_case(enrolment), CaseAssignment.objects.filter(enrolment=enrolment)], read)


def assignment_label(row: CaseAssignment) -> str:
    """«Karin Ek, ersättare från 3 mars 2026»: tells two of the same person's assignments apart."""
    who = row.user or f"Hela enheten, {row.organisation}"
    return f"{who}, {row.get_role_display().lower()} från {day(row.valid_from)}"


def _until(row: CaseAssignment) -> str:
    return f"till och med {day(row.period.last)}" if row.period.last else "tills vidare"


def sick_listings_of(enrolment: Enrolment) -> Shared:
    """The sick-listings that hold: a new one takes the days that it speaks of from them."""
    present = SickListing.objects.filter(enrolment=enrolment).current()

    def read() -> Mapping[str, Any]:
        rows = present.order_by("concerns_on", "pk")
        return {"Sjukskrivningar": "\n".join(map(sick_listing_in_words, rows))}

    return Shared([of_case(enrolment)], read, lambda: written(present.select_related("recorded_by").last()))


def sick_listing_in_words(row: SickListing) -> str:
    """«100 % från 3 mars 2026 till och med 31 mars 2026»."""
    last = f" till och med {day(row.period.last)}" if row.period.last else ""
    return f"{row.percent} % från {day(row.concerns_on)}{last}"


def assessments_of(enrolment: Enrolment) -> Shared:
    """The kartläggningar that have been noted: whoever notes one sees that a colleague just has."""
    present = Assessment.objects.filter(enrolment=enrolment).current().select_related("summary", "recorded_by")

    def read() -> Mapping[str, Any]:
        rows = present.order_by("concerns_on", "pk")
        lines = (
            f"{day(row.concerns_on)}: {row.summary.text if row.summary else 'utan sammanfattning'}" for row in rows
        )
        return {"Kartläggningar": "\n".join(lines)}

    return Shared([of_case(enrolment)], read, lambda: written(present.order_by("pk").last()))


def legal_ground_of(enrolment: Enrolment) -> Shared:
    """The legal ground that stands now."""

    def current() -> LegalGround | None:
        rows = LegalGround.objects.filter(enrolment=enrolment).current().select_related("note", "recorded_by")
        return rows.order_by("-pk").first()

    def read() -> Mapping[str, Any]:
        fact = current()
        note = fact.note.text if fact and fact.note else ""
        return {"Grund nu": f"{fact.get_ground_display()} från {day(fact.concerns_on)}. {note}" if fact else ""}

    return Shared([of_case(enrolment)], read, lambda: written(current()))


def placement(fact: PlacementPeriod) -> Shared:
    """Where somebody is, by the fact that stands now; nothing where it has been taken away."""
    present = PlacementPeriod.objects.filter(enrolment=fact.enrolment_id).current()

    def current() -> PlacementPeriod | None:
        found: PlacementPeriod | None = fact
        rows = PlacementPeriod.objects.select_related("place", "supervisor", "recorded_by")
        while found and not present.filter(pk=found.pk).exists():
            found = rows.filter(corrects=found).first()
        return rows.get(pk=found.pk) if found else None

    def read() -> Mapping[str, Any]:
        now = current()
        return placement_answers(now) if now else {}

    return Shared([of_case(fact.enrolment)], read, lambda: written(current()))


def placement_answers(fact: PlacementPeriod) -> dict[str, Any]:
    """A placement as the form's answers."""
    return {
        "place": fact.place.text,
        "supervisor": str(fact.supervisor.public_id),
        "first_day": fact.concerns_on,
        "last_day": fact.period.last,
    }


def protection_of(enrolment: Enrolment) -> Shared:
    """The person's protection, and who answers for the case."""
    people, responsible = Participant.objects.filter(enrolments=enrolment.pk), responsible_for(enrolment)

    def read() -> Mapping[str, Any]:
        return {"level": people.get().protection, **responsible.read()}

    return Shared([people, of_case(enrolment)], read)


def voiding_of(enrolment: Enrolment) -> Shared:
    """How far it has come that the enrolment is wrongly registered."""

    def current() -> Voiding | None:
        rows = Voiding.objects.filter(enrolment=enrolment).current()
        return rows.select_related("why", "recorded_by").first()

    def read() -> Mapping[str, Any]:
        step = current()
        why = f": {step.why.text}" if step and step.why else ""
        return {"Felregistrering": f"{step.get_state_display()}{why}" if step else ""}

    people = Participant.objects.filter(enrolments=enrolment.pk)
    return Shared([people, of_case(enrolment)], read, lambda: written(current()))


def log_review(review: LogReview, items: Sequence[LogReviewItem]) -> Shared:
    """The verdicts of a review, and whether it is finished."""
    rows = LogReview.objects.filter(pk=review.pk)

    def read() -> Mapping[str, Any]:
        finished = rows.get().finished_at
        said = {"Granskningen": f"avslutad {moment(finished)} och kan inte ändras mer" if finished else ""}
        for item in LogReviewItem.objects.filter(pk__in=[one.pk for one in items]).select_related("note"):
            said[f"verdict_{item.position}"] = item.verdict
            said[f"note_{item.position}"] = item.note.text if item.note else ""
        return said

    return Shared([rows], read)


def texts_to_check(texts: Sequence[TextToCheck]) -> Shared:
    """The texts of a page with likely places. The action locks them itself, and looks once more."""
    rows = TextToCheck.objects.waiting().filter(pk__in=[text.pk for text in texts]).select_related("body")

    def read() -> Mapping[str, Any]:
        return {"Texterna": repr([(text.pk, text.body.digest, text.spans) for text in rows.order_by("pk")])}

    return Shared((), read)
