"""The forms of a register import: which file, which columns, and the approval."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from accounts.models import User
from actionplans.register.reading.fields import LABELS, REPEATABLE
from actionplans.register.reading.findings import Register, RegisterQuestion, Topic
from actionplans.register.reading.questions import EVERYONE, LEAVE, NOBODY, READ
from actionplans.register.workbook.sheet import MAX_BYTES
from core.forms.concurrency import Shared, SharedForm
from core.forms.fields import WhenAsked
from core.forms.token import TokenForm
from participants.fields import PersonChoiceField


class _MeaningField(WhenAsked, forms.ChoiceField):
    """The choice of a column's meaning. It needs an answer only if the column is asked about."""


class UploadForm(TokenForm):
    """Takes a workbook; once valid, `content` holds it packed by `read`, which raises ValidationError for a file that
    can't be read.

    The file is read here, before the form is saved, so that no transaction waits for it.
    """

    adds_only = "a file that waits"

    file = forms.FileField(
        label="Registret",
        help_text=(
            "En arbetsbok som slutar på .xlsx, .xls eller .ods, högst 10 MB. "
            "Ingenting läses in förrän du har sett vad som händer med varje rad."
        ),
        error_messages={"required": "Välj en fil.", "empty": "Filen är tom."},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods"}),
    )

    def __init__(self, *args: Any, read: Callable[[bytes], bytes], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._read = read

    def clean_file(self) -> Any:
        """The file. Raises ValidationError for `file` where it is larger than the program reads."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError("Filen är större än 10 MB. Dela upp den i flera.")
        return file

    def clean(self) -> dict[str, Any]:
        """Read the file, if there is nothing else to say about the form."""
        data = super().clean()
        if not self.errors:
            try:
                data["content"] = self._read(data["file"].read())
            except forms.ValidationError as error:
                self.add_error("file", error)
        return data


class ColumnsForm(SharedForm):
    """Asks what each column holds, filled in as the program understood it, and what the file leaves open.

    Something that a colleague has answered meanwhile is asked again of a user who answered it too.
    """

    def __init__(self, *args: Any, register: Register, shared: Shared, **kwargs: Any) -> None:
        super().__init__(*args, shared=shared, **kwargs)
        self.columns = [
            (f"kolumn_{place}_{column.column}", sheet.name, column)
            for place, sheet in enumerate(register.sheets)
            for column in sheet.columns
        ]
        self.questions = [
            (f"fraga_{place}_{question.topic}", question)
            for place, sheet in enumerate(register.sheets)
            for question in register.questions
            if question.sheet == sheet.name and question.topic in _ANSWERS
        ]
        self.doubled = [question for question in register.questions if question.topic is Topic.COLUMNS]
        for name, question in self.questions:
            self.fields[name] = _question_field(question)
        for place, sheet in enumerate(register.sheets):
            for topic in _ANSWERS:
                self._ask_again(
                    f"fraga_{place}_{topic}", RegisterQuestion(topic, sheet.name, 0, _AGAIN[topic].format(sheet.name))
                )
        for name, _, column in self.columns:
            self.fields[name] = _MeaningField(label=column.heading, choices=_MEANINGS, initial=column.field or "")

    def _ask_again(self, name: str, question: RegisterQuestion) -> None:
        if name not in self.fields and name in self.stored and self.data.get(name):
            self.questions.append((name, question))
            self.fields[name] = _question_field(question)

    def is_at_stake(self, name: str) -> bool:
        """Whether the page asked about this field. Only then can its answer conflict with a colleague's."""
        return name in self.data or not name.startswith("fraga_")

    def clean(self) -> dict[str, Any]:
        """The answers. Two columns of a sheet can't hold one and the same field: the second would silently be left
        out."""
        taken: dict[tuple[str, str], str] = {}
        for name, sheet, column in self.columns:
            field = self.cleaned_data.get(name)
            if not field or field in REPEATABLE:
                continue
            if (sheet, field) in taken:
                other = taken[sheet, field]
                self.add_error(name, f"Kolumnen «{other}» innehåller redan det. Välj något annat för en av dem.")
            taken.setdefault((sheet, field), column.heading)
        for question in self.doubled:
            self._check_chosen(question)
        return self.cleaned_data

    def choices(self) -> dict[str, dict[str, str]]:
        """The chosen fields by sheet and column, as they are stored."""
        chosen: dict[str, dict[str, str]] = {}
        for name, sheet, column in self.columns:
            if self.cleaned_data[name]:
                chosen.setdefault(sheet, {})[str(column.column)] = self.cleaned_data[name]
        return chosen

    def answers_by_sheet(self) -> dict[str, dict[str, str]]:
        """The answers by sheet and topic, as they are stored."""
        answered: dict[str, dict[str, str]] = {}
        for name, question in self.questions:
            answered.setdefault(question.sheet, {})[question.topic.value] = self.cleaned_data[name]
        return answered

    @property
    def asked(self) -> list[forms.BoundField]:
        """The questions, apart from those about columns, that must be answered before anything is imported."""
        return [self[name] for name, _ in self.questions]

    @property
    def asked_columns(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each question about which of several columns is meant, with the columns' fields."""
        return [(question.text, [self[name] for name in self._names_of(question)]) for question in self.doubled]

    @property
    def rest(self) -> list[forms.BoundField]:
        """The fields of all columns that aren't asked about."""
        asked = {name for question in self.doubled for name in self._names_of(question)}
        return [self[name] for name, _, _ in self.columns if name not in asked]

    def _check_chosen(self, question: RegisterQuestion) -> None:
        names = self._names_of(question)
        if not any(self.cleaned_data.get(name) for name in names):
            self.add_error(names[0], question.text)

    def _names_of(self, question: RegisterQuestion) -> list[str]:
        places = {(question.sheet, column) for column in question.columns}
        return [name for name, sheet, column in self.columns if (sheet, column.column) in places]


def _question_field(question: RegisterQuestion) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=question.text,
        choices=_ANSWERS[question.topic],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ett av svaren."},
    )


_MEANINGS = [("", "Välj vad kolumnen innehåller"), *((field.value, label) for field, label in LABELS.items())]
_AGAIN = {
    Topic.HIDDEN: "Hur ska det som är dolt i bladet {} läsas?",
    Topic.LOOSE: "Vem gäller det som står utanför tabellen i bladet {}?",
}
_ANSWERS = {
    Topic.HIDDEN: [
        (READ, "Läs in det också. Jag har tittat på det i filen."),
        (LEAVE, "Läs inte in det dolda."),
    ],
    Topic.LOOSE: [
        (NOBODY, "Det gäller ingen i listan, eller så är de märkta på sina egna rader."),
        (EVERYONE, "Det gäller alla i bladet. Räkna dem utan att registrera dem."),
    ],
}


class ApproveForm(SharedForm):
    """Approves the import as the page showed it, without the rows that can't be imported."""

    def __init__(self, *args: Any, workers: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"] = PersonChoiceField(
            workers, label="Ansvarig handläggare för de inlästa", required=False
        )
