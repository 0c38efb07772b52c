"""Adding somebody to a project that has ended is asked about."""

from datetime import date

from django import forms

from core.forms.token import TokenForm
from core.swedish.words import day
from projects.models import Project

NAME = "in_ended"
_NO = "Då är inget sparat. Välj det andra projektet överst på sidan, och skriv in det där."


class EndedField(forms.ChoiceField):
    """Whether somebody is added there nevertheless. A no is refused, with where to go."""

    def validate(self, value: str) -> None:
        """Raises ValidationError for everything but a yes."""
        super().validate(value)
        if value == "no":
            raise forms.ValidationError(_NO)


def ask_if_ended(form: TokenForm, project: Project, on: date) -> None:
    """Have the form ask, before its other questions, where the project has ended by the day."""
    if not project.has_ended(on):
        return
    form.fields[NAME] = EndedField(
        label=f"{project} slutade {day(project.ends_on)}. Är det ändå dit personen hör?",
        choices=(("yes", f"Ja, till {project}"), ("no", "Nej, till ett annat projekt")),
        widget=forms.RadioSelect,
        error_messages={"required": f"Projektet slutade {day(project.ends_on)}. Svara ja eller nej."},
    )
    form.order_fields(["token", NAME])
