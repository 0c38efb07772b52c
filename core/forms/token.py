"""The base of all forms: the crispy helper, a one-time token, and the mark of the page that the form stands on."""

import uuid
from collections.abc import Iterable
from contextvars import ContextVar
from datetime import timedelta
from typing import Any, ClassVar, Self, cast
from uuid import UUID

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join

from core.days.dates import STOCKHOLM
from core.facts import is_gone
from core.forms.presses import content_of, presses
from core.forms.sent import as_sent, is_secret, opened_with, takes_words, with_answers
from core.forms.showing import NAME, FormPage, never_kept, showing
from core.models import Draft, FormToken
from core.swedish.words import NBSP

GONE = "Något av det du valde går inte längre att välja. Välj på nytt."
SPOILT = "Formuläret kom inte fram som det såg ut på sidan. Skicka det en gång till."
_DJANGOS = tuple(
    kind.default_error_messages["invalid_choice"] for kind in (forms.ChoiceField, forms.MultipleChoiceField)
)


class BaseForm(forms.Form):
    """A form with a crispy helper that leaves the form tag and the button to the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.form_show_errors = True
        self.use_required_attribute = False
        self.helper.attrs = {"novalidate": True}

    def full_clean(self) -> None:
        """A choice that has gone since the page was opened is told in words: Django's would show what was sent."""
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField) and field.error_messages["invalid_choice"] in _DJANGOS:
                field.error_messages["invalid_choice"] = GONE
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        """The answers that could be read so far. Never None, as Django's own may be."""
        super().clean()
        return self.cleaned_data

    def leave_out(self, names: Iterable[str]) -> None:
        """Let be what the other answers don't ask for: nothing is wrong with it, and nothing is answered there. It can
        be hidden on the page, where nobody could put it right. Asked for before anything else is checked."""
        for name in names:
            if name in self.fields:
                self.errors.pop(name, None)
                self.cleaned_data[name] = self.fields[name].to_python(None)


class TokenInput(forms.HiddenInput):
    """The form's token, and with it what every form of ours carries: the signed mark of its page, the answer to a
    question about saving the same words again, and a line about a draft that was filled in."""

    form: "TokenForm | None" = None

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        """The hidden inputs, and the line where there is one. A new token stands in the place of what is none."""
        is_spoilt = self.form is not None and "token" in self.form.errors
        drawn = super().render(name, uuid.uuid4() if is_spoilt else value, attrs, renderer)
        return drawn if self.form is None else drawn + self.form.page_inputs()


