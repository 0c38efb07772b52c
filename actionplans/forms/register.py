"""The forms of a register import: which file, which columns, and yes."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import User
from actionplans.register.columns import LABELS, REPEATABLE, Field
from actionplans.register.findings import Register
from actionplans.register.sheet import MAX_BYTES
from core.forms import BaseForm, TokenForm
from participants.forms.fields import PersonChoiceField


class UploadForm(TokenForm):
    """The workbook."""

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

    def clean_file(self) -> Any:
        """Refuse a file that is larger than the program reads."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError("Filen är större än 10 MB. Dela upp den i flera.")
        return file


class ColumnsForm(BaseForm):
    """What each column holds, as the program understood it; the user may say otherwise."""

    def __init__(self, *args: Any, register: Register, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = [
            (f"kolumn_{place}_{column.column}", sheet.name, column)
            for place, sheet in enumerate(register.sheets)
            for column in sheet.columns
        ]
        choices = [("", "Välj vad kolumnen innehåller"), *((field.value, label) for field, label in LABELS.items())]
        for name, _, column in self.columns:
            self.fields[name] = forms.ChoiceField(
                label=column.heading, choices=choices, required=False, initial=column.field or ""
            )

    def clean(self) -> dict[str, Any]:
        """Two columns can't hold the same thing; the second would silently be left out."""
        taken: dict[tuple[str, str], str] = {}
        for name, sheet, column in self.columns:
            field = self.cleaned_data.get(name)
            if not field or field in REPEATABLE:
                continue
            if (sheet, field) in taken:
                other = taken[sheet, field]
                self.add_error(name, f"Kolumnen «{other}» innehåller redan det. Välj något annat för en av dem.")
            taken.setdefault((sheet, field), column.heading)
        return self.cleaned_data

    def choices(self) -> dict[str, dict[str, str]]:
        """What was chosen, by sheet and column, as it is stored."""
        chosen: dict[str, dict[str, str]] = {}
        for name, sheet, column in self.columns:
            if self.cleaned_data[name]:
                chosen.setdefault(sheet, {})[str(column.column)] = self.cleaned_data[name]
        return chosen


class ApproveForm(TokenForm):
    """Yes to the import, without the rows that can't be imported."""

    def __init__(self, *args: Any, workers: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"] = PersonChoiceField(
            workers, label="Ansvarig handläggare för de inlästa", required=False
        )


def stored_choices(raw: dict[str, dict[str, str]]) -> dict[str, dict[int, Field]]:
    """The stored form of the choices as the reader wants them."""
    return {sheet: {int(column): Field(value) for column, value in chosen.items()} for sheet, chosen in raw.items()}
