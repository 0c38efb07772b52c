"""Keeping a signed paper, and correcting what is said of it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from core.forms.fields import PlainSelect
from core.forms.token import TokenForm
from participants.amending.forms import AmendForm
from participants.fields import PastDayField
from participants.models import SignedPaper
from participants.papers.actions import PaperRecord

# The key of a consent among the matters; a plan has its number.
CONSENT: Final = "consent"
MOST_FILES: Final = 10
# Together: the server holds them in memory while they are looked at.
_MOST_BYTES: Final = 20 * 1024 * 1024
_TOO_LARGE: Final = (
    "Filerna är större än 20 MB tillsammans. Fotografera i lägre upplösning, eller lägg in några sidor i taget."
)


class _FilesInput(forms.ClearableFileInput):
    """Lets the browser choose several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files, in the order of the browser."""

    widget = _FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """The files. Raises ValidationError for none, an empty one, or too many or too large ones."""
        files = [super(FilesField, self).clean(file, initial) for file in data or [None]]
        if len(files) > MOST_FILES:
            raise ValidationError(f"Det var {len(files)} filer. Lägg in högst {MOST_FILES} åt gången.")
        if sum(file.size for file in files) > _MOST_BYTES:
            raise ValidationError(_TOO_LARGE)
        return files


class PaperForm(TokenForm):
    """Takes the pages, and asks what was signed and when.

    They are looked through here, before the form is saved, so that no transaction waits for it.
    """

    adds_only = "a signed paper"
    likeness = "ett likadant papper"
    made_page = "paper_edit"
    field_order = ("token", "seen", "paper", "matter", "on", "why")

    paper = FilesField(
        label="Pappret",
        help_text=(
            "En PDF, eller en bild av varje sida (JPG eller PNG). Med telefonen kan du fotografera direkt. "
            "Högst 10 bilder, 20 MB tillsammans."
        ),
        error_messages={"required": "Välj en fil, eller fotografera pappret.", "empty": "Filen är tom."},
        widget=_FilesInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
    )

    def __init__(
        self,
        *args: Any,
        on: date,
        plans: Sequence[tuple[int, str]],
        read: Callable[[Sequence[bytes]], tuple[bytes, int]] | None = None,
        **kwargs: Any,
    ) -> None:
        """on: today.  plans: those that can have been signed, by number and in words.  read: gives the document of
        files and its pages; raises ValidationError for files that aren't taken."""
        super().__init__(*args, **kwargs)
        self._read = read
        self.fields["matter"] = forms.ChoiceField(
            label="Vad har deltagaren skrivit på?",
            choices=[("", "Välj"), (CONSENT, "Ett samtycke"), *((str(number), words) for number, words in plans)],
            widget=PlainSelect,
            error_messages={"required": "Välj vad pappret gäller."},
        )
        self.fields["on"] = PastDayField(
            on=on, label="Vilken dag skrevs det på?", missing="Fyll i dagen som står på pappret."
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Look through the files, if there is nothing else to say about the form."""
        data = super().clean()
        if self._read and not self.errors:
            try:
                data["content"], data["pages"] = self._read([file.read() for file in data["paper"]])
            except ValidationError as error:
                self.add_error("paper", error)
        return data

    @property
    def record(self) -> PaperRecord:
        """The answers as the actions take them. The form must be valid."""
        said = self.cleaned_data
        number = None if said["matter"] == CONSENT else int(said["matter"])
        return PaperRecord(number=number, on=said["on"], content=said.get("content"), pages=said.get("pages"))


class PaperEditForm(AmendForm, PaperForm):
    """Corrects what is said of a paper; it begins with what is stored. The pages stay."""

    paper = None  # type: ignore[assignment]  # so the form has no such field


def answers(paper: SignedPaper) -> dict[str, Any]:
    """A paper as its form asks for it."""
    return {"matter": CONSENT if paper.number is None else str(paper.number), "on": paper.concerns_on}
