"""A line of one of the project's lists."""

from collections.abc import Mapping
from typing import Any

from django import forms

from core.days.kinds import DayKind
from core.days.periods import BACKWARDS, ONE_DAY
from core.forms.concurrency import Shared, SharedForm
from core.forms.fields import ChoiceWhenAsked, DayField, PlainSelect, TextField
from core.forms.numbers import NumberField
from core.forms.token import TokenForm
from core.swedish.keys import clean
from projects.enums import ListKind
from projects.lists.actions import KEEPS_NAME, ListedLine
from projects.models import Listed

_SHARE = "Skriv en andel mellan 1 och 100 procent."


_NOT_ASKED = "Det gäller inte metoder, enheter, utbildning och anställningsformer. Svara inte här."
_UNANSWERED = "Svara om det säger något om hälsan."
_ANSWERS = {"yes": True, "no": False}


class _LineForm(TokenForm):
    """Name and days of a line, the wished share of a target group, whether a means of support is public, and whether
    the line says something about health."""

    adds_only = "a line of a list"

    name = TextField(label="Namn", max_length=120, error_messages={"required": "Skriv namnet."})
    first_day = DayField(
        DayKind.PROJECT, label="Från och med", required=False, help_text="Lämna tomt om det alltid har gällt."
    )
    last_day = DayField(
        DayKind.PROJECT, label="Till och med", required=False, help_text="Lämna tomt om det gäller tills vidare."
    )
    wished_percent = NumberField(
        label="Önskad andel, procent",
        required=False,
        min_value=1,
        max_value=100,
        help_text="Av en målgrupp. Visas bredvid hur stor andelen är.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _SHARE),
    )
    is_public_support = forms.BooleanField(label="Räknas som offentlig försörjning", required=False)
    is_about_health = ChoiceWhenAsked(
        label="Säger det något om hälsan?",
        choices=[("yes", "Ja"), ("no", "Nej")],
        widget=forms.RadioSelect,
        help_text=(
            "Svara för målgrupp, försörjningshinder, försörjning, sysselsättning, utfall och aktiviteter, också i "
            "grupp. Det som säger något om hälsan står inte på överlämningsbladet, och sådana aktiviteter inte på "
            "deltagarens papper. "
            "Sådana målgrupper, hinder, utfall och aktiviteter läser andra parter bara med samtycke till Hälsa."
        ),
    )

    def clean_name(self) -> str:
        """The name in one spelling."""
        return clean(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        """The last day isn't before the first."""
        data = super().clean()
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", BACKWARDS)
        return data

    @property
    def line(self) -> ListedLine:
        """The answers as the action takes them. The form must be valid."""
        data = self.cleaned_data
        return ListedLine(
            name=data["name"],
            valid_from=data["first_day"],
            valid_until=data["last_day"] and data["last_day"] + ONE_DAY,
            wished_percent=data.get("wished_percent"),
            is_public_support=data.get("is_public_support"),
            is_about_health=_ANSWERS.get(data.get("is_about_health", "")),
        )


class ListedForm(_LineForm):
    """A new line, and which list it is for."""

    kind_of_list = forms.ChoiceField(
        label="Lista", choices=ListKind.choices, widget=PlainSelect, error_messages={"required": "Välj lista."}
    )
    field_order = (
        *("token", "kind_of_list", "name", "first_day", "last_day", "wished_percent", "is_public_support"),
        "is_about_health",
    )

    def clean(self) -> dict[str, Any]:
        """A share is a target group's, and public support is said of means of support."""
        data = super().clean()
        kind = data.get("kind_of_list")
        if kind and kind != ListKind.TARGET_GROUP and data.get("wished_percent"):
            self.add_error("wished_percent", "Bara en målgrupp har en önskad andel. Lämna tomt.")
        if kind and kind != ListKind.SUPPORT and data.get("is_public_support"):
            self.add_error("is_public_support", "Det gäller bara listan försörjning. Kryssa inte här.")
        if kind and "is_about_health" not in self.errors:
            self._clean_health(ListKind(kind).may_be_about_health, data.get("is_about_health"))
        return data

    def _clean_health(self, is_asked: bool, answer: str | None) -> None:
        if is_asked and not answer:
            self.add_error("is_about_health", _UNANSWERED)
        if answer and not is_asked:
            self.add_error("is_about_health", _NOT_ASKED)

    @property
    def kind(self) -> ListKind:
        """The chosen list. The form must be valid."""
        return ListKind(self.cleaned_data["kind_of_list"])


class ListedEditForm(SharedForm, _LineForm):
    """Changes a line, or takes it away where nothing speaks of it; it begins with what is stored."""

    def __init__(self, *args: Any, kind: ListKind, is_own: bool, is_used: bool, **kwargs: Any) -> None:
        """is_own: the project's own line, none of the model's: of those the program knows what they say."""
        super().__init__(*args, **kwargs)
        if not (is_own and kind.may_be_about_health):
            del self.fields["is_about_health"]
        if kind != ListKind.TARGET_GROUP:
            del self.fields["wished_percent"]
        if kind != ListKind.SUPPORT:
            del self.fields["is_public_support"]
        if is_used:
            self.fields["name"].help_text = KEEPS_NAME
        else:
            self.fields["removes"] = forms.BooleanField(
                label="Ta bort ur listan", required=False, help_text="Inget i projektet använder det än."
            )

    def clean(self) -> dict[str, Any]:
        """A line that may be about health says so, or says that it isn't."""
        data = super().clean()
        if data.get("is_about_health") == "":
            self.add_error("is_about_health", _UNANSWERED)
        return data

    @property
    def removes(self) -> bool:
        """Whether the line is to be taken away. The form must be valid."""
        return bool(self.cleaned_data.get("removes"))


def listed_facts(listed: Listed) -> Shared:
    """A line, which another may be changing too."""
    rows = Listed.objects.filter(pk=listed.pk)

    def read() -> Mapping[str, Any]:
        row = rows.get()
        return {
            "name": row.name,
            "first_day": row.valid_from,
            "last_day": row.valid_until and row.valid_until - ONE_DAY,
            "wished_percent": row.wished_percent,
            "is_public_support": row.is_public_support,
            "is_about_health": {True: "yes", False: "no", None: ""}[row.is_about_health],
        }

    return Shared([rows], read)
