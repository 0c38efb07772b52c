"""The answer of a second person."""

from typing import Any

from django import forms

from core.forms.concurrency import ChangedMeanwhile
from core.forms.fields import TextWhenAsked
from core.forms.sent import with_answers
from core.forms.token import TokenForm
from projects.proposals.actions import CHANGED, NO_WORDS

ACCEPT, DECLINE = "accept", "decline"


class DecisionForm(TokenForm):
    """Yes, or no and why; and what the account was like on the page that was read.

    It is no core.forms.concurrency.SharedForm: it answers about an account and changes none of its answers, and only a
    yes depends on them. The page that comes back shows the account as it is now.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    words = TextWhenAsked(
        label="Varför inte?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Administratören läser det.",
    )

    def __init__(self, *args: Any, as_seen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.as_seen = as_seen
        self.fields["seen"].initial = as_seen

    @property
    def is_yes(self) -> bool:
        """Whether the yes button was pressed. Any other value is a no."""
        return self.data.get("do") == ACCEPT

    def clean(self) -> dict[str, Any]:
        """A yes is to what the page showed: raises ChangedMeanwhile where the account is another by now."""
        data = super().clean()
        if self.is_yes and data.get("seen") != self.as_seen:
            self.data = with_answers(self.data, {"seen": self.as_seen})
            raise ChangedMeanwhile(CHANGED)
        if not self.is_yes and not data.get("words", "").strip() and "words" not in self.errors:
            self.add_error("words", NO_WORDS)
        return data
