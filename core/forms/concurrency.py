"""Two people who change the same thing: the check under the lock, and both texts side by side."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from core.forms.saver import CHANGED_BY_SELF, Saver
from core.forms.sent import as_sent, with_answers
from core.forms.token import TokenForm
from core.swedish.words import NOTHING
from core.swedish.words import day as day_in_words

CHANGED = "Någon annan har ändrat uppgifterna sedan du öppnade sidan. Jämför och spara igen."
UNTOUCHED = "Samma: du hade inte ändrat det."
NOT_ASKED = "Det du skrev står nedanför."
# The salt of what a page has seen, and those of versions before: pages stay open through an upgrade.
_SALTS = ("seen", "core.forms.concurrency", "core.concurrency")


class ChangedMeanwhile(ValidationError):
    """Somebody else has changed what a form showed since its page was opened. Nothing has been written.

    Raised by the form's own check (SharedForm) or by an action that is handed what was seen: the
    number of a version, or a digest. `said` tells it in words that fit the page.
    """

    def __init__(self, said: str = CHANGED) -> None:
        super().__init__(said)


@dataclass(frozen=True, slots=True)
class Shared:
    """Something that several people may change: the rows to lock, in this order, and what a form shows of them.

    `read` asks the database anew and gives the answers by field name. What the page shows but doesn't ask about goes
    by its label. `saved_by` says who saved last and when, or nothing.
    """

    rows: Sequence[QuerySet]
    read: Callable[[], Mapping[str, Any]]
    saved_by: Callable[[], Saver | str] = str

    def lock(self) -> None:
        """Wait for a change of the rows to end; nobody else changes them until the transaction ends."""
        for rows in self.rows:
            list(rows.order_by("pk").select_for_update(of=("self",), no_key=True))


NOTHING_SHARED = Shared((), dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """An answer that two people left different, in words."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Who has saved meanwhile and when, which the page says as a sentence, and the answers that differ."""

    saved_by: Saver | str
    differences: Sequence[Difference]

    @property
    def is_own(self) -> bool:
        """Whether the user saved it, in another window."""
        return isinstance(self.saved_by, Saver) and self.saved_by.is_oneself


