"""Taking a protected person's name, numbers and contact out of everything that the organisation keeps.

Exact traces are replaced by the alias. Places in the person's own file that only may be traces are listed, one row for
each person and text, for somebody to decide. Every text of the person's own file is listed, also one in which nothing
was found: somebody who knows the person reads it once.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from django.db.models import Model, Q, QuerySet

from accounts.log.access import log_change
from accounts.log.words import is_vouched_for
from accounts.models import AccessNote, LogReviewItem, Organisation, User
from core.actions import stamp
from core.enums import Disposal
from core.models import TextBody
from core.privacy import models_dropped_whole, personal_fields
from participants.identity.history import blank
from participants.joining.former import ids_of
from participants.locking import lock_cases_of
from participants.models import (
    Enrolment,
    IdentityVersion,
    NamePart,
    Participant,
    PersonalNumber,
    PersonIdentity,
    ProtectedNotice,
    ProtectedNumber,
    TextToCheck,
)
from participants.protection.all_traces import AllTraces
from participants.protection.spans import Redaction, Span, composed, united
from participants.protection.texts import owner_of, path, text_fields
from participants.protection.traces import Name

# Models whose identity fields are blanked whole. In others a name may stand among other words.
_WHOLE = (Participant, PersonIdentity, PersonalNumber, IdentityVersion, NamePart, Enrolment)

# Identity that stays, since without the key it tells nobody who the person is.
KEPT_ON_PURPOSE: tuple[type[Model], ...] = (ProtectedNumber, ProtectedNotice)

# Functions that let go of what apps above keep of persons outside facts (actionplans: waiting register files).
after_protection: list[Callable[[Participant], None]] = []

Finder = Callable[[str], list[Span]]
# Functions for texts about no participant that may name one nevertheless (reports adds its own).
about_nobody: list[Callable[[Participant, Finder], None]] = []


def lock_texts() -> None:
    """Lock all texts until the transaction ends. Of two who rewrite a text at once, the second would put back what the
    first took out."""
    list(Organisation.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def scrub(participant: Participant, traces: AllTraces) -> None:
    """Blank the identity, put the alias in texts and columns, list doubtful places, and delete the person's drafts."""
    lock_texts()
    # Users who are writing about the person get done first. Later ones wait, and then find the person protected.
    lock_cases_of(participant)
    elsewhere = traces.elsewhere(_names_of_others(participant))
    _blank_identity(participant)
    _scrub_own_texts(participant, traces, elsewhere)
    _scrub_readings(participant, traces.exact, elsewhere)
    _scrub_texts_about_others(participant, traces, elsewhere)
    _scrub_columns(participant, traces.exact, elsewhere)
    _drop_drafts(participant, traces)
    for take_out in about_nobody:
        take_out(participant, elsewhere)


def redact(body: TextBody, spans: Iterable[Sequence[int]], alias: str) -> None:
    """Put the alias in some places of a text: the only way in which a text is changed.

    The places that wait in it for somebody to decide follow along; the text waits also where none is left.
    """
    done = Redaction.of(composed(body.text), spans, alias)
    if done.text == body.text:
        return
    _write(body, done.text)
    for row in TextToCheck.objects.waiting().filter(body=body):
        row.spans = done.moved(row.spans)
        row.save(update_fields=["spans"])


def list_text(
    participant: Participant, body: TextBody, owner_id: int, spans: Sequence[Span], *, is_about_another: bool = False
) -> None:
    """List a text, once, for somebody of the organisation that wrote it to go through."""
    if body.text != composed(body.text):
        # Spans count composed letters.
        _write(body, composed(body.text))
    found = TextToCheck.objects.waiting().filter(participant=participant, body=body).first()
    row = found or TextToCheck(participant=participant, body=body, owner_id=owner_id, is_about_another=is_about_another)
    row.spans = united([*row.spans, *spans])
    row.save()


def own_texts(participant: Participant) -> dict[int, int]:
    """Texts of the person's facts: the id of the organisation that wrote each, by the text's primary key."""
    found: dict[int, int] = {}
    for field in text_fields():
        rows = field.model._base_manager.filter(**{path(field.model, Participant): participant})
        pairs = rows.exclude(**{field.name: None}).values_list(field.name, owner_of(field.model))
        found |= {body: owner or participant.organisation_id for body, owner in pairs}
    return found


def _write(body: TextBody, text: str) -> None:
    """Replace the wording, unless it has been blanked meanwhile, and its salted digest: by the old one anybody could
    test a guess at the name."""
    fresh = TextBody.of(text)
    rows = TextBody.objects.filter(pk=body.pk).exclude(text="")
    is_there = rows.update(text=fresh.text, salt=fresh.salt, digest=fresh.digest)
    body.text, body.salt, body.digest = fresh.text if is_there else "", fresh.salt, fresh.digest


def _blank_identity(participant: Participant) -> None:
    """Replace the name by the alias and empty the rest; the participant already has its level of protection."""
    PersonalNumber.objects.filter(participant=participant).delete()
    Participant.objects.filter(pk=participant.pk).update(birth_date=None, protected_at=stamp())
    blank(participant)
    identity = PersonIdentity(participant=participant).set_keys()
    identity.save(force_update=True)
    Enrolment.objects.filter(participant=participant).update(sort_key=identity.sort_key)


def _names_of_others(participant: Participant) -> list[Name]:
    """Names of the organisation's other participants, and of every user."""
    same = PersonIdentity.objects.filter(participant__organisation=participant.organisation_id)
    pairs = same.exclude(participant=participant).values_list("given_name", "family_name")
    staff = User.objects.values_list("name", flat=True)
    return [Name.of(*pair) for pair in [*pairs, *((name, name) for name in staff)]]


