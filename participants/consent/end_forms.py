"""Forms that take a consent back, or carry it on."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from django import forms

from core.forms.concurrency import ChangedMeanwhile
from core.forms.sent import with_answers
from core.forms.token import TokenForm
from participants.consent.actions import CORRECTED, NOTHING_CHOSEN, WIDENED
from participants.consent.effects import CellLoss, PartyLoss
from participants.enums import ConsentForm


class WithdrawForm(TokenForm):
    """Asks which parts of a consent are taken back (all are ticked) and how the participant said so."""

    adds_only = "a withdrawal: what two take back at once is taken back, whoever was first"

    # Every box that the page had, ticked or not. A page from before this field sends none.
    offered = forms.CharField(widget=forms.HiddenInput(), required=False)
    cells = forms.MultipleChoiceField(
        label="Vad återkallas?",
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": NOTHING_CHOSEN},
    )
    form = forms.ChoiceField(
        label="Hur återkallades samtycket?",
        choices=ConsentForm.choices,
        widget=forms.RadioSelect,
        initial=ConsentForm.ORAL,
        error_messages={"required": "Välj skriftligt eller muntligt."},
    )

    def __init__(self, *args: Any, losses: Sequence[PartyLoss], is_current: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The page of a version that has been corrected is refused for that, by the action.
        self.losses, self.is_current = losses, is_current
        self.by_key = {cell.key: cell for loss in losses for cell in loss.cells}
        cells = cast(forms.MultipleChoiceField, self.fields["cells"])
        cells.choices = [(key, f"{cell.category.label}: {cell.text}") for key, cell in self.by_key.items()]
        cells.initial = list(self.by_key)
        self.fields["offered"].initial = " ".join(self.by_key)

    def clean(self) -> dict[str, Any]:
        """The answers. Raises ChangedMeanwhile where the page lacked a box; it comes back with that one ticked too."""
        data = super().clean()
        offered = str(data.get("offered") or "").split()
        if offered and (added := [key for key in self.by_key if key not in offered]):
            self._tick(added)
            raise ChangedMeanwhile(WIDENED if self.is_current else CORRECTED)
        return data

    def _tick(self, added: Sequence[str]) -> None:
        """Let the page that comes back have offered all that stands now, with what was added ticked."""
        again = with_answers(self.data, {self.add_prefix("offered"): " ".join(self.by_key)})
        name = self.add_prefix("cells")
        again.setlist(name, [*again.getlist(name), *added])
        self.data = again

    def clean_cells(self) -> list[CellLoss]:
        """The chosen cells."""
        return [self.by_key[key] for key in self.cleaned_data["cells"]]

    def by_party(self) -> Iterator[tuple[PartyLoss, list[Any]]]:
        """Each party with its boxes, for the page."""
        boxes = iter(self["cells"])
        for loss in self.losses:
            yield loss, [next(boxes) for _ in loss.cells]


class RenewForm(TokenForm):
    """A button without questions: renews the consent on its own terms."""

    adds_only = "a consent after the one it renews, of what isn't taken back by then; the second renewal is refused"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=False, **kwargs)