class SharedForm(TokenForm):
    """A form whose answers replace what others may have changed since its page was opened.

    It opens with the stored answers, and `seen` carries a digest of each. When it is saved they are read anew under the
    lock. Where one is another, nothing is written: the page comes back with both texts, keeps what was typed, and has
    seen the new state. An answer that only the other one changed is then filled in as the other one left it, unless the
    fields are rows whose names say nothing about what stands in them (`merges`).
    """

    merges: ClassVar[bool] = True
    # Whether the form opens with what is stored. Where its fields are no part of that, what is stored needn't be read
    # before the form is saved.
    opens_with_stored: ClassVar[bool] = True
    # Answers about the saving itself, which say nothing about the matter.
    beside_the_matter: ClassVar[frozenset[str]] = frozenset()
    _taken_over: frozenset[str] = frozenset()

    seen = forms.CharField(widget=forms.HiddenInput(attrs={"id": False}), required=False)

    def __init__(self, *args: Any, shared: Shared, initial: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.shared = shared
        opened_with = {**(self.stored if self.opens_with_stored else {}), **(initial or {})}
        super().__init__(*args, initial=opened_with, **kwargs)
        self.fields["seen"].initial = self.version

    @cached_property
    def stored(self) -> Mapping[str, Any]:
        """The stored answers, as they were when the form was made or first needed them."""
        return self.shared.read()

    def version(self) -> str:
        """A digest of each stored answer that isn't empty. It identifies the answers without telling them."""
        return json.dumps({name: _digest(said) for name, said in self._stored_words().items() if said != NOTHING})

    def require_unchanged(self) -> None:
        """Make sure, under the lock, that what was shown still stands; part of the transaction that saves the form.

        Raises ChangedMeanwhile, with both texts in `conflict`.
        """
        self.lock_shared()
        self.compare()

    def lock_shared(self) -> None:
        """Lock what was shown. A form whose action locks other such rows too locks all of them here, in one order: two
        forms that begin with one each would wait for each other for good."""
        self.shared.lock()

    def compare(self) -> None:
        """Make sure that what was shown still stands. Raises ChangedMeanwhile, with both texts in `conflict`.

        What stands is read anew. The whole form is made anew only where that shows a difference: it asks much more.
        """
        stored = self.shared.read()
        if vars(self).setdefault("stored", stored) == stored and not self._changed(self):
            return
        now = type(self)(**self._made_with)
        if changed := self._changed(now):
            self._take_over(now, self._stored_otherwise(now))
            self.conflict = Conflict(self.shared.saved_by(), list(self.differences(now, changed)))
            raise ChangedMeanwhile(CHANGED_BY_SELF if self.conflict.is_own else CHANGED)

    def is_at_stake(self, name: str) -> bool:
        """Whether the answers would replace this part of what was shown."""
        return True

    def label_of(self, name: str) -> str:
        """The label of an answer on the page."""
        return str(self.fields[name].label) if name in self.fields else name

    # --- What has changed ---------------------------------------------------------------------------------------------

    def _changed(self, now: Self) -> set[str]:
        """Names of the answers that the form changes and that are stored otherwise than the page showed."""
        return set(filter(self.is_at_stake, self._stored_otherwise(now)))

    def _stored_otherwise(self, now: Self) -> set[str]:
        theirs, seen = now._stored_words(), self._seen
        return {name for name in {*theirs, *seen} if not _is_digest_of(seen.get(name), theirs.get(name))}

    @property
    def _seen(self) -> dict[str, str]:
        """The digests that the page was sent with; none where it has none, or they have been tampered with."""
        try:
            found = json.loads(self.data.get(self.add_prefix("seen"), ""))
        except (ValueError, RecursionError):
            return {}
        return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}

    def _take_over(self, now: Self, changed: Collection[str]) -> None:
        """Let the page have seen what stands now, with the other's answers where nobody here wrote another: also where
        the form wouldn't replace them, or it would the next time."""
        untouched = [name for name in changed if self.merges and self._is_untouched(name)]
        again = with_answers(self.data, {self.add_prefix("seen"): now.version()})
        for name in untouched:
            again.setlist(self.add_prefix(name), list(as_sent(now.get_initial_for_field(now.fields[name], name))))
        self.data, self._taken_over = again, frozenset(untouched)

    def _is_untouched(self, name: str) -> bool:
        return name in self.fields and _is_digest_of(self._seen.get(name), self.my_words().get(name))

    def differences(self, now: Self, changed: Collection[str]) -> Iterator[Difference]:
        """The answers that the other user has changed and that differ from the form's, in the order of the page."""
        theirs, mine = now._stored_words(), self.my_words()
        asked = [name for name in (*now.fields, *self.fields) if name in theirs or name in mine]
        for name in dict.fromkeys([*asked, *theirs, *changed]):
            saved = theirs.get(name, NOTHING)
            if name in changed or (name in mine and saved != mine[name]):
                label = (now if name in now.fields else self).label_of(name)
                yield Difference(label, saved, self._beside(name, mine))

    def _beside(self, name: str, mine: Mapping[str, str]) -> str:
        if name in self._taken_over:
            return UNTOUCHED
        return mine.get(name, NOT_ASKED)

    # --- Answers in words ---------------------------------------------------------------------------------------------

    def _stored_words(self) -> dict[str, str]:
        names = (name for name in self.stored if not self._is_beside_the_matter(name))
        return {name: in_words(self.fields.get(name), self.stored[name]) for name in names}

    def my_words(self) -> dict[str, str]:
        """The answers as they were sent, of those that the page asks about."""
        asked = ((name, field) for name, field in self.fields.items() if not self._is_beside_the_matter(name))
        return {name: in_words(field, self[name].value()) for name, field in asked}

    def _is_beside_the_matter(self, name: str) -> bool:
        widget = self.fields[name].widget if name in self.fields else None
        # A password that was typed to vouch for the change is never shown again.
        is_unseen = widget is not None and (widget.is_hidden or isinstance(widget, forms.PasswordInput))
        return is_unseen or name in self.beside_the_matter


def in_words(field: forms.Field | None, raw: Any) -> str:
    """An answer as somebody reads it: labels of what was chosen, days and texts; «–» for nothing."""
    if isinstance(field, forms.BooleanField):
        return "Ja" if raw else "Nej"
    if isinstance(field, forms.MultipleChoiceField):
        return ", ".join(_labels(field, raw or ())) or NOTHING
    if isinstance(field, forms.ChoiceField):
        return next(_labels(field, [raw]), NOTHING)
    value = _understood(field, raw) if field else raw
    if isinstance(value, date):
        return day_in_words(value)
    return str("" if value is None else value).replace("\r\n", "\n").strip() or NOTHING


def _understood(field: forms.Field, raw: Any) -> Any:
    try:
        return field.to_python(raw)
    except ValidationError:
        return raw


def _labels(field: forms.ChoiceField, chosen: Iterable[Any]) -> Iterator[str]:
    wanted = {str(value) for value in chosen}
    choices = cast(Iterable[tuple[Any, Any]], field.choices)
    return (str(label) for value, label in choices if str(value) in wanted)


def _digest(said: str | None, salt: str = _SALTS[0]) -> str | None:
    """Salted, so that a page that was kept tells nothing; None for what is empty."""
    return None if said in (None, NOTHING) else salted_hmac(salt, str(said), algorithm="sha256").hexdigest()[:20]


def _is_digest_of(seen: str | None, said: str | None) -> bool:
    """Whether a page has seen just this answer; also a page of an earlier version, whose salt was another."""
    return seen in [_digest(said, salt) for salt in _SALTS]
