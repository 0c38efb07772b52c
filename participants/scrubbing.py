"""Taking a protected person's name, numbers and contact out of everything that the organisation keeps."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from django.db.models import ForeignKey, Model, Q

from accounts.models import AccessNote, LogReviewItem, User
from core.enums import Disposal
from core.models import Draft, TextBody
from core.privacy import PersonalField, personal_fields
from participants.models import Enrolment, Participant, PersonalNumber, PersonIdentity, TextToCheck
from participants.traces import Traces

# Identity stands in these as a whole, so that they are blanked; elsewhere it may stand among other words.
_WHOLE = (Participant, PersonIdentity, PersonalNumber, Enrolment)

# What higher packages keep of persons outside their facts (actionplans adds register files on their way in).
after_protection: list[Callable[[Participant], None]] = []


@dataclass(frozen=True, slots=True)
class _Text:
    """A free text and the organisation that wrote it."""

    body: TextBody
    owner: int


def blank_identity(participant: Participant) -> None:
    """The alias for the name, and nothing for the rest; the participant already carries its level."""
    PersonalNumber.objects.filter(participant=participant).delete()
    Participant.objects.filter(pk=participant.pk).update(birth_date=None)
    identity = PersonIdentity(participant=participant).set_keys()
    identity.save(force_update=True)
    Enrolment.objects.filter(participant=participant).update(sort_key=identity.sort_key)


def scrub_texts(participant: Participant, traces: Traces) -> int:
    """Put the alias for what is exact in the person's own texts, and list the rest. Returns how many are listed."""
    alias, waiting = participant.alias, []
    for text in _own_texts(participant):
        _rewrite(text.body, traces.replaced(text.body.text, alias))
        spans = traces.doubtful(text.body.text, alias)
        if spans:
            waiting.append(TextToCheck(participant=participant, body=text.body, owner_id=text.owner, spans=spans))
    TextToCheck.objects.bulk_create(waiting)
    return len(waiting)


def scrub_elsewhere(participant: Participant, traces: Traces) -> None:
    """Names of those present, drafts, and what the organisation has written about others."""
    _scrub_columns(participant, traces)
    _drop_drafts(participant, traces)
    is_only_one = not _shares_name(participant, traces)
    for body in _texts_about_others(participant, traces):
        _rewrite(body, traces.replaced_elsewhere(body.text, participant.alias, is_only_one=is_only_one))


def write_redacted(body: TextBody, text: str) -> None:
    """Give a text another wording. Its salted digest is made anew, for what stands there from now on.

    The digest of the old words would let anybody who guesses at a name try the guess against it.
    """
    fresh = TextBody.of(text)
    TextBody.objects.filter(pk=body.pk).update(text=fresh.text, salt=fresh.salt, digest=fresh.digest)
    body.text, body.salt, body.digest = fresh.text, fresh.salt, fresh.digest


def _rewrite(body: TextBody, text: str) -> None:
    if text != body.text:
        write_redacted(body, text)


def _own_texts(participant: Participant) -> Iterator[_Text]:
    """Every text of the person's facts, once each, and what was written about readings: why, and by log reviewers."""
    seen: set[int] = set()
    for field in _text_fields():
        rows = field.model._base_manager.filter(**{_path(field.model, Participant): participant})
        columns = (field.name, _owner_of(field.model))
        for body, owner in rows.exclude(**{field.name: None}).values_list(*columns):
            if body not in seen:
                seen.add(body)
                yield _Text(TextBody.objects.get(pk=body), owner or participant.organisation_id)
    reviewed = LogReviewItem.objects.filter(person=participant.public_id, note__isnull=False)
    stated = AccessNote.objects.filter(event__subjects__person=participant.public_id)
    about_readings = Q(pk__in=reviewed.values("note")) | Q(pk__in=stated.values("body"))
    for body in TextBody.objects.filter(about_readings).exclude(pk__in=seen):
        yield _Text(body, participant.organisation_id)


