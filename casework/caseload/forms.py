"""The search form above the list of participants."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from casework.caseload.reads import at_step
from core.days.kinds import Leaning
from core.days.typed import UncertainDay, read_date
from core.forms.fields import PlainSelect, TextField
from core.forms.token import BaseForm
from participants.querysets.enrolment import EnrolmentQuerySet
from participants.scope.case_workers import CaseWorker
from projects.models import Project, Step

NOBODY = "ingen"
OPEN, ENDED, ALL = "", "avslutade", "alla"


class SearchForm(BaseForm):
    """Asks for name, number or birth day, step, responsible, late or not, and whether the enrolment is open."""

    # The birth day that the text is; None where it is no day.
    born: date | None = None

    q = TextField(label="Namn, personnummer eller födelsedag", required=False, max_length=200)
    steg = forms.ChoiceField(label="Steg", required=False, widget=PlainSelect)
    ansvarig = forms.ChoiceField(label="Ansvarig", required=False, widget=PlainSelect)
    visa = forms.ChoiceField(
        label="Visa", required=False, choices=[(OPEN, "Pågående"), (ENDED, "Avslutade"), (ALL, "Alla")]
    )
    sena = forms.BooleanField(label="Bara sena", required=False)

    def __init__(
        self, *args: Any, steps: Sequence[Step], workers: Sequence[CaseWorker], on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.workers = {str(worker.user.public_id): worker.user for worker in workers}
        self.fields["q"].widget = forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}
        )
        self.fields["steg"].choices = [  # type: ignore[attr-defined]
            ("", "Alla steg"),
            ("0", "Inget steg än"),
            *((str(step.number), str(step)) for step in steps),
        ]
        self.fields["ansvarig"].choices = [  # type: ignore[attr-defined]
            ("", "Alla"),
            (NOBODY, "Ingen"),
            *((str(worker.user.public_id), worker.label) for worker in workers),
        ]

    def clean_q(self) -> str:
        """The text. Raises ValidationError where it is nearly a day, as one without a year."""
        text = str(self.cleaned_data["q"])
        try:
            self.born = read_date(text, self.on, Leaning.BIRTH)
        except UncertainDay as fault:
            # Digits alone may be a part of a number.
            if not text.replace("-", "").replace("+", "").isdigit():
                raise forms.ValidationError(str(fault)) from None
        except ValueError:
            self.born = None
        return text

    @property
    def filters(self) -> dict[str, str]:
        """The answers besides the text, by name, as an address may hold them: nothing in them is about a
        participant."""
        data = self.cleaned_data
        values = {name: data.get(name, "") for name in ("steg", "ansvarig", "visa")}
        values["sena"] = "on" if data.get("sena") else ""
        return {name: value for name, value in values.items() if value}

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter or text was given."""
        return bool(self.cleaned_data.get("q") or self.filters)

    def apply(self, project: Project, own: EnrolmentQuerySet, *, owner: int | None, on: date) -> EnrolmentQuerySet:
        """The enrolments, of an organisation's own, that fit the answers. The form must be valid."""
        data = self.cleaned_data
        found = _by_state(own, data["visa"], on)
        if data["q"]:
            found = found.named(data["q"], owner=owner, born=self.born)
        if data["steg"]:
            found = at_step(found, project, int(data["steg"]))
        if data["ansvarig"]:
            found = self._by_responsible(found, data["ansvarig"], on)
        return found.late(project, on=on) if data["sena"] else found

    def _by_responsible(self, found: EnrolmentQuerySet, key: str, on: date) -> EnrolmentQuerySet:
        if key == NOBODY:
            return found.unassigned(on=on)
        return found.responsibility_of(self.workers[key], on=on)


def _by_state(enrolments: EnrolmentQuerySet, state: str, on: date) -> EnrolmentQuerySet:
    if state == ALL:
        return enrolments
    return enrolments.ended_on(on) if state == ENDED else enrolments.on_or_after(on)