class TokenForm(BaseForm):
    """A form that is saved once however often its button is pressed.

    Sent once more with other words it isn't the same press: those are asked about, and saved as their own.

    One that only adds says in `adds_only` what. Others may be changing what one that replaces something shows, so it
    is a `core.forms.concurrency.SharedForm`.
    """

    adds_only: ClassVar[str] = ""
    # Whether its action is a `core.actions.action_alone`: nobody else writes while the form is saved.
    writes_alone: ClassVar[bool] = False
    # What somebody else saved meanwhile (core.forms.concurrency.Conflict); the page shows it beside what was typed.
    conflict: Any = None
    # Whether this very press saved it. At a later one with the same words the answers aren't read again, so that a
    # receipt that tells of them can't be written.
    is_saved_now: bool = False
    # Whether it couldn't be saved because of what somebody else has saved meanwhile.
    is_changed_meanwhile: bool = False

    # What a second one with the same answers would be, «ett likadant möte»; empty where a second one changes nothing.
    likeness: ClassVar[str] = ""
    # The answers that a link to the page may bring along.
    opened_with: ClassVar[tuple[str, ...]] = ()
    # The name of the page of what the form makes, by its public id; empty where it has none.
    made_page: ClassVar[str] = ""
    # Where what was saved a moment ago with the same answers is read, while the form asks about saving it again.
    earlier_url: str = ""
    # What the page sends back when the same answers are to be saved once more.
    asked_again: str = ""
    # The draft that it was filled in from.
    draft: Draft | None = None
    # How the form was made, so that it can be made anew from other answers.
    _made_with: dict[str, Any]

    # No label or script asks for it by id, and a page can have two forms.
    token = forms.UUIDField(widget=TokenInput(attrs={"id": False}), error_messages={"invalid": SPOILT})

    def __new__(cls, *args: Any, **kwargs: Any) -> Self:
        form = super().__new__(cls)
        form._made_with = {name: value for name, value in kwargs.items() if name not in ("data", "files", "initial")}
        return form

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The public id of what the form makes, for an action that takes it; the token's row then says so at once.
        self.will_make = uuid.uuid4()
        self.fields["token"].initial = uuid.uuid4
        cast(TokenInput, self.fields["token"].widget).form = self
        self._other_words = False
        self._earlier: list[FormToken] = []

    def page(self, *, opens: bool = False) -> FormPage:
        """The mark of the page that the form stands on now. Where the page `opens`, it knows how each answer stood."""
        now = showing()
        return FormPage(
            now.user,
            now.address,
            now.subject,
            self.key,
            words={bound.html_name: str(bound.label) for bound in self if takes_words(bound)},
            secrets=[bound.html_name for bound in self if is_secret(bound)],
            draft=str(self.draft.token) if self.draft else "",
            opened=opened_with(self) if opens else {},
        )

    @property
    def key(self) -> str:
        """Which of its page's forms it is."""
        return f"{type(self).__name__}{self.prefix or ''}"[:60]

    def page_inputs(self) -> Any:
        """HTML of the hidden inputs beside the answers, and of the line about a draft."""
        inputs = [
            (NAME, self.page(opens=True).signed()),
            *([("repeated", self.asked_again)] if self.asked_again else []),
        ]
        drawn = format_html_join("", '<input type="hidden" name="{}" value="{}">', inputs)
        if self.draft is None:
            return drawn
        return drawn + render_to_string("core/drafts/draft_line.html", {"form": self})

    def take_draft(self, draft: Draft, typed: QueryDict) -> None:
        """Fill the form in with what was typed in it earlier, in place; nothing is said about it yet.

        Who somebody is isn't in a draft: those answers are the stored ones. A draft that leaves an answer empty doesn't
        take away the one that the page was opened with. Raises SuspiciousOperation for one that no page can have sent.
        """
        data = with_answers(typed, {self.add_prefix("token"): str(uuid.uuid4())})
        left = {name for name in self.opened_with if not typed.get(self.add_prefix(name))}
        for name in (never_kept | left) & self.fields.keys():
            data.setlist(self.add_prefix(name), list(as_sent(self.get_initial_for_field(self.fields[name], name))))
        self.__init__(data, **self._made_with)  # type: ignore[misc]
        self._errors: ErrorDict | None = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}
        self.draft = draft

    @property
    def answers(self) -> dict[str, Any]:
        """The answers, by field. The form must be valid. Neither the token nor `seen` is among them."""
        return {name: answer for name, answer in self.cleaned_data.items() if name not in ("token", "seen")}

    def already_made(self, user: Any) -> UUID | None:
        """The public id that an earlier press of the button made with these very words; None where there is none."""
        raw = self.data.get(self.add_prefix("token"))
        try:
            token = UUID(str(raw))
        except ValueError:
            return None
        since = timezone.now() - REPEATED_WITHIN
        self._earlier = presses.ask(user=user.pk, token=token, content=self.content(), since=since)
        earlier = next((press for press in self._earlier if press.token == token), None)
        if earlier is None:
            return None
        self._other_words = earlier.content not in ("", self.content())
        if self._other_words:
            # A form that its page has read already is read anew, to refuse those words.
            self._errors = None
        return None if self._other_words else earlier.made

    def content(self) -> str:
        """A keyed digest of what was sent and of the page it was sent from, without what the page added by itself."""
        return content_of(self.data, self.files, self.add_prefix("token"), f"{showing().address} {self.key}")

    def asks_about_repeating(self) -> bool:
        """Whether the user saved the same answers on the same page a moment ago, hasn't taken them back since, and
        hasn't said that this is one more. Where so the form asks. By the presses that `already_made` has read.
        """
        content = self.content()
        if not self.likeness or self.data.get("repeated") == content:
            return False
        earlier = next((press for press in self._earlier if press.content == content), None)
        if earlier is None or is_gone(earlier.made):
            return False
        self.asked_again = content
        self.earlier_url = reverse(self.made_page, args=[earlier.made]) if self.made_page else ""
        article = self.likeness.split()[0]
        more = f"{article} till" if article in ("en", "ett") else "de en gång till"
        clock = earlier.used_at.astimezone(STOCKHOLM).strftime(f"kl.{NBSP}%H.%M")
        self.add_error(None, f"Du sparade {self.likeness} {clock}. Trycker du på knappen igen sparas {more}.")
        return True

    def full_clean(self) -> None:
        """Have the saving know what was sent; refuse once, with a new token, what an earlier press hasn't saved."""
        super().full_clean()
        if not self.is_bound:
            return
        if self._other_words:
            self._other_words = False
            self.data = with_answers(self.data, {self.add_prefix("token"): str(uuid.uuid4())})
            self.add_error(None, OTHER_WORDS)
        elif token := self.cleaned_data.get("token"):
            content_sent.set((token, self.content()))

    def require_unchanged(self) -> None:
        """Nothing here: a form that only adds replaces nothing.

        One that replaces raises ChangedMeanwhile where somebody else has changed what it showed; it is asked in the
        transaction that saves it.
        """


OTHER_WORDS = (
    "Det du skrev första gången är redan sparat. Det du har ändrat sedan dess är inte sparat än: kontrollera, "
    "och tryck en gång till om det ska sparas också."
)
# A page that was gone back to is sent again within some minutes; the same answers on purpose come later.
REPEATED_WITHIN = timedelta(minutes=10)
# The token of the form that was sent last, and a digest of its words; saving keeps them beside the token.
content_sent: ContextVar[tuple[UUID, str] | None] = ContextVar("content_sent", default=None)