def _texts_about_others(participant: Participant, traces: Traces) -> Iterator[TextBody]:
    """What the organisation has written elsewhere, of which something in it may tell of the person."""
    hint = _hint(traces)
    if not hint:
        return
    for field in _text_fields():
        rows = field.model._base_manager.filter(**{_owner_of(field.model): participant.organisation_id})
        others = rows.exclude(**{_path(field.model, Participant): participant})
        yield from TextBody.objects.filter(hint, pk__in=others.exclude(**{field.name: None}).values(field.name))


def _hint(traces: Traces) -> Q:
    """What a database can look for before the text itself is read; letters of one kind as they may be written."""
    parts = {traces.family_name, traces.family_name.upper(), traces.email, traces.phone[-2:]}
    parts |= {number[-4:] for number in traces.numbers}
    condition = Q()
    for part in filter(None, parts):
        condition |= Q(text__icontains=part)
    return condition


def _shares_name(participant: Participant, traces: Traces) -> bool:
    """Whether the same full name is also somebody else's here, so that it doesn't tell who is meant."""
    same = PersonIdentity.objects.filter(given_name=traces.given_name, family_name=traces.family_name)
    staff = User.objects.filter(name__icontains=traces.family_name).filter(name__icontains=traces.given_name)
    others = same.filter(participant__organisation=participant.organisation_id).exclude(participant=participant)
    return others.exists() or staff.exists()


def _scrub_columns(participant: Participant, traces: Traces) -> None:
    """Columns that may hold the name among other words: those who took part in a meeting."""
    for field in personal_fields():
        if field.disposal is not Disposal.IDENTITY or field.model in _WHOLE:
            continue
        rows = field.model._base_manager.filter(**{_path(field.model, Participant): participant})
        for key, value in rows.values_list("pk", field.name):
            new = traces.replaced(value, participant.alias)
            if new != value:
                field.model._base_manager.filter(pk=key).update(**{field.name: new})


def _drop_drafts(participant: Participant, traces: Traces) -> None:
    """What somebody has begun to write about the person, or with the person's name in it."""
    subjects = [participant.public_id, *participant.enrolments.values_list("public_id", flat=True)]
    Draft.objects.filter(subject__in=subjects).delete()
    for draft in Draft.objects.filter(author__organisation=participant.organisation_id):
        said = " ".join(map(str, _leaves(draft.data)))
        if traces.replaced(said, participant.alias) != said:
            draft.delete()


def _leaves(data: object) -> Iterator[object]:
    if isinstance(data, dict | list):
        for one in data.values() if isinstance(data, dict) else data:
            yield from _leaves(one)
    else:
        yield data


# --- Where texts stand: read from the registry of personal data ------------------------------------------------------


def _text_fields() -> list[PersonalField]:
    return [
        field
        for field in personal_fields()
        if field.disposal is Disposal.TEXT and field.model is not TextBody and _path(field.model, Participant)
    ]


@cache
def _path(model: type[Model], target: type[Model]) -> str:
    """The shortest way by foreign keys from a model to another, as a lookup; empty where there is none."""
    ways: list[tuple[type[Model], str]] = [(model, "")]
    seen = {model}
    for place, before in ways:
        for key, related in _references(place):
            name = f"{before}__{key}" if before else key
            if related is target:
                return name
            if related not in seen:
                seen.add(related)
                ways.append((related, name))
    return ""


@cache
def _owner_of(model: type[Model]) -> str:
    """The column, near or far, that says which organisation wrote the row."""
    if any(field.name == "owner" for field in model._meta.fields):
        return "owner"
    return f"{_path(model, Enrolment)}__owner"


def _references(model: type[Model]) -> list[tuple[str, type[Model]]]:
    """Foreign keys to what is about a person; not to users, organisations or projects."""
    about = {field.model for field in personal_fields()}
    keys = ((one.name, one.related_model) for one in model._meta.fields if isinstance(one, ForeignKey))
    return [(name, related) for name, related in keys if related in about]
