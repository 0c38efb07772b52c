"""The form that puts a meeting right: a new version of its facts."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import Q

from accounts.models import Organisation, User
from actionplans.enums import MeetingKind
from actionplans.meetings.actions import day_faults
from actionplans.meetings.choices import colleagues, offer, others_field
from actionplans.meetings.corrections import MEETING, MeetingCorrection
from actionplans.models import Meeting
from core.days.kinds import DayKind
from core.forms.concurrency import Shared
from core.forms.fields import DayField, RowsField
from participants.amending.forms import AmendForm
from participants.amending.shared_facts import said_taken_back
from participants.models import Enrolment
from participants.shared_facts import of_case, written


def meeting_facts(meeting: Meeting) -> Shared:
    """Everything that a meeting says but its note, in the version that stands."""
    versions = Meeting.objects.versions_of(meeting).select_related("recorded_by", "why")

    def latest() -> Meeting:
        return cast(Meeting, versions.order_by("-pk").first())

    def read() -> Mapping[str, Any]:
        now = latest()
        parties = list(now.parties.select_related("user", "organisation").order_by("pk"))
        return {
            "kind": now.kind,
            "held_on": now.concerns_on,
            "participant_present": now.participant_present,
            "users": [str(party.user.public_id) for party in parties if party.user],
            "organisations": [
                str(party.organisation.public_id) for party in parties if party.organisation and not party.user
            ],
            "others": ", ".join(party.name for party in parties if party.name),
            "next_meeting_on": now.next_meeting_on,
            "cancels_next": now.cancels_next,
            **said_taken_back(now, MEETING),
        }

    return Shared([of_case(cast(Enrolment, meeting.enrolment))], read, lambda: written(latest()))


class MeetingEditForm(AmendForm):
    """Asks for everything that a meeting says but its note, which has a page of its own, and why it was wrong."""

    kind = forms.ChoiceField(
        label="Vad var det för möte?",
        choices=MeetingKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad det var för möte."},
    )
    held_on = DayField(
        DayKind.HAPPENED, label="Vilken dag?", error_messages={"required": "Skriv vilken dag mötet var."}
    )
    participant_present = forms.BooleanField(label="Deltagaren var med", required=False)
    users = RowsField(label="Från oss", required=False, widget=forms.CheckboxSelectMultiple)
    organisations = RowsField(label="Från andra", required=False, widget=forms.CheckboxSelectMultiple)
    others = others_field()
    next_meeting_on = DayField(
        DayKind.NEXT_MEETING,
        label="Dag för nästa möte",
        required=False,
        help_text="Tomt om ni inte bestämde någon dag på mötet.",
    )
    cancels_next = forms.BooleanField(label="Det möte som var bokat sedan tidigare är inställt", required=False)

    def __init__(self, *args: Any, meeting: Meeting, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, shared=meeting_facts(meeting), **kwargs)
        self.meeting, self.day = meeting, on
        self.enrolment = enrolment = cast(Enrolment, meeting.enrolment)
        here = meeting.parties.values("user")
        offer(self.fields["users"], colleagues(enrolment, user, on=on) | User.objects.filter(pk__in=here))
        parties = enrolment.project.parties.exclude(organisation=user.organisation_id).values("organisation")
        there = meeting.parties.filter(user=None).values("organisation")
        offer(self.fields["organisations"], Organisation.objects.filter(Q(pk__in=parties) | Q(pk__in=there)))

    def clean(self) -> dict[str, Any]:
        """Check the days against each other."""
        data = super().clean()
        if data.get("cancels_next") and data.get("next_meeting_on"):
            self.add_error("cancels_next", "Skriv en ny dag eller att mötet är inställt, inte båda.")
        if held_on := data.get("held_on"):
            for field, fault in day_faults(held_on, data.get("next_meeting_on"), self.enrolment, self.day).items():
                self.add_error(field, fault)
        return data

    def correction(self) -> MeetingCorrection:
        """The answers as the action takes them. The form must be valid."""
        answers = dict(self.answers)
        others = [name.strip() for name in answers.pop("others").split(",") if name.strip()]
        return MeetingCorrection(**{**answers, "kind": MeetingKind(answers["kind"]), "others": others})
