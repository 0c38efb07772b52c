"""The form that puts right what was written on the wrong person."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from core.forms.concurrency import ChangedMeanwhile, Shared, SharedForm
from core.forms.fields import PlainSelect, WhenAsked
from core.swedish.words import day
from participants.amending.forms import ask_to_replace
from participants.enums import MisplacedWay
from participants.locking import lock_cases
from participants.misplaced.cases import right_cases
from participants.models import Enrolment
from participants.scope.scope import Scope

NOT_YOURS: Final = "Du kan inte längre skriva om den person som du valde. Inget är flyttat. Välj på nytt."


# The answer that all of it is about somebody else, what has been corrected too.
ALL: Final = "all"
PART_STAYS: Final = (
    "Det som stod före en rättelse kan bara tas bort. Behövs orden hos rätt person skriver du in dem där först."
)


class _PartField(WhenAsked, forms.ChoiceField):
    """How much of it is about somebody else; all, where nothing else is said."""


class _RightField(WhenAsked, forms.ChoiceField):
    """The right person, where it is moved."""


class MisplacedForm(SharedForm):
    """Asks whether it is moved, and to whom, or taken away; of what has been corrected first how much of it.

    `replaced` says in words what of the right person's own the fact would replace there; empty where nothing.
    """

    way = forms.ChoiceField(
        label="Vad vill du göra?",
        choices=[
            (MisplacedWay.MOVED_AWAY, "Flytta till rätt person"),
            (MisplacedWay.TAKEN_AWAY, "Ta bort utan att flytta"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om det ska flyttas eller tas bort."},
    )
    right = _RightField(
        label="Rätt person",
        widget=PlainSelect,
        help_text="Här finns de personer som du får skriva om. Lämna tomt om du tar bort.",
    )

    field_order = ("token", "seen", "part", "way", "right")

    def __init__(
        self,
        *args: Any,
        scope: Scope,
        wrong: Enrolment,
        shared: Shared,
        replaced: Callable[[Enrolment], str] = lambda right: "",
        wordings: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """wordings: earlier words of a fact that has been corrected, by a key for each; empty where there are none."""
        super().__init__(*args, shared=shared, **kwargs)
        self.scope, self.wrong, self.replaced = scope, wrong, replaced
        if wordings:
            self.fields["part"] = _PartField(
                label="Det har rättats. Vad gäller någon annan?",
                choices=[(ALL, "Allt, också det som stod före rättelsen"), *wordings.items()],
                widget=forms.RadioSelect,
                help_text="Gäller bara det som står nu någon annan? Rätta det först, och ta sedan bort lydelsen här.",
                initial=ALL,
            )
            self.order_fields(self.field_order)
        self.cases = {str(case.public_id): case for case in right_cases(scope, wrong)}
        self._offer()

    def _offer(self) -> None:
        labels = [(key, in_words(case)) for key, case in self.cases.items()]
        self.fields["right"].choices = [("", "Välj"), *labels]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A move needs somebody to move to, and a removal has nobody."""
        data = super().clean()
        way, right = data.get("way"), data.get("right")
        if data.get("part", "") not in ("", ALL) and way == MisplacedWay.MOVED_AWAY:
            self.add_error("way", PART_STAYS)
        if way == MisplacedWay.MOVED_AWAY and not right and "right" not in self.errors:
            self.add_error("right", "Välj vem det gäller.")
        if way == MisplacedWay.TAKEN_AWAY and right:
            self.add_error("right", "Välj ingen person om det ska tas bort.")
        case = self.cases.get(right or "")
        if case and not self.errors:
            self._ask(self.replaced(case))
        return data

    def lock_shared(self) -> None:
        """Lock both cases, and read the right one anew.

        Raises ValidationError for `right` where the user no longer writes about that person, who may have been
        protected meanwhile, and ChangedMeanwhile where something would be replaced there that nobody was asked about.
        """
        if right := self.right_case:
            lock_cases([self.wrong.pk, right.pk])
            now = right_cases(Scope.of(self.scope.user, self.scope.on), self.wrong).filter(pk=right.pk).first()
            key = str(right.public_id)
            if now is None:
                del self.cases[key]
                self._offer()
                raise ValidationError({"right": NOT_YOURS})
            self.cases[key] = now
            self._ask(self.replaced(now))
            if self.errors:
                raise ChangedMeanwhile
        super().lock_shared()

    def _ask(self, replaced: str) -> None:
        if replaced:
            ask_to_replace(
                self,
                f"Hos den personen står redan {replaced}. Ska det som flyttas gälla i stället?",
                "Ja, för sina dagar",
                "Där står redan något för de dagarna. Svara ja, eller låt bli att flytta.",
            )

    @property
    def wording(self) -> str:
        """The key of the wording that alone is about somebody else; empty where all is. The form must be valid."""
        part: str = self.cleaned_data.get("part", "")
        return "" if part == ALL else part

    @property
    def right_case(self) -> Enrolment | None:
        """The chosen case; None where it is to be taken away. The form must be valid."""
        return self.cases.get(self.cleaned_data["right"])


def in_words(case: Enrolment) -> str:
    """«Svensson, Kim, född 3 mars 1988, Vägar till arbete från 2 maj 2026»: two of one name are told apart."""
    born = case.participant.birth_date
    return ", ".join(
        part
        for part in (
            case.participant.identity.full_name,
            f"född {day(born)}" if born else "",
            f"{case.project} från {day(case.enrolled_on)}",
        )
        if part
    )