# --- Texts ------------------------------------------------------------------------------------------------------------


def _scrub_own_texts(participant: Participant, traces: AllTraces, elsewhere: Finder) -> None:
    own = own_texts(participant)
    shared = _also_about_others(participant, own)
    for key, owner_id in own.items():
        body = TextBody.objects.get(pk=key)
        find = elsewhere if key in shared else traces.exact
        redact(body, find(composed(body.text)), participant.alias)
        list_text(participant, body, owner_id, traces.doubtful(composed(body.text), participant.alias))


def _also_about_others(participant: Participant, bodies: Iterable[int]) -> set[int]:
    """The texts among `bodies` (primary keys) that stand in other persons' cases too, as the note of a handed-over
    caseload does."""
    found: set[int] = set()
    for field in text_fields():
        rows = field.model._base_manager.filter(**{f"{field.name}__in": list(bodies)})
        others = rows.exclude(**{path(field.model, Participant): participant})
        found |= set(others.values_list(field.name, flat=True))
    return found


def _texts_about_others(participant: Participant) -> Iterator[TextBody]:
    """Every text that the organisation has written about other persons, one by one: no database condition finds every
    spelling of a name."""
    for field in text_fields():
        rows = field.model._base_manager.filter(**{owner_of(field.model): participant.organisation_id})
        others = rows.exclude(**{path(field.model, Participant): participant}).exclude(**{field.name: None})
        yield from TextBody.objects.filter(pk__in=others.values(field.name)).iterator()


def _scrub_readings(participant: Participant, exact: Finder, elsewhere: Finder) -> None:
    """Put the alias in the reasons that users gave for reading, and in log reviewers' notes. No page of the case shows
    these, so doubtful places aren't listed."""
    persons, organisation = ids_of(participant.public_id), participant.organisation_id
    notes, items = AccessNote.objects.all(), LogReviewItem.objects.exclude(note=None)
    own = _bodies(notes.filter(event__subjects__person__in=persons), items.filter(person__in=persons))
    others = _bodies(notes.filter(event__organisation_id=organisation), items.filter(review__organisation=organisation))
    for body, spans in [
        *_found(TextBody.objects.filter(own), exact),
        *_found(TextBody.objects.filter(others & ~own).iterator(), elsewhere),
    ]:
        was_whole = is_vouched_for(body)
        redact(body, spans, participant.alias)
        # A text that had been tampered with doesn't become genuine by this.
        if was_whole:
            log_change(by=User.objects.system(), part="note_redact", words=body)


def _bodies(notes: QuerySet[AccessNote], items: QuerySet[LogReviewItem]) -> Q:
    return Q(pk__in=notes.values("body")) | Q(pk__in=items.values("note"))


def _scrub_texts_about_others(participant: Participant, traces: AllTraces, elsewhere: Finder) -> None:
    """Put the alias in texts about other persons. Each text in which the person was found is listed, so that the users
    who work with that case read the rest of it."""
    # In the order in which who moves texts locks them.
    for body, spans in sorted(_found(_texts_about_others(participant), elsewhere), key=lambda found: found[0].pk):
        redact(body, spans, participant.alias)
        doubtful = traces.doubtful(composed(body.text), participant.alias)
        if body.text:
            list_text(participant, body, participant.organisation_id, doubtful, is_about_another=True)


def _found(bodies: Iterable[TextBody], find: Finder) -> list[tuple[TextBody, list[Span]]]:
    return [(body, spans) for body in bodies if (spans := find(composed(body.text)))]


# --- What else holds words --------------------------------------------------------------------------------------------


def _scrub_columns(participant: Participant, exact: Finder, elsewhere: Finder) -> None:
    """Put the alias in columns that may hold the name among other words, such as who took part in a meeting."""
    for field in personal_fields():
        if field.disposal is Disposal.IDENTITY and field.model not in (*_WHOLE, *KEPT_ON_PURPOSE):
            rows = field.model._base_manager.exclude(**{field.name: ""})
            about = {path(field.model, Participant): participant}
            written = rows.filter(**{owner_of(field.model): participant.organisation_id})
            scrub_column(rows.filter(**about), field.name, exact, participant.alias)
            scrub_column(written.exclude(**about), field.name, elsewhere, participant.alias)


def scrub_column(rows: QuerySet, name: str, find: Finder, alias: str) -> list[int]:
    """Put the alias in the column `name` where `find` finds the person. Returns the changed rows' primary keys."""
    changed: list[int] = []
    longest = rows.model._meta.get_field(name).max_length
    for key, value in list(rows.values_list("pk", name)):
        said = composed(value)
        if spans := find(said):
            new = Redaction.of(said, spans, alias).text[:longest]
            rows.model._base_manager.filter(pk=key).update(**{name: new})
            changed.append(key)
    return changed


def _drop_drafts(participant: Participant, traces: AllTraces) -> None:
    """Delete unsaved drafts about the person, or with the person's name in them."""
    subjects = [participant.public_id, *participant.enrolments.values_list("public_id", flat=True)]
    for model in models_dropped_whole():
        model.objects.filter(subject__in=subjects).delete()
        for row in model.objects.filter(author__organisation=participant.organisation_id):
            if traces.exact(composed(" ".join(map(str, _leaves(row.data))))):
                row.delete()


def _leaves(data: object) -> Iterator[object]:
    if isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from _leaves(part)
    else:
        yield data
