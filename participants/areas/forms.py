"""Forms about the areas of a kartläggning: answered, complete, put right."""

from datetime import date
from typing import Any, Final

from django import forms

from core.forms.concurrency import SharedForm
from core.forms.fields import TextField
from core.forms.token import TokenForm
from participants.amending.forms import AmendForm
from participants.areas.actions import AreaReply
from participants.areas.shared_facts import answer_facts, areas_of, declines_name, work_facts
from participants.assessment.forms import completed_day, summary_field
from participants.models import AreaAnswer, AssessmentWork, Enrolment
from projects.enums import AssessmentArea

LONGEST: Final = 8000
_BOTH: Final = "Skriv svaret, eller kryssa för att deltagaren inte vill svara: inte båda."


def _answer(label: str, rows: int = 5) -> TextField:
    return TextField(label=label, required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}))


def own_words_field() -> TextField:
    """The question what the participant says."""
    field = _answer("Med egna ord", rows=3)
    field.help_text = "Det deltagaren själv säger, ordagrant. Det kan läggas till mer, men aldrig ändras."
    return field


class AreasForm(SharedForm):
    """All five areas. What is saved is what was written here: two who write in different areas don't meet."""

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        super().__init__(*args, shared=areas_of(enrolment), **kwargs)
        for area in AssessmentArea:
            self.fields[area.value] = _answer(area.numbered)
            self.fields[declines_name(area)] = forms.BooleanField(label="Vill inte svara", required=False)
        self.fields["own_words"] = own_words_field()

    def write_first_in(self, area: AssessmentArea) -> None:
        """Have the page begin in the answer of this area: who has saved one goes on writing in the next."""
        self.fields[area.value].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        """Words, or none wanted."""
        data = super().clean()
        for area in AssessmentArea:
            if data.get(area.value) and data.get(declines_name(area)):
                self.add_error(area.value, _BOTH)
        return data

    def is_at_stake(self, name: str) -> bool:
        """Only areas that were written in here are saved."""
        return any(name in (area.value, declines_name(area)) for area in self._written())

    @property
    def replies(self) -> dict[AssessmentArea, AreaReply]:
        """The answers of the areas that were written in. The form must be valid."""
        data = self.cleaned_data
        return {area: AreaReply(data[area.value], data[declines_name(area)]) for area in self._written()}

    @property
    def written(self) -> list[AssessmentArea]:
        """The areas that were written in, however that turned out; with the participant's own words, theirs."""
        areas = self._written()
        has_words = AssessmentArea.OWN_VIEW not in areas and self["own_words"].value()
        return [*areas, AssessmentArea.OWN_VIEW] if has_words else areas

    @property
    def own_words(self) -> str:
        """Own words of the participant to be added. The form must be valid."""
        return self.cleaned_data["own_words"]

    def _written(self) -> list[AssessmentArea]:
        """Areas that stand otherwise than the page showed them."""
        pairs = {area: (area.value, declines_name(area)) for area in AssessmentArea}
        return [area for area, names in pairs.items() if not all(map(self._is_untouched, names))]


class OwnWordsForm(TokenForm):
    """More of what the participant says."""

    adds_only = "words beside those that were written before"
    likeness = "likadana ord"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"] = own_words_field()
        self.fields["words"].required = True
        self.fields["words"].error_messages["required"] = "Skriv det deltagaren säger."


class CompleteForm(SharedForm):
    """When the kartläggning became complete, and what was most important."""

    # What is stored is what was answered, which this form doesn't ask about.
    opens_with_stored = False

    def __init__(self, *args: Any, work: AssessmentWork, on: date, **kwargs: Any) -> None:
        super().__init__(*args, shared=work_facts(work), **kwargs)
        self.fields["completed_on"] = completed_day(on, initial=on)
        self.fields["summary"] = summary_field()


class AreaEditForm(AmendForm):
    """The answer of one area anew, and why it was wrong."""

    field_order = ("token", "seen", "answer", "declines", "why")

    def __init__(self, *args: Any, answer: AreaAnswer, **kwargs: Any) -> None:
        super().__init__(*args, shared=answer_facts(answer), **kwargs)
        self.fields["answer"] = _answer("Svar", rows=8)
        self.fields["declines"] = forms.BooleanField(label="Vill inte svara", required=False)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Words, or none wanted: one of them."""
        data = super().clean()
        if data.get("answer") and data.get("declines"):
            self.add_error("answer", _BOTH)
        elif "answer" in data and not data["answer"] and not data.get("declines"):
            self.add_error("answer", "Skriv svaret, eller kryssa för att deltagaren inte vill svara.")
        return data

    @property
    def reply(self) -> AreaReply:
        """The answer. The form must be valid."""
        return AreaReply(self.cleaned_data["answer"], self.cleaned_data["declines"])
