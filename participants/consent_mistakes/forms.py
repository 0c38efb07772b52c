"""The form that takes away a consent that stands on the wrong person."""

from collections.abc import Iterable
from typing import Any

from django import forms

from core.forms.fields import PlainSelect
from core.forms.token import TokenForm
from participants.misplaced.forms import in_words
from participants.models import Enrolment


class ConsentMisplacedForm(TokenForm):
    """Asks who gave the answer, to open that person's page afterwards. Nothing is moved there."""

    adds_only = "nothing: the answer goes, and for the second of two the page is gone too"

    right = forms.ChoiceField(
        label="Rätt person",
        required=False,
        widget=PlainSelect,
        help_text="Då öppnas den personens samtycken, där du skriver in svaret. Bara de du får skriva om finns med.",
    )

    def __init__(self, *args: Any, cases: Iterable[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cases = {str(case.public_id): case for case in cases}
        labels = [(key, in_words(case)) for key, case in self.cases.items()]
        self.fields["right"].choices = [("", "Ingen av dem"), *labels]  # type: ignore[attr-defined]

    @property
    def right_case(self) -> Enrolment | None:
        """The chosen case; None where none was chosen. At a later press the answers aren't read again, so it is taken
        from what was sent, among the cases of the form alone."""
        return self.cases.get(self.data.get(self.add_prefix("right"), ""))
